"""Reading the mental-health tables."""

from collections.abc import Sequence

import polars as pl

from throughcare.casework.cohort.on_days import not_members
from throughcare.casework.findings import finding_of
from throughcare.casework.frames import read
from throughcare.casework.referrals.findings import not_intended
from throughcare.core.contracts import Finding, Owner, Scope
from throughcare.strands.mental_health import models as m

ROLE = "health_practitioner"


def consultations() -> pl.DataFrame:
    """A row a consultation: number, record (null where entered here), person, with_whom, on."""
    found = m.Consultation.objects.order_by("pk")
    return read(found, number="pk", record="source__record_id", person="person", with_whom="with_whom", on="held_on")


def assessments() -> pl.DataFrame:
    """A row an assessment: number, record, person, on."""
    found = m.Assessment.objects.order_by("started_on", "pk")
    return read(found, number="pk", record="source__record_id", person="person", on="started_on")


def care_plans() -> pl.DataFrame:
    """A row a care plan: number, record, person, on."""
    found = m.CarePlan.objects.order_by("started_on", "pk")
    return read(found, number="pk", record="source__record_id", person="person", on="started_on")


def interventions() -> pl.DataFrame:
    """A row an intervention begun: number, record, person, kind, on."""
    found = m.Intervention.objects.order_by("started_on", "pk")
    return read(found, number="pk", record="source__record_id", person="person", kind="kind", on="started_on")


def findings(scope: Scope) -> Sequence[Finding]:
    """Care plans of the period begun without an assessment by that day; interventions without a care plan by then;
    consultations about people who were not members on the day: the consultative function is for members.
    """
    outside = not_members(_within(consultations(), scope))
    return (
        *_without(care_plans(), assessments(), scope, of="care plan", slug="mental_health.plan_without_assessment",
                  title="Care plans without an assessment before", mend="load or record the assessment, or correct the day"),
        *_without(interventions(), care_plans(), scope, of="intervention", slug="mental_health.intervention_without_plan",
                  title="Interventions without a care plan before", mend="load or record the care plan, or correct the day"),
        *_told(outside, of="consultation", slug="mental_health.not_member",
               title="Consultations about people who were not members on the day",
               mend="correct the person or the day, or record when the person joined"),
        *not_intended(scope, services=("mental_health",), slug="mental_health.not_intended", role=ROLE),
    )  # fmt: skip


def _without(
    later: pl.DataFrame, earlier: pl.DataFrame, scope: Scope, *, of: str, slug: str, title: str, mend: str
) -> list[Finding]:
    """The rows of `later` whose person has no row of `earlier` on or before their day."""
    first = earlier.group_by("person").agg(first_on=pl.col("on").min())
    rows = _within(later, scope).join(first, on="person", how="left")
    rows = rows.filter(pl.col("first_on").is_null() | (pl.col("first_on") > pl.col("on")))
    return _told(rows, of=of, slug=slug, title=title, mend=mend)


def _within(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    return rows.filter(pl.col("on").is_between(scope.period.start, scope.period.end, closed="left"))


def _told(rows: pl.DataFrame, *, of: str, slug: str, title: str, mend: str) -> list[Finding]:
    """One finding of these rows, with their record_ids; a row entered here is named by its number. None where there are none."""
    named = rows.with_columns(name=pl.coalesce("record", pl.format("{} {}", pl.lit(of), "number"))).sort("name")
    return finding_of(named, slug=slug, title=title, mend=mend, owner=Owner(role=ROLE))
