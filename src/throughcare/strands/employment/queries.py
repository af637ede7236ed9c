"""Reading placements and whether people are still in them; the right to work; what of it all does not fit together."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from throughcare.casework.findings import finding_of
from throughcare.casework.frames import read
from throughcare.casework.people.queries import ids_of
from throughcare.casework.referrals.findings import beyond_places, not_intended
from throughcare.casework.referrals.queries import referrals
from throughcare.core.contracts import Finding, Owner, Scope
from throughcare.strands.employment.models import Leaving, Placement, RetentionCheck, RightToWork

SERVICE = "employment"
TAKING_PART = ("accepted", "started")
RECORD = pl.col("record").fill_null(pl.format("placement {}", "placement"))


def placements() -> pl.DataFrame:
    """placement, record (its record_id; null where entered here), referral, person, employer, started_on, ended_on, by start."""
    return read(
        Placement.objects.order_by("started_on", "pk"), placement="pk", record="source__record_id", referral="referral",
        person="referral__person", employer="employer", started_on="started_on", ended_on="ended_on",
    )  # fmt: skip


def checks() -> pl.DataFrame:
    """person, placement, weeks, in_work, started_on: a row a retention check made."""
    return read(
        RetentionCheck.objects.order_by("placement", "weeks"), person="placement__referral__person", placement="placement",
        weeks="weeks", in_work="in_work", started_on="placement__started_on",
    )  # fmt: skip


def leavings() -> pl.DataFrame:
    """placement, reason: why placements were left, where it was told here."""
    return read(Leaving.objects.order_by("pk"), placement="placement", reason="reason")


def ends_told() -> pl.DataFrame:
    """source, told_ended_on: of placements that came by extract, those whose end was told here."""
    found = Leaving.objects.exclude(placement__source=None).order_by("pk")
    return read(found, source="placement__source", told_ended_on="on")


def weeks_told() -> pl.DataFrame:
    """placement, weeks: the checks that were made here, not by extract."""
    return read(RetentionCheck.objects.filter(source=None).order_by("pk"), placement="placement", weeks="weeks")


def in_work_on(day: date) -> frozenset[int]:
    """The referrals with a placement that runs on the day."""
    found = Placement.objects.filter(started_on__lte=day).exclude(ended_on__lte=day)
    return frozenset(found.values_list("referral", flat=True))


def may_work_on(person: int, day: date) -> bool:
    """Whether evidence of the right to work that the broker saw holds on the day: of any referral of the person."""
    seen = RightToWork.objects.filter(referral__person__in=ids_of(person), taken_back=False, seen_on__lte=day)
    return seen.exclude(expires_on__lte=day).exists()


def full_on(places: int, since: date, *, but: int) -> date | None:
    """The first day from `since` on which that many people other than `but` have a placement; None where there is none.

    A placement takes a place from its first day until it has ended; one without an end goes on.
    """
    held = placements().filter(pl.col("person") != but, pl.col("ended_on").is_null() | (pl.col("ended_on") > since))
    days = sorted({since, *(day for day in held["started_on"] if day > since)})
    ends = pl.col("ended_on").is_null()
    for day in days:
        if held.filter(pl.col("started_on") <= day, ends | (pl.col("ended_on") > day))["person"].n_unique() >= places:
            return day
    return None


def findings(scope: Scope) -> Sequence[Finding]:
    """Placements of the period whose referral was not accepted by their first day, or begun when every place was taken;
    referrals of people for whom the service was not.
    """
    broker = Owner(role="employment_broker")
    return [
        *finding_of(_not_accepted(scope), slug="employment.placed_not_accepted", group="total", owner=broker,
                    title="Placements of referrals that were not accepted by then",
                    mend="record the acceptance, or correct its day"),
        *finding_of(_beyond(scope), slug="employment.beyond_places", group="total", owner=broker,
                    title="Placements begun when all places were taken",
                    mend="correct the days, or record the ends of placements"),
        *not_intended(scope, services=(SERVICE,), slug="employment.not_intended", role="employment_broker"),
    ]  # fmt: skip


def _not_accepted(scope: Scope) -> pl.DataFrame:
    begun = placements().filter(pl.col("started_on").is_between(scope.period.start, scope.period.end, closed="left"))
    told = begun.join(referrals((SERVICE,)).select("referral", "accepted_on"), on="referral", how="left")
    wrong = told.filter(pl.col("accepted_on").is_null() | (pl.col("accepted_on") > pl.col("started_on")))
    return wrong.select(RECORD.alias("name"), on="started_on")


def _beyond(scope: Scope) -> pl.DataFrame:
    places = next((service.places for service in scope.pilot.services if service.slug == SERVICE), None)
    spans = placements().select("person", RECORD.alias("name"), start="started_on", end="ended_on")
    return beyond_places(spans, places=places, scope=scope)
