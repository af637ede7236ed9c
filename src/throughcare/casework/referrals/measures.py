"""What is counted of referrals, for every service to which people come by referral. Published: GtO interim evaluation,
MOPAC 2017, section 3.

`referrals*` count referrals. `service.*` count people, each once a service, on the first such day in the period. Referrals
made in error are in none. A referral to a service that is not running on the day of the fact is outside that service's
life. For whom a service is, and who takes part in it by referral or otherwise, `throughcare.measures.services` counts.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial

import polars as pl

from throughcare.casework.frames import once
from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals import queries
from throughcare.casework.referrals.clocks import Days, clocks, days_by_referral, stops_of
from throughcare.casework.referrals.days import during
from throughcare.casework.referrals.reasons import DECLINED
from throughcare.core.contracts import Axis, Group, Measure, Scope
from throughcare.core.pilot import Pilot
from throughcare.rules.referral_clock import Stop

Rows = Callable[[Scope], pl.DataFrame]
NO_PROVIDER = "none named"


def named(frame: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Service and provider by the names that are published, the slugs kept as `service_slug`; "none named" for no provider."""
    services = {each.slug: each.name for each in scope.pilot.services}
    providers = {each.slug: each.name for each in scope.pilot.providers} | {"": NO_PROVIDER}
    return frame.with_columns(
        service_slug=pl.col("service"),
        service=pl.col("service").replace(services),
        provider=pl.col("provider").replace(providers),
    )


def within_life(frame: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Rows whose day `on` is in the period and in the life of their own service (column `service`, a slug)."""
    lives = [(s.slug, s.start, s.end) for s in scope.pilot.services]
    schema = {"service": pl.String, "life_start": pl.Date, "life_end": pl.Date}
    rows = frame.join(pl.DataFrame(lives, schema=schema, orient="row"), on="service", how="inner", maintain_order="left")
    running = (pl.col("on") >= pl.col("life_start")) & (pl.col("life_end").is_null() | (pl.col("on") < pl.col("life_end")))
    inside = pl.col("on").is_between(scope.period.start, scope.period.end, closed="left")
    return rows.filter(running & inside).drop("life_start", "life_end")


def referral_rows(day: str, scope: Scope, services: tuple[str, ...] = ()) -> pl.DataFrame:
    """A row a referral on the day in column `day` (sent_on, accepted_on, ...); none made in error, none without that day."""
    frame = queries.referrals(services).filter(~pl.col("in_error")).with_columns(on=pl.col(day)).drop_nulls("on")
    return with_breakdowns(named(within_life(frame, scope), scope))


@cache
def rows_of(day: str, *services: str) -> Rows:
    """`referral_rows` as a measure wants it, for strands that count the referrals of their services.

    Kept, so that measures with the same rows ask for them once.
    """
    return partial(referral_rows, day, services=services)


def lately_started_rows(scope: Scope) -> pl.DataFrame:
    """`referral_rows` of the referrals that started in the period, without breakdowns: all that a wait on a page needs."""
    begun = queries.referrals(started=(scope.period.start, scope.period.end)).filter(~pl.col("in_error"))
    return named(within_life(begun.with_columns(on=pl.col("started_on")), scope), scope)


def _people(frame: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """A row a person and service, on the first day `on` in the period."""
    rows = within_life(frame, scope).sort("on", "referral").unique(["person", "service"], keep="first", maintain_order=True)
    return with_breakdowns(named(rows, scope))


def _made() -> pl.DataFrame:
    return queries.referrals().filter(~pl.col("in_error"))


def referred_rows(scope: Scope) -> pl.DataFrame:
    return _people(_made().with_columns(on="sent_on"), scope)


def accepted_rows(scope: Scope) -> pl.DataFrame:
    return _people(_made().with_columns(on="accepted_on").drop_nulls("on"), scope)


def completed_rows(scope: Scope) -> pl.DataFrame:
    return _people(_made().with_columns(on="completed_on").drop_nulls("on"), scope)


def not_completed_rows(scope: Scope) -> pl.DataFrame:
    """People whose accepted referral was ended early or withdrawn, and stands so."""
    lost = _made().filter(pl.col("state").is_in(["ended_early", "withdrawn"])).drop_nulls("accepted_on")
    return _people(lost.with_columns(on="state_on"), scope)


def declined_rows(scope: Scope) -> pl.DataFrame:
    """A row a referral that stands declined, with the reason in words."""
    rows = referral_rows("declined_on", scope).filter(pl.col("state") == "declined")
    return rows.with_columns(pl.col("reason").replace(dict(DECLINED)))


@once
def _clocked() -> tuple[pl.DataFrame, Mapping[int, Days], Mapping[int, list[Stop]]]:
    """The referrals, and by number the days of each and what stopped its clocks."""
    made = _made().select("referral", "person", "service", "provider", "sent_on")
    days = days_by_referral(dict(made.select("referral", "sent_on").iter_rows()))
    return made, days, stops_of(days)


def clock_rows(which: str, scope: Scope) -> pl.DataFrame:
    """A row a referral by the day its clock ("acknowledge", "decide") was answered: working days that counted (`days`), that
    were stopped (`paused`), and both (`all_days`). From the last sending, where it was sent again.
    """
    made, days, stops = _clocked()
    rows = []
    for referral, each in days.items():
        answered = [on for on in (each.decided_on, each.acknowledged_on if which == "acknowledge" else None) if on]
        if answered:
            clock = getattr(clocks(each, stops[referral], min(answered)), which)
            rows.append((referral, min(answered), clock.days, clock.paused, clock.all_days))
    counted = pl.DataFrame(rows, schema=CLOCK, orient="row")
    rows_of_all = made.join(counted, on="referral", how="inner", maintain_order="left")
    return with_breakdowns(named(within_life(rows_of_all, scope), scope))


CLOCK = {"referral": pl.Int64, "on": pl.Date, "days": pl.Int64, "paused": pl.Int64, "all_days": pl.Int64}
acknowledged_clocks, decided_clocks = partial(clock_rows, "acknowledge"), partial(clock_rows, "decide")
SERVICES = tuple(each for each in current_pilot().services if each.by_referral)
BY_SERVICE = (Axis(column="service", only=tuple(each.name for each in SERVICES)),)
MENTORING, NAMED_MONTH, BEFORE = "mentoring", "mentoring_september", "mentoring_before_september"

REFERRALS: tuple[Measure, ...] = (
    Measure(
        slug="referrals", title="Referrals made", unit="referrals", statistic="count", rows=rows_of("sent_on"), axes=BY_SERVICE,
        why="A service that nobody is sent to helps nobody",
        definition="Referrals by the day they were sent; declined and withdrawn ones count, those made in error do not",
    ),
    Measure(
        slug="referrals.wait_to_start", title="Wait from referral to start", unit="days", statistic="median",
        rows=rows_of("started_on"), value=(pl.col("started_on") - pl.col("sent_on")).dt.total_days(), axes=BY_SERVICE,
        why="Whoever refers can say how long it will be, and a wait that grows is seen",
        definition="Median calendar days from the day a referral was sent to the day the work first began, of referrals by the "
        "day it began; those that have not begun yet are not in it, nor those made in error",
    ),
    Measure(
        slug="referrals.declined", title="Referrals declined, by reason", unit="referrals", statistic="count",
        rows=declined_rows, axes=(Axis(column="reason", total="total"),), why="Tells referrers what to ask before they refer",
        definition="Referrals that stand declined, by the day of declining and the reason given",
    ),
)  # fmt: skip


FROM = "from its (last) sending, that day not counted,"
STOPPED = "those on which its clock was stopped for a coded reason"


def _clock(slug: str, title: str, why: str, rows: Rows, value: str, definition: str, *, stopped: bool = False) -> Measure:
    """The median of working days of a clock; `stopped`: of the referrals whose clock was stopped."""
    counted = pl.col("paused") > 0 if stopped else pl.lit(value=True)
    return Measure(
        slug=f"referrals.{slug}", title=f"Median {title}", unit="working days", statistic="median", digits=1, rows=rows,
        value=pl.col(value), counted=counted, axes=BY_SERVICE, why=why, definition=definition,
    )  # fmt: skip


CLOCKS: tuple[Measure, ...] = (
    _clock("days_to_acknowledge", "working days until a referral was acknowledged", "People wait while nobody says it came",
           acknowledged_clocks, "days", f"Working days {FROM} to the acknowledgement, or to a decision without one, without "
           f"{STOPPED}; by the day of the answer"),
    _clock("days_to_acknowledge_all", "working days until a referral was acknowledged, stopped days counted",
           "What the person waited, whoever was waited for", acknowledged_clocks, "all_days",
           f"Working days {FROM} to the acknowledgement, or to a decision without one, with {STOPPED}; by the day of the answer"),
    _clock("days_to_decide", "working days until a referral was accepted or declined", "People wait while nobody decides",
           decided_clocks, "days", f"Working days {FROM} to the decision, without {STOPPED}; by the day of the decision"),
    _clock("days_to_decide_all", "working days until a referral was accepted or declined, stopped days counted",
           "What the person waited, whoever was waited for", decided_clocks, "all_days",
           f"Working days {FROM} to the decision, with {STOPPED}; by the day of the decision"),
    _clock("paused_days", "working days on which a referral's clock was stopped", "Shows what stopping hides",
           decided_clocks, "paused", f"Working days before the decision, only {STOPPED}, of the referrals decided in the period "
           "that have any", stopped=True),
)  # fmt: skip


def mentoring_in_windows(pilot: Pilot) -> tuple[Measure, ...]:
    """Referrals to mentoring in the month that the pilot file names, and before it; none of a window that it does not name."""
    named = next((each.name for each in pilot.services if each.slug == MENTORING), "Mentoring")
    axes, rows, windows = (Axis(groups=(Group(label=named),)),), rows_of("sent_on", MENTORING), pilot.windows
    found = []
    if NAMED_MONTH in windows:
        found.append(Measure(
            slug="referrals.month", title=f"{named} referrals made {during(windows[NAMED_MONTH])}", unit="referrals",
            statistic="count", rows=rows, axes=axes, service=MENTORING, window=NAMED_MONTH,
            why="Shows whether making the service known to offender managers was followed by referrals",
            definition=f"{named} referrals by the day they were sent, in the month that the pilot file names",
        ))  # fmt: skip
    if BEFORE in windows:
        found.append(Measure(
            slug="referrals.month_mean", title=f"Mean {named.lower()} referrals a month, {during(windows[BEFORE])}",
            unit="referrals", statistic="monthly", digits=1, rows=rows, axes=axes, service=MENTORING, window=BEFORE,
            why="What the named month is compared with",
            definition=f"{named} referrals sent in the months before the named one, divided by the calendar months begun",
        ))  # fmt: skip
    return tuple(found)


def _of_people(slug: str, title: str, why: str, rows: Rows, definition: str) -> Measure:
    return Measure(
        slug=f"service.{slug}",
        title=title,
        why=why,
        unit="people",
        statistic="count",
        rows=rows,
        axes=BY_SERVICE,
        definition=definition,
    )


FIRST = "each once a service, by the first such day"
PEOPLE: tuple[Measure, ...] = (
    _of_people("referred", "People referred", "Of those eligible, how many were sent", referred_rows,
               f"People with a referral sent in the period, {FIRST}"),
    _of_people("accepted", "People accepted", "Of those referred, how many the provider took on", accepted_rows,
               f"People with a referral accepted in the period, {FIRST}"),
    _of_people("completed", "People who completed", "What the service is for", completed_rows,
               f"People with a referral ended as completed in the period, {FIRST}"),
    _of_people("not_completed", "People who did not complete", "What was lost on the way", not_completed_rows,
               f"People with an accepted referral ended early or withdrawn in the period, and standing so, {FIRST}"),
)  # fmt: skip

MEASURES: tuple[Measure, ...] = (*REFERRALS, *CLOCKS, *mentoring_in_windows(current_pilot()), *PEOPLE)
