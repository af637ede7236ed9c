"""Groups: places and the last of them, the check and how it falls away, quorum, attendance of eight at once, the end."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.at_once import in_a_new_store
from throughcare.casework.access import actions as access
from throughcare.casework.audit.actions import recording
from throughcare.casework.events.actions import handle_pending
from throughcare.casework.notes.models import Avoid
from throughcare.casework.referrals import actions as referrals
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.registry.parts import handlers
from throughcare.strands.programmes.groups import actions, codes, queries
from throughcare.strands.programmes.groups.tasks import tasks
from throughcare.strands.programmes.models import Group, GroupAttendance, GroupCheck, GroupPlace, Session
from throughcare.strands.programmes.record import held_about, timeline

DAY = date(2016, 10, 14)
EIGHT = tuple(range(1, 9))
PLAN = {"service": "tiger", "provider": "rise_mutual", "name": "TIGER 3", "venue": "Mare Street hall", "starts_on": DAY,
        "at": time(14), "weeks": 3, "capacity": 8, "quorum": 6, "on": DAY}  # fmt: skip


@pytest.fixture
def sent(store) -> list[Referral]:
    """Nine people of Hackney, accepted for TIGER one day after another, from the ninth to the first."""
    who = range(1, 10)
    store.load("nps-people", "record_id crn surname date_of_birth sex\n" + "\n".join(
        f"G{n} Y00000{n} Grouped{'abcdefghi'[n - 1]} 1994-05-0{n} M" for n in who))
    store.load("nps-addresses", "record_id crn postcode borough start\n" + "\n".join(
        f"A{n} Y00000{n} E84QN Hackney 2010-01-01" for n in who))
    store.load("provider-referrals", "record_id crn service provider sent_on accepted_on\n" + "\n".join(
        f"T{n} Y00000{n} tiger rise_mutual 2016-09-01 2016-09-{20 - n}" for n in who))
    return [Referral.objects.get(source__record_id=f"T{n}") for n in who]


@pytest.fixture
def worker(reader_of):
    return reader_of("provider_worker", DAY, "rise", place="rise_mutual")


@pytest.fixture
def checker(reader_of):
    return reader_of("iom_coordinator", DAY, "hackney", place="Hackney")


@pytest.fixture
def group(sent) -> Group:
    return actions.plan_group(by="t", **PLAN)


@pytest.fixture
def full(group, sent) -> Group:
    """Eight in it, the check asked for."""
    for number in EIGHT:
        actions.offer_place(by="t", group=group, referral=sent[number - 1], on=DAY)
    actions.ask_check(by="t", group=group, on=DAY)
    return group


@pytest.fixture
def running(full, checker) -> Group:
    actions.answer_check(reader=checker, check=queries.check_of(full), answer="go")
    actions.confirm(by="t", group=full)
    actions.begin(by="t", group=full, on=DAY)
    return full


def state(group: Group) -> str:
    return Group.objects.get(pk=group.pk).state


def place_of(referral: Referral) -> GroupPlace:
    return GroupPlace.objects.get(referral=referral, left_on=None)


@pytest.mark.parametrize("wrong", [{"quorum": 9}, {"quorum": 0}, {"weeks": 0}, {"starts_on": DAY - timedelta(days=1)}])
def test_what_is_no_group(db, wrong):
    with pytest.raises(actions.CannotBeAGroup):
        actions.plan_group(by="t", **PLAN | wrong)


def test_the_waiting_list_is_in_the_order_of_acceptance_and_a_place_is_given_once(group, sent, worker):
    assert [r.pk for r in queries.waiting(worker, group)] == [r.pk for r in reversed(sent)]
    actions.offer_place(by="t", group=group, referral=sent[8], on=DAY)
    assert [r.pk for r in queries.waiting(worker, group)] == [r.pk for r in reversed(sent[:8])]
    other = actions.plan_group(by="t", **PLAN | {"name": "TIGER 4"})
    with pytest.raises(actions.CannotJoin):
        actions.offer_place(by="t", group=other, referral=sent[8], on=DAY)


# What happened to the referral; whether it may have a place.
JOINS = [
    ("accepted", True), ("started", True), ("held for a group", True), ("held for health", False), ("ended", False),
    ("of another service", False),
]  # fmt: skip


@pytest.mark.parametrize(("what", "may"), JOINS)
def test_who_may_have_a_place(store, group, sent, what, may):
    referral = sent[0]
    if what == "started":
        referrals.start(by="t", referral=referral, on=DAY)
    if what.startswith("held"):
        referrals.hold(by="t", referral=referral, on=DAY, reason="waiting_for_group" if "group" in what else "health")
    if what == "ended":
        referrals.end_early(by="t", referral=referral, on=DAY, reason="needs_met")
    if what == "of another service":
        store.load("provider-referrals", "record_id crn service provider sent_on accepted_on\n"
                   "R9 Y000001 right_track rise_mutual 2016-09-01 2016-09-02")  # fmt: skip
        referral = Referral.objects.get(source__record_id="R9")
    if may:
        assert actions.offer_place(by="t", group=group, referral=referral, on=DAY).group == group
    else:
        with pytest.raises(actions.CannotJoin):
            actions.offer_place(by="t", group=group, referral=referral, on=DAY)


def test_the_ninth_of_eight_places_is_refused(full, sent):
    with pytest.raises(actions.NoPlaceFree):
        actions.offer_place(by="t", group=full, referral=sent[8], on=DAY)
    actions.leave(by="t", place=place_of(sent[0]), on=DAY)
    actions.offer_place(by="t", group=full, referral=sent[8], on=DAY)


@pytest.mark.django_db  # so that it runs on PostgreSQL too
def test_two_offers_of_the_last_place_at_the_same_moment_give_it_once(tmp_path):
    for came, places in [(line[:2], line[2]) for line in in_a_new_store("tests.strands.programmes.last_place", folder=tmp_path)]:
        assert (came, places) == (["NoPlaceFree", "done"], "1")


# What is done to a checked group; the state and the standing answer after it.
FALLS = [
    ("nothing", "confirmed", "go"), ("somebody joins", "planned", ""), ("somebody leaves", "planned", ""),
    ("another venue", "planned", ""), ("the same venue", "confirmed", "go"), ("a referral is withdrawn", "planned", ""),
]  # fmt: skip


@pytest.mark.parametrize(("what", "after", "answer"), FALLS)
def test_the_answer_falls_away_with_any_change(group, sent, checker, what, after, answer):
    for referral in sent[:7]:
        actions.offer_place(by="t", group=group, referral=referral, on=DAY)
    asked = actions.ask_check(by="t", group=group, on=DAY)
    assert actions.answer_check(reader=checker, check=asked, answer="go") == "go"
    actions.confirm(by="t", group=group)
    if what == "somebody joins":
        actions.offer_place(by="t", group=group, referral=sent[7], on=DAY)
    if what == "somebody leaves":
        actions.leave(by="t", place=place_of(sent[0]), on=DAY)
    if "venue" in what:
        actions.change_venue(by="t", group=group, venue=PLAN["venue"] if "same" in what else "Elsewhere", on=DAY)
    if what == "a referral is withdrawn":
        referrals.withdraw(by="t", referral=sent[0], on=DAY, reason="moved")
        handle_pending(by="t", handlers=handlers())
    standing = queries.check_of(group)
    assert (state(group), standing.answer) == (after, answer)
    if after == "planned":
        with pytest.raises(actions.NotConfirmed):
            actions.confirm(by="t", group=group)
        with pytest.raises(actions.CheckHasFallen):
            actions.answer_check(reader=checker, check=asked, answer="go")


@pytest.mark.parametrize(("people", "answer", "confirmed"), [(6, "go", True), (5, "go", False), (6, "not_group", False),
                                                             (6, "not_venue", False), (6, "", False)])  # fmt: skip
def test_it_is_confirmed_at_the_quorum_and_with_a_yes_alone(group, sent, checker, people, answer, confirmed):
    for referral in sent[:people]:
        actions.offer_place(by="t", group=group, referral=referral, on=DAY)
    check = actions.ask_check(by="t", group=group, on=DAY)
    if answer:
        actions.answer_check(reader=checker, check=check, answer=answer)
    if confirmed:
        actions.confirm(by="t", group=group)
    else:
        with pytest.raises(actions.NotConfirmed):
            actions.confirm(by="t", group=group)
    assert state(group) == ("confirmed" if confirmed else "planned")


def test_a_yes_holds_only_for_those_of_whom_who_says_it_may_know(full, sent, checker, reader_of):
    """Somebody with limited access is answered for by whom alone may know of them."""
    person, check = sent[0].person_id, queries.check_of(full)
    named = reader_of("offender_manager", DAY, "named", code="N1")
    access.allocate(by="t", person=person, post=named.post, on=DAY)
    access.limit(by="t", person=person, kind="restricted", accounts=[named.account], start=DAY, ring=named.post, reason="x")
    checker, named = replace(checker, _asked={}), replace(named, _asked={})
    stranger = reader_of("iom_coordinator", DAY, "camden", place="Camden")
    with pytest.raises(actions.NotForThisReader):
        actions.answer_check(reader=stranger, check=check, answer="go")
    assert actions.answer_check(reader=checker, check=check, answer="go") == ""
    with pytest.raises(actions.NotConfirmed):
        actions.confirm(by="t", group=full)
    assert [task.kind for task in tasks(named)] == ["Groups to check before they are confirmed"]
    assert [task.kind for task in tasks(replace(checker, _asked={}))] == []
    assert actions.answer_check(reader=named, check=check, answer="go") == "go"
    actions.confirm(by="t", group=full)


def test_whoever_checks_sees_whom_and_what_to_avoid(full, sent, checker):
    one, two, out = (sent[n].person_id for n in (0, 1, 8))
    with recording(by="t", verb="test.avoid"):
        for told in ({"other_id": two}, {"other_id": out}, {"place": "Mare Street hall"}):
            Avoid(person_id=one, start=DAY, **told).save()
    people = [place.referral.person_id for place in queries.places_of(full)]
    found = queries.hits(people, queries.checkable(checker, people), DAY)
    assert [(hit.other_id, hit.place) for hit in found] == [(two, ""), (None, "Mare Street hall")]  # the other is not in it


def test_whom_a_check_waits_for(full, checker, reader_of, worker):
    kinds = {
        "hackney": checker, "camden": reader_of("iom_coordinator", DAY, "camden", place="Camden"),
        "manager": reader_of("offender_manager", DAY), "desk": worker,
    }  # fmt: skip
    told = {name: [task.kind for task in tasks(reader)] for name, reader in kinds.items()}
    assert told == {"hackney": ["Groups to check before they are confirmed"], "camden": [], "manager": [], "desk": []}
    actions.answer_check(reader=checker, check=queries.check_of(full), answer="not_group")
    assert [task.words for task in tasks(worker)] == ["TIGER 3: not this group"]
    assert list(tasks(checker)) == []


def test_a_group_of_eight_run_to_completion(running, sent, worker):
    days = queries.days_of(running)
    places = {n: place_of(sent[n - 1]).pk for n in EIGHT}
    with pytest.raises(actions.AlreadyTaken):  # still to come
        actions.take_attendance(by="t", day=days[1], outcomes=dict.fromkeys(places.values(), "ATTC"), on=DAY)
    told = dict.fromkeys(places.values(), "ATTC") | {places[8]: "UAAB"}
    actions.take_attendance(by="t", day=days[0], outcomes=told, on=DAY)
    assert [state_of(r.pk) for r in sent] == ["started"] * 7 + ["accepted"] * 2
    actions.take_attendance(by="t", day=days[0], outcomes={places[8]: "AAME"}, on=DAY)  # corrected
    actions.take_attendance(by="t", day=days[0], outcomes=told | {places[8]: "AAME"}, on=DAY)  # and not twice
    assert (Session.objects.count(), GroupAttendance.objects.count()) == (8, 8)
    assert Session.objects.get(referral=sent[7]).outcome == "AAME"
    last = DAY + timedelta(days=14)
    actions.take_attendance(by="t", day=days[2], outcomes=told, on=last)
    actions.finish(by="t", group=running, on=last,
                   ends=dict.fromkeys(places.values(), codes.COMPLETE) | {places[8]: "not_engaged"})  # fmt: skip
    assert [state_of(r.pk) for r in sent] == ["completed"] * 7 + ["ended_early", "accepted"]
    assert (state(running), not queries.places_of(running).exists()) == ("finished", True)
    assert [d.state for d in queries.days_of(running)] == ["held", "called_off", "held"]
    handle_pending(by="t", handlers=handlers())
    assert [task.kind for task in tasks(worker)] == []
    person = sent[0].person_id
    assert [e.words for e in timeline(person) if e.kind == "group"] == ["Given a place in a group", "Left the group"]
    held = held_about(person)
    assert (len(held["Places in groups"]), len(held["Attendance in groups"])) == (1, 2)


def test_nothing_is_kept_of_attendance_that_is_refused_for_one(running, sent):
    first = queries.days_of(running)[0]
    actions.leave(by="t", place=place_of(sent[0]), on=DAY)
    gone = GroupPlace.objects.get(referral=sent[0])
    for wrong in ({gone.pk: "ATTC"}, {place_of(sent[1]).pk: "NONE"}):
        with pytest.raises(actions.AlreadyTaken):
            actions.take_attendance(by="t", day=first, outcomes={place_of(sent[2]).pk: "ATTC"} | wrong, on=DAY)
    assert not Session.objects.exists()


def test_who_was_held_for_the_group_goes_on_when_it_begins(group, sent, checker):
    referrals.hold(by="t", referral=sent[0], on=DAY, reason="waiting_for_group")
    for referral in sent[:6]:
        actions.offer_place(by="t", group=group, referral=referral, on=DAY)
    actions.answer_check(reader=checker, check=actions.ask_check(by="t", group=group, on=DAY), answer="go")
    actions.confirm(by="t", group=group)
    actions.begin(by="t", group=group, on=DAY)
    assert state_of(sent[0].pk) == "accepted"


def test_a_cancelled_group_gives_everybody_back_to_the_waiting_list(full, sent, worker):
    actions.cancel(by="t", group=full, on=DAY)
    other = actions.plan_group(by="t", **PLAN | {"name": "TIGER 4"})
    assert len(queries.waiting(worker, other)) == len(sent)
    assert not GroupCheck.objects.filter(fallen=False).exists()
    with pytest.raises(actions.NotInThatState):
        actions.offer_place(by="t", group=full, referral=sent[0], on=DAY)


def test_another_providers_desk_has_none_of_it(full, worker, reader_of):
    other = reader_of("provider_worker", DAY, "pact", place="pact")
    team = reader_of("provider_worker", DAY, "track", place="rise_mutual", team="right_track")
    assert [queries.groups_of(reader).count() for reader in (worker, other, team)] == [1, 0, 0]
    assert len(queries.seen_places(worker, full)) == 8
    assert queries.seen_places(other, full) == []


def test_somebody_kept_from_the_worker_is_not_told_of(full, sent, worker):
    access.limit(by="t", person=sent[0].person_id, kind="excluded", accounts=[worker.account], start=DAY, ring=worker.post,
                 reason="x")  # fmt: skip
    reader = replace(worker, _asked={})
    assert sent[0].pk not in [place.referral_id for place in queries.seen_places(reader, full)]
