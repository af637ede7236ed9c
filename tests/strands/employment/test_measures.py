"""Starts, retention, reasons for leaving and days to the first start, as tables: what is not known is not kept."""

from datetime import date, timedelta

import pytest

from tests.strands.employment.test_returns import BY_SLUG
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.strands.employment.models import CHECKED_AFTER
from throughcare.strands.employment.placements.actions import check, end, place
from throughcare.strands.employment.readiness.actions import see_right

MONDAY = date(2016, 8, 1)


def figures(slug: str, until: date, since: date = date(2016, 7, 1)) -> dict[str, tuple[float | None, int | None, int | None]]:
    results = calculate(BY_SLUG[slug], pilot=current_pilot(), period=Period(start=since, end=until))
    return {r.group: (r.value, r.numerator, r.denominator) for r in results}


def placed(record: str, on: date):
    referral = Referral.objects.get(source__record_id=record)
    see_right(by="broker", referral=referral, kind="uk_passport", seen_on=on, today=on)
    return place(by="broker", referral=referral, employer="Groundwork", job="gardener", on=on)


@pytest.mark.parametrize(
    ("found", "over_after", "kept"),
    [
        ({1: "kept", 4: "kept", 13: "kept", 26: "kept"}, None, {1: 1, 4: 1, 13: 1, 26: 1}),
        ({}, None, {1: 0, 4: 0, 13: 0, 26: 0}),                                # nobody ever looked
        ({1: "kept", 4: "not_known"}, None, {1: 1, 4: 0, 13: 0, 26: 0}),       # not known is not kept
        ({1: "kept"}, 20, {1: 1, 4: 0, 13: 0, 26: 0}),                         # lost in week 3, whether anybody looked or not
        ({1: "kept", 4: "kept"}, 29, {1: 1, 4: 1, 13: 0, 26: 0}),              # over a day after week 4
        ({1: "kept", 4: "lost"}, None, {1: 1, 4: 0, 13: 0, 26: 0}),
    ],
)  # fmt: skip
def test_who_is_in_work_so_many_weeks_on(store, found, over_after, kept):
    placement = placed("E1", MONDAY)
    for weeks, answer in found.items():
        check(by="broker", placement=placement, weeks=weeks, found=answer, on=MONDAY + timedelta(weeks=weeks))
    if over_after:
        end(by="broker", placement=placement, on=MONDAY + timedelta(days=over_after), reason="dismissed")
    told = figures("employment.kept", date(2017, 4, 1))
    assert [told[group][1:] for group in ("1 week", "4 weeks", "13 weeks", "26 weeks")] == [(kept[n], 1) for n in CHECKED_AFTER]


@pytest.mark.parametrize(
    ("until", "reached"),
    [
        (MONDAY + timedelta(days=7), (0, 0, 0, 0)),    # the period ends as the week is reached
        (MONDAY + timedelta(days=8), (1, 0, 0, 0)),
        (MONDAY + timedelta(days=92), (1, 1, 1, 0)),   # in work at week 13: its week has come
        (MONDAY + timedelta(days=183), (1, 1, 1, 1)),
    ],
)  # fmt: skip
def test_only_those_whose_week_has_come_are_counted(store, until, reached):
    placed("E1", MONDAY)
    told = figures("employment.kept", until)
    assert tuple(told[group][2] for group in ("1 week", "4 weeks", "13 weeks", "26 weeks")) == reached


def test_starts_reasons_and_days(store):
    """E1 was sent on 4 July and started on 1 August, and again in October; E2 was sent on 5 July and started on 8 August."""
    first = placed("E1", MONDAY)
    end(by="broker", placement=first, on=date(2016, 8, 20), reason="hours_travel")
    placed("E2", date(2016, 8, 8))
    again = placed("E1", date(2016, 10, 3))
    end(by="broker", placement=again, on=date(2016, 11, 1), reason="other_job")
    until = date(2017, 1, 1)
    assert figures("employment.starts", until)["total"][0] == 3
    assert figures("employment.in_work", until)["total"][0] == 2
    left = {group: value for group, (value, _, _) in figures("employment.left", until).items() if value}
    assert left == {"Hours or travel did not work out": 1, "Went to another job": 1, "total": 2}
    assert figures("employment.days_to_start", until)["total"][0] == (28 + 34) / 2
