"""The protocol of a study by another design than matching: [design] in the place of [match]; of a file, of boroughs' months, or
of people against their scores.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from throughcare.stats.protocol import Rows, Study
from throughcare.stats.toml_file import Strict

Number = Annotated[float, Field(strict=False)]
NEEDS = {
    "differences": ("unit", "period", "treated", "start"), "interrupted": ("period", "start"), "predicted": ("predicted",),
}  # fmt: skip
MAY_HAVE = {"differences": ("label",), "interrupted": ("label", "season", "control"), "predicted": ("treated",)}
RECORDED, COMPARED = "recorded", "compared"
REOFFENDED = "reoffended"
"""What the score of people predicts: a proven reoffence in the 12 months from the index (`gates.FOLLOW_UP_MONTHS`)."""
CLOCK = "clock_on"
"""The day from which the service follows a person."""
MADE = ("unit", "period", "treated", "start", "label", "predicted")
"""What the service fills in itself where it makes the rows."""


class DesignOutcome(Strict):
    """What is looked at: `words` stands in sentences; `binary` is told for 100 people, `continuous` in its own unit."""

    name: str
    kind: Literal["binary", "continuous"] = "continuous"
    words: str = ""


class Design(Strict):
    """Columns of the rows. `differences`: a row a unit and period. `interrupted`: a row a period, `control` a second series,
    `season` periods a year. `predicted`: a row a person, the prediction from 0 to 1; with `treated` (1 or 0) the others show
    whether the prediction holds here. `start`: the first period after it began.
    `label`: the column with each period's name, such as 2016-05. Which of them must stand here, `DesignProtocol` checks."""

    method: Literal["differences", "interrupted", "predicted"]
    unit: str = ""
    period: str = ""
    treated: str = ""
    start: Number | None = None
    season: int = Field(default=0, ge=0)
    control: str = ""
    predicted: str = ""
    label: str = ""


class DesignRows(Strict):
    """The rows that the service makes of recorded crime: boroughs' months in [since, until), first days of months.

    `measure`: "crime.recorded" or "crime.rate", of the boroughs of the pilot and beside it of those compared; `group`: the group
    of offences, as its figures name it. `boroughs`: of the pilot's, those that are treated in this study; none: all.
    """

    kind: Literal["borough_months"]
    since: date
    until: date
    group: str = Field(min_length=1)
    measure: Literal["crime.recorded", "crime.rate"] = "crime.recorded"
    boroughs: Annotated[tuple[str, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _whole_months(self) -> Self:
        if self.since.day != 1 or self.until.day != 1 or self.until <= self.since:
            raise ValueError("since and until are first days of months, until the first that is no longer in it")
        return self


class DesignCopy(Strict):
    """The frozen copy, and until when it is kept. One of boroughs' months is about nobody, so that nobody holds a key."""

    keep_until: date
    key_holder: str = ""


class DesignProtocol(Strict):
    """The whole file. Its data are a file, or with [rows] what the service makes of its own: then [design] says the method, and
    for a series its `season` and whether `control = "compared"`; outcome is "recorded" of boroughs' months, "reoffended" of
    people against their scores."""

    study: Study
    outcome: Annotated[tuple[DesignOutcome, ...], Field(min_length=1, max_length=1, strict=False)]
    design: Design
    rows: Annotated[DesignRows | Rows, Field(discriminator="kind")] | None = None
    copy_: DesignCopy | None = Field(default=None, alias="copy")

    @model_validator(mode="after")
    def _has_its_columns(self) -> Self:
        method, given = self.design.method, self.design.model_fields_set - {"method"}
        own = MADE if self.rows else ()
        if isinstance(self.rows, DesignRows) and method == "predicted":
            raise ValueError('boroughs have no prediction: method "differences" or "interrupted" goes with such [rows]')
        if isinstance(self.rows, Rows) and method != "predicted":
            raise ValueError('of people the design is method "predicted"; for others write [match] in the place of [design]')
        if told := sorted(given.intersection(own)):
            raise ValueError(f"{', '.join(told)}: the service makes it for its own rows, take it out")
        if missing := [name for name in NEEDS[method] if name not in given and name not in own]:
            raise ValueError(f'method "{method}" needs {", ".join(missing)}')
        if more := sorted(given - {*NEEDS[method], *MAY_HAVE[method]}):
            raise ValueError(f'{", ".join(more)} do not belong to method "{method}"')
        return self

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if (self.rows is None) != (self.copy_ is None):
            raise ValueError("[rows] and [copy] go together: what the service makes of its store is kept as a frozen copy")
        if isinstance(self.rows, Rows):
            self._of_people(self.rows)
        elif self.rows and (self.outcome[0].name != RECORDED or self.outcome[0].kind != "continuous"):
            raise ValueError(f'of boroughs\' months the outcome is name = "{RECORDED}", kind = "continuous"')
        if self.copy_ and bool(self.copy_.key_holder) != isinstance(self.rows, Rows):
            raise ValueError("a copy about people needs key_holder; one of boroughs' months is about nobody, and has none")
        if self.rows and self.design.control not in ("", COMPARED):
            raise ValueError(f'of boroughs\' months control is "{COMPARED}", the boroughs beside the pilot')
        if self.design.method == "predicted" and self.outcome[0].kind != "binary":
            raise ValueError('against prediction the outcome is 0 or 1: kind = "binary"')
        return self

    def _of_people(self, rows: Rows) -> None:
        """A score predicts from the index on. After a landmark those who reoffended before it are left out, and fewer than
        predicted would be seen whatever was done."""
        if rows.kind != "people":
            raise ValueError("a score predicts of people: court cases have no prediction")
        if rows.landmark:
            raise ValueError("the score predicts from the index on: with a landmark those who reoffended before it would be left "
                             "out, and fewer than predicted be seen whatever was done; take landmark out")  # fmt: skip
        if self.outcome[0].name != REOFFENDED:
            raise ValueError(f'the score predicts a proven reoffence in a year: the outcome is name = "{REOFFENDED}"')
