"""Placements by hand: their start, their end, the looks whether they last."""

from datetime import date, timedelta

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.strands.employment.models import Leaving, Placement, RetentionCheck
from throughcare.strands.employment.placements.actions import (
    NoPlace,
    NoRightSeen,
    NotPlaceable,
    WrongCheck,
    check,
    end,
    place,
    take_back_end,
    take_back_start,
)
from throughcare.strands.employment.readiness.actions import see_right, take_back_right

MONDAY = date(2016, 8, 1)


def with_a_right(record: str) -> Referral:
    """The referral of that record, of whom the broker has seen a passport."""
    referral = Referral.objects.get(source__record_id=record)
    see_right(by="broker", referral=referral, kind="uk_passport", seen_on=MONDAY, today=MONDAY)
    return referral


@pytest.fixture
def referral(store) -> Referral:
    return with_a_right("E1")


@pytest.fixture
def placement(referral):
    return place(by="broker", referral=referral, employer="Groundwork", job="gardener", on=MONDAY)


def test_a_placement_is_of_six_months_and_starts_the_referral(placement, referral):
    assert placement.planned_end_on == date(2017, 2, 1)
    assert state_of(referral.pk) == "started"


def test_who_was_declined_has_no_placement(store):
    declined = Referral.objects.get(source__record_id="E3")
    with pytest.raises(NotPlaceable, match="is declined"):
        place(by="broker", referral=declined, employer="Groundwork", job="gardener", on=MONDAY)


def test_places_are_counted_on_every_day_of_the_placement(store, referral, monkeypatch):
    """One place: another has it from 10 August to the end of the month, so that nobody else starts before September."""
    service = current_pilot().service("employment").model_copy(update={"places": 1})
    pilot = current_pilot().model_copy(update={"services": (service,)})
    monkeypatch.setattr("throughcare.strands.employment.placements.actions.current_pilot", lambda: pilot)
    other = with_a_right("E2")
    theirs = place(by="broker", referral=other, employer="Kitchens", job="porter", on=date(2016, 8, 10))
    for on in (MONDAY, date(2016, 8, 10), date(2016, 9, 1)):
        with pytest.raises(NoPlace, match=r"All 1 places are taken on "):
            place(by="broker", referral=referral, employer="Groundwork", job="gardener", on=on)
    end(by="broker", placement=theirs, on=date(2016, 9, 1), reason="no_work")
    with pytest.raises(NoPlace, match="on 31 August 2016"):
        place(by="broker", referral=referral, employer="Groundwork", job="gardener", on=date(2016, 8, 31))
    mine = place(by="broker", referral=referral, employer="Groundwork", job="gardener", on=date(2016, 9, 1))
    assert mine.started_on == date(2016, 9, 1)
    place(by="broker", referral=referral, employer="Groundwork", job="gardener", on=date(2016, 10, 1))  # the same person's place


def test_a_placement_ends_once_and_after_it_starts(placement):
    with pytest.raises(NotPlaceable):
        end(by="broker", placement=placement, on=MONDAY, reason="chose")
    assert end(by="broker", placement=placement, on=date(2016, 9, 1), reason="chose").ended_on == date(2016, 9, 1)
    with pytest.raises(NotPlaceable, match="30 September 2016"):
        end(by="broker", placement=placement, on=date(2016, 10, 1), reason="chose")
    assert Leaving.objects.get().reason == "chose"
    take_back_end(by="broker", placement=placement)
    placement.refresh_from_db()
    assert (placement.ended_on, list(Leaving.objects.all())) == (None, [])
    with pytest.raises(NotPlaceable, match="not recorded here"):
        take_back_end(by="broker", placement=placement)


def test_a_placement_may_be_lost_on_any_day_but_not_before_a_week_in_which_they_were_there(placement):
    check(by="broker", placement=placement, weeks=4, found="kept", on=MONDAY + timedelta(days=30))
    with pytest.raises(NotPlaceable, match="28 August 2016"):
        end(by="broker", placement=placement, on=MONDAY + timedelta(weeks=4), reason="dismissed")
    end(by="broker", placement=placement, on=MONDAY + timedelta(weeks=4, days=1), reason="dismissed")


@pytest.mark.parametrize(
    ("kind", "expires_on", "start", "refused"),
    [
        ("", None, MONDAY, True),                                   # nothing was seen
        ("uk_passport", None, MONDAY, False),
        ("uk_passport", None, MONDAY - timedelta(days=1), True),    # seen a day later
        ("visa", MONDAY + timedelta(days=1), MONDAY, False),
        ("visa", MONDAY + timedelta(days=1), MONDAY + timedelta(days=1), True),  # run out that day
        ("taken back", None, MONDAY, True),
    ],
)  # fmt: skip
def test_nobody_starts_without_a_right_to_work_that_was_seen(store, kind, expires_on, start, refused):
    referral = Referral.objects.get(source__record_id="E1")
    if kind:
        told = {"kind": "uk_passport" if kind == "taken back" else kind, "expires_on": expires_on}
        seen = see_right(by="broker", referral=referral, seen_on=MONDAY, today=MONDAY, **told)
        if kind == "taken back":
            take_back_right(by="broker", seen=seen)
    given = {"by": "broker", "referral": referral, "employer": "Groundwork", "job": "gardener", "on": start}
    if refused:
        with pytest.raises(NoRightSeen, match="No evidence"):
            place(**given)
    else:
        assert place(**given).started_on == start


@pytest.mark.parametrize(
    ("weeks", "days_after", "found", "refused"),
    [
        (1, 7, "kept", False),
        (1, 6, "kept", True),          # the week is not over
        (2, 14, "kept", True),         # not looked at then
        (4, 40, "kept", True),         # ended after 28 days: not in work on the 29th
        (4, 40, "lost", False),
        (13, 91, "lost", False),
        (13, 91, "not_known", False),
    ],
)  # fmt: skip
def test_checks_at_1_4_13_and_26_weeks(placement, weeks, days_after, found, refused):
    placement = end(by="broker", placement=placement, on=MONDAY + timedelta(days=28), reason="stopped")
    given = {"placement": placement, "weeks": weeks, "found": found, "on": MONDAY + timedelta(days=days_after)}
    if refused:
        with pytest.raises(WrongCheck, match=f"Week {weeks} cannot be looked at"):
            check(by="broker", **given)
        return
    row = check(by="broker", **given)
    assert (row.in_work, row.known) == (found == "kept", found != "not_known")
    if found != "not_known":
        with pytest.raises(WrongCheck, match="once"):
            check(by="broker", **given)
        return
    assert check(by="broker", **given | {"found": "lost"}).known  # it was found out after all
    assert RetentionCheck.objects.get().in_work is False


def test_a_start_kept_by_mistake_goes_and_its_place_with_it(placement, referral):
    take_back_start(by="broker", placement=placement)
    assert not Placement.objects.filter(referral=referral).exists()
    assert state_of(referral.pk) == "started"
    place(by="broker", referral=referral, employer="Kitchens", job="porter", on=MONDAY)


def test_a_start_that_was_looked_at_is_not_taken_back(placement):
    check(by="broker", placement=placement, weeks=1, found="kept", on=MONDAY + timedelta(days=7))
    with pytest.raises(NotPlaceable, match="cannot be taken back"):
        take_back_start(by="broker", placement=placement)


def test_a_start_that_is_over_is_not_taken_back(placement):
    end(by="broker", placement=placement, on=MONDAY + timedelta(days=3), reason="chose")
    with pytest.raises(NotPlaceable, match="cannot be taken back"):
        take_back_start(by="broker", placement=placement)
