"""Reading notes, worries, risks, avoidances, and what the person says of what is held."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from throughcare.casework.access.models import Post
from throughcare.casework.access.policy import ROLES, policy
from throughcare.casework.frames import about
from throughcare.casework.notes import models as m
from throughcare.casework.people.models import Registration
from throughcare.casework.people.queries import on_the_day, running
from throughcare.core.clock import london_date
from throughcare.core.contracts import TimelineEntry


def notes_of(person: int) -> list[m.Note]:
    """Newest first."""
    return list(m.Note.objects.filter(person=person).select_related("post").order_by("-on", "-pk"))


def risks_of(person: int, day: date) -> list[str]:
    """In words what whoever works with the person must know: risks written here, and agencies' registrations."""
    told = list(m.Risk.objects.filter(on_the_day(day), person=person).order_by("start", "pk").values_list("text", flat=True))
    return told + [" ".join(filter(None, (r.kind, r.level))) for r in running(about(Registration, person), day)]


def avoids_of(person: int, day: date) -> list[m.Avoid]:
    """Whom and what the person is to keep away from; told of either of two people."""
    told = m.Avoid.objects.filter(on_the_day(day)).filter(Q(person=person) | Q(other=person))
    return list(told.order_by("pk"))


def said_of(person: int) -> list[m.Said]:
    """What the person says of what is held, and that has not been settled."""
    return [said for said in about(m.Said, person) if said.settled_on is None]


def unsettled(day: date) -> list[date]:
    """The days on which people said that something held is wrong, of all that is not settled, oldest first."""
    return list(m.Said.objects.filter(settled_on=None, on__lte=day).order_by("on", "pk").values_list("on", flat=True))


def unsettled_of(people: QuerySet, day: date) -> list[m.Said]:
    """Of these people what they said is wrong and nobody has settled, oldest first."""
    found = m.Said.objects.filter(person__in=people.values("pk"), settled_on=None, on__lte=day)
    return list(found.order_by("on", "pk"))


def waiting_concerns(posts: Sequence[Post]) -> list[m.Concern]:
    """Worries sent to these posts that nobody has answered, oldest first."""
    found = m.Concern.objects.filter(to_post__in=list(posts), answered_at=None)
    return list(found.select_related("from_post", "to_post").order_by("raised_at", "pk"))


@cache
def _told_with_notes() -> list[str]:
    """Rows that whoever may read notes may see too: what the person says of others stands beside its fact alone."""
    readers = [role for role in ROLES if policy().cell("notes", role)]
    return [row for row in policy().rows if all(policy().cell(row, role) for role in readers)]


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Notes, worries (their kind: a worry itself is for who raised it and whom it went to) and what the person said, by day."""
    told_too = _told_with_notes()
    told = [
        TimelineEntry(on=n.on, kind="note", row="notes", words=f"Note: {n.text}" if not n.taken_back else "Note taken back")
        for n in about(m.Note, person_id)
    ]
    told += [
        TimelineEntry(on=london_date(c.raised_at), kind="worry", row="notes", words=f"Worry raised: {m.WORRIES[c.kind]}")
        for c in about(m.Concern, person_id)
    ]
    told += [
        TimelineEntry(on=s.on, kind="said", row="notes", words=f"The person says: {s.text}")
        for s in about(m.Said, person_id)
        if s.row in told_too
    ]
    return sorted(told, key=lambda entry: entry.on)


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row of this app on a person, by table."""
    tables: dict[str, type[m.Record]] = {
        "notes": m.Note, "worries raised": m.Concern, "risks": m.Risk, "whom and what to avoid": m.Avoid,
        "what the person says": m.Said,
    }  # fmt: skip
    return {words: list(model.objects.filter(person=person_id).order_by("pk").values()) for words, model in tables.items()}
