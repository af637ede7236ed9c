"""Reading placements and whether people are still in them."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.referrals.queries import referrals
from throughcare.core.contracts import Finding, Scope, TimelineEntry
from throughcare.strands.employment.models import Placement, RetentionCheck

SERVICE = "employment"


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


def findings(scope: Scope) -> Sequence[Finding]:
    """Placements of the period whose referral was not accepted by their first day."""
    begun = placements().filter(pl.col("started_on").is_between(scope.period.start, scope.period.end, closed="left"))
    told = begun.join(referrals((SERVICE,)).select("referral", "accepted_on"), on="referral", how="left")
    wrong = told.filter(pl.col("accepted_on").is_null() | (pl.col("accepted_on") > pl.col("started_on")))
    if not wrong.height:
        return []
    records = wrong.select(pl.col("record").fill_null(pl.format("placement {}", "placement"))).to_series()
    return [
        Finding(
            slug="employment.placed_not_accepted", title="Placements of referrals that were not accepted by then", group="total",
            records=tuple(records), mend="record the acceptance, or correct its day",
        )
    ]  # fmt: skip


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Starts and ends of a person's placements, by day."""
    told = []
    for each in Placement.objects.filter(referral__person=person_id):
        where = each.employer or "an employer not named"
        told.append(TimelineEntry(on=each.started_on, kind="placement", words=f"Started work with {where}"))
        if each.ended_on:
            told.append(TimelineEntry(on=each.ended_on, kind="placement", words=f"No longer in work with {where}"))
    return sorted(told, key=lambda entry: entry.on)


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every placement of a person and every check of it."""
    checked = RetentionCheck.objects.filter(placement__referral__person=person_id)
    return {
        "Placements": list(Placement.objects.filter(referral__person=person_id).order_by("pk").values()),
        "Retention checks": list(checked.order_by("pk").values()),
    }
