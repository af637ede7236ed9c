"""A volunteer's meetings: why one is off and who is told, what is said of meeting safely, one that was not planned."""

from datetime import date, time

import pytest

from tests.strands.programmes.test_meetings import DAY, at, happened, plan, referral, visit
from throughcare.casework.access import actions as access
from throughcare.casework.audit.models import Entry
from throughcare.casework.notes import actions as notes
from throughcare.casework.notices.models import Notice
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals import actions as referrals
from throughcare.casework.referrals.models import Referral
from throughcare.core.errors import UserError
from throughcare.core.times import instant
from throughcare.strands.programmes.attendance import OUTCOMES
from throughcare.strands.programmes.decisions.actions import decide, take_back
from throughcare.strands.programmes.decisions.queries import miss_of
from throughcare.strands.programmes.meetings import actions, codes
from throughcare.strands.programmes.meetings.pages import MetForm, WentForm
from throughcare.strands.programmes.meetings.places import same_place
from throughcare.strands.programmes.meetings.safely import safely, whom_to_ring
from throughcare.strands.programmes.models import PlannedSession, Session
from throughcare.strands.programmes.waiting import tasks

__all__ = ["plan", "referral"]


@pytest.fixture
def volunteer(referral, reader_of):
    """A volunteer of the desk, matched with the person."""
    reader = reader_of("volunteer", DAY, place="osmani_trust", team="mentoring")
    access.allocate(by="t", person=referral.person_id, post=reader.post, on=date(2016, 10, 1))
    return reader


def told(reader) -> list[str]:
    return list(Notice.objects.filter(post=reader.post).order_by("pk").values_list("words", flat=True))


# What happens, what of a visit on the 17th and a meeting outside on the 18th is flagged, and what its holder is told.
@pytest.mark.parametrize(("kinds", "place", "flags", "said"), [
    (["prison.received"], "Pentonville", ["", "custody"], ["is off: open it to see why, and whom to ring"]),
    (["prison.received"], "Isis", ["moved", "custody"], ["is off: open it to see why", "was moved to Isis: plan it anew"]),
    (["prison.moved"], "Isis", ["moved", ""], ["was moved to Isis"]),
    (["prison.received", "prison.released"], "Pentonville", ["released", ""], ["is off", "can be as planned", "was released"]),
    (["programmes.recall"], "", ["ring", "ring"], ["is off: open it to see why, and whom to ring"] * 2),
    (["programmes.back_to_court"], "", ["ring", "ring"], ["is off"] * 2),
    (["programmes.recall", "prison.received"], "Pentonville", ["ring", "ring"], ["is off"] * 2),
    (["programmes.recall", "programmes.decision_taken_back"], "", ["", ""], ["is off"] * 2 + ["can be as planned"] * 2),
    (["prison.new_date"], "", ["", ""], []),
])  # fmt: skip
def test_what_makes_a_meeting_be_off_and_its_holder_is_told(plan, volunteer, referral, desk, kinds, place, flags, said):
    planned = [plan(**visit(17)), plan(18, post=volunteer.post)]
    for kind in kinds:
        assert happened(kind, referral.person_id, place) == []
        assert happened(kind, referral.person_id, place) == []  # the second time changes nothing
    found = [PlannedSession.objects.get(pk=each.pk).flag for each in planned]
    assert found == flags
    words = [n.words for n in Notice.objects.filter(key__startswith="programmes.visit").order_by("pk")]
    assert len(words) == len(said)
    assert all(any(part in each for each in words) for part in said)
    assert "Ashdown" not in " ".join(words)
    assert "recall" not in " ".join(words).lower()


def test_what_a_task_and_a_page_say_follows_who_may_know_where_the_person_is(plan, volunteer, referral):
    plan(18, post=volunteer.post)
    happened("prison.received", referral.person_id, "Pentonville")
    assert [t.words for t in tasks(volunteer) if t.kind == "Meetings that are off"] == [
        "Meeting on Tuesday 18 October 2016: in custody"
    ]
    assert codes.flag_words("custody", "", custody=False) == "ring their manager before you meet"
    assert codes.flag_words("moved", "Isis", custody=True) == "moved to another prison, now in Isis"


def test_a_decision_to_recall_reaches_the_volunteer_as_a_word_to_ring_and_taken_back_as_a_word_to_go(
    plan, volunteer, referral, manager
):
    missed, to_come = plan(14, post=volunteer.post), plan(18, post=volunteer.post)
    actions.went(by=volunteer.by, meeting=missed, how="missed", on=DAY)
    miss = miss_of(referral.person_id, "session", Session.objects.get().pk)
    decide(reader=manager, miss=miss, decision="recall")
    happened("nothing", referral.person_id, "")
    assert PlannedSession.objects.get(pk=to_come.pk).flag == "ring"
    take_back(reader=manager, miss=miss_of(referral.person_id, "session", miss.number))
    happened("nothing", referral.person_id, "")
    assert PlannedSession.objects.get(pk=to_come.pk).flag == ""


def test_when_the_work_ends_what_is_planned_after_it_is_off(plan, volunteer, referral):
    today, later = plan(14, post=volunteer.post), plan(18, post=volunteer.post)
    referrals.withdraw(by="manager", referral=referral, on=DAY, reason="moved")
    happened("nothing", referral.person_id, "")
    assert [PlannedSession.objects.get(pk=each.pk).state for each in (today, later)] == ["planned", "cancelled"]
    assert PlannedSession.objects.get(pk=later.pk).reason == "ended"
    assert told(volunteer) == ["Your meeting on Tuesday 18 October 2016 is off: open it to see why, and whom to ring"]


# Who cancels or moves, and whether the volunteer whose meeting it is is told.
@pytest.mark.parametrize(("by", "count"), [("ann as osmani", 2), ("volunteer as volunteer", 0)])
def test_who_holds_a_meeting_is_told_what_another_did_with_it(plan, volunteer, by, count):
    moved, off = plan(17, post=volunteer.post), plan(18, post=volunteer.post)
    actions.move(by=by, meeting=moved, starts_at=at(19), reason="us", on=DAY)
    actions.cancel(by=by, meeting=off, reason="us", on=DAY)
    assert len(told(volunteer)) == count


def test_no_way_of_telling_how_it_went_lets_the_volunteer_accept_an_absence(plan, volunteer):
    for form in (WentForm(), MetForm()):
        assert [code for code, _ in form.fields["how"].choices if code] == ["held", "missed", "called_off"]
    assert {OUTCOMES[code].words for code in codes.OUTCOMES.values()} & {"accepted"} == set()
    assert not OUTCOMES[codes.OUTCOMES[codes.MISSED]].complied  # the manager may accept the reason


def test_a_meeting_that_nobody_had_planned_is_kept_and_can_be_taken_back(volunteer, referral):
    told = {"by": volunteer.by, "referral": referral, "post": volunteer.post, "on": DAY}
    meeting = actions.met_unplanned(**told, starts_at=at(13, 16), how="held", line="By chance")
    assert list(Session.objects.values_list("held_on", "outcome")) == [(date(2016, 10, 13), "ATTC")]
    for wrong in ({"starts_at": at(15), "how": "held"}, {"starts_at": at(12), "how": "called_off"}):
        with pytest.raises(UserError):
            actions.met_unplanned(**told, **wrong)
    assert PlannedSession.objects.count() == 1, "what was refused left nothing"
    actions.take_back(by=volunteer.by, meeting=meeting, on=DAY)
    assert not Session.objects.exists()


# A place as it is typed, one to keep away from, and whether they are the same.
SAME = [
    ("The library, Mare Street", "Mare Street", True),
    ("the LIBRARY", "Library, Mare Street", True),
    ("Cafe", "Youth centre, Brick Lane", False),
    ("Street", "Mare Street", True),                 # errs on the side of yes
    ("Mare Lane", "Mare Street", False),
    ("", "Mare Street", False),
    ("The", "Mare Street", False),
    ("A B", "A B Street", False),                    # no word of three letters
]  # fmt: skip


@pytest.mark.parametrize(("typed", "avoided", "same"), SAME)
def test_one_place_in_other_words(typed, avoided, same):
    assert same_place(typed, avoided) is same is same_place(avoided, typed)


def test_not_there_and_not_with_are_said_without_naming_whom_or_where(plan, volunteer, referral, manager, store):
    other = store.person("X000002")
    notes.avoid(reader=manager, person=referral.person_id, place="Mare Street", why="MARKWHY", start=DAY)
    notes.avoid(reader=manager, person=other, other=referral.person_id, why="MARKWHY", start=DAY)
    notes.tell_risk(reader=manager, person=referral.person_id, text="Never alone with him", start=DAY)
    with pytest.raises(actions.NotThatPlace) as refused:
        plan(17, post=volunteer.post, place="The library, Mare Street")
    assert "Mare" not in str(refused.value) and "MARKWHY" not in str(refused.value)
    fine = plan(17, post=volunteer.post, place="Cafe, Brick Lane")
    found = safely(referral.person_id, DAY, risks=True, meeting=fine)
    assert (found.risks, found.not_there, found.not_then, found.places, found.people) == (
        ["Never alone with him"], False, False, True, True
    )  # fmt: skip
    assert safely(other, DAY, risks=False).people, "it holds for either of the two"
    assert safely(other, DAY, risks=False).risks is None, "who may not know the risks is told to ask"
    assert not safely(other, DAY, risks=False).places


def test_each_place_that_is_refused_is_on_record_and_never_which(plan, volunteer, referral, manager):
    notes.avoid(reader=manager, person=referral.person_id, place="Mare Street", why="MARKWHY", start=DAY)
    planned = plan(17, post=volunteer.post, place="Cafe, Brick Lane", by=volunteer.by)
    again = {"meeting": planned, "starts_at": at(18), "reason": "us", "on": DAY}
    for guess in (lambda: plan(18, post=volunteer.post, place="Mare Street", by=volunteer.by),
                  lambda: actions.move(by=volunteer.by, place="The library, Mare Street", **again)):  # fmt: skip
        with pytest.raises(actions.NotThatPlace):
            guess()
    tried = Entry.objects.filter(verb="programmes.place_refused", actor=volunteer.by, person_id=referral.person_id)
    assert [(each.subject_id, each.details) for each in tried] == [(str(referral.pk), "{}")] * 2
    assert PlannedSession.objects.get(pk=planned.pk).state == "planned"  # all else is taken back
    assert PlannedSession.objects.count() == 1


def test_a_place_forbidden_since_and_two_who_must_not_meet(plan, volunteer, referral, manager, desk):
    mine = plan(17, post=volunteer.post, place="Cafe, Brick Lane")
    second = Referral.objects.get(source__record_id="R2")
    referrals.accept(by="t", referral=second, on=DAY)
    near = plan(17, referral=second, starts_at=at(17, 12), post=desk, place="Brick Lane")
    notes.avoid(reader=manager, person=referral.person_id, other=second.person_id, why="w", start=DAY)
    assert safely(referral.person_id, DAY, risks=True, meeting=mine).not_then
    assert safely(second.person_id, DAY, risks=True, meeting=near).not_then
    actions.move(by="t", meeting=near, starts_at=instant(date(2016, 10, 17), time(16)), reason="us", on=DAY, place="Brick Lane")
    assert not safely(referral.person_id, DAY, risks=True, meeting=mine).off
    notes.avoid(reader=manager, person=referral.person_id, place="Brick Lane", why="w", start=DAY)
    assert safely(referral.person_id, DAY, risks=True, meeting=mine).not_there


@pytest.mark.parametrize(("hours", "told"), [(1, False), (2, False), (3, True), (24, True)])
def test_how_far_apart_two_are_kept_is_the_pilot_files(plan, volunteer, referral, manager, desk, monkeypatch, hours, told):
    """At one place at ten and at twelve: within three hours, not within two."""
    second = Referral.objects.get(source__record_id="R2")
    referrals.accept(by="t", referral=second, on=DAY)
    mine = plan(17, post=volunteer.post, place="Cafe, Brick Lane")
    plan(17, referral=second, starts_at=at(17, 12), post=desk, place="Brick Lane")
    notes.avoid(reader=manager, person=referral.person_id, other=second.person_id, why="w", start=DAY)
    pilot = current_pilot()
    changed = pilot.model_copy(update={"contact": pilot.contact.model_copy(update={"hours_apart": hours})})
    monkeypatch.setattr("throughcare.strands.programmes.meetings.safely.current_pilot", lambda: changed)
    assert safely(referral.person_id, DAY, risks=True, meeting=mine).not_then is told


def test_whom_to_ring_is_the_manager_and_the_desk(volunteer, referral, manager, desk):
    assert [post.telephone for _, post in whom_to_ring(referral, DAY)] == ["020 7946 0202"]
    access.allocate(by="t", person=referral.person_id, post=manager.post, on=DAY)
    assert [(words, post.telephone) for words, post in whom_to_ring(referral, DAY)] == [
        ("Their manager", "020 7946 0101"), ("Your desk", "020 7946 0202"),
    ]  # fmt: skip
