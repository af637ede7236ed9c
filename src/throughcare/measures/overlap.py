"""Which services the same people have had: overlaps, which no single strand can see. Published: GtO interim evaluation,
MOPAC 2017, section 3.

Overlap is by person over the period: a referral in any state except made in error; for court reports a delivered report,
for prison co-ordination a task. A person referred twice to one service counts once.
"""

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.referrals.queries import referrals
from throughcare.core.contracts import NO_USE, Axis, Group, Measure, Scope
from throughcare.core.pilot import Service
from throughcare.registry.parts import strands

REPORT, PRISON, BUDGET, HEALTH = "court_reports", "prison_coordination", "personalised_budget", "mental_health"
MENTORING, BRIDGES, TRACK, TIGER = "mentoring", "building_bridges", "right_track", "tiger"
YOUNG_MEN = (MENTORING, BRIDGES, TRACK, TIGER)
COMPARED = (REPORT, PRISON, BUDGET, HEALTH, *YOUNG_MEN)
YOUNG = "young adult males"


def service_use(scope: Scope) -> pl.DataFrame:
    """person, service, on: a row a use of a service in the period and in the service's life, by referral or otherwise."""
    sent = referrals().filter(~pl.col("in_error")).select("person", "service", on="sent_on")
    columns = list(NO_USE.columns)
    used = pl.concat([sent, *(strand.service_use(scope).select(columns) for strand in strands())])
    return pl.concat([NO_USE, *(_of(service, used, scope) for service in scope.pilot.services)])


def _of(service: Service, used: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    cut = scope.period.cut(service.start, service.end)
    return used.filter(pl.col("service") == service.slug, pl.col("on").is_between(cut.start, cut.end, closed="left"))


def rows(scope: Scope) -> pl.DataFrame:
    """A row a person with any service in the period, on the day of the first: whether they had each, a column a service."""
    had = [(pl.col("service") == slug).any().alias(slug) for slug in COMPARED]
    people = service_use(scope).group_by("person").agg(pl.col("on").min(), *had).sort("person")
    return with_breakdowns(people.with_columns(pl.any_horizontal(YOUNG_MEN).alias(YOUNG)))


def _also(groups: dict[str, pl.Expr]) -> tuple[Axis, ...]:
    return (Axis(groups=tuple(Group(label=label, where=where) for label, where in groups.items())),)


def _measure(slug: str, title: str, base: pl.Expr, axes: tuple[Axis, ...]) -> Measure:
    return Measure(
        slug=f"overlap.{slug}", title=title, unit="people", statistic="count", rows=rows, counted=base, axes=axes,
        why="Services for the same person must be planned together, and an effect of one cannot be told from the others'",
        definition="People by services had in the period: a referral not made in error, a report delivered, a prison task",
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = (
    _measure("psr", "Of the people with a court report: also another service", pl.col(REPORT), _also({
        "prison co-ordination": pl.col(PRISON), YOUNG: pl.col(YOUNG), "female personalised budgets": pl.col(BUDGET),
        "mental health": pl.col(HEALTH),
    })),
    _measure("mentoring", "Of those referred to mentoring: also another programme", pl.col(MENTORING), _also({
        "Right Track": pl.col(TRACK), "TIGER": pl.col(TIGER), "Building Bridges": pl.col(BRIDGES),
    })),
    _measure("pair", "Referred to both Right Track and TIGER", pl.lit(value=True),
             _also({"Right Track & TIGER": pl.col(TRACK) & pl.col(TIGER)})),
    _measure("triple", "Referred to Right Track, TIGER and Building Bridges", pl.lit(value=True),
             _also({"Right Track & TIGER & Building Bridges": pl.col(TRACK) & pl.col(TIGER) & pl.col(BRIDGES)})),
    _measure("health", "Of those referred to mental health: also an enhanced programme for young men", pl.col(HEALTH),
             _also({YOUNG: pl.col(YOUNG)})),
)  # fmt: skip
