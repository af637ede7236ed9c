"""What crimes, matches and looks tell of a person: on the timeline, and all that is held on them. No position is in any of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from throughcare.casework.frames import about
from throughcare.core.contracts import Matter, TimelineEntry
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes.words import TO_POLICE

MATCHES, REVIEWS, CHARGES, UNSEEN = (
    "matches with crimes", "reviews of matches", "charges reported of matches", "tags not seen in a crime's window",
)  # fmt: skip
LOOKS, PACKS, DELETED = "looks at positions", "evidence packs", "deletions of positions"
FOR_DECISION: dict[str, Matter] = dict.fromkeys((MATCHES, REVIEWS, CHARGES, UNSEEN, LOOKS, PACKS), "intelligence")


def timeline(person_id: int) -> Iterator[TimelineEntry]:
    """A match is told where it was sent to the police, and a charge that followed; to those who may see matches after review."""
    if not about(m.Match, person_id):
        return
    for review in m.MatchReview.objects.filter(match__person=person_id, taken_back_at=None, decision=TO_POLICE).order_by("pk"):
        words = "A match of the tag with a crime was sent to the police; it proves no presence"
        yield TimelineEntry(on=review.on, kind="crime match", words=words, row="crime_matches")
    for charge in m.MatchCharge.objects.filter(match__person=person_id, taken_back_at=None).order_by("pk"):
        words = f"Charge that followed a match of the tag: {charge.offence}"
        yield TimelineEntry(on=charge.charged_on, kind="crime match", words=words, row="crime_matches")


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row on the person, by table."""
    of: dict[str, tuple[type[m.Match] | Any, str]] = {
        MATCHES: (m.Match, "person"), REVIEWS: (m.MatchReview, "match__person"), CHARGES: (m.MatchCharge, "match__person"),
        UNSEEN: (m.UnseenTag, "person"), LOOKS: (m.Look, "order__person"), PACKS: (m.EvidencePack, "person"),
        DELETED: (m.DeletedFixes, "order__person"),
    }  # fmt: skip
    return {
        table: list(model._default_manager.filter(**{path: person_id}).order_by("pk").values())
        for table, (model, path) in of.items()
    }
