"""What waits for the research hub: plans that were requested and have not come."""

from collections.abc import Iterator

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.core.dates import day_in_words
from throughcare.core.pages import Task
from throughcare.core.working_days import working_days_between
from throughcare.strands.policing.models import Plan


def tasks(reader: Reader) -> Iterator[Task]:
    """The requests without a plan, oldest first."""
    if not reader.held("police_researcher"):
        return
    waiting = Plan.objects.filter(requested_on__lte=reader.day, actioned_on=None, received_on=None)
    waiting = waiting.filter(person__in=reader.people("plan_exists").values("pk"))
    for plan in waiting.order_by("requested_on", "pk"):
        days = working_days_between(plan.requested_on, reader.day)
        yield Task(
            key=f"policing.plan:{plan.pk}", kind="Plans requested", person=plan.person_id, row="plan_exists", harm=3,
            words=f"Plan requested on {day_in_words(plan.requested_on)}, {days} working days ago", due_on=plan.requested_on,
            act=("Open record", reverse("person", kwargs={"person": plan.person_id})),
        )  # fmt: skip
