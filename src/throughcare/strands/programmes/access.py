"""What is counted of misses decided and of prison access: clearances, visits, and which members in custody are reached.

Not published in London, which had none of these records; defined here [decided].
"""

from functools import partial

import polars as pl

from throughcare.casework.cohort.queries import memberships
from throughcare.casework.frames import read
from throughcare.casework.people.queries import custody, stays, with_a_day, with_breakdowns
from throughcare.core.clock import LONDON
from throughcare.core.contracts import Axis, Measure, Scope
from throughcare.core.dates import last_days
from throughcare.core.working_days import add_working_days, working_days_between
from throughcare.strands.programmes.decisions.queries import miss_rows
from throughcare.strands.programmes.meetings.codes import HELD, VISIT
from throughcare.strands.programmes.models import Clearance, PlannedSession
from throughcare.strands.programmes.queries import attended_sessions

KEY = ["person", "on"]
BY_PRISON = (Axis(column="prison", known="prisons", total="total"),)


def decided_rows(scope: Scope) -> pl.DataFrame:
    """A row a miss, on its day, with whether it was decided in time; those whose time is not over by `as_at` are left out."""
    within = scope.pilot.contact.decide_within
    found = miss_rows()
    by = pl.Series("by", [add_working_days(on, within) for on in found["on"]], dtype=pl.Date)
    found = found.with_columns(by).filter((pl.col("by") < scope.as_at) | pl.col("decided_on").is_not_null())
    in_time = (pl.col("decided_on") <= pl.col("by")).fill_null(value=False)
    return with_breakdowns(found.select("person", "on", in_time=in_time))


def clearance_rows(scope: Scope, *, day: str) -> pl.DataFrame:
    """A row a clearance, on the day on which it was asked for, granted or refused: prison, and the working days it waited."""
    found = read(
        Clearance.objects.order_by("pk"), prison="prison", asked_on="asked_on", granted_on="granted_on", refused_on="refused_on"
    ).with_columns(answered_on=pl.coalesce("granted_on", "refused_on"))
    found = found.filter(pl.col(day).is_not_null())
    pairs = found.select("asked_on", "answered_on").iter_rows()
    waits = [None if answered is None else working_days_between(asked, answered) for asked, answered in pairs]
    return found.select("prison", on=pl.col(day)).with_columns(wait=pl.Series(waits, dtype=pl.Int64))


def visit_rows(scope: Scope, *, day: str) -> pl.DataFrame:
    """A row a visit, on the day on which it was asked of the prison, refused or held."""
    found = read(
        PlannedSession.objects.filter(kind=VISIT).order_by("pk"), person="referral__person", prison="prison", state="state",
        asked_on="asked_on", refused_on="refused_on", at="starts_at",
    )  # fmt: skip
    held = pl.when(pl.col("state") == HELD).then(pl.col("at").dt.convert_time_zone(str(LONDON)).dt.date())
    found = found.with_columns(held_on=held).filter(pl.col(day).is_not_null())
    return with_breakdowns(found.select("person", "prison", on=pl.col(day)))


def reached_rows(scope: Scope) -> pl.DataFrame:
    """A row a member in custody on the last day of a month in the period, with the prison: reached, by a session attended there.

    A session counts that was attended since the person came into custody, up to that day: a visit, or one that a provider told.
    """
    days = pl.DataFrame({"on": last_days(scope.period.start, scope.period.end)}, schema={"on": pl.Date})
    inside = _on(with_a_day(custody()).select("person", "prison", "start", "end"), days)
    inside = inside.sort("start").unique(KEY, keep="last", maintain_order=True).select(*KEY, "prison")
    inside = inside.join(_on(memberships().select("person", "start", "end"), days).select(KEY).unique(), on=KEY, how="semi")
    stay = inside.join(stays().select("person", "stay_start", "stay_end").unique(), on="person")
    stay = stay.filter(_holds("stay_start", "stay_end"))
    met = stay.join(attended_sessions(), on="person").filter(pl.col("held_on").is_between("stay_start", "on"))
    met = met.select(KEY).unique().with_columns(reached=pl.lit(value=True))
    found = inside.join(met, on=KEY, how="left", maintain_order="left")
    return with_breakdowns(found.with_columns(pl.col("reached").fill_null(value=False)).sort("on", "person"))


def _on(spans: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """The spans [start, end) that hold each of the days."""
    return spans.join(days, how="cross").filter(_holds("start", "end"))


def _holds(start: str, end: str) -> pl.Expr:
    return (pl.col(start) <= pl.col("on")) & (pl.col(end).is_null() | (pl.col(end) > pl.col("on")))


def _of_clearances(slug: str, title: str, day: str, words: str) -> Measure:
    return Measure(
        slug=slug, title=title, unit="clearances", statistic="count", rows=partial(clearance_rows, day=day), axes=BY_PRISON,
        why="Who is not let in meets nobody",
        definition=f"Clearances of providers' posts, by the day on which they were {words}",
    )  # fmt: skip


def _of_visits(slug: str, title: str, day: str, words: str) -> Measure:
    return Measure(
        slug=slug, title=title, unit="visits", statistic="count", rows=partial(visit_rows, day=day), axes=BY_PRISON,
        why="Shows whether those in custody can be met",
        definition=f"Visits of providers to people in prison, by the day on which they were {words}",
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = (
    Measure(
        slug="contact.decided_in_time", title="Share of missed contacts decided in time", unit="percent", statistic="share",
        rows=decided_rows, hit=pl.col("in_time"), why="A miss that nobody answers tells the person that it does not matter",
        definition="Appointments and sessions that somebody did not come to without an acceptable absence, by their day: those "
        "of which the manager decided within the working days of the pilot file. Those still in time are not counted",
    ),
    _of_clearances("access.clearances_asked", "Clearances asked for", "asked_on", "asked for"),
    _of_clearances("access.clearances_granted", "Clearances granted", "granted_on", "granted"),
    _of_clearances("access.clearances_refused", "Clearances refused", "refused_on", "refused"),
    Measure(
        slug="access.clearance_wait", title="Median wait for a clearance", unit="working days", statistic="median",
        rows=partial(clearance_rows, day="answered_on"), value=pl.col("wait"), axes=BY_PRISON, digits=1,
        why="A worker who waits for weeks misses the time before release",
        definition="Working days from asking to the prison's answer, granted or refused, by the day of the answer",
    ),
    _of_visits("access.visits_booked", "Visits asked for", "asked_on", "asked of the prison"),
    _of_visits("access.visits_refused", "Visits refused", "refused_on", "refused by the prison"),
    _of_visits("access.visits_held", "Visits held", "held_on", "held"),
    Measure(
        slug="access.reached", title="Share of members in custody reached", unit="percent", statistic="share", rows=reached_rows,
        hit=pl.col("reached"), axes=BY_PRISON, why="What begins in prison holds after release",
        definition="Of the members in custody on the last day of each month, those who since coming into custody have attended "
        "a session of a provider",
    ),
)  # fmt: skip
