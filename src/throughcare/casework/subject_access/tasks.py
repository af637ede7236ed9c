"""Requests that wait for the data-protection officer: the next step and the last day; overdue and due soon come first."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.subject_access.models import Request
from throughcare.casework.subject_access.queries import open_requests
from throughcare.casework.subject_access.states import NEXT
from throughcare.core.dates import day_in_words
from throughcare.core.pages import Harm, Task

SOON = timedelta(days=7)


def tasks(reader: Reader) -> Iterator[Task]:
    if not reader.held("data_protection_officer"):
        return
    for request in open_requests():
        act = reverse("request" if request.person_id else "request-match", kwargs={"number": request.pk})
        due = request.due_on
        waits = (request.state == "redacted" and request.redacted_by_id == reader.account.pk) or due is None
        yield Task(
            key=f"subject_access:{request.pk}", kind="Subject-access requests", row="subject_access", person=request.person_id,
            harm=_harm(reader, request), words=_words(reader, request), due_on=due, act=("Open the request", act),
            waiting=waits and not _late(reader, request), elsewhere=False,
        )  # fmt: skip


def _late(reader: Reader, request: Request) -> bool:
    return request.due_on is not None and request.due_on < reader.day


def _harm(reader: Reader, request: Request) -> Harm:
    return 2 if request.due_on is not None and request.due_on <= reader.day + SOON else 3


def _words(reader: Reader, request: Request) -> str:
    step = NEXT[request.state] if request.person_id else "find out who asks"
    if request.due_on is None:
        return f"{request.number}: waits for proof of who they are"
    when = f"overdue since {day_in_words(request.due_on)}" if _late(reader, request) else f"due {day_in_words(request.due_on)}"
    return f"{request.number}: {step}; {when}"
