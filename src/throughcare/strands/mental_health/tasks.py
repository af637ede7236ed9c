"""What waits of the pathway: answers that are a risk before all, questions, reviews, sessions; for who asked, advice to read.

A key stands in the log when its task is put off, so those of clinical work tell no more than a letter and a number.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Appointment, Task
from throughcare.core.times import time_in_words
from throughcare.strands.mental_health import codes
from throughcare.strands.mental_health.care.queries import to_review
from throughcare.strands.mental_health.consultations import queries as consultations
from throughcare.strands.mental_health.consultations.queries import ADVICE, ASKERS, CLINICAL, HEALTH, PATHWAY
from throughcare.strands.mental_health.models import Booking
from throughcare.strands.mental_health.scores.queries import risks_for
from throughcare.strands.mental_health.slots import queries as slots

AHEAD = timedelta(days=7)
OURS = {"elsewhere": False}


def tasks(reader: Reader) -> Iterator[Task]:
    """For practitioners theirs; for whoever asked, the advice. Words of a risk say no more than that it is for today."""
    for told in consultations.unread(reader) if reader.held(*ASKERS) else ():
        yield Task(
            key=f"mental_health.advice:{told.pk}", kind="Advice to read", person=told.consultation.person_id, row=ADVICE, harm=3,
            due_on=told.consultation.held_on, words="Advice from the mental-health practitioner", **OURS,
            act=("Read the advice", reverse("health-advice", kwargs={"consultation": told.consultation_id})),
        )  # fmt: skip
    if reader.held(HEALTH):
        yield from _risks(reader)
        yield from _questions(reader)
        yield from _reviews(reader)
        yield from _sessions(reader)


def _risks(reader: Reader) -> Iterator[Task]:
    """Of the reader's posts, those it covers and vacant ones; late ones of every practitioner. It cannot be put off."""
    for risk in risks_for(reader):
        late = f", waits since {time_in_words(risk.at)}, for {risk.post.title}" if risk.escalated_at else ""
        yield Task(
            key=f"mental_health.risk:{risk.pk}", kind="To respond to today", person=risk.answers.person_id, row=CLINICAL, harm=1,
            due_on=london_date(risk.at), words=f"An answer is a risk: respond today{late}", later=False, **OURS,
            act=("Respond", reverse("health-response", kwargs={"risk": risk.pk})),
        )  # fmt: skip


def _questions(reader: Reader) -> Iterator[Task]:
    for asked in consultations.waiting():
        yield Task(
            key=f"mental_health.asked:{asked.pk}", kind="Consultations asked for", person=asked.person_id, row=PATHWAY, harm=3,
            due_on=asked.asked_on, words=f"{asked.post.title} asks for a consultation, since {weekday_in_words(asked.asked_on)}",
            act=("Record the consultation", reverse("health-consult", kwargs={"person": asked.person_id})), **OURS,
        )  # fmt: skip


def _reviews(reader: Reader) -> Iterator[Task]:
    for plan, on in to_review(reader.people(CLINICAL).values("pk"), reader.day + AHEAD):
        said = "was" if on < reader.day else "is"
        yield Task(
            key=f"mental_health.waits:r{plan.pk}:{on}", kind="Care plans to review", person=plan.person_id, row=CLINICAL, harm=3,
            due_on=on, words=f"The review of the care plan {said} due on {weekday_in_words(on)}", **OURS,
            act=("Open the plan", reverse("health-plan", kwargs={"plan": plan.pk})),
        )  # fmt: skip


def _sessions(reader: Reader) -> Iterator[Task]:
    at, days = instant_on(reader.day), current_pilot().health.untold_for
    for booking in slots.untold(reader, at, days):
        yield _session(booking, "t", "Sessions to say how they went", "Did they come?", "Say how it went")
    for booking in slots.to_book_again(reader, at, days):
        yield _session(booking, "a", "Missed sessions to book again", "Missed, and not booked again", "Book again")


def _session(booking: Booking, what: str, kind: str, words: str, button: str) -> Task:
    on = london_date(booking.slot.starts_at)
    return Task(
        key=f"mental_health.waits:{what}{booking.pk}", kind=kind, person=booking.person_id, row=CLINICAL, harm=3, due_on=on,
        words=f"A session of {weekday_in_words(on)}: {words[0].lower()}{words[1:]}", **OURS,
        act=(button, reverse("health-session", kwargs={"booking": booking.pk})),
    )  # fmt: skip


def diary(reader: Reader) -> Iterator[Appointment]:
    """The day's sessions of the reader's posts."""
    if not reader.held(HEALTH):
        return
    for booking in slots.today(reader, reader.day):
        state = "" if booking.state == codes.BOOKED else f": {codes.STATES[booking.state].lower()}"
        yield Appointment(
            person=booking.person_id, row=CLINICAL, at=booking.slot.starts_at,
            words=f"{codes.PURPOSES[booking.purpose]}, {booking.slot.borough}{state}",
            address=reverse("health-session", kwargs={"booking": booking.pk}),
        )  # fmt: skip
