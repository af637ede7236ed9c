"""Who gets in and who gets served: by sex, age, ethnicity, borough and agency, at each step on the way, beside all others.

Every number is a share of the calculator, small ones withheld across the steps. A ratio says how many times as large a group's
share is as that of all the others, and as that of the largest group, with the interval of its logarithm. It does not say why:
groups differ in what they need, where they live, and which services are for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import get_args

import polars as pl

from throughcare.casework.cohort.queries import eligible_on, members, memberships
from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.referrals.queries import referrals
from throughcare.casework.referrals.transitions import CLOSED
from throughcare.core.contracts import Measure, Scope
from throughcare.core.dates import AgeBand
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.calculate import Run
from throughcare.measures.disclosure import suppress
from throughcare.measures.intervals import wilson
from throughcare.measures.own import Own, calculate_own
from throughcare.measures.results import Place, Result
from throughcare.measures.tables import COUNTED, REST, Relation, Term
from throughcare.stats.shares import Compared, ratio

WAYS = {"sex": "Sex", "age_band": "Age", "ethnicity": "Ethnicity", "borough": "Borough", "agency": "Agency"}
AGES = get_args(AgeBand)
SEXES = {"M": "Men", "F": "Women"}
WHY = "Whether the pilot reaches all alike of whom it means to reach."


def selection_rows(scope: Scope) -> pl.DataFrame:
    """A row a person who meets the rule of the cohort on the last day of the period: whether they are a member on that day."""
    found = eligible_on(scope.as_at, scope.pilot).select("person").with_columns(on=pl.lit(scope.as_at))
    return with_breakdowns(found.with_columns(member=pl.col("person").is_in(members(scope.as_at)["person"].implode())))


def way_rows(scope: Scope, *, service: str) -> pl.DataFrame:
    """A row a member in the period, by their first day in it: referred, accepted, started, ended, completed.

    Each is whether that has happened by the last day of the period to any referral sent in it, to the service or, where service
    is "", to any; made in error is none. ended: begun, and no referral that was begun goes on. One sent before the person was
    a member counts.
    """
    held = memberships().filter(pl.col("start") < scope.period.end)
    held = held.filter(pl.col("end").is_null() | (pl.col("end") > scope.period.start))
    first = held.group_by("person").agg(on=pl.max_horizontal(pl.col("start"), pl.lit(scope.period.start)).min()).sort("person")
    sent = referrals((service,) if service else ()).filter(~pl.col("in_error"))
    sent = sent.filter(pl.col("sent_on").is_between(scope.period.start, scope.period.end, closed="left"))
    by = {name: pl.col(f"{name}_on") <= scope.as_at for name in ("accepted", "started", "completed")}
    begun = by["started"].fill_null(value=False)
    over = pl.col("state").is_in(list(CLOSED)) & (pl.col("state_on") <= scope.as_at)
    steps = sent.group_by("person").agg(
        referred=pl.lit(value=True), accepted=(by["accepted"] | by["started"]).fill_null(value=False).any(), started=begun.any(),
        ended=begun.any() & ~(begun & ~over).any(), completed=(begun & by["completed"].fill_null(value=False) & over).any(),
    )  # fmt: skip
    found = first.join(steps, on="person", how="left", maintain_order="left")
    happened = pl.col("referred", "accepted", "started", "ended", "completed").fill_null(value=False)
    return with_breakdowns(found.with_columns(happened))


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: its measure, what those who take it are called, and of whom it is a share."""

    measure: Measure
    title: str
    of: str


@cache
def steps(service: str = "") -> tuple[Step, ...]:
    """The steps from the rule to the end of a service; `service`: a slug, or "" for any."""
    rows = partial(way_rows, service=service)

    def share(slug: str, title: str, of: str, base: pl.Expr, hit: str, definition: str) -> Step:
        measure = Measure(
            slug=f"served.{slug}", title=title, why=WHY, unit="percent", statistic="share",
            rows=selection_rows if slug == "selected" else rows, counted=base, hit=pl.col(hit), digits=1, definition=definition,
        )  # fmt: skip
        return Step(measure=measure, title=title, of=of)

    true, col = pl.lit(value=True), pl.col
    until = "by the last day of the period"
    return (
        share("selected", "Selected", "those who meet the rule", true, "member",
              "Of people who meet the rule of the cohort on the last day of the period, those who are members on that day."),
        share("referred", "Referred", "members", true, "referred",
              "Of members at any time in the period, those with a referral sent in it; made in error is none."),
        share("accepted", "Accepted", "members referred", col("referred"), "accepted",
              f"Of members referred in the period, those of whom a provider accepted such a referral {until}."),
        share("started", "Started", "members accepted", col("accepted"), "started",
              f"Of members accepted, those who began {until}. Of who is accepted and not begun it may be too early."),
        share("completed", "Completed", "members who began and ended", col("ended"), "completed",
              f"Of members who began and whose services had all ended {until}, those who completed one."),
    )  # fmt: skip


BOTH = (COUNTED, REST)
RELATIONS = (
    Relation(whole=Term(slug="served.referred"), parts=(Term(slug="served.accepted", counts=BOTH),)),
    Relation(whole=Term(slug="served.accepted"), parts=(Term(slug="served.started", counts=BOTH),)),
    Relation(whole=Term(slug="served.started"), parts=(Term(slug="served.completed", counts=BOTH),)),
)
"""Whom a step is a share of are those who took the step before; those who ended are among those who began."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One group at one step. `interval`: of its share (Wilson). others, largest: the ratio to all others, to the largest group.

    Where the result is withheld there is none of these; there is no ratio to the largest for the largest itself.
    """

    label: str
    result: Result
    interval: tuple[float, float] | None = None
    others: Compared | None = None
    largest: Compared | None = None
    is_largest: bool = False

    @property
    def verdict(self) -> str:
        """What the ratio to all others says, in words."""
        if self.result.suppressed:
            return "withheld"
        if self.others is None or self.others.low is None or self.others.high is None:
            return "cannot be said"
        return "lower" if self.others.high < 1 else "higher" if self.others.low > 1 else "no difference shown"


@dataclass(frozen=True, kw_only=True)
class Served:
    """One step: the share of all, and by way the groups."""

    step: Step
    whole: Result
    ways: Mapping[str, tuple[Line, ...]]

    @property
    def different(self) -> tuple[tuple[str, Line], ...]:
        """The groups whose share is shown to differ from that of all others, with their way."""
        return tuple((way, line) for way, lines in self.ways.items() for line in lines if line.verdict in ("lower", "higher"))


def who_is_served(*, pilot: Pilot, period: Period, own: Own | None = None, service: str = "") -> tuple[Served, ...]:
    """Each step over the period, for the pilot or the reader's own part."""
    run, found, wanted = Run(), {}, steps(service)
    for step in wanted:
        cells: dict[tuple[str, str], Result] = {}
        for way in WAYS:
            for r in calculate_own(step.measure, own, pilot=pilot, period=period, by=(way,), run=run):
                cells[next(iter(r.breakdown.items()), ("", ""))] = r
        found[step.measure.slug] = cells
    flat = [r for cells in found.values() for r in cells.values()]
    shown = {(r.slug, r.place): r for r in suppress(flat, smallest=pilot.smallest_published, relations=RELATIONS)}
    return tuple(
        Served(step=step, whole=shown[(whole.slug, whole.place)], ways=_ways(found[step.measure.slug], shown))
        for step in wanted if (whole := found[step.measure.slug].get(("", ""))) is not None
    )  # fmt: skip


def _ways(cells: Mapping[tuple[str, str], Result], shown: Mapping[tuple[str, Place], Result]) -> dict[str, tuple[Line, ...]]:
    whole = shown[cells["", ""].slug, cells["", ""].place]
    return {
        way: _lines(whole, [(label, shown[r.slug, r.place]) for (of, label), r in cells.items() if of == way and r.denominator])
        for way in WAYS
    }


def _lines(whole: Result, groups: Sequence[tuple[str, Result]]) -> tuple[Line, ...]:
    """The groups that have anybody, ages by age, else the largest first."""
    told = [(label, r) for label, r in groups if not r.suppressed]
    largest = max(told, key=lambda each: each[1].denominator or 0, default=("", None))[1]
    order = sorted(groups, key=lambda g: (AGES.index(g[0]) if g[0] in AGES else len(AGES), -(g[1].denominator or 0), g[0]))
    return tuple(_line(label, r, whole, largest) for label, r in order)


def _line(label: str, result: Result, whole: Result, largest: Result | None) -> Line:
    if result.suppressed or result.denominator is None:
        return Line(label=label, result=result)
    hits, base = int(result.numerator or 0), result.denominator
    others = None
    if not whole.suppressed and whole.denominator is not None and whole.denominator > base:
        others = ratio(hits, base, int(whole.numerator or 0) - hits, whole.denominator - base)
    is_largest = largest is result
    to_largest = None
    if largest is not None and not is_largest and largest.denominator:
        to_largest = ratio(hits, base, int(largest.numerator or 0), largest.denominator)
    return Line(label=label, result=result, interval=wilson(hits, base), others=others, largest=to_largest, is_largest=is_largest)


def listed(found: Sequence[Served]) -> list[dict[str, str | int | float | None]]:
    """A row a group and step, for a file: an empty cell is withheld or cannot be said."""
    rows: list[dict[str, str | int | float | None]] = []
    for served in found:
        for way, line in [("", Line(label="all", result=served.whole)), *((w, x) for w, xs in served.ways.items() for x in xs)]:
            low, high = line.interval or (None, None)
            rows.append({
                "step": served.step.measure.slug, "way": way, "group": line.label, "hits": _whole(line.result.numerator),
                "base": line.result.denominator, "percent": line.result.value, "percent_low": low, "percent_high": high,
                **_as_cells("to_others", line.others), **_as_cells("to_largest", line.largest),
                "suppressed": line.result.suppressed,
            })  # fmt: skip
    return rows


def _whole(value: float | int | None) -> int | None:
    return None if value is None else int(value)


def _as_cells(name: str, told: Compared | None) -> dict[str, str | int | float | None]:
    return {
        f"ratio_{name}": told.value if told else None, f"ratio_{name}_low": told.low if told else None,
        f"ratio_{name}_high": told.high if told else None,
    }  # fmt: skip
