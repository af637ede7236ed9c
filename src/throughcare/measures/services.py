"""For whom each service is and who takes part in it, by referral or otherwise: what no single strand can tell.

A service to which people come by referral is told by its referrals; one that they do not (a court report, a task of the
prison co-ordination), by what its strand says was done. Of a service whose strand says nothing, only for whom it is.
Referred, accepted, completed and not completed are of services by referral alone: `casework.referrals.measures`.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import get_args

import polars as pl

from throughcare.casework.cohort.queries import memberships
from throughcare.casework.people.queries import supervision, with_breakdowns
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.measures import named, within_life
from throughcare.casework.referrals.queries import referrals
from throughcare.casework.referrals.standing import intended_for
from throughcare.casework.referrals.transitions import CLOSED
from throughcare.core.contracts import NO_USE, Axis, Measure, Scope, Strand
from throughcare.core.dates import AgeBand, last_days, months_begun
from throughcare.core.pilot import Period, Pilot, Service
from throughcare.registry.parts import strands

Rows = Callable[[Scope], pl.DataFrame]
A_DAY = timedelta(days=1)
AGES = get_args(AgeBand)


def months(period: Period) -> pl.DataFrame:
    """first, last: the first and last day in the period of each of its months."""
    last = last_days(period.start, period.end)
    days = [(max(month, period.start), day) for month, day in zip(months_begun(period.start, period.end), last, strict=True)]
    return pl.DataFrame(days, schema={"first": pl.Date, "last": pl.Date}, orient="row")


def eligible_rows(scope: Scope, *, members: bool) -> pl.DataFrame:
    """A row a person, service and month whose service is for them on the month's last day in the period.

    `members`: of the services for members of the cohort; else of those for people eligible for it too.
    """
    services = [each for each in scope.pilot.services if each.members is members]
    return _intended(services, months(scope.period)["last"].to_list(), scope)


def eligible_at_last_rows(scope: Scope) -> pl.DataFrame:
    """A row a person and service that is for them on the last day of the period or, where it ended before, its own last."""
    ends = {each.slug: min(scope.as_at, (each.end or scope.pilot.life.end) - A_DAY) for each in scope.pilot.services}
    days = sorted({*ends.values(), *months(scope.period)["last"]})  # those of `eligible_rows` too, so that all are asked once
    found = pl.concat([
        _intended([each for each in scope.pilot.services if each.members is members], days, scope) for members in (True, False)
    ])  # fmt: skip
    last = pl.DataFrame(list(ends.items()), schema={"service_slug": pl.String, "on": pl.Date}, orient="row")
    return found.join(last, on=["service_slug", "on"], how="semi", maintain_order="left").drop("on")


def _intended(services: Sequence[Service], on: list[date], scope: Scope) -> pl.DataFrame:
    """A row a person, service and day of those on which the service is for them."""
    held = memberships().select("person", "start", "end")
    if any(not each.members for each in services):
        held = pl.concat([held, supervision().select("person", "start", "end")])
    ends = pl.DataFrame({"on": on}, schema={"on": pl.Date})
    goes_on = pl.col("end").is_null() | (pl.col("end") > pl.col("on"))
    days = held.join(ends, how="cross").filter((pl.col("start") <= pl.col("on")) & goes_on).select("person", "on").unique()
    found = intended_for(services, days.sort("on", "person"), pilot=scope.pilot) if services else days.clear().with_columns(
        service=pl.lit("", dtype=pl.String))  # fmt: skip
    return with_breakdowns(named(found.with_columns(provider=pl.lit("")), scope).drop("provider"))


def for_nothing_rows(scope: Scope) -> pl.DataFrame:
    """A row a member on the last day of the period for whom no service that takes referrals is on that day; of no day."""
    offered = [each for each in scope.pilot.services if each.by_referral]
    held = memberships().filter(pl.col("start") <= scope.as_at, pl.col("end").is_null() | (pl.col("end") > scope.as_at))
    days = held.select("person").unique().sort("person").with_columns(on=pl.lit(scope.as_at))
    left = days.join(intended_for(offered, days, pilot=scope.pilot), on="person", how="anti", maintain_order="left")
    return with_breakdowns(left).drop("on")


members_rows: Rows = partial(eligible_rows, members=True)
others_rows: Rows = partial(eligible_rows, members=False)


def taking_part_rows(scope: Scope) -> pl.DataFrame:
    """A row a person, service and month in which they took part, on the first such day of the month in the period.

    By referral: started by the month's end and not closed before its beginning; on hold counts. Otherwise: what the
    strand says was done for them in the month.
    """
    seen = pl.concat([_by_referral(scope), _otherwise(scope)])
    seen = within_life(seen, scope).sort("on", "person").unique(["person", "service", "first"], keep="first", maintain_order=True)
    return with_breakdowns(named(seen.with_columns(provider=pl.lit("")), scope).drop("provider", "first"))


def _by_referral(scope: Scope) -> pl.DataFrame:
    """person, service, on, first: a row a referral and month of taking part."""
    begun = referrals(tuple(each.slug for each in scope.pilot.services if each.by_referral))
    begun = begun.filter(~pl.col("in_error")).drop_nulls("started_on").join(months(scope.period), how="cross")
    still = ~pl.col("state").is_in(CLOSED) | (pl.col("state_on") >= pl.col("first"))
    there = begun.filter((pl.col("started_on") <= pl.col("last")) & still)
    return there.select("person", "service", "first", on=pl.max_horizontal("started_on", "first"))


def _otherwise(scope: Scope) -> pl.DataFrame:
    """person, service, on, first: a row a use of a service that people do not come to by referral, and its month."""
    columns = list(NO_USE.columns)
    done = pl.concat([NO_USE, *(strand.service_use(scope).select(columns) for strand in strands())])
    apart = [each.slug for each in scope.pilot.services if not each.by_referral]
    month = pl.max_horizontal(pl.col("on").dt.month_start(), pl.lit(scope.period.start))
    return done.filter(pl.col("service").is_in(apart)).select("person", "service", first=month, on="on")


def accessing_rows(scope: Scope) -> pl.DataFrame:
    """A row a person and service in which they took part in the period; of no day, as taking part goes on for months."""
    rows = taking_part_rows(scope).sort("on", "person")
    return rows.unique(["person", "service"], keep="first", maintain_order=True).drop("on")


def tells_use(strand: Strand, slug: str) -> bool:
    """Whether the strand runs the service and says who had it."""
    return slug in strand.services and strand.service_use is not Strand.service_use


def told(pilot: Pilot) -> tuple[Service, ...]:
    """The services of which it is known who takes part."""
    return tuple(s for s in pilot.services if s.by_referral or any(tells_use(strand, s.slug) for strand in strands()))


def measures_of(pilot: Pilot) -> tuple[Measure, ...]:
    """For whom each service is and who takes part: at the end of the period and at all, of all services side by side; and
    month by month, of each service within its own life.
    """
    known = told(pilot)
    at_last = Measure(
        slug="service.eligible", title="People a service is for", unit="people", statistic="count", rows=eligible_at_last_rows,
        axes=(Axis(column="service", only=tuple(s.name for s in pilot.services)),), why="The most that a service can reach",
        definition="Members, or where the pilot file says so people eligible for the cohort too, for whom the service is by "
        "the pilot file's conditions, on the last day of the period; month by month, service.eligible_in_month counts them",
    )  # fmt: skip
    at_all = Measure(
        slug="service.accessing", title="People taking part", unit="people", statistic="count", rows=accessing_rows,
        axes=(Axis(column="service", only=tuple(s.name for s in known)),), why="Of those accepted, how many came",
        definition="People who took part in a service on some day of the period, each once a service: with a referral started "
        "by then and not closed before, or something done for them; month by month, service.accessing_in_month counts them",
    )  # fmt: skip
    for_nothing = Measure(
        slug="service.for_nothing", title="Members for whom there is no service", unit="people", statistic="count",
        rows=for_nothing_rows, why="Shows whom the pilot leaves out: by age and sex here, by borough where that is asked for",
        axes=(Axis(column="age_band", only=AGES, total="total"), Axis(column="sex", only=("M", "F"), total="all")),
        definition="Members of the cohort on the last day of the period for whom, by the pilot file's conditions, no service "
        "that takes referrals is on that day, whether its places are taken or not",
    )  # fmt: skip
    by_month = (*(_eligible(service) for service in pilot.services), *(_taking_part(service) for service in known))
    return (at_last, at_all, for_nothing, *by_month)


def _eligible(service: Service) -> Measure:
    who = "Members" if service.members else "Members of the cohort and people eligible for it"
    return _monthly(
        service, f"service.eligible_in_month.{service.slug}", f"{service.name}: people it is for at the end of a month",
        "The most that a service can reach", members_rows if service.members else others_rows,
        f"{who} for whom the service is by the pilot file's conditions, on the last day of the month; over several months, the "
        "mean of those numbers",
    )  # fmt: skip


def _taking_part(service: Service) -> Measure:
    how = "a referral started by its end and not closed before it" if service.by_referral else "something done for them in it"
    return _monthly(
        service, f"service.accessing_in_month.{service.slug}", f"{service.name}: people taking part in a month",
        "Shows whether people go on", taking_part_rows,
        f"People with {how}, each once a month; over several months, the mean of those numbers",
    )  # fmt: skip


def _monthly(service: Service, slug: str, title: str, why: str, rows: Rows, definition: str) -> Measure:
    return Measure(
        slug=slug, title=title, why=why, unit="people", statistic="monthly", rows=rows, digits=1,
        counted=pl.col("service_slug") == service.slug, service=service.slug, definition=definition,
    )  # fmt: skip


MEASURES = measures_of(current_pilot())
