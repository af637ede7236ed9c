"""Reading requests: which are open, whom they cover, what was decided, what was signed off."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from throughcare.casework.access.models import Post
from throughcare.casework.letters.queries import as_rung
from throughcare.casework.letters.sentences import Ring
from throughcare.casework.subject_access.models import Controller, Request, Ruling, Signed
from throughcare.casework.subject_access.states import OPEN
from throughcare.core.contracts import TimelineEntry


def covered(posts: Sequence[Post], day: date) -> QuerySet[Request]:
    """The people whom an open request covers: for as long as it is open, and no longer."""
    return Request.objects.filter(state__in=OPEN, person__isnull=False)


def open_requests() -> list[Request]:
    """Requests that wait for something, oldest first."""
    return list(Request.objects.filter(state__in=OPEN).order_by("received_on", "pk"))


def closed_requests() -> list[Request]:
    """Requests answered or withdrawn, the latest first."""
    return list(Request.objects.exclude(state__in=OPEN).order_by("-received_on", "-pk"))


def requests_of(person: int) -> list[Request]:
    """The person's open requests."""
    return list(Request.objects.filter(person=person, state__in=OPEN).order_by("pk"))


def person_of(number: int, **_: object) -> int:
    """Whom a request is about. KeyError where there is none, or it is not known yet whom it is about."""
    found = Request.objects.filter(pk=number, person__isnull=False).values_list("person_id", flat=True).first()
    if found is None:
        raise KeyError(number)
    return found


def controllers_of(request: Request) -> list[Controller]:
    return list(request.controllers.order_by("pk"))


def rulings_of(request: Request) -> dict[str, Ruling]:
    """By item, what was last decided of it."""
    return {ruling.item: ruling for ruling in request.rulings.select_related("account").order_by("pk")}


def latest_rulings(person: int) -> dict[str, Ruling]:
    """By item, what was decided of it in the person's last request that has decisions; none where nobody ever asked."""
    last = Ruling.objects.filter(request__person=person).order_by("-request", "-pk").first()
    return rulings_of(last.request) if last else {}


def signed_of(request: Request) -> Signed | None:
    """The documents as they were last signed off."""
    return request.signed.order_by("-pk").first()


def data_team() -> Ring:
    """Whom the person rings about their data: the data-protection officer's post."""
    post = Post.objects.filter(role="data_protection_officer", closed_on=None).order_by("pk").first()
    return as_rung(post) if post else Ring(who="the data team")


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """When the person asked to see what is held, and was answered: for few to see."""
    entries = []
    for request in Request.objects.filter(person=person_id).order_by("pk"):
        entries.append(TimelineEntry(on=request.received_on, kind="subject access", row="subject_access",
                                     words=f"Asked to see what is held ({request.number})"))  # fmt: skip
        if request.given_on:
            entries.append(TimelineEntry(on=request.given_on, kind="subject access", row="subject_access",
                                         words=f"Given what is held ({request.number})"))  # fmt: skip
    return entries


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """That the person asked, and how; what was withheld, and why, is no part of what a person is given (docs/adr/0015)."""
    told = ("id", "name_given", "numbers_given", "asked_for", "came_by", "received_on", "proof_asked_on", "proof_on")
    return {"requests to see what is held": list(Request.objects.filter(person=person_id).order_by("pk").values(*told))}
