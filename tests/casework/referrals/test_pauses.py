"""Stopping the clocks of a referral and letting them go on. Sent on Wednesday 1 June 2016, it has until Wednesday the 8th."""

from datetime import date

import pytest

from throughcare.casework.audit.models import Entry
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals import actions
from throughcare.casework.referrals.clocks import both_in_words, clocks_of
from throughcare.casework.referrals.errors import ClockNotRunning, ClockNotStopped, OutOfOrder, UnknownReason
from throughcare.casework.referrals.measures import MEASURES
from throughcare.casework.referrals.models import ClockPause, Referral
from throughcare.casework.referrals.queries import held_about, timeline
from throughcare.casework.referrals.talk import actions as talk
from throughcare.core.errors import StillToCome
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate

JUNE = {n: date(2016, 6, n) for n in range(1, 31)}


@pytest.fixture
def referral(store) -> Referral:
    store.join("X000001")
    store.supervise("licence", "X000001")
    return actions.refer(
        by="manager", person_id=store.person("X000001"), service="mentoring", provider="osmani_trust", route="licence", on=JUNE[1]
    )


def stop(referral, on, today=None, reason="not_reached", **more):
    return talk.stop(by="worker", referral=referral, reason=reason, on=JUNE[on], today=JUNE[today or on], **more)


def go_on(referral, on, today=None):
    talk.go_on(by="worker", referral=referral, on=JUNE[on], today=JUNE[today or on])


def words(referral, day):
    return both_in_words(clocks_of([referral], JUNE[day])[referral.pk], JUNE[day])


def test_the_clock_in_words(referral):
    said = ["Working day 0 of 2 to acknowledge; the last is Friday 3 June 2016.",
            "Working day 0 of 5 to decide; the last is Wednesday 8 June 2016."]  # fmt: skip
    assert words(referral, 1) == said
    actions.acknowledge(by="worker", referral=referral, on=JUNE[2])
    stop(referral, 3)
    assert words(referral, 6) == ["Working day 1 of 5 to decide, not counting 2 on which the clock stood still, stopped since "
                                  "Friday 3 June 2016: the person cannot be reached."]  # fmt: skip
    go_on(referral, 7)
    less = "not counting 2 on which the clock stood still"
    assert words(referral, 10) == [f"Working day 5 of 5 to decide, {less}; today is the last."]
    assert words(referral, 13) == [f"Working day 6 of 5 to decide, {less}: late."]
    actions.accept(by="worker", referral=referral, on=JUNE[10])
    assert words(referral, 20) == [f"Decided on working day 5 of 5, {less}."]


REFUSED = [
    ("a day to come", lambda r: stop(r, 3, today=2), StillToCome),
    ("before it was sent", lambda r: talk.stop(by="w", referral=r, reason="not_reached", on=date(2016, 5, 31), today=JUNE[2]),
     OutOfOrder),
    ("no such reason", lambda r: stop(r, 2, reason="moved"), UnknownReason),
    ("another reason without a note", lambda r: stop(r, 2, reason="other"), UnknownReason),
    ("stopped already", lambda r: (stop(r, 2), stop(r, 3)), ClockNotRunning),
    ("late", lambda r: stop(r, 9), ClockNotRunning),
    ("late, told as of a day when it was not", lambda r: stop(r, 7, today=9), ClockNotRunning),
    ("decided", lambda r: (actions.accept(by="w", referral=r, on=JUNE[2]), stop(r, 3)), ClockNotRunning),
    ("taken back", lambda r: (actions.withdraw(by="m", referral=r, on=JUNE[2], reason="moved"), stop(r, 3)), ClockNotRunning),
    ("goes on and was not stopped", lambda r: go_on(r, 3), ClockNotStopped),
    ("goes on before it was stopped", lambda r: (stop(r, 3), go_on(r, 2, today=3)), OutOfOrder),
    ("goes on on a day to come", lambda r: (stop(r, 3), go_on(r, 6, today=3)), StillToCome),
]  # fmt: skip


@pytest.mark.parametrize(("deed", "error"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused_leaves_nothing_more(referral, deed, error):
    with pytest.raises(error):
        deed(referral)
    assert ClockPause.objects.filter(referral=referral).count() <= 1
    assert not ClockPause.objects.exclude(end=None).exists()


def test_stopped_on_the_last_day_is_in_time_and_again_later(referral):
    stop(referral, 8)
    go_on(referral, 13)
    assert clocks_of([referral], JUNE[13])[referral.pk].decide.state == "running"
    with pytest.raises(ClockNotRunning):
        stop(referral, 14)


def test_a_referral_sent_again_begins_anew_and_is_not_stopped_by_what_stopped_it_before(referral):
    stop(referral, 2)
    actions.decline(by="worker", referral=referral, on=JUNE[3], reason="no_capacity")
    actions.reopen(by="manager", referral=referral, on=JUNE[20], reason="facts_changed")
    clock = clocks_of([referral], JUNE[21])[referral.pk].decide
    assert (clock.state, clock.days, clock.paused) == ("running", 1, 0)


def test_the_audit_and_the_person_s_record_tell_it(referral):
    stop(referral, 2, note="Letter sent back")
    go_on(referral, 6)
    verbs = list(Entry.objects.filter(verb__startswith="referrals.clock").order_by("pk").values_list("verb", "person_id"))
    assert verbs == [("referrals.clock_stopped", referral.person_id), ("referrals.clock_went_on", referral.person_id)]
    assert "Letter" not in "".join(Entry.objects.values_list("details", flat=True))
    told = [(entry.on.day, entry.words) for entry in timeline(referral.person_id)]
    assert (2, "Mentoring: the clock was stopped: the person cannot be reached") in told
    assert (6, "Mentoring: the clock went on") in told
    (held,) = held_about(referral.person_id)["When clocks of referrals stood still"]
    assert (held["note"], held["by"], held["ended_by"]) == ("Letter sent back", "worker", "worker")


# measure | value: acknowledged on the 2nd; stopped on Friday the 3rd and Monday the 6th; accepted on Friday the 10th
FIGURES = [
    ("days_to_acknowledge", 1), ("days_to_acknowledge_all", 1), ("days_to_decide", 5), ("days_to_decide_all", 7),
    ("paused_days", 2),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "value"), FIGURES)
def test_days_are_counted_with_and_without_what_was_stopped(referral, slug, value):
    actions.acknowledge(by="worker", referral=referral, on=JUNE[2])
    stop(referral, 3)
    go_on(referral, 7)
    actions.accept(by="worker", referral=referral, on=JUNE[10])
    measure = next(each for each in MEASURES if each.slug == f"referrals.{slug}")
    period = Period(start=date(2016, 6, 1), end=date(2016, 7, 1))
    found = {r.group: r.value for r in calculate(measure, pilot=current_pilot(), period=period) if r.value is not None}
    assert found == {"Mentoring": value}
