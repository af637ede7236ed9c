"""What waits about plans: requests for the research hub to answer; for a borough's police, plans that led to no tasking."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.core.pages import Task
from throughcare.core.working_days import working_days_between
from throughcare.strands.policing.models import Plan, Tasking


def tasks(reader: Reader) -> Iterator[Task]:
    """Of the hub: the requests without a plan. Of a borough: those it waits for, and plans returned that led to nothing."""
    hub, boroughs = reader.held("police_researcher"), [post.place for post in reader.held("tasking_officer")]
    if not hub and not boroughs:
        return
    theirs = Plan.objects.filter(person__in=reader.people("plan_exists").values("pk"))
    waiting = theirs.filter(requested_on__lte=reader.day, actioned_on=None, received_on=None)
    yield from _requested(waiting if hub else waiting.filter(borough__in=boroughs), reader, watching=not hub)
    if boroughs:
        yield from _untasked(theirs.filter(borough__in=boroughs), reader)


def _requested(waiting: QuerySet, reader: Reader, *, watching: bool) -> Iterator[Task]:
    """The requests without a plan, oldest first."""
    for plan in waiting.order_by("requested_on", "pk"):
        days = working_days_between(plan.requested_on, reader.day)
        yield Task(
            key=f"policing.plan:{plan.pk}", kind="Plans requested", person=plan.person_id, row="plan_exists", harm=3,
            words=f"Plan requested on {day_in_words(plan.requested_on)}, {days} working days ago", due_on=plan.requested_on,
            waiting=watching, act=("Open record", reverse("person", kwargs={"person": plan.person_id})),
        )  # fmt: skip


def _untasked(plans: QuerySet, reader: Reader) -> Iterator[Task]:
    """Plans that came back lately, after which no tasking of the person is on record: from the plan, or since it came."""
    since = reader.day - timedelta(days=current_pilot().today.plans_for)
    tasked = Tasking.objects.filter(person=OuterRef("person"), carried_out_on__gte=OuterRef("received_on"))
    of_it = Tasking.objects.filter(plan=OuterRef("pk"))
    back = plans.filter(~Exists(tasked), ~Exists(of_it), received_on__gt=since, received_on__lte=reader.day)
    for plan in back.order_by("received_on", "pk"):
        yield Task(
            key=f"policing.untasked:{plan.pk}", kind="Plans without a tasking", person=plan.person_id, row="taskings", harm=3,
            words=f"Plan returned on {day_in_words(plan.received_on)}: no tasking on record since", due_on=plan.received_on,
            act=("Open record", reverse("person", kwargs={"person": plan.person_id})),
        )  # fmt: skip
