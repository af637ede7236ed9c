"""The suggestions for whoever plans with the person, as a section of the record; and saying which plan rests on one.

It is all that anybody but the police is shown of a plan. A suggestion that is not for the reader is not there, not even counted.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.clock import instant_on
from throughcare.core.errors import UserError
from throughcare.core.pages import Page, Tab
from throughcare.design.forms import refused
from throughcare.rules.intelligence_items import SECTIONS, SUGGESTIONS
from throughcare.rules.taskings import USED_IN
from throughcare.strands.policing import models as m
from throughcare.strands.policing.forms import UseForm
from throughcare.strands.policing.plans import queries
from throughcare.strands.policing.plans.pages import asking_posts, steps_for
from throughcare.strands.policing.subjects import person_of_item, person_of_tasking, shown_name, tasking_of
from throughcare.strands.policing.taskings.queries import known_to, state_of
from throughcare.strands.policing.uses import actions

ROW = "plan_suggestions"


def suggested(request: HttpRequest) -> dict[str, Any]:
    """What stands on the person's record: the suggestions for this reader, the requests for who may know that there are any."""
    reader, person = request.reader, request.person
    items = queries.suggestions_for(reader, person)
    uses = queries.uses_of(items)
    told = [(item, queries.grading(item), uses.get(item.pk, [])) for item in items]
    knows = "plan_exists" in request.rows
    plans = m.Plan.objects.filter(person=person).exclude(requested_on__gt=reader.day).order_by("-pk") if knows else []
    taskings = known_to(reader).filter(person=person).order_by("-pk") if "taskings" in request.rows else []
    return {
        "sections": [(SECTIONS[slug], [each for each in told if each[0].section == slug]) for slug in SUGGESTIONS],
        "any": bool(items), "used_in": USED_IN, "may_use": ROW in request.edits, "knows": knows,
        "plans": [(each, steps_for(reader, each.plan, each.state, request.edits)) for each in queries.shown(plans, reader.day)],
        "sees_plans": "plan" in request.rows, "release": queries.release_plans(person) if "release_plan" in request.rows else {},
        "may_request": "plan_exists" in request.edits and bool(asking_posts(reader, person)),
        "taskings": [(each, state_of(each)) for each in taskings], "sees_taskings": "taskings" in request.rows,
        "may_task": "taskings" in request.edits,
    }  # fmt: skip


def use_suggestion(request: HttpRequest, item: int) -> HttpResponse:
    """Says which plan for the person rests on the suggestion."""
    try:
        found = queries.suggestion(request.reader, item)
    except KeyError:
        raise Http404 from None
    return _use(request, what=found.text, back=("person-suggestions", {"person": request.person}), item=found)


def use_tasking(request: HttpRequest, tasking: int) -> HttpResponse:
    """Says which plan for the person rests on what was done."""
    found = tasking_of(tasking)
    if state_of(found) != "done":
        raise Http404
    return _use(request, what=found.text or "A tasking carried out", back=("tasking", {"tasking": found.pk}), tasking=found)


def _use(
    request: HttpRequest, *, what: str, back: tuple[str, dict[str, int]], item: m.Item | None = None,
    tasking: m.Tasking | None = None,
) -> HttpResponse:
    reader = request.reader
    form = UseForm(request.POST if request.method == "POST" else None)
    form.offer(queries.release_plans(request.person) if "release_plan" in request.rows else {})
    if request.method == "POST" and form.is_valid():
        kind, number = form.chosen()
        try:
            actions.use(by=reader.by, used_in=kind, on=reader.day, at=instant_on(reader.day), item=item, tasking=tasking,
                        release_plan=number, text=form.cleaned_data["text"])  # fmt: skip
        except UserError as error:
            refused(form, error, "plan")
        else:
            messages.success(request, f"It is on record: used in the {USED_IN[kind].lower()}.")
            return redirect(back[0], **back[1])
    told = {"person": shown_name(request), "form": form, "errors": form.errors or None, "what": what, "back": back}
    return render(request, "policing/use.html", told)


TABS = (
    Tab(name="person-suggestions", route="suggestions/", words="Suggestions", needs=ROW, told=suggested,
        template="policing/suggestions.html"),
)  # fmt: skip
PAGES = (
    Page(name="suggestion-use", route="policing/suggestions/<int:item>/used/", view=use_suggestion, needs=ROW, changes=ROW,
         form=True, person_of=person_of_item),
    Page(name="tasking-use", route="policing/taskings/<int:tasking>/used/", view=use_tasking, needs="taskings",
         changes="taskings", form=True, person_of=person_of_tasking),
)  # fmt: skip
