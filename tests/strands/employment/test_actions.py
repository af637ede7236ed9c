"""The broker's records by hand."""

from datetime import date, timedelta

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.strands.employment.actions import NoPlace, NotPlaceable, WrongCheck, check, end, place
from throughcare.strands.employment.models import RetentionCheck

MONDAY = date(2016, 8, 1)


@pytest.fixture
def referral(store) -> Referral:
    return Referral.objects.get(source__record_id="E1")


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
    monkeypatch.setattr("throughcare.strands.employment.actions.current_pilot", lambda: pilot)
    other = Referral.objects.get(source__record_id="E2")
    theirs = place(by="broker", referral=other, employer="Kitchens", job="porter", on=date(2016, 8, 10))
    for on in (MONDAY, date(2016, 8, 10), date(2016, 9, 1)):
        with pytest.raises(NoPlace, match="All 1 places are taken on 2016-0"):
            place(by="broker", referral=referral, employer="Groundwork", job="gardener", on=on)
    end(by="broker", placement=theirs, on=date(2016, 9, 1))
    with pytest.raises(NoPlace, match="on 2016-08-31"):
        place(by="broker", referral=referral, employer="Groundwork", job="gardener", on=date(2016, 8, 31))
    mine = place(by="broker", referral=referral, employer="Groundwork", job="gardener", on=date(2016, 9, 1))
    assert mine.started_on == date(2016, 9, 1)
    place(by="broker", referral=referral, employer="Groundwork", job="gardener", on=date(2016, 10, 1))  # the same person's place


def test_a_placement_ends_once_and_after_it_starts(placement):
    with pytest.raises(NotPlaceable):
        end(by="broker", placement=placement, on=MONDAY)
    assert end(by="broker", placement=placement, on=date(2016, 9, 1)).ended_on == date(2016, 9, 1)
    with pytest.raises(NotPlaceable, match="2016-09-01"):
        end(by="broker", placement=placement, on=date(2016, 10, 1))


@pytest.mark.parametrize(
    ("weeks", "days_after", "in_work", "refused"),
    [
        (1, 7, True, False),
        (1, 6, True, True),        # the week is not over
        (2, 14, True, True),       # not looked at then
        (4, 40, True, True),       # ended after 28 days: not in work on the 29th
        (4, 40, False, False),
        (13, 91, False, False),
    ],
)  # fmt: skip
def test_checks_at_1_4_13_and_26_weeks(placement, weeks, days_after, in_work, refused):
    placement = end(by="broker", placement=placement, on=MONDAY + timedelta(days=28))
    given = {"placement": placement, "weeks": weeks, "in_work": in_work, "on": MONDAY + timedelta(days=days_after)}
    if refused:
        with pytest.raises(WrongCheck, match=f"Week {weeks} cannot be checked"):
            check(by="broker", **given)
        return
    check(by="broker", **given)
    with pytest.raises(WrongCheck, match="once"):
        check(by="broker", **given)
    assert RetentionCheck.objects.get().in_work is in_work
