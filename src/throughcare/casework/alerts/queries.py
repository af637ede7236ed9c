"""Which alerts wait for a reader's posts, and all that is held on a person."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from throughcare.casework.access.queries import vacant
from throughcare.casework.access.reader import Reader
from throughcare.casework.alerts.models import Alert
from throughcare.core.contracts import TimelineEntry
from throughcare.core.pages import Task


def waiting(reader: Reader) -> QuerySet[Alert]:
    """Those that wait for the reader's posts; for a senior officer also those of the vacant posts in its charge."""
    mine = Q(post__in=[post.pk for post in reader.acting])
    offices = [post.office for post in reader.held("senior_officer") if post.office]
    if offices:
        mine |= Q(post__in=vacant(reader.day).filter(office__in=offices).order_by().values("pk"))
    return Alert.objects.filter(mine, seen_at=None, replaced_by=None).select_related("post").order_by("harm", "on", "pk")


def tasks(reader: Reader) -> Iterator[Task]:
    """One an alert, until it is seen."""
    for alert in waiting(reader):
        own = alert.post in reader.acting
        touched = f": {'; '.join(alert.lines)}" if alert.lines else ""
        yield Task(
            key=f"alerts:{alert.pk}", kind="Moved, released or back in prison", person=alert.person_id, row=alert.row,
            harm=alert.harm, due_on=alert.on, act=("See what to do", reverse("alert", kwargs={"alert": alert.pk})),
            words=f"{alert.text}{touched}" + ("" if own else f" ({alert.post.title}, which nobody holds)"), elsewhere=False,
        )  # fmt: skip


def alert_of(alert: int) -> Alert:
    """The alert of a number; KeyError where there is none."""
    found = Alert.objects.filter(pk=alert).select_related("post").first()
    if found is None:
        raise KeyError(alert)
    return found


def person_of(alert: int) -> int:
    return alert_of(alert).person_id


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Nothing: what happened is told by the part in which it happened."""
    return ()


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The alerts about the person."""
    return {"alerts to those who work with the person": list(Alert.objects.filter(person=person_id).order_by("pk").values())}
