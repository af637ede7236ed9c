"""The work of a referral: goals and how they stand, the report at its end, by when, for whom; what waits on Today."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.audit.models import Entry
from throughcare.casework.referrals import actions as referrals
from throughcare.casework.referrals.models import Referral
from throughcare.strands.programmes.actions import record_session
from throughcare.strands.programmes.models import EndReport, GoalReview
from throughcare.strands.programmes.record import held_about, timeline
from throughcare.strands.programmes.work import actions, queries
from throughcare.strands.programmes.work.codes import AREAS, OUTCOMES
from throughcare.strands.programmes.work.tasks import tasks

SENT, END = date(2016, 9, 1), date(2016, 10, 14)
WORDS = {"done": "MARKDONE", "needed": "", "following": "MARKNEXT"}


@pytest.fixture
def referral(store) -> Referral:
    store.load("provider-referrals", "record_id crn service provider sent_on accepted_on started_on\n"
               f"R1 X000001 mentoring osmani_trust {SENT} 2016-09-02 2016-09-05")  # fmt: skip
    return Referral.objects.get()


@pytest.fixture
def ended(referral) -> Referral:
    referrals.end_early(by="t", referral=referral, on=END, reason="needs_met")
    return referral


@pytest.fixture
def worker(desk, reader_of):
    return reader_of("provider_worker", END, "osmani")


def agree(referral, on=END, area="money", text="A bank account in his own name"):
    return actions.agree_goal(by="t", referral=referral, area=area, text=text, on=on, today=END)


def report(referral, today=END, **words):
    actions.keep_draft(by="t", referral=referral, today=today, **(WORDS | words))
    return actions.send_report(by="t", referral=referral, today=today)


@pytest.mark.parametrize("area", AREAS)
def test_a_goal_of_every_need(referral, area):
    agree(referral, area=area)
    assert [(each.goal.area, each.review) for each in queries.goals_of(referral.pk)] == [(area, None)]


NO_GOAL = [
    ("no such need", {"area": "luck"}), ("no words", {"text": "  "}), ("before the sending", {"on": SENT - timedelta(days=1)}),
]  # fmt: skip


@pytest.mark.parametrize("told", [row[1] for row in NO_GOAL], ids=[row[0] for row in NO_GOAL])
def test_what_is_no_goal(referral, told):
    with pytest.raises(actions.NoGoal):
        agree(referral, **told)


def test_no_goal_is_agreed_when_the_work_is_over(ended):
    with pytest.raises(actions.NoGoal):
        agree(ended)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_last_review_holds_and_all_stay_on_record(referral, outcome):
    goal = agree(referral, on=SENT)
    for each, on in (("partly", SENT), (outcome, END)):
        actions.review_goal(by="t", goal=goal, outcome=each, on=on, today=END)
    (standing,) = queries.goals_of(referral.pk)
    assert standing.review.outcome == outcome
    assert GoalReview.objects.filter(goal=goal).values_list("outcome", flat=True).count() == 2
    for wrong in ({"outcome": "won", "on": END}, {"outcome": "met", "on": SENT}):
        with pytest.raises(actions.NotReviewed):
            actions.review_goal(by="t", goal=goal, today=END, **wrong)


def test_sessions_are_worked_out_and_what_was_put_off_was_not_offered(referral):
    for day, outcome in enumerate(("ATTC", "UAAB", "RSSR", "RSOF", "AAME", "AFTC"), start=6):
        record_session(by="t", referral=referral, held_on=date(2016, 9, day), outcome=outcome)
    assert queries.sessions_of(referral.pk) == (2, 4)


def test_a_report_keeps_how_it_ended_and_cannot_be_sent_twice(ended):
    record_session_of_before(ended)
    sent = report(ended)
    assert (sent.how, sent.reason, sent.ended_on, sent.attended, sent.offered) == ("ended_early", "needs_met", END, 0, 0)
    with pytest.raises(actions.NotReported):
        report(ended)


def record_session_of_before(referral):
    """What is recorded of a referral that is over is refused, so that a report that was sent stays true."""
    with pytest.raises(Exception, match="can have no session"):
        record_session(by="t", referral=referral, held_on=END, outcome="ATTC")


# What is left out of the report; it is not sent, and the draft is kept.
@pytest.mark.parametrize("left_out", ["done", "following"])
def test_a_report_that_is_not_whole_stays_a_draft(ended, left_out):
    with pytest.raises(actions.NotReported):
        report(ended, **{left_out: " "})
    assert queries.draft_of(ended.pk) is not None
    assert queries.sent_of(ended.pk) == []


def test_every_goal_is_reviewed_before_the_report_and_none_after(referral):
    goal = agree(referral)
    referrals.complete(by="t", referral=referral, on=END)
    with pytest.raises(actions.NotReported):
        report(referral)
    actions.review_goal(by="t", goal=goal, outcome="met", on=END, today=END)
    report(referral)
    with pytest.raises(actions.NotReviewed):
        actions.review_goal(by="t", goal=goal, outcome="not_met", on=END, today=END)


# Days after the end: what waits on the provider's Today, and whether the report can still be written.
LATER = [(0, 3, True), (7, 3, True), (8, 2, True), (13, 2, True), (14, None, False)]


@pytest.mark.parametrize(("days", "harm", "may"), LATER)
def test_by_when_it_is_written(ended, worker, days, harm, may):
    day = END + timedelta(days=days)
    waits = [task for task in tasks(replace(worker, day=day, _asked={})) if "report" in task.kind]
    assert [task.harm for task in waits] == ([harm] if harm else [])
    assert all(("overdue" in task.words) == (harm == 2) for task in waits)
    if may:
        report(ended, today=day)
        assert not list(tasks(replace(worker, day=day, _asked={})))
    else:
        with pytest.raises(actions.NotReported):
            report(ended, today=day)


@pytest.mark.parametrize("how", ["decline", "withdraw"])
def test_nothing_is_written_of_what_was_declined_or_taken_back(store, worker, how):
    store.load("provider-referrals", f"record_id crn service provider sent_on\nR1 X000001 mentoring osmani_trust {SENT}")
    referral = Referral.objects.get()
    if how == "decline":
        referrals.decline(by="t", referral=referral, on=END, reason="no_capacity")
    else:
        referrals.withdraw(by="t", referral=referral, on=END, reason="moved")
    assert list(tasks(worker)) == []
    with pytest.raises(actions.NotReported):
        report(referral)


def test_one_that_is_opened_again_has_another_report_at_its_next_end(ended, worker):
    first, later = report(ended), END + timedelta(days=3)
    referrals.reopen(by="t", referral=ended, on=END + timedelta(days=1), reason="facts_changed")
    with pytest.raises(actions.NotReported):
        report(ended, today=later)
    referrals.complete(by="t", referral=ended, on=later)
    assert len(list(tasks(replace(worker, day=later, _asked={})))) == 1
    second = report(ended, today=later)
    assert [each.pk for each in queries.sent_of(ended.pk)] == [second.pk, first.pk]


def test_the_manager_is_asked_to_read_it_until_it_was_read(ended, manager):
    access.allocate(by="t", person=ended.person_id, post=manager.post, on=SENT)
    assert list(tasks(manager)) == []
    sent = report(ended)
    assert [task.kind for task in tasks(manager)] == ["End-of-service reports to read"]
    actions.mark_read(by="m", report=sent, today=END)
    actions.mark_read(by="somebody else", report=sent, today=END)
    assert EndReport.objects.get().read_by == "m"
    assert list(tasks(manager)) == []


def test_who_writes_it(ended, worker, manager, reader_of):
    other = reader_of("provider_worker", END, "rise", place="rise_mutual")
    access.allocate(by="t", person=ended.person_id, post=manager.post, on=SENT)
    assert [queries.writes(each, ended) for each in (worker, manager, other)] == [True, False, False]
    assert [queries.found_by(each, ended.pk) is not None for each in (worker, manager, other)] == [True, True, False]


def test_the_words_stand_where_they_are_held_and_nowhere_else(referral):
    goal = agree(referral, text="MARKGOAL")
    actions.review_goal(by="t", goal=goal, outcome="met", on=END, today=END, note="MARKNOTE")
    referrals.complete(by="t", referral=referral, on=END)
    report(referral)
    told = [entry.words for entry in timeline(referral.person_id)]
    assert {"Goal agreed: money, benefits and debt", "Goal, money, benefits and debt: met",
            "The provider's end-of-service report came"} <= set(told)  # fmt: skip
    held = held_about(referral.person_id)
    tables = ("Goals agreed with providers", "How goals stood", "End-of-service reports")
    assert [len(held[table]) for table in tables] == [1, 1, 1]
    assert not [words for words in (*told, *Entry.objects.values_list("details", flat=True)) if "MARK" in words]


# Days after the end, whether a report was sent on some day; what the manager is told.
NOT_COME = [
    (7, None, []), (8, None, ["until"]), (13, None, ["until"]), (14, None, ["no more"]), (35, None, ["no more"]), (36, None, []),
    (8, 8, []), (20, 9, []),
]  # fmt: skip


@pytest.mark.parametrize(("days", "sent", "told"), NOT_COME)
def test_the_manager_is_told_that_no_report_came_in_its_days(ended, manager, desk, days, sent, told):
    """In time is within 7 days; the provider can write for 14; the manager is told for 28 after the 7."""
    access.allocate(by="t", person=ended.person_id, post=manager.post, on=SENT)
    if sent is not None:
        report(ended, today=END + timedelta(days=sent))
    found = [task for task in tasks(replace(manager, day=END + timedelta(days=days), _asked={})) if "did not come" in task.kind]
    assert len(found) == len(told)
    assert all(any(part in task.words for part in told) and "020 7946 0202" in task.words for task in found)


def test_no_other_manager_is_told_and_none_of_work_that_goes_on_again(ended, manager, reader_of):
    access.allocate(by="t", person=ended.person_id, post=manager.post, on=SENT)
    later = END + timedelta(days=9)
    other = reader_of("offender_manager", later, "other")
    assert [len(list(tasks(replace(each, day=later, _asked={})))) for each in (manager, other)] == [1, 0]
    referrals.reopen(by="t", referral=ended, on=later, reason="facts_changed")
    assert list(tasks(replace(manager, day=later, _asked={}))) == []
