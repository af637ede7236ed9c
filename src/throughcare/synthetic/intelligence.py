"""The research hub's and one borough's police's work in the demonstration: plans researched, sent and added to, and taskings.

Which plans were asked for, and which came back, the extracts tell. What stands in those that are worked here, and what comes of
them, is done by the actions of the hub, of the borough's police and of the person's manager. It is nobody's intelligence.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from throughcare.casework.access.queries import manager_of
from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.rules.intelligence_items import Grading
from throughcare.rules.intelligence_plan import ADDITION, HUB, REQUESTED
from throughcare.strands.policing.errors import PlanRefused
from throughcare.strands.policing.items import actions as items
from throughcare.strands.policing.plans import actions as plans
from throughcare.strands.policing.plans.actions import Asked
from throughcare.strands.policing.plans.queries import plan_to_add_to, plans_for, suggestions
from throughcare.strands.policing.taskings import actions as taskings
from throughcare.strands.policing.taskings.actions import Answer, Wanted
from throughcare.strands.policing.uses import actions as uses
from throughcare.synthetic.posts import reader_of

TAKEN_UP, ADDED_TO = 4, 2
"""Of the requests that wait, so many are begun, and of those the first is made; of the plans sent, so many are added to."""

# Section | words | grading; of code C, whom its condition names, and the condition
FOUND = (
    ("pattern", "Takes what is left in sight in parked cars, weekday mornings, within a mile of home", "2BP", "", ""),
    ("associates", "Goes out with two others of the cohort; which of them leads changes", "2CC", "police", "Not put to them"),
    ("open_source", "An open account shows goods for sale on the days after thefts", "1AP", "", ""),
    ("officers", "Runs when stopped; no weapon is known", "1AC", "police", "Told at the briefing before any visit"),
    ("lifestyle", "Money is short from the middle of the month, when the rent is due", "2BC", "managers", "Not put to them"),
    ("places", "Sleeps at a second address some nights of the week", "2CC", "hub", "Ask the hub before it is acted on"),
    ("release", "Not to be released to the shared house in the north of the borough", "2BP", "", ""),
    ("resettlement", "A morning appointment on weekdays would fill the hours that matter", "1AP", "", ""),
    ("sentence", "A condition not to be in car parks, where the court can give one", "2BP", "", ""),
)
ADDED = (
    ("pattern", "Since Christmas on Saturdays too, at the retail park", "2BP", "", ""),
    ("release", "Somebody to be there on the day of release, before noon", "2BP", "", ""),
)
ASKED_FOR = "What has changed since the plan was sent?"
VISIT, WATCH = "Visit at home before eight, and say that we know of the car parks", "Be at the retail park on Saturday afternoon"


@transaction.atomic
def make_plans(day: date) -> int:
    """Everything above; gives how many plans something was written in."""
    hub, police, manager = (reader_of(name, day) for name in ("police-researcher", "tasking-officer", "offender-manager"))
    waiting = [each.plan for each in plans_for(hub) if each.state.slug == REQUESTED]
    known = sorted(waiting[1:], key=lambda plan: not manager.sees("plan_exists", plan.person_id))  # the oldest waits on
    for plan in known[:TAKEN_UP]:
        _step(hub, plan, "take")
    begun = [_write(hub, plan, FOUND) for plan in known[:1]]
    for plan in begun:
        _step(hub, plan, "make", reference=f"HUB-{plan.pk:05}")
        _step(hub, plan, "send")
        _act_on(police, plan)
    return len(begun) + _additions(hub, police)


def _write(hub: Reader, plan: Any, found: Sequence[tuple[str, str, str, str, str]]) -> Any:
    for section, text, (source, assessment, handling), shown_to, condition in found:
        grading = Grading(source=source, assessment=assessment, handling=handling, shown_to=shown_to)
        told = items.Told(section=section, text=text, grading=grading, conditions=condition)
        items.add(by=hub.by, plan=plan.adds_to or plan, told=told, on=hub.day, at=instant_on(hub.day))
    return plan


def _step(hub: Reader, plan: Any, step: str, reference: str = "") -> None:
    plans.take_step(
        by=hub.by, plan_id=plan.pk, step=step, who=HUB, on=hub.day, at=instant_on(hub.day), reference=reference
    )


def _act_on(police: Reader, plan: Any) -> None:
    """Two taskings from it, one of them done already, and what the manager takes from it into the sentence plan."""
    day, at = police.day, instant_on(police.day)
    for text, days in ((VISIT, 1), (WATCH, 10)):
        wanted = Wanted(comes_from="plan", text=text, owner=police.acting[0], due_on=day + timedelta(days=days))
        asked = taskings.ask(by=police.by, person_id=plan.person_id, wanted=wanted, on=day, at=at, plan_id=plan.pk)
        if text == VISIT:
            answer = Answer(code="seen", text="Seen at home; was told, and was civil")
            taskings.take_step(by=police.by, tasking_id=asked.pk, step="done", who="owner", on=day, at=at, answer=answer)
    manager = manager_of(plan.person_id, day)
    for item in [each for each in suggestions(plan.person_id) if manager and each.section == "sentence"]:
        uses.use(by=f"demonstration as {manager.slug}", used_in="sentence", on=day, at=at, item=item, text="For the review")


def _additions(hub: Reader, police: Reader) -> int:
    """The borough asks what is new of people whose plan was sent, where they are still Red: one is answered."""
    borough, made = police.acting[0].place, []
    sent = [each.plan for each in plans_for(police) if each.plan.received_on and each.plan.received_on < hub.day]
    for plan in sorted(sent, key=lambda plan: (plan.received_on, plan.pk), reverse=True):
        if len(made) == ADDED_TO or plan.borough != borough or plan_to_add_to(plan.person_id) != plan:
            continue
        asked = Asked(kind=ADDITION, asks=ASKED_FOR)
        try:
            made.append(plans.request_plan(by=police.by, person_id=plan.person_id, borough=borough, on=hub.day,
                                           at=instant_on(hub.day), asked=asked, post=police.acting[0]))  # fmt: skip
        except PlanRefused:  # no longer a member, no longer Red, or one is open
            continue
    for addition in made[:1]:
        _step(hub, addition, "take")
        _write(hub, addition, ADDED)
        _step(hub, addition, "make", reference=f"HUB-{addition.pk:05}")
        _step(hub, addition, "send")
    return len(made[:1])
