"""What this strand has on record of one person: on the timeline, and all of it for whoever asks to see it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from throughcare.casework.audit.models import Record
from throughcare.casework.frames import about
from throughcare.core.clock import london_date
from throughcare.core.contracts import Matter, TimelineEntry
from throughcare.rules.outcome_scores import SCALES
from throughcare.strands.mental_health import codes
from throughcare.strands.mental_health import models as m
from throughcare.strands.mental_health.consultations.queries import ADVICE, CLINICAL, PATHWAY
from throughcare.strands.mental_health.scores.queries import scored

KIND = "mental health"
TABLES: dict[str, tuple[type[Record], str]] = {
    "Mental-health consultations": (m.Consultation, "person"), "Mental-health assessments": (m.Assessment, "person"),
    "Care plans": (m.CarePlan, "person"), "Direct interventions": (m.Intervention, "person"),
    "Questions to the practitioners": (m.Ask, "person"), "Advice on mental health": (m.Advice, "consultation__person"),
    "Clinical notes": (m.ClinicalNote, "consultation__person"), "Whether a team sees the person": (m.TeamCheck, "person"),
    "What assessments came to": (m.Finding, "assessment__person"), "What care plans say": (m.PlanText, "plan__person"),
    "Reviews of care plans": (m.Review, "plan__person"),
    "How direct interventions ended": (m.InterventionEnd, "intervention__person"),
    "Answers to outcome scales": (m.Answers, "person"), "Answers that were a risk": (m.Risk, "answers__person"),
    "What was done about a risk": (m.Response, "risk__answers__person"), "Letters to NHS services": (m.StepUp, "person"),
    "Sessions booked": (m.Booking, "person"),
}  # fmt: skip
"""By its words in subject access, each table with the way from it to the person. Hours that are offered are about nobody."""

FOR_DECISION: Mapping[str, Matter] = dict.fromkeys(TABLES, "health")


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """What the practitioners did about and with a person, by day. Only that there was a consultation is told to who may know of
    the pathway; advice to who reads it; all the rest to health roles alone.
    """
    return sorted([*_consultations(person_id), *_care(person_id), *_scores(person_id), *_sessions(person_id)], key=lambda e: e.on)


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row of this strand on a person, by table."""
    return {title: list(model.objects.filter(**{by: person_id}).order_by("pk").values()) for title, (model, by) in TABLES.items()}


def _told(on: Any, words: str, *, row: str = CLINICAL, address: str = "", planned: bool = False) -> TimelineEntry:
    return TimelineEntry(on=on, kind=KIND, row=row, words=words, address=address, planned=planned)


def _of(table: str, person_id: int) -> list[Any]:
    model, by = TABLES[table]
    return about(model, person_id, by=by)


def _consultations(person_id: int) -> Iterator[TimelineEntry]:
    for each in _of("Mental-health consultations", person_id):
        yield _told(each.held_on, f"Consultation with {each.with_whom.replace('_', ' ')}", row=PATHWAY)
    for each in _of("Questions to the practitioners", person_id):
        yield _told(each.asked_on, "Consultation asked for", row=PATHWAY)
    for each in _of("Advice on mental health", person_id):
        if each.read_on:
            address = reverse("health-advice", kwargs={"consultation": each.consultation_id})
            yield _told(each.read_on, "Advice read by who asked", row=ADVICE, address=address)


def _care(person_id: int) -> Iterator[TimelineEntry]:
    for each in _of("Whether a team sees the person", person_id):
        yield _told(each.on, f"Already under a mental-health team: {codes.TEAM[each.answer].lower()}")
    for each in _of("Mental-health assessments", person_id):
        yield _told(each.started_on, "Assessment started", address=reverse("health-assessment", kwargs={"assessment": each.pk}))
    for each in _of("What assessments came to", person_id):
        yield _told(each.on, f"Assessment came to: {codes.FINDINGS[each.outcome].lower()}")
    for each in _of("Care plans", person_id):
        yield _told(each.started_on, "Care plan started", address=reverse("health-plan", kwargs={"plan": each.pk}))
    for each in _of("Reviews of care plans", person_id):
        yield _told(each.on, f"Care plan reviewed: {codes.REVIEWS[each.outcome].lower()}")
    for each in _of("Direct interventions", person_id):
        yield _told(each.started_on, f"{each.kind.capitalize()} started")
    for each in _of("How direct interventions ended", person_id):
        yield _told(each.on, f"Direct work ended: {codes.ENDS[each.how].lower()}")
    for each in _of("Letters to NHS services", person_id):
        address = reverse("health-step", kwargs={"step": each.pk})
        yield _told(each.on, f"Referred on: {codes.SERVICES[each.service]}", address=address)
        if each.answered_on:
            yield _told(each.answered_on, f"{codes.SERVICES[each.service]} answered: {codes.STEPS[each.answer].lower()}")


def _scores(person_id: int) -> Iterator[TimelineEntry]:
    for each in _of("Answers to outcome scales", person_id):
        if not each.wrong:
            found = scored(each).scored
            yield _told(each.on, f"{SCALES[each.scale].name}: {found.shown}{f', {found.band}' if found.band else ''}",
                        address=reverse("health-scores", kwargs={"person": person_id}))  # fmt: skip
    for each in _of("Answers that were a risk", person_id):
        yield _told(london_date(each.at), "An answer was a risk", address=reverse("health-response", kwargs={"risk": each.pk}))
    for each in _of("What was done about a risk", person_id):
        yield _told(london_date(each.at), f"Response to a risk: {codes.RESPONSES[each.what]}")


def _sessions(person_id: int) -> Iterator[TimelineEntry]:
    hours = {slot.pk: slot.starts_at for slot in about(m.Slot, person_id, by="bookings__person")}
    for each in _of("Sessions booked", person_id):
        words = f"{codes.PURPOSES[each.purpose]}: {codes.STATES[each.state].lower()}"
        yield _told(london_date(hours[each.slot_id]), words, planned=each.state == codes.BOOKED,
                    address=reverse("health-session", kwargs={"booking": each.pk}))  # fmt: skip
