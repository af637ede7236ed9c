"""What policing tells of a person: on the timeline, each line behind its row of the access policy, and all that it holds."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from throughcare.casework.frames import about
from throughcare.core.contracts import TimelineEntry
from throughcare.rules.intelligence_items import EVERYBODY, SUGGESTIONS
from throughcare.rules.taskings import USED_IN
from throughcare.strands.policing import models as m
from throughcare.strands.policing.picture import record as picture
from throughcare.strands.policing.plans.queries import grading

ENDS = {
    "refuse": "Plan refused by the hub", "cancel": "Request for a plan cancelled", "return": "Request returned to the borough",
}  # fmt: skip


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """The steps of plans, the taskings and what rests on them, events and links, by day. Of an item not even that it is there."""
    told = [*_of_plans(person_id), *_of_taskings(person_id), *_of_uses(person_id), *picture.timeline(person_id)]
    return sorted(told, key=lambda entry: entry.on)


def _of_plans(person_id: int) -> Iterator[TimelineEntry]:
    plans = about(m.Plan, person_id)
    for plan in plans:
        for words, day in _steps(plan):
            if day:
                yield TimelineEntry(on=day, kind="intelligence plan", row="plan_exists", words=words)
    ended = m.Step.objects.filter(plan__in=plans, step__in=ENDS).order_by("pk") if plans else ()
    for step in ended:
        yield TimelineEntry(on=step.on, kind="intelligence plan", row="plan_exists", words=ENDS[step.step])


def _steps(plan: m.Plan) -> tuple[tuple[str, date | None], ...]:
    """The steps of a plan in words, each with its day; None where it is not on record."""
    what = "Addition to the plan" if plan.kind == "addition" else "Plan"
    return (
        (f"{what} asked for by {plan.borough}", plan.requested_on),
        (f"{what} made by the hub for {plan.borough}", plan.actioned_on),
        (f"{what} returned to {plan.borough}", plan.received_on),
    )


def _of_taskings(person_id: int) -> Iterator[TimelineEntry]:
    for tasking in about(m.Tasking, person_id):
        told = {"kind": "tasking", "row": "taskings", "address": reverse("tasking", kwargs={"tasking": tasking.pk})}
        if tasking.asked_on:
            yield TimelineEntry(on=tasking.asked_on, words=f"Tasking given in {tasking.borough}", **told)
        if tasking.carried_out_on:
            yield TimelineEntry(on=tasking.carried_out_on, words=f"Tasking carried out in {tasking.borough}", **told)


def _of_uses(person_id: int) -> Iterator[TimelineEntry]:
    """A use of a suggestion that is not for everybody who plans is told with the plan, to police alone."""
    if about(m.Plan, person_id):
        for use in m.Use.objects.filter(item__plan__person=person_id).select_related("item").order_by("pk"):
            assert use.item is not None
            open_to_all = use.item.section in SUGGESTIONS and grading(use.item).roles == EVERYBODY
            words = f"A suggestion was used: {USED_IN[use.used_in].lower()}"
            row = "plan_suggestions" if open_to_all else "plan"
            yield TimelineEntry(on=use.on, kind="suggestion", row=row, words=words)
    if about(m.Tasking, person_id):
        for use in m.Use.objects.filter(tasking__person=person_id).order_by("pk"):
            words = f"A tasking was used: {USED_IN[use.used_in].lower()}"
            yield TimelineEntry(on=use.on, kind="tasking", row="taskings", words=words)


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row of this strand on a person, by table."""
    of: dict[str, tuple[type[m.Record], tuple[str, ...]]] = {
        "Intelligence development plans": (m.Plan, ("person",)), "Taskings": (m.Tasking, ("person",)),
        "Items of intelligence plans": (m.Item, ("plan__person",)), "Intelligence plans as sent": (m.Version, ("plan__person",)),
        "Steps of plans and taskings": (m.Step, ("plan__person", "tasking__person")),
        "Uses of suggestions and taskings": (m.Use, ("item__plan__person", "tasking__person")),
        "Release plans known to police": (m.ReleasePlan, ("person",)),
    }  # fmt: skip
    rows = {
        table: [row for path in paths for row in model._default_manager.filter(**{path: person_id}).order_by("pk").values()]
        for table, (model, paths) in of.items()
    }
    return {**rows, **picture.held_about(person_id)}


FOR_DECISION = dict.fromkeys(
    ("Intelligence development plans", "Taskings", "Items of intelligence plans", "Intelligence plans as sent",
     "Steps of plans and taskings", "Uses of suggestions and taskings", "Release plans known to police"), "intelligence",
) | picture.FOR_DECISION  # fmt: skip
