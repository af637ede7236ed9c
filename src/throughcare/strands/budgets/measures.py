"""What is counted of personalised budgets. Published: GtO interim evaluation, MOPAC 2017, section 3."""

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.measures import rows_of
from throughcare.core.contracts import TOTAL, Axis, Measure, Scope
from throughcare.core.pilot import Pilot
from throughcare.rules.eligibility.words import day
from throughcare.strands.budgets import queries
from throughcare.strands.budgets.queries import SERVICE

NOT_TOLD = ["", "too_early"]
BY_BOROUGH = (Axis(column="borough", known="boroughs", total="total"),)


def purchase_rows(scope: Scope) -> pl.DataFrame:
    """A row a purchase approved, on the day of approval; without those cancelled by the last day counted."""
    approved = queries.purchases().drop_nulls("approved_on")
    standing = pl.col("cancelled_on").is_null() | (pl.col("cancelled_on") > scope.as_at)
    return with_breakdowns(approved.filter(standing).rename({"approved_on": "on"}))


def delivered_rows(scope: Scope) -> pl.DataFrame:
    """A row a purchase of which something came, on the day of delivery, with what it did as a code ("" not told)."""
    came = queries.purchases().drop_nulls("delivered_on").filter(pl.col("delivered_pence") > 0)
    return with_breakdowns(came.rename({"delivered_on": "on"}))


def told_rows(scope: Scope) -> pl.DataFrame:
    """Those of them of which it is told what they did; "too early to say" is not told yet."""
    return delivered_rows(scope).filter(~pl.col("outcome").is_in(NOT_TOLD))


def since_start(pilot: Pilot) -> str:
    """Referrals since 15 November 2016: since the service's start in the pilot file, where it has the service."""
    started = next((each.start for each in pilot.services if each.slug == SERVICE), None)
    return "Referrals" if started is None else f"Referrals since {day(started)}"


MEASURES: tuple[Measure, ...] = (
    Measure(
        slug="budget.referred", title=since_start(current_pilot()), unit="referrals", statistic="count",
        rows=rows_of("sent_on", SERVICE), axes=BY_BOROUGH, service=SERVICE, why="Shows whether women are put forward at all",
        definition="Referrals by the day they were sent and the borough of residence on it; those made in error are not counted",
    ),
    Measure(
        slug="budget.accepted", title="Referrals accepted", unit="referrals", statistic="count",
        rows=rows_of("accepted_on", SERVICE), axes=TOTAL, service=SERVICE, why="Only an accepted referral has money to spend",
        definition="Referrals by the day they were accepted",
    ),
    Measure(
        slug="budget.purchases", title="Interventions approved to be bought with the accepted budget", unit="purchases",
        statistic="count", rows=purchase_rows, axes=TOTAL, service=SERVICE, why="Shows what the money is turned into",
        definition="Purchases by the day of approval, without those cancelled by the last day of the period",
    ),
    Measure(
        slug="budget.told", title="Share of purchases delivered of which it is known what they did", unit="percent",
        statistic="share", rows=delivered_rows, hit=~pl.col("outcome").is_in(NOT_TOLD), axes=TOTAL, service=SERVICE,
        why="Money of which nobody knows what it did teaches nothing",
        definition="Of the purchases of which something was delivered, by its day, those of which it is told what they did",
    ),
    Measure(
        slug="budget.helped", title="Share of purchases that did what they were for", unit="percent", statistic="share",
        rows=told_rows, hit=pl.col("outcome") == "helped", axes=TOTAL, service=SERVICE, why="Shows what is worth buying again",
        definition="Of the purchases of which it is told what they did, by day of delivery, those that did what they were for",
    ),
)  # fmt: skip
