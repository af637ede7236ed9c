"""What waits about groups: for who may know whom to keep apart, checks; for a desk, groups to confirm, attendance to take."""

from collections.abc import Iterator

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Task
from throughcare.strands.programmes.groups import codes, queries
from throughcare.strands.programmes.models import GroupCheck


def tasks(reader: Reader) -> Iterator[Task]:
    """Words name the group, and nobody in it."""
    if reader.held(*queries.CHECKERS):
        for check in queries.to_check(reader):
            yield Task(
                key=f"programmes.check:{check.pk}", kind="Groups to check before they are confirmed", row="avoid", harm=2,
                due_on=check.group.starts_on, act=("Check", reverse("group-check", kwargs={"check": check.pk})), elsewhere=False,
                words=f"Check the group {check.group.name} before it is confirmed: it is to begin on "
                f"{weekday_in_words(check.group.starts_on)}",
            )  # fmt: skip
    if reader.held(*queries.DESKS):
        yield from _of_a_desk(reader)


def _of_a_desk(reader: Reader) -> Iterator[Task]:
    mine = queries.groups_of(reader).filter(state=codes.PLANNED)
    answered = GroupCheck.objects.filter(group__in=mine.order_by().values("pk"), fallen=False).exclude(answer="")
    for check in answered.select_related("group").order_by("group__starts_on", "pk"):
        group = check.group
        yield Task(
            key=f"programmes.checked:{check.pk}", kind="Groups that were checked", row="sessions", harm=3, elsewhere=False,
            due_on=group.starts_on, words=f"{group.name}: {codes.ANSWERS[check.answer].lower()}",
            act=("Open group", reverse("group", kwargs={"group": group.pk})),
        )  # fmt: skip
    for day in queries.days_waiting(reader):
        yield Task(
            key=f"programmes.attendance:{day.pk}", kind="Attendance to take", row="sessions", harm=3, due_on=day.on,
            words=f"{day.group.name}, {weekday_in_words(day.on)}: take attendance", elsewhere=False,
            act=("Take attendance", reverse("group-attendance", kwargs={"day": day.pk})),
        )  # fmt: skip
