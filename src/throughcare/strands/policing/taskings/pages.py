"""A tasking: given to a post, its page with its steps and what rests on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.models import Post
from throughcare.casework.clock import instant_on
from throughcare.core.dates import day_in_words, has_come
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.rules import taskings as rule
from throughcare.strands.policing import models as m
from throughcare.strands.policing.forms import TaskingForm, TaskingStepForm
from throughcare.strands.policing.subjects import person_of_tasking, shown_name, tasking_of
from throughcare.strands.policing.taskings import actions
from throughcare.strands.policing.taskings.queries import owners, sides_of, state_of

ROW = "taskings"
STEP_WORDS = {"ask": "Given", "done": "Done", "return": "Handed back", "give": "Given anew", "cancel": "Cancelled"}


def new(request: HttpRequest, person: int) -> HttpResponse:
    """A tasking about the person: from a plan, a panel, the daily meeting or a coordination group; to a post, by a day."""
    reader = request.reader
    plan = _plan(request)
    posts = owners(request.person, reader.day)
    form = TaskingForm(request.POST if request.method == "POST" else None, initial={"comes_from": "plan" if plan else None})
    form.offer(posts)
    if request.method == "POST" and form.is_valid() and not changing(request):
        told = form.cleaned_data
        owner = next(post for post in posts if post.slug == told["owner"])
        if not checked(request):
            rows = [("To", owner.title), ("By", day_in_words(told["due_on"])), ("What", told["text"]),
                    ("Comes from", rule.ORIGINS[told["comes_from"]])]  # fmt: skip
            then = "It is on their Today until it is done or handed back. You can cancel it until then."
            return check_answers(request, title="Check the tasking", rows=rows, button="Give it", then=then)
        wanted = actions.Wanted(comes_from=told["comes_from"], text=told["text"], owner=owner, due_on=told["due_on"])
        try:
            made = actions.ask(by=reader.by, person_id=request.person, wanted=wanted, on=reader.day, at=instant_on(reader.day),
                               plan_id=plan.pk if plan and wanted.comes_from == "plan" else None, post=reader.post)  # fmt: skip
        except UserError as error:
            refused(form, error, "due_on" if "due" in error.what else None)
        else:
            messages.success(request, f"{owner.title} has the tasking. To take it back, cancel it below.")
            return redirect("tasking", tasking=made.pk)
    told = {"person": shown_name(request), "form": form, "errors": form.errors or None, "plan": plan, "posts": posts}
    return render(request, "policing/tasking_new.html", told)


def _plan(request: HttpRequest) -> m.Plan | None:
    """The plan that it comes from, as the address names it: one of this person's that is sent, for who may see plans."""
    number = request.GET.get("plan", "")
    if not number.isdecimal() or "plan" not in request.rows:
        return None
    sent = m.Plan.objects.filter(pk=number, person=request.person, received_on__lte=request.reader.day)
    return sent.first()


def tasking(request: HttpRequest, tasking: int) -> HttpResponse:
    """One tasking: what, for whom, by when; its steps; what rests on it."""
    found = tasking_of(tasking)
    state = state_of(found)
    sides = sides_of(request.reader, found, edits=ROW in request.edits)
    told = {
        "tasking": found, "person": shown_name(request), "state": state, "shown": rule.SHOWN[state], "day": request.reader.day,
        "moves": [move for move in rule.TABLE[state] if move.who in sides], "origin": rule.ORIGINS[found.comes_from],
        "result": rule.RESULTS.get(found.result, ""), "words": _words, "step_words": STEP_WORDS, "used_in": rule.USED_IN,
        "steps": list(found.steps.order_by("pk")), "used": list(found.uses.order_by("pk")), "sees_plan": "plan" in request.rows,
        "may_use": state == rule.DONE and ROW in request.edits, "release": "release_plan" in request.rows,
    }  # fmt: skip
    return render(request, "policing/tasking.html", told)


def _words(step: m.Step) -> str:
    """The reason or the result of a step, in words."""
    lists = {"done": rule.RESULTS, "return": rule.RETURN_REASONS, "cancel": rule.CANCEL_REASONS}
    return lists.get(step.step, {}).get(step.reason, "")


def step(request: HttpRequest, tasking: int, step: str) -> HttpResponse:
    """One step of a tasking: its result, handed back, given anew, cancelled."""
    reader, found = request.reader, tasking_of(tasking)
    move = rule.move(state_of(found), step)
    if move is None or move.who not in sides_of(reader, found, edits=ROW in request.edits):
        raise Http404
    posts = owners(request.person, reader.day) if move.anew else []
    form = TaskingStepForm(request.POST if request.method == "POST" else None, initial={"on": reader.day})
    form.ask(move, posts)
    if request.method == "POST" and form.is_valid():
        try:
            _take(request, found, move, form.cleaned_data, posts)
        except UserError as error:
            refused(form, error, "on" if "on" in form.fields else "due_on" if "due_on" in form.fields else None)
        else:
            messages.success(request, f"{STEP_WORDS[step]}. It is kept.")
            return redirect("tasking", tasking=found.pk)
    told = {"person": shown_name(request), "tasking": found, "form": form, "errors": form.errors or None, "move": move}
    return render(request, "policing/tasking_step.html", told)


def _take(request: HttpRequest, tasking: m.Tasking, move: rule.Move, told: dict[str, Any], posts: list[Post]) -> None:
    reader = request.reader
    on = has_come(told["on"], today=reader.day, record=f"tasking {tasking.pk}") if "on" in told else reader.day
    owner = next((post for post in posts if post.slug == told.get("owner")), None)
    answer = actions.Answer(code=told.get("code", ""), text=told["text"], owner=owner, due_on=told.get("due_on"))
    at = instant_on(reader.day)
    actions.take_step(by=reader.by, tasking_id=tasking.pk, step=move.step, who=move.who, on=on, at=at, answer=answer)


PAGES = (
    Page(name="tasking-new", route="people/<int:person>/taskings/new/", view=new, needs=ROW, changes=ROW, form=True),
    Page(name="tasking", route="policing/taskings/<int:tasking>/", view=tasking, needs=ROW, person_of=person_of_tasking),
    Page(name="tasking-step", route="policing/taskings/<int:tasking>/<slug:step>/", view=step, needs=ROW, changes=ROW, form=True,
         person_of=person_of_tasking),
)  # fmt: skip
