"""What tagging tells of a person: on the timeline, each line behind its row of the access policy, and all that it holds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse

from throughcare.casework.audit.models import Record
from throughcare.casework.frames import about
from throughcare.core.clock import london_date
from throughcare.core.contracts import TimelineEntry
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.words import DECISIONS, EXCUSES, KINDS
from throughcare.strands.tagging.crimes import record as of_crimes
from throughcare.strands.tagging.words import KINDS as VERSIONS

ORDER, COMPLIANCE, POSITIONS = "tag_order", "tag_compliance", "tag_positions"
TABLES: dict[str, tuple[type[Record], str]] = {
    "orders with a tag": (m.Order, "person"), "versions of orders": (m.OrderVersion, "order__person"),
    "conditions of orders": (m.Condition, "version__order__person"),
    "places of conditions": (m.Place, "condition__version__order__person"),
    "hours of conditions": (m.Line, "condition__version__order__person"), "orders being written": (m.Draft, "person"),
    "householders of an order": (m.Consent, "order__person"), "suitability for a tag": (m.Answer, "order__person"),
    "tags worn": (m.Fitting, "order__person"), "absences that were expected": (m.Absence, "order__person"),
    "notes on an order": (m.Note, "order__person"), "days of an order": (m.Check, "order__person"),
    "findings of an order": (m.Finding, "order__person"), "decisions on findings": (m.Review, "finding__order__person"),
    "incidents of an order": (m.Incident, "order__person"), "steps of incidents": (m.IncidentStep, "incident__order__person"),
}  # fmt: skip
EVENTS = "what the tag reported of itself"
FOR_DECISION = dict.fromkeys(
    ("conditions of orders", "places of conditions", "householders of an order", "orders being written", "findings of an order",
     "steps of incidents"), "third_party",
)  # fmt: skip
"""They may tell of a victim, where there is a zone, or of a householder."""


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Versions of orders, tags put on and taken off, breaches that were reviewed as such."""
    if not about(m.Order, person_id):
        return ()
    told = [*_of_orders(person_id), *_of_reviews(person_id), *of_crimes.timeline(person_id)]
    return sorted(told, key=lambda entry: entry.on)


def _of_orders(person_id: int) -> Iterator[TimelineEntry]:
    for version in m.OrderVersion.objects.filter(order__person=person_id).order_by("pk"):
        words = f"Order with a tag: {VERSIONS[version.kind].lower()}, version {version.number}"
        yield TimelineEntry(on=version.made_on, words=words, **_told(version.order_id))
    for worn in m.Fitting.objects.filter(order__person=person_id).order_by("pk"):
        yield TimelineEntry(on=london_date(worn.fitted_at), words="A tag was fitted", **_told(worn.order_id))
        if worn.removed_at:
            yield TimelineEntry(on=london_date(worn.removed_at), words="The tag was taken off", **_told(worn.order_id))


def _told(order: int) -> dict[str, str]:
    return {"kind": "tag", "row": ORDER, "address": reverse("tag-order", kwargs={"order": order})}


def _of_reviews(person_id: int) -> Iterator[TimelineEntry]:
    """Reviewed breaches, in words: no hour, no place."""
    reviews = m.Review.objects.filter(finding__order__person=person_id, undone_at=None).exclude(decision__in=EXCUSES)
    for review in reviews.select_related("finding").order_by("pk"):
        what, decided = KINDS[review.finding.kind].words.lower(), DECISIONS[review.decision].lower()
        words = f"Breach of the order with a tag: {what}, {decided}"
        yield TimelineEntry(on=review.finding.day, kind="tag", row=COMPLIANCE, words=words,
                            address=reverse("person-tag", kwargs={"person": person_id}))  # fmt: skip


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row of this strand on a person, by table; of the tags' own events those of when a tag was on the person. Positions
    are kept apart (`positions`).
    """
    rows = {
        table: list(model._default_manager.filter(**{path: person_id}).order_by("pk").values())
        for table, (model, path) in TABLES.items()
    }
    return {**rows, EVENTS: list(_events(person_id)), **of_crimes.held_about(person_id)}


def _events(person_id: int) -> Iterator[Mapping[str, Any]]:
    for worn in m.Fitting.objects.filter(order__person=person_id).order_by("pk"):
        until = Q(at__lt=worn.removed_at) if worn.removed_at else Q()
        yield from m.TagEvent.objects.filter(until, tag=worn.tag, at__gte=worn.fitted_at).order_by("pk").values()
