"""What the picture's tables tell of a person: their timeline, and all that is held on them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from throughcare.casework.frames import about
from throughcare.core.contracts import Matter, TimelineEntry
from throughcare.rules.associations import SUSPECTED
from throughcare.strands.policing.picture.models import EventPart, LinkDeed

EVENTS, LINKS = "Parts in events", "What was decided of links with others"
FOR_DECISION: dict[str, Matter] = {EVENTS: "intelligence", LINKS: "third_party"}
DEEDS = {
    "said": "A link with another person was said in a plan", "renewed": "A link with another person was renewed",
    "left_out": "A link with another person was left out",
}  # fmt: skip


def timeline(person_id: int) -> Iterator[TimelineEntry]:
    """Events in which the person was arrested, charged or convicted, and what was done about links; never who the other is.

    That somebody was a victim, a witness or a relative in an event stands on no timeline.
    """
    for part in about(EventPart, person_id):
        if part.role in SUSPECTED:
            words = f"{part.role.capitalize()} in event {part.event}" + (f": {part.method}" if part.method else "")
            yield TimelineEntry(on=part.on, kind="event", words=words, row="plan")
    for deed in _deeds(person_id).filter(taken_back=False):
        yield TimelineEntry(on=deed.on, kind="link", words=DEEDS[deed.deed], row="plan")


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row on the person. Both tables are decided of before they are given: they may tell of somebody else."""
    return {
        EVENTS: list(EventPart.objects.filter(person=person_id).order_by("pk").values()),
        LINKS: list(_deeds(person_id).values()),
    }


def _deeds(person_id: int) -> QuerySet[LinkDeed]:
    return LinkDeed.objects.filter(Q(one=person_id) | Q(other=person_id)).order_by("pk")
