"""What is counted of referrals, for every service of the pilot file. Published: GtO interim evaluation, MOPAC 2017, section 3.

`referrals*` count referrals. `service.*` count people, each once a service, on the first such day in the period: so that
eligible, referred, accepted, accessing, completed and not completed can be held beside each other. Referrals made in error
are in none. A referral to a service that is not running on the day of the fact is outside that service's life.
"""

from collections.abc import Callable
from functools import cache, partial

import polars as pl

from throughcare.casework.cohort.queries import members
from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals import queries
from throughcare.casework.referrals.reasons import DECLINED
from throughcare.casework.referrals.standing import intended_for
from throughcare.core.contracts import Axis, Group, Measure, Scope

Rows = Callable[[Scope], pl.DataFrame]


def named(frame: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Service and provider by the names that are published, the slugs kept as `service_slug`; "none named" for no provider."""
    services = {each.slug: each.name for each in scope.pilot.services}
    providers = {each.slug: each.name for each in scope.pilot.providers} | {"": "none named"}
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


def accessing_rows(scope: Scope) -> pl.DataFrame:
    """People taking part on some day of the period: started by then, not closed before it.

    Who started earlier counts on the first day of the period, or of the service.
    """
    begun = _made().drop_nulls("started_on").with_columns(_ended())
    begun = begun.filter(pl.col("ended").is_null() | (pl.col("ended") >= scope.period.start)).drop("ended")
    return _people(begun.with_columns(on=pl.max_horizontal("started_on", pl.lit(scope.period.start))), scope)


def _ended() -> pl.Expr:
    """The day on which a closed referral closed; null while it is open."""
    return pl.when(pl.col("state").is_in(queries.CLOSED)).then("state_on").alias("ended")


def completed_rows(scope: Scope) -> pl.DataFrame:
    return _people(_made().with_columns(on="completed_on").drop_nulls("on"), scope)


def not_completed_rows(scope: Scope) -> pl.DataFrame:
    """People whose accepted referral was ended early or withdrawn, and stands so."""
    lost = _made().filter(pl.col("state").is_in(["ended_early", "withdrawn"])).drop_nulls("accepted_on")
    return _people(lost.with_columns(on="state_on"), scope)


def eligible_rows(scope: Scope) -> pl.DataFrame:
    """A row a member and service that is intended for them on the last day counted."""
    here = members(scope.as_at).select("person", on=pl.lit(scope.as_at))
    found = intended_for(scope.pilot.services, here, pilot=scope.pilot)
    names = {each.slug: each.name for each in scope.pilot.services}
    return with_breakdowns(found.with_columns(service_slug=pl.col("service"), service=pl.col("service").replace(names)))


def declined_rows(scope: Scope) -> pl.DataFrame:
    """A row a referral that stands declined, with the reason in words."""
    rows = referral_rows("declined_on", scope).filter(pl.col("state") == "declined")
    return rows.with_columns(pl.col("reason").replace(dict(DECLINED)))


BY_SERVICE = (Axis(column="service", only=tuple(each.name for each in current_pilot().services)),)
OF_MENTORING = (Axis(groups=(Group(label="Mentoring"),)),)

REFERRALS: tuple[Measure, ...] = (
    Measure(
        slug="referrals", title="Referrals made", unit="referrals", statistic="count", rows=rows_of("sent_on"), axes=BY_SERVICE,
        why="A service that nobody is sent to helps nobody",
        definition="Referrals by the day they were sent; declined and withdrawn ones count, those made in error do not",
    ),
    Measure(
        slug="referrals.month", title="Mentoring referrals made in September 2016", unit="referrals", statistic="count",
        rows=rows_of("sent_on", "mentoring"), axes=OF_MENTORING, service="mentoring", window="mentoring_september",
        why="Shows whether making the service known to offender managers was followed by referrals",
        definition="Mentoring referrals by the day they were sent, in the month that the pilot file names",
    ),
    Measure(
        slug="referrals.month_mean", title="Mean mentoring referrals a month over the five months before September 2016",
        unit="referrals", statistic="monthly", digits=1, rows=rows_of("sent_on", "mentoring"), axes=OF_MENTORING,
        service="mentoring", window="mentoring_before_september", why="What September 2016 is compared with",
        definition="Mentoring referrals sent from the start of the service to September, divided by the calendar months begun",
    ),
    Measure(
        slug="referrals.declined", title="Referrals declined, by reason", unit="referrals", statistic="count",
        rows=declined_rows, axes=(Axis(column="reason", total="total"),), why="Tells referrers what to ask before they refer",
        definition="Referrals that stand declined, by the day of declining and the reason given",
    ),
)  # fmt: skip


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


PEOPLE: tuple[Measure, ...] = (
    _of_people("eligible", "People a service is for", "The most that a service can reach", eligible_rows,
               "Members whom the service is intended for on the last day of the period, by the pilot file's conditions"),
    _of_people("referred", "People referred", "Of those eligible, how many were sent", referred_rows,
               "People with a referral sent in the period, each once a service"),
    _of_people("accepted", "People accepted", "Of those referred, how many the provider took on", accepted_rows,
               "People with a referral accepted in the period, each once a service"),
    _of_people("accessing", "People taking part", "Of those accepted, how many came", accessing_rows,
               "People with a referral started by the end of the period and not closed before it, each once a service"),
    _of_people("completed", "People who completed", "What the service is for", completed_rows,
               "People with a referral ended as completed in the period, each once a service"),
    _of_people("not_completed", "People who did not complete", "What was lost on the way", not_completed_rows,
               "People with an accepted referral ended early or withdrawn in the period, and standing so, each once a service"),
)  # fmt: skip

MEASURES: tuple[Measure, ...] = (*REFERRALS, *PEOPLE)
