"""Whom an address of this strand is about; KeyError where there is no such thing."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest

from throughcare.casework.access.models import Post
from throughcare.casework.cohort.reach import members_of
from throughcare.casework.people.names import Named, named
from throughcare.casework.people.reach import residents, supervised_from
from throughcare.strands.policing import models as m

REACH = (residents, supervised_from, members_of)


def shown_name(request: HttpRequest) -> Named:
    """The person of the page, by name where the reader may know it."""
    return named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person]


def plan_of(number: int) -> m.Plan:
    """The plan, with what it adds to."""
    found = m.Plan.objects.filter(pk=number).select_related("adds_to", "asked_post").first()
    if found is None:
        raise KeyError(number)
    return found


def person_of_plan(plan: int, step: str = "", number: int = 0) -> int:
    return plan_of(plan).person_id


def item_of(number: int) -> m.Item:
    found = m.Item.objects.filter(pk=number).select_related("plan", "request").first()
    if found is None:
        raise KeyError(number)
    return found


def person_of_item(item: int) -> int:
    return item_of(item).plan.person_id


def tasking_of(number: int) -> m.Tasking:
    found = m.Tasking.objects.filter(pk=number).select_related("plan", "owner", "asked_post").first()
    if found is None:
        raise KeyError(number)
    return found


def person_of_tasking(tasking: int, step: str = "") -> int:
    return tasking_of(tasking).person_id


def reaching(posts: Sequence[Post], person: int, day: date) -> list[Post]:
    """Those of these posts whose borough the person is of on the day: by address, by office, or by the cohort."""
    return [post for post in posts if any(of([post], day).filter(person=person).exists() for of in REACH)]
