"""Reading questions that wait, advice and who it is told to; how confidence moved."""

from datetime import date
from typing import Any

import polars as pl
from django.db.models import QuerySet

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import manager_of
from throughcare.casework.access.reader import Reader
from throughcare.casework.frames import read
from throughcare.strands.mental_health import models as m

PATHWAY, ADVICE, CLINICAL = "mental_health_pathway", "consultation_advice", "clinical"
HEALTH = "health_practitioner"
ASKERS = ("offender_manager", "senior_officer")
"""Who asks for consultations, of their own people: practitioners answer."""
WAITS = {"consultation": None, "taken_back_on": None}


def waiting(person: int | None = None) -> QuerySet:
    """Questions that nobody has answered, the oldest first; of one person where told."""
    found = m.Ask.objects.filter(**WAITS).select_related("post").order_by("asked_on", "pk")
    return found if person is None else found.filter(person=person)


def told_to(person: int, with_whom: str, asked: m.Ask | None, day: date) -> Post | None:
    """The post to which advice goes: who asked; else, of a consultation with the offender manager, who manages the person. None:
    it stands on the record, and is told to nobody.
    """
    if asked is not None:
        return asked.post
    return manager_of(person, day) if with_whom == m.WITH_WHOM[0] else None


def unread(reader: Reader) -> list[m.Advice]:
    """Advice told to the reader's posts that nobody has said they have read."""
    found = m.Advice.objects.filter(post__in=reader.acting, read_on=None).select_related("consultation")
    return list(found.order_by("consultation__held_on", "pk"))


def consultations_of(person: int) -> list[m.Consultation]:
    """The person's consultations, the newest first; each with its advice where there is one."""
    return list(m.Consultation.objects.filter(person=person).select_related("advice", "advice__post").order_by("-held_on", "-pk"))


def part(record: Any, name: str) -> Any:
    """The one record of that name that hangs on this one; None where there is none."""
    return getattr(record, name) if hasattr(record, name) else None


def confidence() -> pl.DataFrame:
    """A row a consultation whose reader said how confident they were before and after: number, person, on, before, after."""
    found = m.Advice.objects.exclude(before=None).exclude(after=None).order_by("pk")
    return read(found, number="pk", person="consultation__person", on="consultation__held_on", before="before", after="after")
