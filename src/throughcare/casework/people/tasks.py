"""What waits about where people are: releases to come, for those who manage or meet them. Moves are told by alerts."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from throughcare.casework.people.models import CustodySpell, Sentence
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Task

ROLES = ("offender_manager", "prison_coordinator", "volunteer")


def tasks(reader: Any) -> Iterator[Task]:
    """Releases planned in the days to come, of the people of a manager's, a prison's or a volunteer's posts."""
    if not reader.held(*ROLES):
        return
    people = reader.people("custody")
    yield from _to_be_released(people, reader.day)


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
