"""Reading placements and whether people are still in them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from throughcare.casework.frames import about, read
from throughcare.casework.referrals.findings import beyond_places, not_intended
from throughcare.casework.referrals.queries import referrals
from throughcare.core.contracts import Finding, Scope, TimelineEntry
from throughcare.strands.employment.models import Placement, RetentionCheck

SERVICE = "employment"
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
    told = (
        ("employment.placed_not_accepted", "Placements of referrals that were not accepted by then", _not_accepted(scope),
         "record the acceptance, or correct its day"),
        ("employment.beyond_places", "Placements begun when all places were taken", _beyond(scope),
         "correct the days, or record the ends of placements"),
    )  # fmt: skip
    found = [
        Finding(slug=slug, title=title, group="total", records=tuple(records), mend=mend)
        for slug, title, records, mend in told
        if records
    ]
    return [*found, *not_intended(scope, services=(SERVICE,), slug="employment.not_intended")]


def _not_accepted(scope: Scope) -> list[str]:
    begun = placements().filter(pl.col("started_on").is_between(scope.period.start, scope.period.end, closed="left"))
    told = begun.join(referrals((SERVICE,)).select("referral", "accepted_on"), on="referral", how="left")
    wrong = told.filter(pl.col("accepted_on").is_null() | (pl.col("accepted_on") > pl.col("started_on")))
    return wrong.select(RECORD).to_series().to_list()


def _beyond(scope: Scope) -> Sequence[str]:
    places = next((service.places for service in scope.pilot.services if service.slug == SERVICE), None)
    spans = placements().select("person", RECORD.alias("record"), start="started_on", end="ended_on")
    return beyond_places(spans, places=places, scope=scope)


def _entry(placement: Placement, on: date, words: str) -> TimelineEntry:
    return TimelineEntry(on=on, kind="placement", row="employment", words=words, referral=placement.referral_id)


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Starts and ends of a person's placements, by day."""
    told = []
    for each in about(Placement, person_id, by="referral__person"):
        where = each.employer or "an employer not named"
        told.append(_entry(each, each.started_on, f"Started work with {where}"))
        if each.ended_on:
            told.append(_entry(each, each.ended_on, f"No longer in work with {where}"))
    return sorted(told, key=lambda entry: entry.on)


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every placement of a person and every check of it."""
    checked = RetentionCheck.objects.filter(placement__referral__person=person_id)
    return {
        "Placements": list(Placement.objects.filter(referral__person=person_id).order_by("pk").values()),
        "Retention checks": list(checked.order_by("pk").values()),
    }
