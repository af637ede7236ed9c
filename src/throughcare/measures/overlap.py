"""Which services the same people have had: overlaps, which no single strand can see. Published: GtO interim evaluation,
MOPAC 2017, section 3.

Overlap is by person over the period: a referral in any state except made in error; for court reports a delivered report,
for prison co-ordination a task. A person referred twice to one service counts once.
"""

from collections.abc import Sequence
from functools import partial
from itertools import combinations

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.queries import referrals
from throughcare.core.contracts import NO_USE, Axis, Group, Measure, Scope
from throughcare.core.pilot import Pilot, Service
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
    slugs = dict.fromkeys((*COMPARED, *(service.slug for service in scope.pilot.services)))
    had = [(pl.col("service") == slug).any().alias(slug) for slug in slugs]
    people = service_use(scope).group_by("person").agg(pl.col("on").min(), *had).sort("person")
    return with_breakdowns(people.with_columns(pl.any_horizontal(YOUNG_MEN).alias(YOUNG)))


def rows_of_all(scope: Scope, *, services: tuple[Service, ...]) -> pl.DataFrame:
    """A row a person who had every one of these services in the period, on the day of the first.

    order: the services as they began, by the first day of each in the period, in words; those of one day are said together.
    days: from the beginning of the first to that of the last; last: that day.
    """
    names = {service.slug: service.name for service in services}
    firsts = service_use(scope).filter(pl.col("service").is_in(list(names))).group_by("person", "service").agg(pl.col("on").min())
    whole = firsts.filter(pl.len().over("person") == len(names)).with_columns(pl.col("service").replace(names))
    steps = whole.sort("person", "on", "service").group_by("person", "on", maintain_order=True).agg(
        pl.col("service").str.join(" and "), same=pl.len() > 1)  # fmt: skip
    said = pl.col("service") + pl.when("same").then(pl.lit(" on one day")).otherwise(pl.lit(""))
    people = steps.group_by("person", maintain_order=True).agg(
        order=said.str.join(", then "), last=pl.col("on").last(), on=pl.col("on").first())  # fmt: skip
    return with_breakdowns(people.with_columns(days=(pl.col("last") - pl.col("on")).dt.total_days()))


def label(services: Sequence[Service]) -> str:
    """What several services together are called in a table."""
    return " & ".join(service.name for service in services)


def pairs(services: Sequence[Service]) -> tuple[tuple[Service, Service], ...]:
    """Every two of these services, in their order."""
    return tuple(combinations(services, 2))


def side_by_side(services: Sequence[Service]) -> tuple[Measure, ...]:
    """Of these services: how many people had each, and how many had each two of them."""
    each = {service.name: pl.col(service.slug) for service in services}
    two = {label(pair): pl.col(pair[0].slug) & pl.col(pair[1].slug) for pair in pairs(services)}
    had = _measure("had", "People who had each service", pl.lit(value=True), _also(each))
    both = _measure("both", "People who had both of two services", pl.lit(value=True), _also(two))
    return tuple(measure for measure, groups in ((had, each), (both, two)) if groups)


def together(services: tuple[Service, ...]) -> tuple[Measure, ...]:
    """Of a chosen set: how many people had all of them, in which order these began, and how long it took."""
    rows = partial(rows_of_all, services=services)
    why = "What came first, and how long after it the next, says whether services follow on one another as they were meant to"
    by_day = "a service began with the first such day in the period: a referral sent, a report delivered, a prison task"
    return (
        Measure(
            slug="overlap.all", title="People who had all of them", unit="people", statistic="count", rows=rows, why=why,
            axes=(Axis(groups=(Group(label=label(services)),)),), definition=f"People with every service chosen; {by_day}",
        ),
        Measure(
            slug="overlap.order", title="In which order", unit="people", statistic="count", rows=rows, why=why,
            axes=(Axis(column="order"),),
            definition=f"People with every service chosen, by the order in which these began; {by_day}",
        ),
        Measure(
            slug="overlap.days", title="Days from the first to the last", unit="days", statistic="median", rows=rows, why=why,
            value=pl.col("days"), axes=(Axis(column="order", total="all"),),
            definition=f"Median days from the beginning of the first to that of the last of the services chosen; {by_day}",
        ),
    )  # fmt: skip


def _also(groups: dict[str, pl.Expr]) -> tuple[Axis, ...]:
    return (Axis(groups=tuple(Group(label=label, where=where) for label, where in groups.items())),)


def _measure(slug: str, title: str, base: pl.Expr, axes: tuple[Axis, ...]) -> Measure:
    return Measure(
        slug=f"overlap.{slug}", title=title, unit="people", statistic="count", rows=rows, counted=base, axes=axes,
        why="Services for the same person must be planned together, and an effect of one cannot be told from the others'",
        definition="People by services had in the period: a referral not made in error, a report delivered, a prison task",
    )  # fmt: skip


PUBLISHED: tuple[Measure, ...] = (
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


def measures_of(pilot: Pilot) -> tuple[Measure, ...]:
    """The published overlaps, and those of every two services of the pilot."""
    return (*PUBLISHED, *side_by_side(pilot.services))


MEASURES = measures_of(current_pilot())
