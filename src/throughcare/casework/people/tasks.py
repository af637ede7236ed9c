"""What waits about where people are: releases to come and moves between prisons, for those who manage or meet them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse

from throughcare.casework.people.models import CustodySpell, Sentence
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Task

ROLES = ("offender_manager", "prison_coordinator", "volunteer")


def tasks(reader: Any) -> Iterator[Task]:
    """Releases planned and moves of the last days, of the people of a manager's, a prison's or a volunteer's posts."""
    if not reader.held(*ROLES):
        return
    people = reader.people("custody")
    yield from _to_be_released(people, reader.day)
    yield from _moved(people, reader.day)


def inside(people: QuerySet, day: date) -> QuerySet:
    """The prison spells in which these people are on the day."""
    return CustodySpell.objects.filter(person__in=people.values("pk"), start__lte=day).exclude(end__lte=day)


def _to_be_released(people: QuerySet, day: date) -> Iterator[Task]:
    limits = current_pilot().today
    latest = Sentence.objects.filter(person=OuterRef("person"), kind="custody", imposed_on__lte=day).order_by(
        "-imposed_on", "-pk"
    )
    held = inside(people, day).filter(kind="sentenced").annotate(release=Subquery(latest.values("release_planned_on")[:1]))
    soon = held.filter(release__gt=day, release__lte=day + timedelta(days=limits.releases_ahead)).order_by("release", "pk")
    for person, prison, on in soon.values_list("person", "prison", "release"):
        ahead = (on - day).days
        yield Task(
            key=f"people.release:{person}:{on}", kind="Releases to come", person=person, row="custody", due_on=on,
            harm=2 if ahead <= limits.release_now else 3, act=("Open record", reverse("person", kwargs={"person": person})),
            words=f"To be released {'tomorrow' if ahead == 1 else 'on ' + weekday_in_words(on)} from {prison}",
        )  # fmt: skip


def _moved(people: QuerySet, day: date) -> Iterator[Task]:
    """Somebody who has left one prison for another on the same or the next day: meetings planned there will not happen."""
    earlier = CustodySpell.objects.filter(
        person=OuterRef("person"), end__lte=OuterRef("start"), end__gte=OuterRef("start") - timedelta(days=1)
    ).order_by("-end", "-pk")
    moved = inside(people, day).filter(start__gt=day - timedelta(days=current_pilot().today.moved_for))
    moved = moved.annotate(was=Subquery(earlier.values("prison")[:1])).exclude(was=None).exclude(was=F("prison"))
    for person, prison, was, on in moved.order_by("start", "pk").values_list("person", "prison", "was", "start"):
        yield Task(
            key=f"people.moved:{person}:{on}", kind="Moves between prisons", person=person, row="custody", due_on=on, harm=3,
            act=("Open record", reverse("person", kwargs={"person": person})),
            words=f"Moved from {was} to {prison} on {weekday_in_words(on)}",
        )  # fmt: skip
