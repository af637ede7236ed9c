"""The pages of stepping up: writing the letter, the letter as it was sent and its PDF, what came of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from markupsafe import Markup

from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, TextField, refused
from throughcare.design.paper import Paper, as_html, as_pdf, shown_again
from throughcare.strands.mental_health.codes import SERVICES, STEPS
from throughcare.strands.mental_health.consultations.queries import CLINICAL, HEALTH
from throughcare.strands.mental_health.models import StepUp
from throughcare.strands.mental_health.shown import FACT, LOGGED, frame
from throughcare.strands.mental_health.steps import actions
from throughcare.strands.mental_health.steps.paper import letter_of


class StepUpForm(forms.Form):
    """To which service, and why."""

    fact = FACT
    service = ChoiceField(label="Which NHS service?", choices=SERVICES)
    to = TextField(label="To whom is the letter?", help_text="Name of the team, and its address", longest=200)
    why = TextField(label="Why?", lines=6, asks="Enter why", longest=6000)
    scores = forms.BooleanField(label="Tell the latest scores in the letter", required=False)


class StepAnswerForm(forms.Form):
    """What the service answered."""

    fact = FACT
    answer = ChoiceField(label="What did they answer?", choices=STEPS)


def person_of(step: int, **_: object) -> int:
    """Who was referred on. KeyError where there is no such letter."""
    return _found(step).person_id


def _found(number: int) -> StepUp:
    found = StepUp.objects.filter(pk=number).first()
    if found is None:
        raise KeyError(number)
    return found


def new(request: HttpRequest, person: int) -> HttpResponse:
    """Writes the letter; it is shown once more, as it will be read, before it is kept."""
    form = StepUpForm(request.POST if request.method == "POST" else None, initial={"scores": True})
    shown = frame(request, form, "On to NHS services", "Continue")
    if request.method == "POST" and form.is_valid() and not changing(request):
        told = form.cleaned_data
        paper = letter_of(who=shown["person"], person=person, signer=request.reader.account.shown, day=request.reader.day, **told)
        if not checked(request):
            return check_answers(
                request, title="Check the letter", rows=_rows(paper), button="Keep the letter",
                then="It is kept as it is, and printed or sent by you: nothing is sent from here.",
            )  # fmt: skip
        try:
            step = actions.step_up(reader=request.reader, person=person, service=told["service"], to=told["to"], why=told["why"],
                                   letter=paper)  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The letter is kept. Print it or send it, and say here what they answer.")
            return redirect("health-step", step=step.pk)
    return render(request, "mental_health/form.html", shown | {"errors": form.errors or None})


def _rows(paper: Paper) -> list[tuple[str, str]]:
    """The letter as its reader will see it, line by line."""
    rows, key = [("To", paper.to)], "Then"
    for block in paper.blocks:
        key = block.text if block.kind == "heading" else key
        rows += [(key, block.text)] if block.kind == "words" else list(block.facts)
        key = "Signed" if block.facts else key
    return rows


def step(request: HttpRequest, step: int) -> HttpResponse:
    """The letter as it was written, and what came of it."""
    found = _found(step)
    form = StepAnswerForm(request.POST if request.method == "POST" else None, initial={"answer": found.answer})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answered(reader=request.reader, step=found, answer=form.cleaned_data["answer"])
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "Kept. Said again, the last word holds.")
            return redirect("health-step", step=found.pk)
    shown = frame(request, form, "On to NHS services", "Keep the answer") | {
        "step": found, "paper": Markup(as_html(shown_again(found.letter))), "answers": STEPS,
    }  # fmt: skip
    return render(request, "mental_health/step.html", shown)


def file(request: HttpRequest, step: int) -> HttpResponse:
    """The letter as a tagged PDF."""
    body = as_pdf(shown_again(_found(step).letter))
    headers = {"Content-Disposition": f'attachment; filename="letter-{step}.pdf"'}
    return HttpResponse(body, content_type="application/pdf", headers=headers)


ABOUT: dict[str, Any] = {"needs": CLINICAL, "roles": (HEALTH,), "logged": LOGGED}
PAGES = (
    Page(name="health-step-new", route="people/<int:person>/mental-health/letters/new/", view=new, form=True, changes=CLINICAL,
         **ABOUT),
    Page(name="health-step", route="mental-health/letters/<int:step>/", view=step, changes=CLINICAL, person_of=person_of,
         **ABOUT),
    Page(name="health-step-file", route="mental-health/letters/<int:step>/letter.pdf", view=file, person_of=person_of, **ABOUT),
)  # fmt: skip
