"""What providers and offender managers record: sessions and appointments."""

from datetime import date

from throughcare.casework.audit.actions import recording
from throughcare.casework.elsewhere.actions import owe
from throughcare.casework.imports.adoption.actions import typed_over
from throughcare.casework.people.models import Person
from throughcare.casework.people.queries import ids_of
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.actions import start
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.core.errors import UserError
from throughcare.strands.programmes.attendance import OUTCOMES
from throughcare.strands.programmes.models import Appointment, Session

TAKING_PART = ("accepted", "started")


class NotTakingPart(UserError):
    """A session of a referral that is not accepted or started."""


class AlreadyRecorded(UserError):
    """An appointment of a day for which the person's appointment is on record."""


class UnknownOutcome(UserError):
    """An outcome code that is not one of the list."""


def record_session(*, by: str, referral: Referral, held_on: date, outcome: str) -> Session:
    """A session and its outcome. The first one attended starts an accepted referral.

    Refused: a referral that is neither accepted nor started, a code that is not known, a day before it was sent.
    """
    attended = _attended(outcome, f"referral {referral.pk}")
    state = state_of(referral.pk)
    if state not in TAKING_PART or held_on < referral.sent_on:
        raise NotTakingPart(
            what=f"The referral is {state}, sent {referral.sent_on}, and can have no session on {held_on}",
            record=f"referral {referral.pk}", expected="an accepted or started referral, and a day from its sending",
            mend="record the acceptance first, or correct the day",
        )  # fmt: skip
    with recording(by=by, verb="programmes.record_session") as entry:
        session = Session(referral=referral, held_on=held_on, attended=attended, outcome=outcome)
        session.save()
        if attended and state == "accepted":
            start(by=by, referral=referral, on=held_on)
        entry.about(session, person_id=referral.person_id)
    return session


def record_appointment(
    *, by: str, person: Person, due_on: date, held_on: date | None, outcome: str, manager: str = ""
) -> Appointment:
    """What came of an appointment with the offender manager. `held_on` none: it did not take place, and nobody attended.

    One that is on record for the day without an outcome, booked here or come with an extract, is filled in. It is owed to the
    system that the pilot file names as the home of appointments; an extract of that system that tells it too makes no second
    one. Refused: an outcome that is not known or does not go with the day, a day whose appointment has its outcome.
    """
    attended = _attended(outcome, f"appointment due {due_on}")
    if attended and held_on is None:
        raise UnknownOutcome(
            what=f"{outcome} says that the person attended, and there is no day", record=f"appointment due {due_on}",
            expected="the day on which it was held", mend="give the day, or the code of the absence",
        )  # fmt: skip
    with recording(by=by, verb="programmes.record_appointment") as entry:
        row = _expected(person, due_on) or Appointment(person=person, due_on=due_on, manager=manager)
        row.held_on, row.attended, row.outcome = held_on, attended, outcome
        row.save()
        typed_over(row, fields=("held_on", "attended", "outcome"))
        entry.about(row)
        owe(by=by, kind="appointments", person=person, record=row, text=_text(row), on=due_on, pilot=current_pilot())
    return row


def book_appointment(*, by: str, person: Person, due_on: date, manager: str = "") -> Appointment:
    """An appointment that is to come: its outcome is recorded when it is known. Owed like one. Refused: a second of one day."""
    with recording(by=by, verb="programmes.book_appointment") as entry:
        if _expected(person, due_on) is not None:
            raise AlreadyRecorded(
                what=f"There is an appointment due {due_on} of this person already", record=f"person {person.pk}",
                expected="one appointment a day", mend="choose another day, or keep to that one",
            )  # fmt: skip
        row = Appointment(person=person, due_on=due_on, attended=False, manager=manager)
        row.save()
        entry.about(row)
        owe(by=by, kind="appointments", person=person, record=row, text=_text(row), on=due_on, pilot=current_pilot())
    return row


def _expected(person: Person, due_on: date) -> Appointment | None:
    """The person's appointment of that day that has no outcome yet; refuses a day whose appointment has one, and names it."""
    there = Appointment.objects.filter(person__in=ids_of(person.pk), due_on=due_on).select_related("source").first()
    if there is None or not there.outcome:
        return there
    known = f"appointment {there.pk}" + (f" ({there.source.record_id} in the extract)" if there.source else " (typed here)")
    raise AlreadyRecorded(
        what=f"There is an appointment due {due_on} of this person already", record=known, expected="one appointment a day",
        mend="look at that one; if it is wrong there, correct it where it is kept",
    )  # fmt: skip


def _text(row: Appointment) -> str:
    """What is copied out into the other system."""
    if not row.outcome:
        return f"Appointment booked for {row.due_on:%-d %B %Y}"
    held = "not held" if row.held_on is None else f"held {row.held_on:%-d %B %Y}"
    manager = f"; offender manager {row.manager}" if row.manager else ""
    return f"Appointment due {row.due_on:%-d %B %Y}, {held}: {row.outcome} ({OUTCOMES[row.outcome].words}){manager}"


def _attended(outcome: str, record: str) -> bool:
    if outcome not in OUTCOMES:
        raise UnknownOutcome(
            what=f"{outcome!r} is no outcome", record=record, expected=" or ".join(OUTCOMES), mend="give one of these codes"
        )
    return OUTCOMES[outcome].attended
