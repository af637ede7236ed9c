"""Reading what is still to be entered in other systems."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from throughcare.casework.elsewhere.models import Owed
from throughcare.casework.people.queries import ids_of
from throughcare.core.contracts import TimelineEntry


def owed(*, people: Collection[int] | QuerySet | None = None) -> list[Owed]:
    """What has not been entered yet, oldest first; of these people only, where told (an empty collection: nothing)."""
    rows = Owed.objects.filter(entered_at=None).select_related("person").order_by("made_at", "pk")
    return list(rows if people is None else rows.filter(person__in=people))


def owed_about(person_id: int) -> list[Owed]:
    """Everything of the person's that was typed here for another system, entered or not, oldest first."""
    return list(Owed.objects.filter(person__in=ids_of(person_id)).order_by("made_at", "pk"))


def owed_of(subject_type: str, subject_id: int) -> list[Owed]:
    """What is or was owed of one fact: its table's label in lower case, and its number."""
    return list(Owed.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("made_at", "pk"))


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Nothing: that a fact was copied out is nothing that happened to the person; the fact itself is in its own part's."""
    return ()


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """All that is or was to be entered elsewhere about the person."""
    return {"to be entered in other systems": list(Owed.objects.filter(person=person_id).order_by("pk").values())}
