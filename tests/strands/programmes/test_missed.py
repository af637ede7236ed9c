"""A miss ends in a decision of the manager: what may be decided, what it counts, what follows, and the way back."""

from dataclasses import replace
from datetime import date

import pytest

from throughcare.casework.elsewhere.queries import owed
from throughcare.casework.events.queries import waiting
from throughcare.casework.notices.models import Notice
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.strands.programmes.actions import record_appointment
from throughcare.strands.programmes.contacts.queries import standings
from throughcare.strands.programmes.decisions.actions import DecidedAlready, NoReason, NotStanding, decide, take_back
from throughcare.strands.programmes.decisions.codes import DECISIONS, suggested
from throughcare.strands.programmes.decisions.queries import failures, miss_of, misses
from throughcare.strands.programmes.models import Appointment, MissedDecision, Session

DAY = date(2016, 10, 14)

APPOINTMENTS = """
record_id crn     due_on     held_on    attended outcome
A1        X000001 2016-10-05 -          no       UAAB
A2        X000001 2016-10-07 -          no       AAME
A3        X000001 2016-10-10 2016-10-10 yes      ATTC
A4        X000001 2016-10-12 -          no       -
A5        X000001 2016-10-13 -          no       UAAB
A6        X000001 2016-10-20 -          no       -
"""
SESSIONS = """
record_id referral held_on    attended outcome
S1        R1       2016-10-03 yes      ATTC
S2        R1       2016-10-06 no       UAAB
S3        R1       2016-10-08 no       -
S4        R1       2016-10-11 no       RSOF
"""


@pytest.fixture
def person(store) -> int:
    store.load("provider-referrals", "record_id crn service provider sent_on accepted_on\n"
               "R1 X000001 mentoring osmani_trust 2016-09-20 2016-09-22\n")  # fmt: skip
    store.load("provider-sessions", SESSIONS)
    store.load("crc-appointments", APPOINTMENTS)
    return store.person("X000001")


def told(person: int, day: date = DAY) -> list[tuple[str, int, bool]]:
    """Of each miss its kind, its day of October, and whether it counts as a failure."""
    return [(miss.kind, miss.on.day, miss.failure) for miss in misses([person], since=date(2016, 9, 1), day=day)]


def test_a_miss_is_an_absence_that_no_code_accepts(person):
    """Not A2 and S4, whose code accepts it; not A4, of which nobody has said what came of it; nor what is to come."""
    assert told(person) == [("appointment", 5, True), ("session", 6, True), ("session", 8, True), ("appointment", 13, True)]


def first(person: int, number: int = 0):
    return misses([person], since=date(2016, 9, 1), day=DAY)[number]


@pytest.mark.parametrize(
    ("decision", "reason", "counts", "event"),
    [
        ("accepted", "medical", 3, ""),
        ("warning", "", 4, ""),
        ("court", "", 4, "programmes.back_to_court"),
        ("recall", "", 4, "programmes.recall"),
    ],
)
def test_what_each_decision_counts_and_announces(person, manager, decision, reason, counts, event):
    decide(reader=manager, miss=first(person), decision=decision, reason=reason)
    assert failures(person, until=DAY, within=365) == counts
    assert [each.kind for each in waiting() if each.kind.startswith("programmes")] == [event] * bool(event)
    why = ": ill or at a medical appointment" if reason else ""
    assert [row.text for row in owed()] == [f"Missed appointment of 5 October 2016: {DECISIONS[decision].lower()}{why}"]


@pytest.mark.parametrize(
    ("decision", "reason"), [("accepted", ""), ("accepted", "no such"), ("warning", "medical"), ("no such", "")]
)
def test_a_decision_and_a_reason_that_do_not_go_together_are_refused(person, manager, decision, reason):
    with pytest.raises(NoReason):
        decide(reader=manager, miss=first(person), decision=decision, reason=reason)
    assert not MissedDecision.objects.exists() and not owed()


def test_one_decision_stands_and_the_way_back_leaves_it_on_record(person, manager):
    decide(reader=manager, miss=first(person), decision="recall")
    with pytest.raises(DecidedAlready):
        decide(reader=manager, miss=first(person), decision="warning")
    take_back(reader=manager, miss=first(person))
    with pytest.raises(NotStanding):
        take_back(reader=manager, miss=first(person))
    assert first(person).decision is None
    decide(reader=manager, miss=first(person), decision="warning")
    kept = MissedDecision.objects.order_by("pk").values_list("decision", "withdrawn")
    assert list(kept) == [("recall", True), ("warning", False)]
    assert [each.kind for each in waiting() if each.kind.startswith("programmes")] == [
        "programmes.recall", "programmes.decision_taken_back",
    ]  # fmt: skip
    assert [row.text.partition(":")[0] for row in owed()] == [
        "Missed appointment of 5 October 2016", "Taken back", "Missed appointment of 5 October 2016",
    ]  # fmt: skip


def test_the_provider_of_a_session_is_told_that_it_was_looked_at_and_not_what_was_decided(person, manager, desk):
    decide(reader=manager, miss=first(person, 1), decision="warning", note="Third time")
    (notice,) = Notice.objects.filter(post=desk)
    assert notice.words == "The offender manager has looked at the session missed on 6 October 2016: carry on as agreed"
    assert (notice.person_id, notice.row) == (person, "sessions")


@pytest.mark.parametrize("decision", ["court", "recall"])
def test_before_somebody_may_go_to_prison_providers_are_told_to_ring_and_not_why(person, manager, desk, decision):
    decide(reader=manager, miss=first(person), decision=decision)
    (notice,) = Notice.objects.filter(post=desk)
    assert notice.words == "Ring the offender manager before the next meeting with somebody referred to you"


def test_an_accepted_reason_excuses_the_week(person, manager, store):
    store.load("prison-people", "record_id prison_number\nP1 A0001AA")
    store.load("prison-spells", "record_id prison_number prison kind start end\nC1 A0001AA Isis sentenced 2016-06-01 2016-10-04")
    store.supervise("licence", "X000001", since="2016-10-04")
    week = lambda: [c.state for c in standings([person], day=date(2016, 10, 25), pilot=current_pilot())[0].told][:3]  # noqa: E731
    assert week() == ["kept", "missed", "missed"]
    decide(reader=manager, miss=miss_of(person, "appointment", Appointment.objects.get(source__record_id="A5").pk),
           decision="accepted", reason="travel")  # fmt: skip
    assert week() == ["kept", "excused", "missed"]


@pytest.mark.parametrize(
    ("number", "status", "told"),
    [
        (1, "licence", "warning"), (2, "licence", "recall"), (2, "pss", "court"), (2, "community", "court"),
        (5, "suspended", "court"), (2, "", "court"),
    ],
)  # fmt: skip
def test_what_the_policy_of_the_pilot_file_suggests(number, status, told):
    assert suggested(number, status=status, limit=2) == told


def test_failures_are_counted_in_the_days_before_and_with_this_one(person):
    assert failures(person, until=date(2016, 10, 8), within=365) == 3
    assert failures(person, until=date(2016, 10, 13), within=6) == 2  # from 8 October on
    assert failures(person, until=date(2016, 10, 13), within=5) == 1


def test_what_somebody_else_missed_or_nobody_did_is_no_miss(person, store):
    other = store.person("X000002")
    number = first(person).number
    assert miss_of(other, "appointment", number) is None
    assert miss_of(person, "session", 999_999) is None and miss_of(person, "no-such", number) is None
    attended = Session.objects.get(source__record_id="S1").pk
    assert miss_of(person, "session", attended) is None


def test_a_miss_typed_here_is_one_too(person):
    record_appointment(by="m", person=Person.objects.get(pk=person), due_on=DAY, held_on=None, outcome="UAAB")
    assert told(person)[-1] == ("appointment", 14, True)


@pytest.mark.parametrize(
    ("on", "within", "by"),
    [
        (date(2016, 10, 5), 3, date(2016, 10, 10)),   # Wednesday to Monday
        (date(2016, 12, 22), 3, date(2016, 12, 29)),  # Christmas and the bank holidays after it do not count
    ],
)  # fmt: skip
def test_it_is_to_be_decided_within_working_days(person, on, within, by):
    assert replace(first(person), on=on).decide_by(within) == by
