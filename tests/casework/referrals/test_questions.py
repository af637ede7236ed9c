"""Questions and answers on a referral: who may, what is refused, that nothing is lost, and that the clock waits for them."""

from datetime import UTC, date, datetime

import pytest

from throughcare.casework.audit.models import Entry
from throughcare.casework.events.models import Outbox
from throughcare.casework.notices.models import Notice
from throughcare.casework.referrals import actions
from throughcare.casework.referrals.clocks import clocks_of
from throughcare.casework.referrals.errors import ClockNotRunning, NothingSaid, NotTheirs, QuestionClosed
from throughcare.casework.referrals.models import Question, Referral
from throughcare.casework.referrals.queries import held_about, timeline
from throughcare.casework.referrals.talk import actions as talk
from throughcare.casework.referrals.talk.queries import thread

JUNE = {n: date(2016, 6, n) for n in range(1, 31)}


@pytest.fixture
def referral(store) -> Referral:
    store.join("X000001")
    store.supervise("licence", "X000001")
    return actions.refer(
        by="manager", person_id=store.person("X000001"), service="mentoring", provider="osmani_trust", route="licence", on=JUNE[1]
    )


def at(day: int) -> datetime:
    return datetime(2016, 6, day, 9, tzinfo=UTC)


def ask(referral, day=2, side="provider", by="worker", text="WHICH HOSTEL", **more):
    return talk.ask(by=by, referral=referral, side=side, text=text, at=at(day), **more)


def answer(question, day=6, side="sender", by="manager", text="THE OLD ONE"):
    return talk.answer(by=by, question=question, side=side, text=text, at=at(day))


def state(referral, day):
    clock = clocks_of([referral], JUNE[day])[referral.pk].decide
    return clock.state, clock.days, clock.paused


def test_the_clock_stands_still_until_the_answer(referral):
    question = ask(referral, stop_clock=True)
    assert state(referral, 3) == ("paused", 0, 2)
    answer(question, 6)
    assert state(referral, 6) == ("running", 1, 2)


def test_a_question_without_the_tick_stops_nothing(referral):
    ask(referral)
    assert state(referral, 3) == ("running", 2, 0)


def test_an_answer_lets_only_its_own_stop_end(referral):
    question = ask(referral)
    talk.stop(by="worker", referral=referral, reason="in_custody", on=JUNE[3], today=JUNE[3])
    answer(question, 6)
    assert state(referral, 6)[0] == "paused"


def test_taking_back_lets_the_clock_go_on_and_keeps_the_question(referral):
    question = ask(referral, stop_clock=True)
    talk.take_back(by="worker", question=question, at=at(3))
    assert state(referral, 3) == ("running", 1, 1)
    (kept,) = thread(referral.pk)
    assert (kept.text, kept.taken_back_at) == ("WHICH HOSTEL", at(3))


REFUSED = [
    ("a question without a word", lambda r: ask(r, text="  "), NothingSaid),
    ("an answer without a word", lambda r: answer(ask(r), text=""), NothingSaid),
    ("answered by the side that asked", lambda r: answer(ask(r), side="provider"), NotTheirs),
    ("answered twice", lambda r: [answer(q) for q in [ask(r)] * 2], QuestionClosed),
    ("taken back by somebody else", lambda r: talk.take_back(by="colleague", question=ask(r), at=at(3)), NotTheirs),
    ("taken back when answered", lambda r: talk.take_back(by="worker", question=answer(ask(r)), at=at(7)), QuestionClosed),
    ("of no side", lambda r: ask(r, side="court"), NotTheirs),
    ("the sender stops the provider's clock", lambda r: ask(r, side="sender", by="manager", stop_clock=True), NotTheirs),
    ("stops a clock that is late", lambda r: ask(r, day=9, stop_clock=True), ClockNotRunning),
]


@pytest.mark.parametrize(("deed", "error"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused_changes_nothing(referral, deed, error):
    with pytest.raises(error):
        deed(referral)
    assert Question.objects.count() <= 1
    assert state(referral, 8)[0] == "running"


def test_the_words_stand_on_the_referral_and_what_is_held_and_nowhere_else(referral):
    answer(ask(referral))
    (held,) = held_about(referral.person_id)["Questions on referrals"]
    assert (held["text"], held["answer"], held["answered_by"]) == ("WHICH HOSTEL", "THE OLD ONE", "manager")
    told = [(entry.on.day, entry.words) for entry in timeline(referral.person_id)]
    assert (2, "Mentoring: the provider asked something") in told
    assert (6, "Mentoring: the question was answered") in told
    elsewhere = [*Entry.objects.values_list("details", flat=True), *(str(row) for row in Outbox.objects.values()),
                 *(str(row) for row in Notice.objects.values()), *(words for _, words in told)]  # fmt: skip
    assert not [words for words in elsewhere if "HOSTEL" in words or "OLD ONE" in words]
