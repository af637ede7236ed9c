"""Reading taskings: how each stands, whose they are, who may be given one."""

from datetime import date

from django.db.models import QuerySet

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.rules import taskings as rule
from throughcare.strands.policing.models import Tasking
from throughcare.strands.policing.subjects import reaching


def state_of(tasking: Tasking) -> str:
    return rule.state_of(carried_out_on=tasking.carried_out_on, standing=tasking.standing)


def known_to(reader: Reader) -> QuerySet[Tasking]:
    """The taskings about people of whom the reader may see them, asked for or done by the reader's day."""
    people = reader.people("taskings").values("pk")
    return Tasking.objects.filter(person__in=people).exclude(asked_on__gt=reader.day).select_related("owner", "asked_post")


def to_do(reader: Reader) -> QuerySet[Tasking]:
    """Those not done, handed back or cancelled: the first due first."""
    return known_to(reader).filter(carried_out_on=None, standing="").order_by("due_on", "pk")


def handed_back(reader: Reader) -> QuerySet[Tasking]:
    return known_to(reader).filter(carried_out_on=None, standing=rule.RETURNED).order_by("due_on", "pk")


def owners(person: int, day: date) -> list[Post]:
    """Who may be given a tasking about the person: the open posts of the police of a borough that the person is of."""
    police = Post.objects.filter(role="tasking_officer", closed_on=None).order_by("place", "title", "pk")
    return reaching(list(police), person, day)


def sides_of(reader: Reader, tasking: Tasking, *, edits: bool) -> frozenset[str]:
    """What the reader is to a tasking: its "owner", where it is the reader's own post's; its "giver", where it may edit it."""
    if not edits:
        return frozenset()
    mine = tasking.owner is not None and tasking.owner in reader.acting
    return frozenset({"giver", *(["owner"] if mine else [])})
