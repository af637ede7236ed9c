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

BY_BOROUGH = (Axis(column="borough", known="boroughs", total="total"),)


def purchase_rows(scope: Scope) -> pl.DataFrame:
    """A row a purchase approved, on the day of approval; without those cancelled by the last day counted."""
    approved = queries.purchases().drop_nulls("approved_on")
    standing = pl.col("cancelled_on").is_null() | (pl.col("cancelled_on") > scope.as_at)
    return with_breakdowns(approved.filter(standing).rename({"approved_on": "on"}))


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
)  # fmt: skip
