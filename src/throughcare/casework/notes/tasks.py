"""Worries sent to the reader's posts: they come before everything, and go away only by an answer."""

from collections.abc import Iterator

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.notes.models import WORRIES
from throughcare.casework.notes.queries import waiting_concerns
from throughcare.core.clock import london_date
from throughcare.core.pages import Task


def tasks(reader: Reader) -> Iterator[Task]:
    for concern in waiting_concerns(reader.acting):
        who = "" if concern.person_id else f" ({concern.who})"
        yield Task(
            key=f"notes.concern:{concern.pk}", kind="Worries to answer", harm=1, person=concern.person_id, row="concerns",
            words=f"Worry raised: {WORRIES[concern.kind].lower()}{who}", due_on=london_date(concern.raised_at),
            elsewhere=False, sent=True,
            act=("Answer", reverse("concern", kwargs={"concern": concern.pk})),
        )  # fmt: skip
