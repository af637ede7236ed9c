"""What is done at the court desk: a case taken, handed back or taken over; a note, a plea or an adjournment kept once."""

from datetime import UTC, date, datetime, time
from urllib.parse import quote
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.notes.actions import write_note
from throughcare.casework.notices.actions import tell
from throughcare.casework.people.models import Person
from throughcare.core.errors import UserError
from throughcare.strands.courts import models as m
from throughcare.strands.courts.actions import enter_plea, open_case_from_list
from throughcare.strands.courts.cases.actions import record_event
from throughcare.strands.courts.desk.which import cases_heard
from throughcare.strands.courts.lists.queries import as_it_stands


class CaseIsTaken(UserError):
    """Somebody has the case already, or not any more."""


class NotAtThisDesk(UserError):
    """Something typed for a person or a day that is not on this desk."""


def shown(*, reader: Reader, people: list[int]) -> None:
    """What is known of these people was on the reader's desk: a view of each, as any page of theirs."""
    if people:
        with recording(by=reader.by, verb="courts.desk") as entry:
            for person in people:
                entry.also("view", "page", "court-desk", person_id=person, details={"why": "court"})
            entry.details = {"people": len(people)}


def take(*, reader: Reader, person: int, court: str, day: date) -> m.CaseTaken:
    """The reader's post has the case from now on. Had it already: nothing changes. Refused: another post has it.

    Of two who take it at the same moment one has it, and the other is told who.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person)
        before = _who_has(person, court, day)
        if before is None:
            return _taken(reader, person, court, day)
    if before.post == reader.post:
        return before
    raise _has_it(before, person)


def hand_back(*, reader: Reader, taken: m.CaseTaken) -> None:
    """Nobody has the case. Refused: another post has it by now."""
    with recording(by=reader.by, verb="courts.desk.hand_back") as entry:
        running = m.CaseTaken.objects.select_for_update().filter(pk=taken.pk, ended_at=None, post__in=reader.acting).first()
        if running is None:
            raise _has_it(_who_has(taken.person_id, taken.court, taken.sits_on), taken.person_id)
        running.ended_at = datetime.now(UTC)
        running.save()
        entry.about(running)


def take_over(*, reader: Reader, taken: m.CaseTaken) -> m.CaseTaken:
    """The reader's post has the case in place of who has it. Refused: who had it has it no more, and another has."""
    with recording(by=reader.by, verb="courts.desk.take_over") as entry:
        running = m.CaseTaken.objects.select_for_update().filter(pk=taken.pk, ended_at=None).first()
        if running is None:
            raise _has_it(_who_has(taken.person_id, taken.court, taken.sits_on), taken.person_id)
        running.ended_at = datetime.now(UTC)
        running.save()
        entry.about(running)
        entry.details = {"from": running.post.slug}
        tell(
            by=reader.by, key=f"desk:{running.pk}:over", at=running.ended_at, posts=[running.post], person=running.person_id,
            words=f"{reader.post.title if reader.post else reader.account.shown} has taken over a case that you had at "
            f"{running.court}", address=f"{reverse('court-desk')}?court={quote(running.court)}", row="court_cases",
        )  # fmt: skip
        return _taken(reader, running.person_id, running.court, running.sits_on)


def _taken(reader: Reader, person: int, court: str, day: date) -> m.CaseTaken:
    with recording(by=reader.by, verb="courts.desk.take") as entry:
        made = m.CaseTaken(person_id=person, court=court, sits_on=day, post=reader.post, taken_at=datetime.now(UTC))
        made.save()
        entry.about(made)
    return made


def _who_has(person: int, court: str, day: date) -> m.CaseTaken | None:
    running = m.CaseTaken.objects.filter(person=person, court=court, sits_on=day, ended_at=None)
    return running.select_related("post").order_by("pk").first()


def _has_it(taken: m.CaseTaken | None, person: int) -> CaseIsTaken:
    who = taken.post.title if taken else "nobody"
    return CaseIsTaken(
        what=f"{who[:1].upper()}{who[1:]} has this case now" if taken else "Nobody has this case now", record=f"person {person}",
        expected="the case as you saw it", mend=f"speak to {who}, or take it over" if taken else "look at the desk again",
    )  # fmt: skip


def keep(
    *, reader: Reader, key: UUID, person: int, court: str, day: date, kind: str, text: str = "", at: time | None = None,
    until: date | None = None,
) -> m.TypedAtDesk:  # fmt: skip
    """Keeps what was typed at the desk, by the action that such a thing has. Sent again with its key it is what it was.

    `text`: the note, or the plea's word. `until`: the day to which the case is adjourned. Refused, and nothing kept: by the
    action itself; a person who is not on the list; a plea of a day to come; a key that somebody else's typing has.
    """
    try:
        with recording(by=reader.by, verb="courts.desk.keep") as entry:
            typed = m.TypedAtDesk(
                key=key, person_id=person, court=court, sits_on=day, kind=kind, word=text if kind == "plea" else "", at=at,
                account=reader.account, post=reader.post, kept_at=datetime.now(UTC),
            )  # fmt: skip
            with transaction.atomic():
                typed.save()  # first: a second sending of the same key goes no further
            made = _made(reader, typed, text, until)
            typed.made, typed.made_id = made._meta.label_lower, made.pk
            typed.save()
            entry.about(typed)
            entry.details = {"kind": kind, "made": typed.made}
    except IntegrityError:
        before = m.TypedAtDesk.objects.filter(key=key).first()
        if before is None:
            raise
        if (before.account_id, before.person_id, before.kind) != (reader.account.pk, person, kind):
            raise NotAtThisDesk(
                what="This was sent before as something else", record=f"person {person}", expected="a key of its own",
                mend="type it again",
            ) from None  # fmt: skip
        return before
    return typed


def _made(reader: Reader, typed: m.TypedAtDesk, text: str, until: date | None) -> models.Model:
    if typed.kind == "note":
        return write_note(reader=reader, person=typed.person_id, text=text)
    if typed.sits_on > reader.day:
        raise NotAtThisDesk(
            what="The court has not sat yet", record=f"the list of {typed.sits_on}", expected="a day on which it has",
            mend="enter it on the day",
        )  # fmt: skip
    case = _case(reader, typed)
    if typed.kind == "adjourned":
        return record_event(by=reader.by, case_id=case.pk, kind="adjourned", on=typed.sits_on, until=until)
    return enter_plea(by=reader.by, case_id=case.pk, plea=text, entered_on=typed.sits_on)


def _case(reader: Reader, typed: m.TypedAtDesk) -> m.CourtCase:
    """The person's case that is heard; where there is none, one opened from the day's list."""
    offence = _offence_code(typed)
    heard = cases_heard(typed.court, typed.sits_on, {typed.person_id: offence})
    if heard:
        return heard[typed.person_id]
    listed = m.ListEntry.objects.filter(person=typed.person_id, court=typed.court, hearing_on=typed.sits_on).order_by("pk").last()
    if listed is None:
        raise NotAtThisDesk(
            what="The person is not on this list", record=f"person {typed.person_id}",
            expected=f"somebody listed at {typed.court}", mend="look at the list again: it may have changed",
        )  # fmt: skip
    return open_case_from_list(by=reader.by, entry_id=listed.pk, offence_code=offence)


def _offence_code(typed: m.TypedAtDesk) -> str:
    """Of the entry on the list that is about the person."""
    entries = as_it_stands(typed.court, typed.sits_on)
    return next((e.offence_code for e in entries if e.person == typed.person_id and e.offence_code), "")
