"""Planning a meeting or a visit, moving and cancelling it, keeping what the prison said and how it went."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.urls import reverse

from throughcare.casework.access.models import Post
from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.mail.actions import tell_off
from throughcare.casework.notices.actions import tell
from throughcare.casework.people.queries import current
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.core.clock import london_date, london_day
from throughcare.core.dates import weekday_in_words
from throughcare.core.errors import UserError
from throughcare.strands.programmes.actions import TAKING_PART, record_session
from throughcare.strands.programmes.clearances.queries import cleared
from throughcare.strands.programmes.meetings import codes
from throughcare.strands.programmes.meetings.queries import planned_with, prison_of, visits_of
from throughcare.strands.programmes.meetings.safely import kept_from
from throughcare.strands.programmes.models import MissedDecision, PlannedSession
from throughcare.strands.programmes.queries import SERVICES


class CannotBePlanned(UserError):
    """A meeting of a referral that takes no part, on a day that is past, or of a post that has another at that time."""


class NoClearance(UserError):
    """A visit by somebody whom the prison has not cleared for the day."""


class NotThere(UserError):
    """A visit to somebody in a prison in which the person is not."""


class NotPlanned(UserError):
    """A meeting that is planned no more, moved, cancelled or told of a second time; or told of before its day."""


class NotThatPlace(UserError):
    """A meeting at a place at which the person is not to be met. It is not said why."""


class NoSuchCode(UserError):
    """A reason or an answer that is not on its list."""


class Decided(UserError):
    """What is recorded of a session that the manager has decided of cannot be taken back here."""


def plan(
    *, by: str, referral: Referral, kind: str, starts_at: datetime, post: Post, on: date, prison: str = "", place: str = ""
) -> PlannedSession:
    """A meeting at an instant, held by a post, planned on a day. A visit has its prison, and is asked of the prison then.

    Refused: a referral that is not accepted or started, a day that is past, a second at that time by the same post, a visit to
    a prison in which the person is not, and one by a post without a clearance that holds on the day of the visit.
    """
    with _refusal_kept(by, referral), recording(by=by, verb="programmes.plan_meeting") as entry:
        meeting = _planned(referral, kind=kind, starts_at=starts_at, post=post, on=on, by=by, prison=prison, place=place)
        entry.about(meeting, person_id=referral.person_id)
    return meeting


def _planned(
    referral: Referral, *, kind: str, starts_at: datetime, post: Post, on: date, by: str, prison: str, place: str
) -> PlannedSession:
    day = london_date(starts_at)
    if refusal := _why_not(referral, kind=kind, starts_at=starts_at, post=post, on=on):
        raise CannotBePlanned(
            what=refusal[0], record=f"referral {referral.pk}, {day}", mend=refusal[1],
            expected="an accepted or started referral, and a time to come that is free",
        )  # fmt: skip
    if kind == codes.VISIT:
        _may_visit(referral.person_id, post=post, prison=prison, day=day, on=on)
    elif kept_from(referral.person_id, place, day):
        raise NotThatPlace(
            what="Not there: they are not to be met at that place", record=f"referral {referral.pk}", expected="another place",
            mend="choose another place, or ask their manager",
        )  # fmt: skip
    meeting = PlannedSession(
        referral=referral, kind=kind, starts_at=starts_at, post=post, prison=prison if kind == codes.VISIT else "",
        place=place.strip(), booked_by=by, booked_on=on, state=codes.PLANNED, asked_on=on if kind == codes.VISIT else None,
    )  # fmt: skip
    meeting.save()
    return meeting


@contextmanager
def _refusal_kept(by: str, referral: Referral) -> Iterator[None]:
    """Keeps that a place was refused, though nothing else is: who tries one place after the other would learn where the person is
    not to be met. The place is not kept: whoever reads who did what may not know it.
    """
    try:
        yield
    except NotThatPlace:
        with recording(by=by, verb="programmes.place_refused") as entry:
            entry.about(referral, person_id=referral.person_id)
        raise


def _why_not(referral: Referral, *, kind: str, starts_at: datetime, post: Post, on: date) -> tuple[str, str] | None:
    """What is wrong, and the mend; None where it can be planned."""
    state = state_of(referral.pk)
    if referral.service not in SERVICES:  # that somebody has another's service is not for whoever may see meetings
        return "Meetings are planned here for the programmes alone", "plan it where that service is kept"
    if state not in TAKING_PART:
        return f"No meeting can be planned: the referral is {state.replace('_', ' ')}", "record the acceptance first"
    if kind not in codes.KINDS or london_date(starts_at) < on:
        return "That day is past", "choose a day to come"
    if PlannedSession.objects.filter(post=post, starts_at=starts_at, state=codes.PLANNED).exists():
        return f"{post.title} has a meeting at that time", "choose another time"
    return None


def _may_visit(person: int, *, post: Post, prison: str, day: date, on: date) -> None:
    inside = prison_of(person, on)
    if inside != prison or not prison:
        raise NotThere(
            what=f"The person is in {inside}, not {prison or 'another prison'}" if inside else "The person is in no prison today",
            record=f"person {person}", expected="the prison in which the person is",
            mend="visit them there" if inside else "plan a meeting outside",
        )  # fmt: skip
    if not cleared(post, prison, day):
        raise NoClearance(
            what=f"{post.title} has no clearance for {prison} that holds on {weekday_in_words(day)}",
            record=f"{post.slug}, {prison}", expected="a clearance that the prison has granted",
            mend="ask for one on the page Clearances, or let somebody go who has one",
        )  # fmt: skip


def move(
    *, by: str, meeting: PlannedSession, starts_at: datetime, reason: str, on: date, prison: str = "", place: str = "",
    post: Post | None = None,
) -> PlannedSession:  # fmt: skip
    """Plans it anew, at another time or place, and points from the old one to it. Refused like `plan`."""
    kept = _refusal_kept(by, meeting.referral)
    with kept, _still_planned(by, "programmes.move_meeting", meeting, reason) as (found, entry):
        found.state, found.reason = codes.MOVED, reason
        found.save()
        found.moved_to = _planned(
            found.referral, kind=found.kind, starts_at=starts_at, post=post or found.post, on=on, by=by, place=place,
            prison=prison or found.prison,
        )  # fmt: skip
        found.save()
        entry.details = {"to": found.moved_to_id, "reason": reason}
        _tell_off(by, found, codes.MOVED, on, words=f"A meeting of yours was moved, to {_day(found.moved_to)}")
    return found.moved_to


def cancel(*, by: str, meeting: PlannedSession, reason: str, on: date) -> None:
    """It will not be, for a coded reason."""
    with _still_planned(by, "programmes.cancel_meeting", meeting, reason) as (found, entry):
        found.state, found.reason = codes.CANCELLED, reason
        found.save()
        entry.details = {"reason": reason}
        _tell_off(by, found, codes.CANCELLED, on)


def answer_visit(*, by: str, meeting: PlannedSession, confirmed: bool, on: date, reason: str = "") -> None:
    """What the prison said of a visit: confirmed, or refused with a coded reason. The last answer counts."""
    with _still_planned(by, "programmes.answer_visit", meeting, None) as (found, entry):
        if found.kind != codes.VISIT or (not confirmed and reason not in codes.REFUSALS):
            raise _no_such(reason, codes.REFUSALS)
        found.confirmed_on, found.refused_on = (on, None) if confirmed else (None, on)
        found.refusal = "" if confirmed else reason
        found.save()
        _same_day(by, found, on, again=confirmed and not found.flag)
        entry.details = {"confirmed": confirmed, "reason": found.refusal}


def met_unplanned(
    *, by: str, referral: Referral, post: Post, starts_at: datetime, how: str, on: date, line: str = "", reason: str = ""
) -> PlannedSession:
    """A meeting that nobody had planned, told of afterwards: kept as one planned at its time and told of at once.

    Refused like `went`, for a referral that takes no part, and for a time at which the post has another meeting.
    """
    with recording(by=by, verb="programmes.met_unplanned") as entry:
        if refusal := _why_not(referral, kind=codes.MEETING, starts_at=starts_at, post=post, on=london_date(starts_at)):
            raise CannotBePlanned(
                what=refusal[0], record=f"referral {referral.pk}", mend=refusal[1], expected="an accepted or started referral",
            )  # fmt: skip
        meeting = PlannedSession(
            referral=referral, kind=codes.MEETING, starts_at=starts_at, post=post, booked_by=by, booked_on=on, state=codes.PLANNED
        )
        meeting.save()
        entry.about(meeting, person_id=referral.person_id)
        went(by=by, meeting=meeting, how=how, on=on, line=line, reason=reason)
    return meeting


def went(*, by: str, meeting: PlannedSession, how: str, on: date, line: str = "", reason: str = "") -> None:
    """How it went: met and not met are recorded as a session of its day; called off, with a coded reason, is none.

    Refused before its day. What `record_session` refuses is refused here.
    """
    if how not in codes.WENT:
        raise _no_such(how, codes.WENT)
    with _still_planned(by, "programmes.meeting_went", meeting, reason if how == codes.CALLED_OFF else None) as (found, entry):
        day = london_date(found.starts_at)
        if day > on:
            raise NotPlanned(
                what="That day is still to come", record=f"meeting {found.pk}", expected="a meeting of today or before",
                mend="cancel or move it, or say on the day how it went",
            )  # fmt: skip
        found.state, found.line = how, line.strip()
        found.reason = reason if how == codes.CALLED_OFF else ""
        if how in codes.OUTCOMES:
            found.session = record_session(by=by, referral=found.referral, held_on=day, outcome=codes.OUTCOMES[how])
        found.save()
        if how == codes.CALLED_OFF:
            _same_day(by, found, on)
        entry.details = {"how": how, "reason": found.reason}


def take_back(*, by: str, meeting: PlannedSession, on: date) -> None:
    """How it went, or that it was cancelled, was kept by mistake: it is planned again, and its session is on record no more.

    That the first meeting started the referral stays. Refused: one that was moved, and one of which the manager has decided.
    """
    with recording(by=by, verb="programmes.take_back_meeting") as entry:
        found = PlannedSession.objects.select_for_update(of=("self",)).select_related("referral", "session").get(pk=meeting.pk)
        if found.state in (codes.PLANNED, codes.MOVED):
            raise _not_planned(found, "one that was told of or cancelled")
        session = found.session
        if session is not None and MissedDecision.objects.filter(session=session).exists():
            raise Decided(
                what="The offender manager has decided of this session", record=f"session {session.pk}",
                expected="one of which nobody has decided", mend="ring the manager, who can take the decision back",
            )  # fmt: skip
        entry.about(found, person_id=found.referral.person_id)
        entry.details = {"was": found.state, "reason": found.reason, "session": session.pk if session else None}
        found.state, found.reason, found.line, found.session = codes.PLANNED, "", "", None
        found.save()
        _same_day(by, found, on, again=True)
        if session is not None:
            session.delete()


def flag_visits(*, by: str, person: int, how: str, place: str, on: date, learned: date | None = None) -> int:
    """Flags the visits planned to somebody who was moved or released, unless they are to the new place; tells who holds them.

    Gives how many. The flag stays until the visit is planned anew or cancelled; a later move replaces it. learned: the day on
    which it was learned; a visit of that day or the next is off.
    """
    visits = [visit for visit in visits_of(current(person), on) if how == codes.RELEASED or visit.prison != place]
    where = f" to {place}" if place and how == codes.MOVED_PRISON else ""
    for visit in visits:
        words = f"Somebody whom you are to visit on {weekday_in_words(london_date(visit.starts_at))} was "
        words = f"{words}{'moved' if where else codes.FLAGS[how]}{where}: plan it anew"
        _flag(by, visit, how, on, learned or on, words, place)
    return len(visits)


def flag_meetings(*, by: str, person: int, how: str, on: date, learned: date | None = None) -> int:
    """Flags what cannot be as planned: meetings outside with somebody in custody, all with somebody of whom the manager is to be
    rung first. What is flagged stays as it is. Tells who holds it, in words that do not say why. Gives how many. `learned` as in
    `flag_visits`.
    """
    found = [each for each in planned_with(current(person), on) if not each.flag]
    found = [each for each in found if how == codes.RING or each.kind != codes.VISIT]
    for each in found:
        _flag(by, each, how, on, learned or on, _off(each))
    return len(found)


def clear_flags(*, by: str, person: int, how: str, on: date) -> int:
    """What was flagged so can be as planned again; tells who holds it. Gives how many."""
    found = [each for each in planned_with(current(person), on) if each.flag == how]
    for each in found:
        with recording(by=by, verb="programmes.clear_flag") as entry:
            each.flag, each.flag_on, each.flag_place = "", None, ""
            each.save()
            entry.about(each, person_id=each.referral.person_id)
            if not _same_day(by, each, on, again=True):
                _tell_holder(by, each, f"again:{how}:{on}", f"Your meeting on {_day(each)} can be as planned: ring before you go")
    return len(found)


def cancel_ended(*, by: str, referral: int, on: date) -> int:
    """Cancels what is planned of a referral after the day on which it ended; tells who holds it. Gives how many."""
    _, after = london_day(on)
    found = PlannedSession.objects.filter(referral=referral, state=codes.PLANNED, starts_at__gte=after)
    for each in found.order_by("starts_at", "pk"):
        cancel(by=by, meeting=each, reason=codes.ENDED, on=on)
    return len(found)


def _flag(by: str, meeting: PlannedSession, how: str, on: date, learned: date, words: str, place: str = "") -> None:
    with recording(by=by, verb="programmes.flag_visit") as entry:
        meeting.flag, meeting.flag_on, meeting.flag_place = how, on, place
        meeting.save()
        entry.about(meeting, person_id=meeting.referral.person_id)
        entry.details = {"how": how}
        _tell_off(by, meeting, f"{how}:{on}", learned, words=words, row="custody" if how in codes.OF_CUSTODY else "sessions")


def _tell_off(by: str, meeting: PlannedSession, key: str, on: date, *, words: str = "", row: str = "sessions") -> None:
    """Whoever was to go is told that it is off: at once and by e-mail where it was to be today or tomorrow, else by a notice."""
    if not _same_day(by, meeting, on):
        _tell_holder(by, meeting, key, words or _off(meeting), row=row)


def _same_day(by: str, meeting: PlannedSession, on: date, *, again: bool = False) -> bool:
    """Tells whoever was to go today or tomorrow that it is off, or on again. Gives whether that was told now."""
    return tell_off(by=by, post=meeting.post, key=f"programmes.off:{meeting.pk}", day=london_date(meeting.starts_at), on=on,
                    at=datetime.now(UTC), person=meeting.referral.person_id, row="sessions", again=again,
                    address=reverse("meeting", kwargs={"meeting": meeting.pk}))  # fmt: skip


def _tell_holder(by: str, meeting: PlannedSession, key: str, words: str, row: str = "sessions") -> None:
    """Tells the post that holds the meeting, unless it is the post that acts."""
    if by.partition(" as ")[2] != meeting.post.slug:
        tell(by=by, key=f"programmes.visit:{meeting.pk}:{key}", at=datetime.now(UTC), posts=[meeting.post], words=words, row=row,
             person=meeting.referral.person_id, address=reverse("meeting", kwargs={"meeting": meeting.pk}))  # fmt: skip


def _day(meeting: PlannedSession) -> str:
    return weekday_in_words(london_date(meeting.starts_at))


def _off(meeting: PlannedSession) -> str:
    return f"Your meeting on {_day(meeting)} is off: open it to see why, and whom to ring"


@contextmanager
def _still_planned(
    by: str, verb: str, meeting: PlannedSession, reason: str | None
) -> Iterator[tuple[PlannedSession, Recording]]:
    """The meeting as it is now, locked, with its audit entry. `reason`: to be on the list; None where none is asked."""
    with recording(by=by, verb=verb) as entry:
        found = PlannedSession.objects.select_for_update(of=("self",)).select_related("referral", "post").get(pk=meeting.pk)
        if found.state != codes.PLANNED:
            raise _not_planned(found, "one that is planned")
        if reason is not None and reason not in codes.WHY:
            raise _no_such(reason, codes.WHY)
        entry.about(found, person_id=found.referral.person_id)
        yield found, entry


def _not_planned(found: PlannedSession, expected: str) -> NotPlanned:
    return NotPlanned(
        what=f"This meeting is: {codes.STATES[found.state].lower()}", record=f"meeting {found.pk}", expected=expected,
        mend="look at it again: somebody else may have been quicker",
    )  # fmt: skip


def _no_such(code: str, known: Iterable[str]) -> NoSuchCode:
    return NoSuchCode(
        what=f"{code!r} is not on the list" if code else "No reason is given", record="", expected=f"one of {', '.join(known)}",
        mend="choose one",
    )  # fmt: skip
