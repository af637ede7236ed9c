"""Which things that wait have been answered, and so are not asked today."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from throughcare.casework.access.models import Post
from throughcare.casework.today.models import Answer
from throughcare.core.contracts import TimelineEntry


def answered(posts: Sequence[Post], day: date) -> dict[str, Answer]:
    """By key, the answer that holds on the day."""
    held = Answer.objects.filter(post__in=list(posts), withdrawn=False).filter(Q(until=None) | Q(until__gt=day))
    return {answer.key: answer for answer in held.order_by("pk")}


def lately(posts: Sequence[Post], since: date) -> list[Answer]:
    """Answers given since a day and not undone, newest first: what can be taken back."""
    given = Answer.objects.filter(post__in=list(posts), withdrawn=False, on__gte=since)
    return list(given.order_by("-pk"))


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """What was said to be done elsewhere about the person."""
    told = Answer.objects.filter(person=person_id, kind="elsewhere", withdrawn=False).order_by("on", "pk")
    return [TimelineEntry(on=a.on, kind="done elsewhere", row=a.row or "notes", words=f"Done elsewhere: {a.told}") for a in told]


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every answer about a person."""
    return {"answers to what waited": list(Answer.objects.filter(person=person_id).order_by("pk").values())}
