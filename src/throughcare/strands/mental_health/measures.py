"""What is counted of the mental-health pathway. Source of the published figures: GtO interim evaluation, MOPAC 2017, section 3.

Consultations are events; assessments and care plans count people, each once in the period; interventions a person once a kind.
"""

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.referrals import queries as referrals
from throughcare.core.contracts import TOTAL, Axis, Group, Measure, Scope
from throughcare.strands.mental_health import queries
from throughcare.strands.mental_health.consultations.queries import confidence
from throughcare.strands.mental_health.models import INTERVENTIONS

SERVICE = "mental_health"
BY_PARTY = (
    Axis(
        groups=(
            Group(label="with offender managers", where=pl.col("with_whom") == "offender_manager"),
            Group(label="with other professionals", where=pl.col("with_whom") == "other_professional"),
        ),
        total="total",
    ),
)


def referral_rows(scope: Scope) -> pl.DataFrame:
    """A row a referral to the pathway, on the day it was sent; those made in error are left out."""
    sent = referrals.referrals(services=(SERVICE,)).filter(~pl.col("in_error"))
    return with_breakdowns(sent.rename({"sent_on": "on"}))


def consultation_rows(scope: Scope) -> pl.DataFrame:
    """A row a consultation."""
    return with_breakdowns(queries.consultations())


def assessed_rows(scope: Scope) -> pl.DataFrame:
    """A row a person assessed, on the day of the first assessment in the period."""
    return with_breakdowns(_first(queries.assessments(), scope, "person"))


def care_plan_rows(scope: Scope) -> pl.DataFrame:
    """A row a person with a care plan begun, on the day of the first in the period."""
    return with_breakdowns(_first(queries.care_plans(), scope, "person"))


def intervention_rows(scope: Scope) -> pl.DataFrame:
    """A row a person and kind of intervention, on the day the first of it in the period began."""
    return with_breakdowns(_first(queries.interventions(), scope, "person", "kind"))


def confidence_rows(scope: Scope) -> pl.DataFrame:
    """A row a consultation whose reader said how confident they were before and after, on the day it was held."""
    return with_breakdowns(confidence())


def _first(rows: pl.DataFrame, scope: Scope, *once: str) -> pl.DataFrame:
    within = rows.filter(pl.col("on").is_between(scope.period.start, scope.period.end, closed="left"))
    return within.sort("on", "number").unique(list(once), keep="first", maintain_order=True)


MEASURES = (
    Measure(
        slug="health.referred", title="Referrals made", why="Shows the demand for the pathway", unit="referrals",
        statistic="count", rows=referral_rows, axes=TOTAL, service=SERVICE,
        definition="Referrals by the day sent; declined and withdrawn ones too, those made in error not",
    ),
    Measure(
        slug="health.consultations", title="Case consultations", why="The consultative function is for every member",
        unit="consultations", statistic="count", rows=consultation_rows, axes=BY_PARTY, service=SERVICE,
        definition="Consultations about a person, by the day held; they need no referral",
    ),
    Measure(
        slug="health.assessments", title="Service users assessed", why="Direct work begins with an assessment", unit="people",
        statistic="count", rows=assessed_rows, axes=TOTAL, service=SERVICE,
        definition="People whose assessment started in the period, each once",
    ),
    Measure(
        slug="health.care_plans", title="Service users who began a care plan", why="Shows how many get direct work",
        unit="people", statistic="count", rows=care_plan_rows, axes=TOTAL, service=SERVICE,
        definition="People whose care plan started in the period, each once",
    ),
    Measure(
        slug="health.interventions", title="Direct interventions (a person may have several)", unit="people",
        why="Shows what direct work is done", statistic="count", rows=intervention_rows,
        axes=(Axis(column="kind", only=INTERVENTIONS),), service=SERVICE,
        definition="People with an intervention of the kind begun in the period, each once a kind",
    ),
    Measure(
        slug="health.direct_interventions", title="Direct interventions, all kinds", why="People may have several kinds",
        unit="interventions", statistic="count", rows=intervention_rows, axes=TOTAL, service=SERVICE,
        definition="Interventions begun in the period, one a person and kind",
    ),
    Measure(
        slug="health.confidence", title="Confidence of practitioners after a consultation, change", unit="points of 1 to 5",
        why="The pathway is to make who works with a person confident and competent", statistic="mean", rows=confidence_rows,
        value=pl.col("after") - pl.col("before"), service=SERVICE, digits=1,
        definition="Mean of the confidence after, less the confidence before, each 1 to 5, as whoever read the advice said them; "
        "consultations with both, by the day held",
    ),
    Measure(
        slug="health.confidence_told", title="Consultations with confidence before and after", unit="consultations",
        why="How many the mean change rests on", statistic="count", rows=confidence_rows, service=SERVICE,
        definition="Consultations whose reader said both how confident they were before and after, by the day held",
    ),
)  # fmt: skip
