"""Questions and answers on a referral, and stopping its clocks: each leaves who, when, and in the audit never a word of text.

`by` is the account that acts, `today` the day on which it does, `at` the instant.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.referrals.clocks import clocks, clocks_of, days_by_referral, stops_of
from throughcare.casework.referrals.errors import (
    ClockNotRunning,
    ClockNotStopped,
    NothingSaid,
    NotTheirs,
    OutOfOrder,
    QuestionClosed,
    UnknownReason,
)
from throughcare.casework.referrals.models import ClockPause, Question, Referral
from throughcare.casework.referrals.reasons import PAUSED
from throughcare.casework.referrals.talk.codes import PROVIDER, SENDER, SIDES, UNTIL_ANSWERED
from throughcare.core.clock import london_date
from throughcare.core.dates import has_come
from throughcare.rules.referral_clock import Stop


def stop(
    *, by: str, referral: Referral, reason: str, on: date, today: date, note: str = "", question: Question | None = None
) -> ClockPause:
    """Stops the clocks from a day on, for a reason of the list; "other" needs a note.

    Refused: a day to come, or before the sending; where no clock runs: it stands still already, the referral is decided or
    taken back, or the time to decide is past (on that day or today), for what is late is not mended by stopping.
    """
    has_come(on, today=today, record=f"referral {referral.pk}")
    _reason(referral, reason, note)
    with recording(by=by, verb="referrals.clock_stopped") as entry:
        _lock(referral)
        days = days_by_referral({referral.pk: referral.sent_on}, today)[referral.pk]
        known = stops_of([referral.pk])[referral.pk]
        now = clocks(days, known, today).decide
        if days.over or days.decided_on:
            raise _not_running(referral, "over")
        if now.state != "running":
            raise _not_running(referral, now.state)
        if on < days.sent_on:
            raise OutOfOrder(
                what=f"{on} is before the referral was sent", record=f"referral {referral.pk}, sent on {days.sent_on}",
                expected=f"{days.sent_on} or later", mend="give the day from which the clock is to stand still",
            )  # fmt: skip
        if clocks(days, [*known, Stop(start=on, reason=reason)], today).decide.state != "paused":
            raise _not_running(referral, "missed")
        pause = ClockPause(referral=referral, reason=reason, note=note.strip(), start=on, by=by, question=question)
        pause.save()
        entry.about(pause, person_id=referral.person_id)
        entry.details = {"referral": referral.pk, "reason": reason, "from": on}
    return pause


def go_on(*, by: str, referral: Referral, on: date, today: date) -> None:
    """Lets the clocks go on: the day counts again. Refused: a day to come, or before the stop; where they do not stand still."""
    has_come(on, today=today, record=f"referral {referral.pk}")
    with recording(by=by, verb="referrals.clock_went_on") as entry:
        _lock(referral)
        found = clocks_of([referral], today).get(referral.pk)
        if found is None or found.decide.stopped is None:
            raise ClockNotStopped(
                what="The clock does not stand still", record=f"referral {referral.pk}", expected="a clock that was stopped",
                mend="look at the referral again: somebody may have let it go on",
            )  # fmt: skip
        since = found.decide.stopped.start
        if on < since:
            raise OutOfOrder(
                what=f"{on} is before the clock was stopped", record=f"referral {referral.pk}, stopped on {since}",
                expected=f"{since} or later", mend="give the day from which it runs again",
            )  # fmt: skip
        for pause in ClockPause.objects.filter(referral=referral, end=None):
            _end(pause, by, on)
        entry.about(referral)
        entry.details = {"on": on}


def ask(*, by: str, referral: Referral, side: str, text: str, at: datetime, stop_clock: bool = False) -> Question:
    """Asks the other side. `stop_clock`: the clocks stand still until it is answered; only the provider may.

    Refused: without a word; stopping where `stop` refuses.
    """
    with recording(by=by, verb="referrals.asked") as entry:
        question = Question(referral=referral, side=_side(referral, side), text=_said(referral, text), asked_by=by, asked_at=at)
        question.save()
        if stop_clock:
            if side != PROVIDER:
                raise NotTheirs(
                    what="The clock is the provider's", record=f"referral {referral.pk}", expected="a question of the provider",
                    mend="ask without stopping it",
                )  # fmt: skip
            day = london_date(at)
            stop(by=by, referral=referral, reason=UNTIL_ANSWERED, on=day, today=day, question=question)
        entry.about(question, person_id=referral.person_id)
        entry.details = {"referral": referral.pk, "side": side, "stopped": stop_clock}
    return question


def answer(*, by: str, question: Question, side: str, text: str, at: datetime) -> Question:
    """The other side's answer; what stood still for it goes on from that day.

    Refused: without a word, by the side that asked, of a question that is answered or was taken back.
    """
    with _open(by, "referrals.answered", question) as (found, entry):
        if _side(found.referral, side) == found.side:
            raise NotTheirs(
                what="The question was asked by your own side", record=f"question {found.pk}",
                expected=f"an answer of {_OTHER[found.side]}", mend="wait for it, or take the question back",
            )  # fmt: skip
        found.answer, found.answered_by, found.answered_at = _said(found.referral, text), by, at
        found.save()
        entry.details |= {"went_on": _release(found, by, at)}
    return found


def take_back(*, by: str, question: Question, at: datetime) -> Question:
    """Takes back a question that nobody has answered; it stays on record, and what stood still for it goes on.

    Refused: of somebody else, and of one that is answered or was taken back.
    """
    with _open(by, "referrals.question_taken_back", question) as (found, entry):
        if found.asked_by != by:
            raise NotTheirs(
                what="Somebody else asked this", record=f"question {found.pk}", expected="a question of one's own",
                mend="ask them to take it back",
            )  # fmt: skip
        found.taken_back_at = at
        found.save()
        entry.details |= {"went_on": _release(found, by, at)}
    return found


_OTHER = {SENDER: "the provider", PROVIDER: "who sent it"}


@contextmanager
def _open(by: str, verb: str, question: Question) -> Iterator[tuple[Question, Recording]]:
    """The question, locked, where it still waits."""
    with recording(by=by, verb=verb) as entry:
        found = Question.objects.select_for_update(of=("self",)).select_related("referral").get(pk=question.pk)
        if found.answered_at or found.taken_back_at:
            raise QuestionClosed(
                what="The question is answered" if found.answered_at else "The question was taken back",
                record=f"question {found.pk}", expected="a question that waits", mend="look at the referral again",
            )  # fmt: skip
        entry.about(found, person_id=found.referral.person_id)
        entry.details = {"referral": found.referral_id}
        yield found, entry


def _release(question: Question, by: str, at: datetime) -> bool:
    """Whether the clock stood still for the question; then it goes on."""
    held = list(ClockPause.objects.filter(question=question, end=None))
    for pause in held:
        _end(pause, by, london_date(at))
    return bool(held)


def _end(pause: ClockPause, by: str, on: date) -> None:
    pause.end, pause.ended_by = max(on, pause.start), by
    pause.save()


def _lock(referral: Referral) -> None:
    Referral.objects.select_for_update().get(pk=referral.pk)


def _not_running(referral: Referral, why: str) -> ClockNotRunning:
    what, mend = {
        "paused": ("The clock stands still already", "let it go on first, if the reason is another now"),
        "over": ("No clock runs: the referral is decided or taken back", "leave it"),
        "missed": ("The time to decide is past, and stopping the clock does not mend it", "decide, and say why it is late"),
    }[why]
    return ClockNotRunning(what=what, record=f"referral {referral.pk}", expected="a clock that runs", mend=mend)


def _reason(referral: Referral, reason: str, note: str) -> None:
    if reason in PAUSED and (reason != "other" or note.strip()):
        return
    other = reason == "other"
    raise UnknownReason(
        what="Another reason needs a note" if other else f"{reason!r} is no reason to stop the clock",
        record=f"referral {referral.pk}", expected="a note" if other else " or ".join(PAUSED),
        mend="say in the note what the reason is" if other else "give one of these",
    )  # fmt: skip


def _said(referral: Referral, text: str) -> str:
    if not text.strip():
        raise NothingSaid(
            what="Nothing is said", record=f"referral {referral.pk}", expected="a question or an answer in words", mend="write it"
        )
    return text.strip()


def _side(referral: Referral, side: str) -> str:
    if side not in SIDES:
        raise NotTheirs(
            what=f"{side!r} is no side of a referral", record=f"referral {referral.pk}", expected=" or ".join(SIDES),
            mend="ask as who sent it, or as the provider",
        )  # fmt: skip
    return side
