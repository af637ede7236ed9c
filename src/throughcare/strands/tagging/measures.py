"""What is counted of tagging: who is tagged, the days that were kept, breaches by kind, how fast somebody looks.

The published sources give no figure of the London pilot of 2017; what is counted here is for those who run it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from throughcare.casework.frames import only, read
from throughcare.casework.people.queries import arrests, convictions, with_breakdowns
from throughcare.core.clock import london_date
from throughcare.core.contracts import TOTAL, Axis, Measure, Scope
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.verdict import verdict
from throughcare.strands.tagging.checks.words import BROKEN, EXCUSES, KEPT, KINDS, OPEN
from throughcare.strands.tagging.phases import PHASES, happened, months
from throughcare.strands.tagging.queries import dates_of, orders_at, whole

BREACHES = tuple(kind.words for kind in KINDS.values() if kind.breach)
BY_KIND = (Axis(column="kind", only=BREACHES, total="total"),)
DAYS = pl.Schema({"person": pl.Int64(), "on": pl.Date(), "verdict": pl.String()})
PEOPLE = pl.Schema({"person": pl.Int64(), "on": pl.Date()})


@dataclass(frozen=True, kw_only=True)
class _Found:
    """As much of a finding as the rule of a day needs."""

    kind: str
    explained: str
    starts_at: datetime
    ends_at: datetime | None


def tagged_rows(scope: Scope) -> pl.DataFrame:
    """A row a person on whom a tag was put while an order asked for it, on the first day of that in the period."""
    rows = []
    for order in whole(m.Order.objects.exclude(fittings=None)):
        dates = dates_of(order)
        if dates is None:
            continue
        worn = [(max(f.fitted_at, dates[0]), min(f.removed_at or dates[1], dates[1])) for f in order.fittings.all()]
        rows += [(order.person_id, max(london_date(start), scope.period.start)) for start, end in worn
                 if start < end and london_date(end) >= scope.period.start]  # fmt: skip
    frame = pl.DataFrame(rows, schema=PEOPLE, orient="row")
    within = frame.filter(pl.col("on").is_between(scope.period.start, scope.period.end, closed="left"))
    return with_breakdowns(within.sort("on").unique("person", keep="first", maintain_order=True))


def tagged_now_rows(scope: Scope) -> pl.DataFrame:
    """A row a person with a tag on whose order asks for monitoring on the reference day."""
    rows = {order.person_id: scope.as_at for order in orders_at(scope.as_at) if _worn(order, scope.as_at)}
    return with_breakdowns(pl.DataFrame(list(rows.items()), schema=PEOPLE, orient="row"))


def _worn(order: m.Order, day: date) -> bool:
    fittings = order.fittings.all()
    return any(london_date(f.fitted_at) <= day and (f.removed_at is None or london_date(f.removed_at) >= day) for f in fittings)


def day_rows(scope: Scope) -> pl.DataFrame:
    """A row a day of an order that is over, with how it stands now (`checks.verdict`)."""
    over = m.Check.objects.exclude(verdict=OPEN).order_by("pk")
    checks = read(over, person="order__person", order="order", on="day", raw="verdict")
    found = m.Finding.objects.filter(gone_at=None).order_by("pk")
    decisions = dict(m.Review.objects.filter(undone_at=None).order_by("pk").values_list("finding", "decision"))
    of: dict[tuple[int, date], list[tuple[_Found, str]]] = {}
    for pk, order, day, *told in found.values_list("pk", "order", "day", "kind", "explained", "starts_at", "ends_at"):
        each = _Found(kind=told[0], explained=told[1], starts_at=told[2], ends_at=told[3])
        of.setdefault((order, day), []).append((each, decisions.get(pk, "")))
    rows = [(person, on, verdict(raw, of.get((order, on), []))) for person, order, on, raw in checks.iter_rows()]
    return with_breakdowns(pl.DataFrame(rows, schema=DAYS, orient="row"))


def breach_rows(scope: Scope) -> pl.DataFrame:
    """A row a breach that was reviewed as such, by the day on which it was, with its kind in words."""
    reviews = m.Review.objects.filter(undone_at=None, finding__gone_at=None).exclude(decision__in=EXCUSES).order_by("pk")
    told = read(reviews, person="finding__order__person", on="finding__day", kind="finding__kind")
    words = {name: kind.words for name, kind in KINDS.items()}
    return with_breakdowns(told.with_columns(pl.col("kind").replace_strict(words, return_dtype=pl.String)))


def incident_rows(scope: Scope) -> pl.DataFrame:
    """A row an incident, on the day it was raised, with the minutes until somebody had it (null: nobody yet)."""
    told = read(m.Incident.objects.order_by("pk"), person="order__person", raised="raised_at", taken="taken_at")
    minutes = (pl.col("taken") - pl.col("raised")).dt.total_seconds() / 60
    return with_breakdowns(told.select("person", on=_london("raised"), minutes=minutes))


def review_rows(scope: Scope) -> pl.DataFrame:
    """A row a finding that was decided of, on the day of the decision, with the hours since it was found."""
    standing = m.Review.objects.filter(undone_at=None).order_by("pk")
    told = read(standing, person="finding__order__person", on="on", found="finding__found_at", decided="at")
    hours = (pl.col("decided") - pl.col("found")).dt.total_seconds() / 3600
    return with_breakdowns(told.select("person", "on", hours=hours))


def arrest_months(scope: Scope) -> pl.DataFrame:
    """A row a whole month before, while and after somebody was tagged, with the arrests in it; of no day."""
    tagged = months(scope.as_at)
    with only(*tagged["person"].unique()):
        return happened(tagged, arrests().select("person", on="arrested_on"))


def offence_months(scope: Scope) -> pl.DataFrame:
    """The same with the offences committed in it and convicted of by the day; one whose day is not known is in none."""
    tagged = months(scope.as_at)
    with only(*tagged["person"].unique()):
        known = convictions().filter(pl.col("disposal") == "conviction", pl.col("convicted_on") <= scope.as_at)
    return happened(tagged, known.select("person", on="committed_on").drop_nulls())


def _phase(slug: str, what: str, rows: Callable[[Scope], pl.DataFrame], how: str) -> Measure:
    return Measure(
        slug=f"tag.{slug}", title=f"{what} a person and month, before, while and after being tagged", unit=what.lower(),
        why="What the study looks at; by itself it is no effect, for people are tagged when things went worst", digits=3,
        statistic="mean", rows=rows, value=pl.col("times"), axes=(Axis(column="phase", only=PHASES),),
        definition=f"{how}, averaged over whole months of 30 days of everybody ever tagged: the twelve before the first tag, "
        "those while tagged, and up to twelve after; a month not over is left out, and time in custody is not taken off",
    )  # fmt: skip


def _london(instant: str) -> pl.Expr:
    return pl.col(instant).dt.convert_time_zone("Europe/London").dt.date()


MEASURES = (
    Measure(
        slug="tag.tagged", title="People tagged", why="Shows how many the strand reaches", unit="people", statistic="count",
        rows=tagged_rows, axes=TOTAL,
        definition="People with a tag on while an order asked for it, at any time in the period, each once",
    ),
    Measure(
        slug="tag.tagged_now", title="People tagged at the end", why="Shows how many are tagged now", unit="people",
        statistic="count", rows=tagged_now_rows, axes=TOTAL,
        definition="People with a tag on and an order in force on the last day",
    ),
    Measure(
        slug="tag.days_monitored", title="Days monitored", why="Shows how much monitoring there was", unit="days",
        statistic="count", rows=day_rows, axes=TOTAL,
        definition="London days of an order that are over and were looked at; one of two people is two",
    ),
    Measure(
        slug="tag.days_kept", title="Days on which the order was kept", why="Shows whether orders are kept", unit="percent",
        statistic="share", rows=day_rows, counted=pl.col("verdict").is_in([KEPT, BROKEN]), hit=pl.col("verdict") == KEPT,
        axes=TOTAL,
        definition="Days kept, of those that could be judged: a day with an unexplained breach that nobody has decided of, or of "
        "which the positions say too little, is neither",
    ),
    Measure(
        slug="tag.breaches", title="Breaches, by kind", why="Shows what is not kept", unit="breaches", statistic="count",
        rows=breach_rows, axes=BY_KIND,
        definition="Findings that were reviewed and neither a fault of the data nor excused, by the day on which they were",
    ),
    Measure(
        slug="tag.taken_in", title="Minutes until somebody has an incident", why="An alert that nobody has helps nobody",
        unit="minutes", statistic="median", rows=incident_rows, value=pl.col("minutes"), counted=pl.col("minutes").is_not_null(),
        axes=TOTAL, digits=1,
        definition="Median of the time from the raising of an incident to its taking, by the day it was raised; those that "
        "nobody has are left out",
    ),
    Measure(
        slug="tag.reviewed_in", title="Hours until a finding is decided of", why="A breach is answered while it is remembered",
        unit="hours", statistic="median", rows=review_rows, value=pl.col("hours"), axes=TOTAL, digits=1,
        definition="Median of the time from the first look that found it to the decision that stands, by the day of the decision",
    ),
    _phase("arrests_by_phase", "Arrests", arrest_months, "Arrests by their day"),
    _phase("offences_by_phase", "Offences", offence_months, "Offences convicted of, by the day they were committed"),
)  # fmt: skip
