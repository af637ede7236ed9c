"""Meetings and visits: what may be planned, how one went, moved and cancelled; visits to people who were moved; clearances."""

from datetime import date, time, timedelta

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.audit.actions import recording
from throughcare.casework.events.actions import announce, handle_pending
from throughcare.casework.notices.models import Notice
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.core.contracts import Event
from throughcare.core.times import instant, time_in_words
from throughcare.registry.parts import handlers
from throughcare.strands.programmes.clearances import actions as clearances
from throughcare.strands.programmes.clearances.queries import cleared
from throughcare.strands.programmes.decisions.actions import decide
from throughcare.strands.programmes.decisions.queries import miss_of
from throughcare.strands.programmes.meetings import actions
from throughcare.strands.programmes.models import PlannedSession, Session
from throughcare.strands.programmes.record import held_about, timeline
from throughcare.strands.programmes.waiting import diary, tasks

DAY = date(2016, 10, 14)


def at(day: int, hour: int = 10):
    return instant(date(2016, 10, day), time(hour))


@pytest.fixture
def referral(store, desk) -> Referral:
    """Accepted, of somebody in Pentonville, for which the desk is cleared."""
    store.load("provider-referrals", "record_id crn service provider sent_on accepted_on\n"
               "R1 X000001 mentoring osmani_trust 2016-09-20 2016-09-22\n"
               "R2 X000002 mentoring osmani_trust 2016-09-20 -\n")  # fmt: skip
    store.load("prison-spells", "record_id prison_number prison kind start\nC1 A0001AA Pentonville sentenced 2016-06-01")
    asked = clearances.ask(by="t", post=desk, prison="Pentonville", on=date(2016, 9, 1))
    clearances.grant(by="t", clearance=asked, on=date(2016, 9, 8), expires_on=date(2016, 10, 20))
    return Referral.objects.get(source__record_id="R1")


@pytest.fixture
def plan(referral, desk):
    def run(day: int = 17, **told) -> PlannedSession:
        asked = {"by": "t", "referral": referral, "kind": "meeting", "starts_at": at(day), "post": desk, "on": DAY, **told}
        return actions.plan(**asked)

    return run


def visit(day: int = 17, prison: str = "Pentonville") -> dict[str, object]:
    return {"kind": "visit", "prison": prison, "starts_at": at(day)}


def test_what_may_not_be_planned(plan, desk, store):
    plan()
    other = Referral.objects.get(source__record_id="R2")
    second = access.make_post(by="t", slug="second", title="Second", role="provider_worker", place="osmani_trust")
    for refused, told in (
        (actions.CannotBePlanned, {"referral": other}),                  # not accepted yet
        (actions.CannotBePlanned, {"starts_at": at(13)}),                # past
        (actions.CannotBePlanned, {}),                                   # the post has another at that time
        (actions.NotThere, visit(18, "Isis")),                           # another prison than the person's
        (actions.NoClearance, visit(18) | {"post": second}),             # never cleared
        (actions.NoClearance, visit(20)),                                # the clearance has ended by then
    ):  # fmt: skip
        with pytest.raises(refused):
            plan(**told)
    assert PlannedSession.objects.count() == 1
    plan(**visit(19))


def test_how_it_went_is_a_session_of_its_day_and_can_be_taken_back(plan, referral):
    held, missed, off = plan(14), plan(14, starts_at=at(14, 11)), plan(14, starts_at=at(14, 12))
    actions.went(by="t", meeting=held, how="held", on=DAY, line="Talked of work")
    actions.went(by="t", meeting=missed, how="missed", on=DAY)
    actions.went(by="t", meeting=off, how="called_off", on=DAY, reason="us")
    assert list(Session.objects.order_by("pk").values_list("held_on", "outcome")) == [(DAY, "ATTC"), (DAY, "UAAB")]
    assert state_of(referral.pk) == "started"
    with pytest.raises(actions.NotPlanned):
        actions.went(by="t", meeting=held, how="missed", on=DAY)
    for meeting in (held, missed, off):
        actions.take_back(by="t", meeting=meeting, on=DAY)
    assert not Session.objects.exists()
    assert set(PlannedSession.objects.values_list("state", "line", "session")) == {("planned", "", None)}


def test_it_is_told_of_on_its_day_and_not_before(plan):
    meeting = plan(15)
    with pytest.raises(actions.NotPlanned):
        actions.went(by="t", meeting=meeting, how="held", on=DAY)
    actions.went(by="t", meeting=meeting, how="held", on=date(2016, 10, 15))


@pytest.mark.parametrize("wrong", [{"how": "called_off"}, {"how": "called_off", "reason": "no such"}, {"how": "no such"}])
def test_a_code_that_is_none_is_refused(plan, wrong):
    with pytest.raises(actions.NoSuchCode):
        actions.went(by="t", meeting=plan(14), on=DAY, **wrong)


def test_what_the_manager_has_decided_of_is_not_taken_back(plan, manager, referral):
    meeting = plan(14)
    actions.went(by="t", meeting=meeting, how="missed", on=DAY)
    decide(reader=manager, miss=miss_of(referral.person_id, "session", Session.objects.get().pk), decision="warning")
    with pytest.raises(actions.Decided):
        actions.take_back(by="t", meeting=meeting, on=DAY)


def test_moved_is_planned_anew_and_points_to_it(plan):
    meeting = plan()
    again = actions.move(by="t", meeting=meeting, starts_at=at(18), reason="person", on=DAY)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.moved_to_id, again.state) == ("moved", again.pk, "planned")
    with pytest.raises(actions.NotPlanned):
        actions.cancel(by="t", meeting=meeting, reason="us", on=DAY)
    with pytest.raises(actions.NotPlanned):
        actions.take_back(by="t", meeting=meeting, on=DAY)
    actions.cancel(by="t", meeting=again, reason="us", on=DAY)


def test_what_is_refused_in_moving_leaves_the_old_one_planned(plan):
    meeting = plan()
    with pytest.raises(actions.CannotBePlanned):
        actions.move(by="t", meeting=meeting, starts_at=at(10), reason="us", on=DAY)
    meeting.refresh_from_db()
    assert meeting.state == "planned"


def happened(kind: str, person: int, place: str, on: date = DAY) -> list[str]:
    """What the prison strand announces, and what its handlers say of it."""
    told = {"words": "Somewhere else", "place": place, "from": "Pentonville", "learned_on": str(on)}
    event = Event(kind=kind, person_id=person, subject_type="x", subject_id=1, happened_on=on, details=told)
    with recording(by="prison", verb="prison.test"):
        announce(event)
    return list(handle_pending(by="worker", handlers=handlers()).errors)


@pytest.mark.parametrize(
    ("kind", "place", "flagged", "said"),
    [
        ("prison.moved", "Isis", ["17", "19"], "was moved to Isis: plan it anew"),
        ("prison.moved", "Pentonville", [], ""),                     # there already, or back again
        ("prison.released", "", ["17", "19"], "was released: plan it anew"),
    ],
)  # fmt: skip
def test_a_visit_to_somebody_moved_or_released_is_flagged_and_its_owner_told(
    plan, referral, desk, reader_of, kind, place, flagged, said
):
    plan(**visit(17)), plan(**visit(19)), plan(18)
    earlier = plan(**visit(14))
    actions.went(by="t", meeting=earlier, how="held", on=DAY)
    assert happened(kind, referral.person_id, place) == happened(kind, referral.person_id, place) == []
    found = PlannedSession.objects.exclude(flag="").order_by("starts_at")
    assert [f"{each.starts_at:%d}" for each in found] == flagged
    assert [notice.words.partition(" October 2016 ")[2] for notice in Notice.objects.filter(post=desk)] == [said] * len(flagged)
    waits = [(t.harm, t.words) for t in tasks(reader_of("provider_worker", date(2016, 10, 15), slug="osmani"))
             if t.kind == "Visits to plan anew"]  # fmt: skip
    assert [harm for harm, _ in waits] == [1, 2][: len(flagged)], "for now from two days before"


def test_a_visit_planned_anew_waits_no_more(plan, referral, desk, reader_of, store):
    meeting = plan(**visit(19))
    happened("prison.moved", referral.person_id, "Isis")
    reader = reader_of("provider_worker", DAY, slug="osmani")
    assert [t.kind for t in tasks(reader) if "anew" in t.kind] == ["Visits to plan anew"]
    with pytest.raises(actions.NoClearance):  # the desk has none for Isis, and is told so
        store.load("prison-spells", "record_id prison_number prison kind start end\n"
                   "C1 A0001AA Pentonville sentenced 2016-06-01 2016-10-14\nC2 A0001AA Isis sentenced 2016-10-14 -")  # fmt: skip
        actions.move(by="t", meeting=meeting, starts_at=at(20), reason="moved", on=DAY, prison="Isis")
    asked = clearances.ask(by="t", post=desk, prison="Isis", on=DAY)
    clearances.grant(by="t", clearance=asked, on=DAY)
    actions.move(by="t", meeting=meeting, starts_at=at(20), reason="moved", on=DAY, prison="Isis")
    assert [t.kind for t in tasks(reader) if "anew" in t.kind] == []


def test_the_day_of_who_holds_the_meeting_and_what_it_leaves_to_say(plan, reader_of):
    plan(14), plan(17)
    reader = reader_of("provider_worker", DAY, slug="osmani")
    assert [(time_in_words(m.at), m.words) for m in diary(reader)] == [("10am", "Meeting")]
    later = reader_of("provider_worker", date(2016, 10, 15), slug="osmani")
    assert [t.words for t in tasks(later) if t.kind == "How did it go?"] == [
        "Meeting of Friday 14 October 2016: how did it go?"
    ]


def test_the_prisons_last_answer_counts(plan):
    meeting = plan(**visit())
    actions.answer_visit(by="t", meeting=meeting, confirmed=True, on=DAY)
    actions.answer_visit(by="t", meeting=meeting, confirmed=False, on=DAY, reason="no_room")
    meeting.refresh_from_db()
    assert (meeting.confirmed_on, meeting.refused_on, meeting.refusal) == (None, DAY, "no_room")
    for wrong in ({"reason": ""}, {"reason": "no such"}):
        with pytest.raises(actions.NoSuchCode):
            actions.answer_visit(by="t", meeting=meeting, confirmed=False, on=DAY, **wrong)


def test_a_clearance_holds_from_its_day_to_before_its_end(referral, desk):
    days = [date(2016, 9, 7), date(2016, 9, 8), date(2016, 10, 19), date(2016, 10, 20)]
    assert [cleared(desk, "Pentonville", on) for on in days] == [False, True, True, False]
    assert not cleared(desk, "Isis", DAY)


def test_a_clearance_is_asked_once_at_a_time_and_answered_once(desk, manager):
    asked = clearances.ask(by="t", post=desk, prison="Isis", on=DAY)
    for post, prison in ((desk, "Isis"), (desk, "Nowhere"), (manager.post, "Brixton")):
        with pytest.raises(clearances.NotAsked):
            clearances.ask(by="t", on=DAY, post=post, prison=prison)
    for wrong in (
        lambda: clearances.refuse(by="t", clearance=asked, on=DAY, reason="no such"),
        lambda: clearances.grant(by="t", clearance=asked, on=DAY, expires_on=DAY),
        lambda: clearances.grant(by="t", clearance=asked, on=DAY - timedelta(days=1)),
        lambda: clearances.take_back_answer(by="t", clearance=asked),
    ):
        with pytest.raises(clearances.NotAnAnswer):
            wrong()
    clearances.refuse(by="t", clearance=asked, on=DAY, reason="papers")
    with pytest.raises(clearances.NotAnAnswer):
        clearances.grant(by="t", clearance=asked, on=DAY)
    clearances.take_back_answer(by="t", clearance=asked)
    clearances.grant(by="t", clearance=asked, on=DAY)
    assert cleared(desk, "Isis", DAY)
    clearances.ask(by="t", post=desk, prison="Isis", on=DAY)  # to renew it


def test_the_timeline_and_what_is_held_tell_of_all_of_it(plan, manager, referral):
    plan(17, place="The library")
    off, missed = plan(14), plan(14, starts_at=at(14, 11))
    actions.went(by="t", meeting=off, how="called_off", on=DAY, reason="us")
    actions.went(by="t", meeting=missed, how="missed", on=DAY)
    decide(reader=manager, miss=miss_of(referral.person_id, "session", Session.objects.get().pk), decision="warning")
    told = {(entry.words, entry.row, entry.on.day) for entry in timeline(referral.person_id)}
    assert told == {
        ("Meeting at 10am", "sessions", 17), ("Meeting: called off", "sessions", 14), ("Session not attended", "sessions", 14),
        ("Missed session: warning", "court_cases", 14),
    }  # fmt: skip
    held = {table: len(rows) for table, rows in held_about(referral.person_id).items() if rows}
    assert held == {"Meetings planned": 3, "What missed appointments and sessions came to": 1, "Sessions": 1}
