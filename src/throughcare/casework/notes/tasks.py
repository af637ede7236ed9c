"""Worries sent to the reader's posts: they come before everything, and go away only by an answer. Disagreements not settled."""

from collections.abc import Iterator

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.notes.models import WORRIES
from throughcare.casework.notes.queries import unsettled, unsettled_of, waiting_concerns
from throughcare.core.clock import london_date
from throughcare.core.dates import day_in_words
from throughcare.core.pages import Task
from throughcare.design.environment import count


def tasks(reader: Reader) -> Iterator[Task]:
    """Of the posts; of a caseload what people say is wrong; for the data-protection officer how many say so, naming nobody."""
    for concern in waiting_concerns(reader.acting):
        who = "" if concern.person_id else f" ({concern.who})"
        yield Task(
            key=f"notes.concern:{concern.pk}", kind="Worries to answer", harm=1, person=concern.person_id, row="concerns",
            words=f"Worry raised: {WORRIES[concern.kind].lower()}{who}", due_on=london_date(concern.raised_at),
            elsewhere=False, sent=True,
            act=("Answer", reverse("concern", kwargs={"concern": concern.pk})),
        )  # fmt: skip
    if reader.held("offender_manager"):
        yield from _to_settle(reader)
    if reader.held("data_protection_officer") and (days := unsettled(reader.day)):
        number = count(len(days), "thing that a person says is wrong waits", "things that people say are wrong wait")
        yield Task(
            key=f"notes.unsettled:{len(days)}:{days[0]}", kind="Disagreements not settled", harm=3, row="subject_access",
            words=f"{number} to be settled by who may write notes, the oldest since {day_in_words(days[0])}", due_on=days[0],
            act=("See who may settle it", reverse("who-sees-what")),
        )  # fmt: skip


def _to_settle(reader: Reader) -> Iterator[Task]:
    """Of what it is about nothing is said here: it may be a row that the manager does not see; its page says what may be said."""
    found = unsettled_of(reader.people("notes", "edit"), reader.day)
    people = {said.person_id for said in found}
    seen = {row: reader.allowed(row, people) for row in {said.row for said in found}}
    for said in found:
        if said.person_id in seen[said.row]:
            yield Task(
                key=f"notes.said:{said.pk}", kind="Things people say are wrong", harm=3, person=said.person_id, row="notes",
                words=f"Says that something held is wrong, since {day_in_words(said.on)}", due_on=said.on, elsewhere=False,
                act=("Settle it", reverse("settle", kwargs={"person": said.person_id, "said": said.pk})),
            )  # fmt: skip
