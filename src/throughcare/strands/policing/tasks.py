"""What waits about plans and taskings: for the research hub, for a borough's police, and what comes back to who asked."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.core.pages import Task
from throughcare.rules.intelligence_plan import ENDED, HUB, MADE, RESEARCHING, RETURNED
from throughcare.strands.policing.models import Plan, Tasking
from throughcare.strands.policing.plans.queries import Shown, shown
from throughcare.strands.policing.taskings.queries import handed_back, to_do

SOON = timedelta(days=7)
"""A tasking due so soon is told with what is late by days."""


def tasks(reader: Reader) -> Iterator[Task]:
    """Of the hub: the requests without a plan. Of a borough: those it waits for or must answer, plans returned that led to
    nothing, its taskings. Of a co-ordinator: requests of its borough that the hub returned.
    """
    hub, boroughs = reader.held("police_researcher"), [post.place for post in reader.held("tasking_officer")]
    asks = [*boroughs, *(post.place for post in reader.held("iom_coordinator"))]
    if not hub and not asks:
        return
    theirs = Plan.objects.filter(person__in=reader.people("plan_exists").values("pk")).exclude(standing__in=ENDED)
    waiting = theirs.filter(requested_on__lte=reader.day, received_on=None)
    if hub or boroughs:
        unmade = waiting if hub else waiting.filter(borough__in=boroughs)
        yield from _requested(unmade.exclude(standing=RETURNED), reader, watching=not hub)
    yield from _returned(waiting.filter(standing=RETURNED, borough__in=asks), reader)
    if boroughs:
        yield from _untasked(theirs.filter(borough__in=boroughs), reader)
    if hub or boroughs:
        yield from _taskings(reader)


def _requested(waiting: QuerySet, reader: Reader, *, watching: bool) -> Iterator[Task]:
    """The requests without a plan, oldest first; a duty missed where one is late."""
    for each in shown(waiting.order_by("requested_on", "pk"), reader.day):
        plan = each.plan
        yield Task(
            key=f"policing.plan:{plan.pk}", kind="Plans requested", person=plan.person_id, row="plan_exists",
            harm=2 if each.late and not watching else 3, words=_how(each), due_on=plan.requested_on,
            waiting=watching or each.state.waits_for != HUB, elsewhere=each.state.slug != MADE,
            act=("Open the plan", reverse("intelligence-plan", kwargs={"plan": plan.adds_to_id or plan.pk})),
        )  # fmt: skip


def _how(each: Shown) -> str:
    said = {RESEARCHING: ", being researched", MADE: ", made and not sent"}.get(each.state.slug, "")
    late = f": it was due on {day_in_words(each.due_on)}" if each.late and each.due_on else ""
    what = "Addition to a plan" if each.plan.kind == "addition" else "Plan"
    assert each.plan.requested_on is not None
    return f"{what} requested on {day_in_words(each.plan.requested_on)}, {each.days} working days ago{said}{late}"


def _returned(back: QuerySet, reader: Reader) -> Iterator[Task]:
    """Requests that the hub cannot work on before the borough has said more."""
    for plan in back.order_by("requested_on", "pk"):
        yield Task(
            key=f"policing.returned:{plan.pk}", kind="Requests for plans returned", person=plan.person_id, row="plan_exists",
            harm=3, words=f"The hub needs more for the plan asked for on {day_in_words(plan.requested_on)}",
            due_on=plan.requested_on, elsewhere=False,
            act=("Answer", reverse("plan-step", kwargs={"plan": plan.pk, "step": "answer"})),
        )  # fmt: skip


def _untasked(plans: QuerySet, reader: Reader) -> Iterator[Task]:
    """Plans that came back lately, after which no tasking of the person is on record: from the plan, or since it came."""
    since = reader.day - timedelta(days=current_pilot().today.plans_for)
    live = Tasking.objects.exclude(standing="cancelled")
    tasked = live.filter(person=OuterRef("person"), carried_out_on__gte=OuterRef("received_on"))
    of_it = live.filter(plan=OuterRef("pk"))
    back = plans.filter(~Exists(tasked), ~Exists(of_it), received_on__gt=since, received_on__lte=reader.day)
    for plan in back.order_by("received_on", "pk"):
        yield Task(
            key=f"policing.untasked:{plan.pk}", kind="Plans without a tasking", person=plan.person_id, row="taskings", harm=3,
            words=f"Plan returned on {day_in_words(plan.received_on)}: no tasking on record since", due_on=plan.received_on,
            act=("Open the plan", reverse("intelligence-plan", kwargs={"plan": plan.adds_to_id or plan.pk})),
        )  # fmt: skip


def _taskings(reader: Reader) -> Iterator[Task]:
    """The reader's own posts' taskings, overdue ones as a duty missed; those that came back to who gave them."""
    for tasking in to_do(reader).filter(owner__in=reader.acting):
        late = tasking.due_on < reader.day
        words = f"Overdue since {day_in_words(tasking.due_on)}: {tasking.text}" if late else tasking.text
        yield Task(
            key=f"policing.tasking:{tasking.pk}", kind="Taskings to do", person=tasking.person_id, row="taskings", words=words,
            harm=2 if late else 3 if tasking.due_on <= reader.day + SOON else 4, due_on=tasking.due_on, elsewhere=False,
            act=("Open the tasking", reverse("tasking", kwargs={"tasking": tasking.pk})),
        )  # fmt: skip
    for tasking in handed_back(reader).filter(asked_post__in=reader.acting):
        yield Task(
            key=f"policing.back:{tasking.pk}", kind="Taskings handed back", person=tasking.person_id, row="taskings", harm=3,
            words=f"{tasking.owner.title} hands back: {tasking.text}", due_on=tasking.due_on, elsewhere=False,
            act=("Give it anew", reverse("tasking", kwargs={"tasking": tasking.pk})),
        )  # fmt: skip
