"""Noting that it was told that feeds are late or short."""

from collections.abc import Collection
from datetime import datetime

from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.arrivals import FeedState
from throughcare.casework.imports.models import FeedTold


def keep_told(*, by: str, states: Collection[FeedState], at: datetime) -> None:
    """Notes that it was told how these feeds stand. Call it in the transaction in which they are told."""
    with recording(by=by, verb="imports.tell") as entry:
        FeedTold.objects.bulk_create(
            [FeedTold(feed=state.slug, due_at=state.due_at, state=state.told_as, at=at) for state in states],
            ignore_conflicts=True,
        )
        entry.subject_type = FeedTold._meta.label_lower
        entry.details = {"feeds": sorted(state.slug for state in states)}


def keep_emailed(*, by: str, told: Collection[int], at: datetime) -> None:
    """Notes that the owners were told of these by e-mail too."""
    with recording(by=by, verb="imports.email") as entry:
        FeedTold.objects.filter(pk__in=list(told)).update(emailed_at=at)
        entry.subject_type = FeedTold._meta.label_lower
        entry.details = {"told": sorted(told)}
