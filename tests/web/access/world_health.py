"""The mental-health pathway of everybody in the world of the attacks: clinical facts, each with a word of its own."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from throughcare.casework.people.names import named
from throughcare.core.times import instant
from throughcare.strands.mental_health.care import actions as care
from throughcare.strands.mental_health.consultations import actions as consultations
from throughcare.strands.mental_health.models import Ask, Consultation
from throughcare.strands.mental_health.scores import actions as scores
from throughcare.strands.mental_health.slots import actions as slots
from throughcare.strands.mental_health.steps import actions as steps
from throughcare.strands.mental_health.steps.paper import letter_of

HEALTH_WORDS = {
    "consultation_advice": ("MARKADVICE", "MARKQUESTION"),
    "clinical": (
        "Assessment started", "Anger management started", "MARKOFCLINIC", "MARKTRUST", "MARKTEAM", "MARKFOUND", "MARKAIMS",
        "MARKSAFETY", "MARKREVIEW", "MARKRESPONSE", "MARKLETTER", "MARKROOM", "PHQ-9", "An answer is a risk", "Care plan started",
        "review of the care plan", "Already under a", "not booked again",
    ),
}  # fmt: skip
HEALTH = """
person-health    consultation_advice  -                person
health-ask       form               mental_health_pathway  person
health-consult   form               clinical           person
health-advice    consultation_advice  mental_health_pathway  person
health-team      form               clinical           person
health-assess    form               clinical           person
health-assessment  clinical         clinical           person
health-plan-new  form               clinical           person
health-plan      clinical           clinical           person
health-answers   form               clinical           person
health-scores    clinical           clinical           person
health-response  clinical           clinical           person
health-step-new  form               clinical           person
health-step      clinical           clinical           person
health-step-file  clinical          -                  person
health-calendar  clinical           clinical           nobody
health-book      form               clinical           person
health-session   clinical           clinical           person
"""
PRACTITIONER = {"health_practitioner"}
NARROWER_HEALTH: dict[tuple[str, str, str], Any] = {
    **{("health-ask", method, "in"): {"offender_manager", "senior_officer"} for method in ("get", "post")},
    ("health-advice", "post", "in"): {"offender_manager"},  # whom it was told to
    **{("health-calendar", method, ""): PRACTITIONER for method in ("get", "post")},
}  # fmt: skip
LOGGED_AS = {line.split()[0]: "person-health" for line in HEALTH.strip().splitlines()}
"""All pages of the pathway are one in the log: their own names would tell of an assessment, a score, a risk."""
HEALTH_ROUTES = {
    "advice": "mental-health/consultations/", "assessed": "mental-health/assessments/", "care-plan": "mental-health/care-plans/",
    "risk": "mental-health/responses/", "step": "mental-health/letters/", "session": "mental-health/sessions/",
}  # fmt: skip
HEALTH_TABS = tuple(f"mental-health/{tail}" for tail in (
    "", "ask/", "consultations/new/", "team/", "assessments/new/", "care-plans/new/", "scores/", "scores/phq_9/",
    "letters/new/", "sessions/book/",
))  # fmt: skip


def plant_health(world: Any, day: date) -> None:
    """Of everybody but who is in nobody's work, before anybody is kept from anybody. The risk is open, the session missed."""
    health = world.reader("health_practitioner")
    early = replace(health, day=day - timedelta(days=7))
    at = instant(day, time(9, 40))
    hours = slots.offer(
        reader=early, post=health.post, borough="Hackney", place="MARKROOM", on=early.day, at=time(10), minutes=60, number=5,
        weeks=3,
    )  # fmt: skip
    for place, (who, person) in enumerate(world.people.items()):
        if who != "out":
            _plant(world, who, person, hours[place], early)
            told = {"scale": "phq_9", "given": [1] * 9, "on": day, "clinician": health.post, "at": at}
            _, risk = scores.keep(reader=health, person=person, **told)
            assert risk is not None
            scores.respond(reader=health, risk=risk, what="not_reached", text="MARKRESPONSE", at=at)
            world.ids[f"risk:{who}"] = risk.pk


def _plant(world: Any, who: str, person: int, hour: Any, early: Any) -> None:
    health, manager = world.reader("health_practitioner"), world.reader("offender_manager")
    consultations.ask(reader=manager, person=person, question="MARKQUESTION", before=2)
    held = consultations.consult(
        reader=health, person=person, with_whom="offender_manager", held_on=health.day, advice="MARKADVICE", note="MARKOFCLINIC",
        trust_record="MARKTRUST", asked=Ask.objects.get(person=person),
    )  # fmt: skip
    assert isinstance(held, Consultation)
    care.check_team(reader=health, person=person, answer="yes", team="MARKTEAM")
    begun = care.assess(reader=health, person=person, started_on=health.day, although="asked")
    care.conclude(reader=health, assessment=begun, outcome="care_plan", on=health.day, text="MARKFOUND")
    plan = care.plan(reader=health, person=person, started_on=health.day, aims="MARKAIMS", safety="MARKSAFETY",
                     review_on=health.day + timedelta(days=5))  # fmt: skip
    again = health.day + timedelta(days=5)
    care.review(reader=health, plan=plan, outcome="changed", on=health.day, text="MARKREVIEW", next_on=again)
    paper = letter_of(who=named([person])[person], person=person, service="community", to="MARKTO", why="MARKLETTER", scores=True,
                      signer="x", day=health.day)  # fmt: skip
    step = steps.step_up(reader=health, person=person, service="community", to="MARKTO", why="MARKLETTER", letter=paper)
    at = instant(health.day, time(9, 40))
    booked = slots.book(reader=early, person=person, slot=hour, purpose="direct", at=instant(early.day, time(9, 40)))
    slots.tell(reader=health, booking=booked, how="missed", reason="unknown", at=at)
    world.ids.update({
        f"advice:{who}": held.pk, f"assessed:{who}": begun.pk, f"care-plan:{who}": plan.pk, f"step:{who}": step.pk,
        f"session:{who}": booked.pk,
    })  # fmt: skip


def of_health(ids: dict[str, int], person: int, who: str) -> dict[str, str]:
    """By page, its address about that person."""
    tab = f"/people/{person}/mental-health/"
    step = f"/mental-health/letters/{ids.get(f'step:{who}', 0)}/"
    return {
        "person-health": tab, "health-ask": f"{tab}ask/", "health-consult": f"{tab}consultations/new/",
        "health-advice": f"/mental-health/consultations/{ids.get(f'advice:{who}', 0)}/", "health-team": f"{tab}team/",
        "health-assess": f"{tab}assessments/new/",
        "health-assessment": f"/mental-health/assessments/{ids.get(f'assessed:{who}', 0)}/",
        "health-plan-new": f"{tab}care-plans/new/", "health-plan": f"/mental-health/care-plans/{ids.get(f'care-plan:{who}', 0)}/",
        "health-answers": f"{tab}scores/phq_9/", "health-scores": f"{tab}scores/",
        "health-response": f"/mental-health/responses/{ids.get(f'risk:{who}', 0)}/", "health-step-new": f"{tab}letters/new/",
        "health-step": step, "health-step-file": f"{step}letter.pdf", "health-calendar": "/mental-health/sessions/",
        "health-book": f"{tab}sessions/book/", "health-session": f"/mental-health/sessions/{ids.get(f'session:{who}', 0)}/",
    }  # fmt: skip
