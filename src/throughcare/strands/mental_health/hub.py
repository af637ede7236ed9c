"""The section of a person's record: the advice for who works with them; for health roles, the whole pathway in its order."""

from typing import Any

from throughcare.casework.clock import instant_on
from throughcare.casework.pilot import current_pilot
from throughcare.core.pages import Tab
from throughcare.rules.outcome_scores import SCALES
from throughcare.strands.mental_health import codes
from throughcare.strands.mental_health.care import queries as care
from throughcare.strands.mental_health.consultations import queries as consultations
from throughcare.strands.mental_health.consultations.queries import ADVICE, ASKERS, CLINICAL, HEALTH, PATHWAY
from throughcare.strands.mental_health.scores import queries as scores
from throughcare.strands.mental_health.slots import queries as slots
from throughcare.strands.mental_health.slots.pages import when


def health(request: Any) -> dict[str, Any]:
    """What a manager sees: whether a question waits, and the advice. What is clinical is asked for health roles alone."""
    person, reader = request.person, request.reader
    clinical = CLINICAL in request.rows and bool(reader.held(HEALTH))
    waits = list(consultations.waiting(person))
    shown = {
        "consultations": [(each, consultations.part(each, "advice")) for each in consultations.consultations_of(person)],
        "waits": waits, "clinical": clinical, "may_ask": PATHWAY in request.edits and bool(reader.held(*ASKERS)),
        "mine": [each for each in waits if each.post in reader.acting],
    }  # fmt: skip
    return shown | (_clinical(person, reader) if clinical else {"ring": scores.clinicians()})


def _clinical(person: int, reader: Any) -> dict[str, Any]:
    plan = care.running_plan(person)
    risks = list(scores.open_risks().filter(answers__person=person))
    return {
        "team": care.team_of(person), "teams": codes.TEAM, "assessments": care.assessments_of(person), "findings": codes.FINDINGS,
        "plan": plan, "next_review": care.next_review(plan) if plan else None,
        "old_plans": [each for each in care.plans_of(person) if each != plan],
        "work": [(each, care.end_of(each)) for each in care.interventions_of(person)], "ends": codes.ENDS,
        "scores": scores.latest(person), "scales": [SCALES[slug] for slug in current_pilot().health.scales],
        "answered_risks": risks,
        "steps": care.steps_of(person), "services": codes.SERVICES, "answers": codes.STEPS,
        "bookings": [(each, when(each.slot)) for each in slots.bookings_of(person)], "states": codes.STATES,
        "now": instant_on(reader.day),
    }  # fmt: skip


TABS = (
    Tab(name="person-health", route="mental-health/", words="Mental health", needs=ADVICE, told=health,
        template="mental_health/person.html"),
)  # fmt: skip
