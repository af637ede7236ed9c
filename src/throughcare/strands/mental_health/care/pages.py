"""The pages of direct work: under a team already, assessment and what it came to, the care plan with its work and reviews."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import ChoiceField, DayField, TextField, refused
from throughcare.strands.mental_health.care import actions, queries
from throughcare.strands.mental_health.codes import ALTHOUGH, ENDS, FINDINGS, REVIEWS, TEAM
from throughcare.strands.mental_health.consultations.queries import CLINICAL, HEALTH
from throughcare.strands.mental_health.models import INTERVENTIONS, Assessment, CarePlan
from throughcare.strands.mental_health.shown import FACT, LOGGED, frame

TRUST = "Leave it empty if it stands in the trust's record, and give its number"


class TeamForm(forms.Form):
    """Whether a team sees the person already."""

    fact = FACT
    answer = ChoiceField(label="Is the person already under a mental-health team?", choices=TEAM,
                         help_text="Look in the trust's record before you answer no")  # fmt: skip
    team = TextField(label="Which team, and how is it reached?", required=False, longest=200)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("answer") == "yes" and not told.get("team"):
            self.add_error("team", "Enter which team it is, and how to reach it")
        return told


class AssessForm(forms.Form):
    """An assessment starts."""

    fact = FACT
    started_on = DayField(label="On which day did it start?")
    although = ChoiceField(label="The person is under a team already: why is it done here?", choices=ALTHOUGH)


class FindingForm(forms.Form):
    """What an assessment came to."""

    fact = FACT
    outcome = ChoiceField(label="What did it come to?", choices=FINDINGS)
    on = DayField(label="On which day was that?")
    text = TextField(label="What was found", lines=6, required=False, help_text=TRUST, longest=6000)
    trust_record = TextField(label="Number of the trust's record", required=False, longest=40)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("text") and not told.get("trust_record"):
            self.add_error("text", "Enter what was found, or the number of the trust's record")
        return told


class CarePlanForm(forms.Form):
    """What a care plan says."""

    fact = FACT
    started_on = DayField(label="On which day does it begin?")
    aims = TextField(label="What is it to reach?", lines=4, asks="Enter what it is to reach", longest=4000)
    safety = TextField(label="What helps when things get worse, and whom to ring", lines=4, required=False, longest=4000)
    review_on = DayField(label="When is it reviewed?")


class InterventionForm(forms.Form):
    """Direct work of a kind starts."""

    fact = FACT
    kind = ChoiceField(label="Which kind of work?", choices={kind: kind.capitalize() for kind in INTERVENTIONS}, few=False)
    started_on = DayField(label="On which day did it start?")


class InterventionEndForm(forms.Form):
    """Direct work of a kind is over."""

    fact = FACT
    which = ChoiceField(label="Which work is over?", choices={}, few=False)
    how = ChoiceField(label="How did it end?", choices=ENDS, few=False)
    on = DayField(label="On which day did it end?")


class PlanReviewForm(forms.Form):
    """A plan was looked at."""

    fact = FACT
    outcome = ChoiceField(label="What came of the review?", choices=REVIEWS)
    on = DayField(label="On which day was it?")
    text = TextField(label="What was said", lines=4, required=False, longest=4000)
    next_on = DayField(label="When is the next one?", help_text="Not where the plan ends", required=False)


def person_of_assessment(assessment: int, **_: object) -> int:
    """Whose assessment it is. KeyError where there is none."""
    return _found(Assessment, assessment).person_id


def person_of_plan(plan: int, **_: object) -> int:
    """Whose care plan it is. KeyError where there is none."""
    return _found(CarePlan, plan).person_id


def _found(model: Any, number: int) -> Any:
    found = model.objects.filter(pk=number).first()
    if found is None:
        raise KeyError(number)
    return found


def _kept(request: HttpRequest, form: forms.Form, does: Callable[..., object], words: str, field: str | None = None) -> bool:
    """Whether the form was sent and its action done; its refusal stands at the form otherwise."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        does(reader=request.reader, **form.cleaned_data)
    except UserError as error:
        refused(form, error, field)
        return False
    messages.success(request, words)
    return True


def team(request: HttpRequest, person: int) -> HttpResponse:
    """Asked before anything else."""
    last = queries.team_of(person)
    start = {"answer": last.answer, "team": last.team} if last else None
    form = TeamForm(request.POST if request.method == "POST" else None, initial=start)
    words = "Kept. Asked again, the last answer holds."
    if _kept(request, form, lambda **told: actions.check_team(person=person, **told), words):
        return redirect("person-health", person=person)
    return render(request, "mental_health/form.html", frame(request, form, "Already under a team?", "Keep the answer"))


def assess(request: HttpRequest, person: int) -> HttpResponse:
    """An assessment starts; before it is known whether a team sees the person, that is asked."""
    checked = queries.team_of(person)
    if checked is None:
        messages.info(request, "First: is the person already under a mental-health team?")
        return redirect("health-team", person=person)
    form = AssessForm(request.POST if request.method == "POST" else None, initial={"started_on": request.reader.day})
    if checked.answer != "yes":
        del form.fields["although"]
    if _kept(request, form, lambda **told: actions.assess(person=person, **told), "The assessment is begun. Say what it came to.",
             "started_on"):  # fmt: skip
        newest, _ = queries.assessments_of(person)[0]
        return redirect("health-assessment", assessment=newest.pk)
    return render(request, "mental_health/form.html", frame(request, form, "Begin an assessment", "Begin"))


def assessment(request: HttpRequest, assessment: int) -> HttpResponse:
    """An assessment and what it came to; said again, the last word holds."""
    found = _found(Assessment, assessment)
    last = dict(queries.assessments_of(found.person_id)).get(found)
    start = {name: getattr(last, name) for name in ("outcome", "on", "text", "trust_record")} if last else {}
    form = FindingForm(request.POST if request.method == "POST" else None, initial={"on": request.reader.day} | start)
    if _kept(request, form, lambda **told: actions.conclude(assessment=found, **told), "Kept. Said again, the last word holds."):
        return redirect("health-assessment", assessment=found.pk)
    shown = frame(request, form, "Assessment", "Keep the outcome") | {
        "assessment": found, "finding": last, "findings": FINDINGS, "plan": queries.running_plan(found.person_id),
    }  # fmt: skip
    return render(request, "mental_health/assessment.html", shown)


def plan_new(request: HttpRequest, person: int) -> HttpResponse:
    """A care plan begins."""
    there = queries.running_plan(person)
    if there is not None and request.method != "POST":
        return redirect("health-plan", plan=there.pk)
    day = request.reader.day
    start = {"started_on": day, "review_on": day + timedelta(weeks=current_pilot().health.review_weeks)}
    form = CarePlanForm(request.POST if request.method == "POST" else None, initial=start)
    if _kept(request, form, lambda **told: actions.plan(person=person, **told), "The care plan is begun. Add the work in it."):
        return redirect("health-plan", plan=queries.plans_of(person)[0].pk)
    return render(request, "mental_health/form.html", frame(request, form, "Begin a care plan", "Begin the plan"))


def plan(request: HttpRequest, plan: int) -> HttpResponse:
    """A care plan: what it says, the work in it, its reviews; four forms, each with its own button."""
    found = _found(CarePlan, plan)
    texts, work = queries.texts_of(found), queries.interventions_of(found.person_id)
    made = _forms(request, texts, [each for each in work if queries.end_of(each) is None])
    do = request.POST.get("do", "")
    does: dict[str, tuple[Callable[..., object], str]] = {
        "write": (lambda **told: actions.write(plan=found, **told), "The plan is changed. What it said before is kept."),
        "work": (lambda **told: actions.intervene(plan=found, **told), "The work is begun."),
        "end": (lambda which, **told: actions.end_intervention(
            intervention=next(each for each in work if str(each.pk) == which), **told), "The work is over."),
        "review": (lambda **told: actions.review(plan=found, **told), "The review is kept."),
    }  # fmt: skip
    if do in does and _kept(request, made[do], *does[do]):
        return redirect("health-plan", plan=found.pk)
    over = queries.ended(found)
    wrong = next((form for form in made.values() if form.is_bound), None)
    shown = frame(request, wrong, "Care plan", "") | {
        "plan": found, "texts": texts, "work": [(each, queries.end_of(each)) for each in work],
        "reviews": queries.reviews_of(found), "forms": made, "over": over,
        "next_review": queries.next_review(found), "ends": ENDS, "outcomes": REVIEWS,
    }  # fmt: skip
    return render(request, "mental_health/plan.html", shown)


def _forms(request: HttpRequest, texts: list[Any], going: list[Any]) -> dict[str, forms.Form]:
    do, day = request.POST.get("do", ""), request.reader.day
    later = day + timedelta(weeks=current_pilot().health.review_weeks)
    said = {"aims": texts[0].aims, "safety": texts[0].safety} if texts else {}
    said["review_on"] = texts[0].review_on if texts and texts[0].review_on > day else later
    kinds: dict[str, tuple[type[forms.Form], dict[str, Any]]] = {
        "write": (CarePlanForm, said), "work": (InterventionForm, {"started_on": day}), "end": (InterventionEndForm, {"on": day}),
        "review": (PlanReviewForm, {"on": day, "next_on": later}),
    }  # fmt: skip
    made = {
        name: kind(request.POST if do == name else None, initial=initial, auto_id="id_%s" if do == name else f"{name}_%s")
        for name, (kind, initial) in kinds.items()
    }  # fmt: skip
    del made["write"].fields["started_on"]
    made["end"].fields["which"].choices = [("", "Choose"), *((str(each.pk), each.kind.capitalize()) for each in going)]
    return made


ABOUT: dict[str, Any] = {"needs": CLINICAL, "changes": CLINICAL, "roles": (HEALTH,), "logged": LOGGED}
PAGES = (
    Page(name="health-team", route="people/<int:person>/mental-health/team/", view=team, form=True, **ABOUT),
    Page(name="health-assess", route="people/<int:person>/mental-health/assessments/new/", view=assess, form=True, **ABOUT),
    Page(name="health-assessment", route="mental-health/assessments/<int:assessment>/", view=assessment,
         person_of=person_of_assessment, **ABOUT),
    Page(name="health-plan-new", route="people/<int:person>/mental-health/care-plans/new/", view=plan_new, form=True, **ABOUT),
    Page(name="health-plan", route="mental-health/care-plans/<int:plan>/", view=plan, person_of=person_of_plan, **ABOUT),
)  # fmt: skip
