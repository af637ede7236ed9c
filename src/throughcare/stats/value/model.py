"""A cost-benefit model: what was spent and by whom, what came of it and for whom, in prices of one year.

`throughcare value MODEL.toml` reads it. docs/how-to/run-a-study.md tells every key.
"""

import csv
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from throughcare.stats.mistakes import ProtocolError
from throughcare.stats.toml_file import Strict, parse_toml, read_toml

Number = Annotated[float, Field(strict=False)]
Share = Annotated[float, Field(strict=False, ge=0, le=1)]
PriceYear = Annotated[str, Field(pattern=r"^[0-9]{4}(/[0-9]{2})?$")]
Kind = Literal["fiscal", "economic", "social"]
ROOM = Path(__file__).parent


class About(Strict):
    """`prices`: the year whose prices everything is told in; `first_year`: year 0 of the sums; `years`: how many count.

    `left_out`: what is not counted and why, a sentence each; said with the result, after what is not determined.
    """

    title: str = Field(min_length=1)
    prices: PriceYear
    first_year: int
    years: int = Field(ge=1, le=125)
    discount: Literal["standard", "health"] = "standard"
    left_out: Annotated[tuple[str, ...], Field(strict=False)] = ()


class Cost(Strict):
    """Money of one partner for one strand in one year. `cash`: paid out (grant or partner money); else staff, rooms in kind.

    `spent`: what of it was spent to date, where that is known. `optimism`: the share by which it is raised.
    """

    partner: str
    strand: str
    year: int
    amount: Annotated[float, Field(strict=False, ge=0)]
    price_year: PriceYear
    cash: bool = True
    spent: Number | None = None
    optimism: Share = 0.0


class UnitCost(Strict):
    """What one unit of an outcome costs. `kind`: whose loss it is; `agency`: who gains; `cashable`: what share can be cashed."""

    item: str
    value: Number
    price_year: PriceYear
    source: str = Field(min_length=1)
    kind: Kind
    agency: str
    cashable: Share = 0.0
    confirmed: bool = False
    low: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def _lies_between(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError(f"{self.item}: low and high come together")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise ValueError(f"{self.item}: value lies between low and high")
        return self


class Benefit(Strict):
    """One line: population x engaged x impact x (1 - deadweight), from `lag` years on for `lasts`, less by `drop_off` a year.

    `impact` is units per engaged person a year (as -0.08 reoffences, lower is better), with its 95% interval; or it is taken
    from a study's results.json by `study` and `outcome`. Lines of one outcome share one uncertainty.
    """

    name: str
    outcome: str
    population: Annotated[float, Field(strict=False, gt=0)]
    engaged: Share
    impact: Number | None = None
    low: Number | None = None
    high: Number | None = None
    study: str = ""
    per_impact: Number = 1.0
    better: Literal["lower", "higher"] = "lower"
    deadweight: Share = 0.0
    lag: int = Field(default=0, ge=0)
    lasts: int = Field(default=1, ge=1)
    drop_off: Share = 0.0
    optimism: Share = 0.0
    unit_cost: str
    counts_reoffences: bool = False

    @model_validator(mode="after")
    def _has_an_impact(self) -> Self:
        given = [self.impact, self.low, self.high]
        if self.study and any(value is not None for value in given):
            raise ValueError(f"{self.name}: the impact comes from the study or is given, not both")
        if not self.study and any(value is None for value in given):
            raise ValueError(f"{self.name}: give impact, low and high (its 95% interval), or a study")
        if not self.study and not float(self.low or 0) <= float(self.impact or 0) <= float(self.high or 0):
            raise ValueError(f"{self.name}: impact lies between low and high")
        return self


class Model(Strict):
    """The whole file."""

    model: About
    cost: Annotated[tuple[Cost, ...], Field(min_length=1, strict=False)]
    benefit: Annotated[tuple[Benefit, ...], Field(min_length=1, strict=False)]
    unit_cost: Annotated[tuple[UnitCost, ...], Field(strict=False)] = ()
    deflator: dict[str, Number] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits_its_years(self) -> Self:
        span = range(self.model.first_year, self.model.first_year + self.model.years)
        if wrong := [cost for cost in self.cost if cost.year not in span]:
            raise ValueError(f"the cost of {wrong[0].strand} in {wrong[0].year} lies outside {span.start} to {span[-1]}")
        if len({benefit.name for benefit in self.benefit}) < len(self.benefit):
            raise ValueError("each benefit line has a name of its own")
        return self


def load_model(path: Path) -> tuple[Model, str]:
    """The model of a file, the impacts of its studies filled in, and the SHA-256 of its bytes.

    A study is its results.json, beside the model file unless the path is whole.
    """
    model, sha256 = read_toml(path, Model)
    return with_studies(model, lambda study: (path.parent / study).read_text(encoding="utf-8")), sha256


def parse_model(text: str, *, name: str, results_of: Callable[[str], str]) -> tuple[Model, str]:
    """The same of a text; `results_of`: by what the model calls a study, its results as they stand in results.json."""
    model, sha256 = parse_toml(text, Model, name=name)
    return with_studies(model, results_of), sha256


def with_studies(model: Model, results_of: Callable[[str], str]) -> Model:
    """The model with the estimates of its studies in it."""
    lines = tuple(_from_study(line, results_of) if line.study else line for line in model.benefit)
    return model.model_copy(update={"benefit": lines})


def _from_study(line: Benefit, results_of: Callable[[str], str]) -> Benefit:
    try:
        found = json.loads(results_of(line.study))["estimates"]
        (told,) = [each for each in found if each["outcome"] == line.outcome]
    except (OSError, ValueError, KeyError) as error:
        raise ProtocolError(
            what="The study tells no such outcome", record=f"{line.name}, {line.study}",
            expected=f"results with an estimate of {line.outcome}",
            mend="run the study, or give impact, low and high",
        ) from error  # fmt: skip
    return line.model_copy(update={"impact": told["estimate"], "low": told["ci_low"], "high": told["ci_high"]})


@cache
def published() -> dict[str, dict[str, str]]:
    """The unit costs that were seen in print, by item; each with its source and price year."""
    with (ROOM / "unit_costs.csv").open(encoding="utf-8", newline="") as file:
        return {row["item"]: row for row in csv.DictReader(file)}


def missing_unit_costs(model: Model) -> list[ProtocolError]:
    """Every unit cost that must be asked of the user, each by its name; one that two lines need is asked once."""
    asked = []
    for item in dict.fromkeys(line.unit_cost for line in model.benefit):
        try:
            unit_cost(model, item)
        except ProtocolError as error:
            asked.append(error)
    return asked


def unit_cost(model: Model, item: str) -> UnitCost:
    """The model's own row, or the published one. A missing one is asked of the user, and so is whose loss a whole cost is."""
    own = next((row for row in model.unit_cost if row.item == item), None)
    if own is not None:
        return own
    row = published().get(item)
    if row is None or row["kind"] != "fiscal":
        why = "is held for it" if row is None else "says who gains: it adds up losses of victims, agencies and others"
        seen = "" if row is None else f" (published: £{int(row['value_gbp']):,}, {row['price_year']}, {row['source']})"
        raise ProtocolError(
            what=f"No unit cost {why}", record=f"{item}{seen}", expected="a [[unit_cost]] of that item in the model",
            mend="give value, price_year, source, kind (fiscal, economic or social) and agency",
        )  # fmt: skip
    return UnitCost(
        item=item, value=float(row["value_gbp"]), price_year=row["price_year"], source=row["source"], kind="fiscal",
        agency=row["agency"], confirmed=True,
    )  # fmt: skip
