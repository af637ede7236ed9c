"""Before, while and after a tag: which months are told of somebody, and what lies in them."""

from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strands.conftest import figures_of
from tests.strands.tagging.made import FIRST, curfew, make
from throughcare.casework.people.models import Person
from throughcare.core.pilot import Period
from throughcare.strands.tagging.measures import MEASURES
from throughcare.strands.tagging.phases import AFTER, BEFORE, MONTH, WHILE, happened, months, months_of

ON = date(2017, 3, 20)


@pytest.mark.parametrize(
    ("worn_days", "known_days_after", "while_", "after"),
    [
        (29, 0, 0, 0),  # less than a month
        (30, 0, 1, 0),
        (89, 29, 2, 0),
        (90, 30, 3, 1),
        (365, 400, 12, 12),  # at most twelve after
    ],
)
def test_only_whole_months_are_told(worn_days, known_days_after, while_, after):
    end = ON + timedelta(days=worn_days)
    told = [phase for phase, _, _ in months_of(ON, end, end + timedelta(days=known_days_after - 1))]
    assert [told.count(phase) for phase in (BEFORE, WHILE, AFTER)] == [12, while_, after]


@given(st.integers(1, 900), st.integers(0, 900))
def test_no_day_is_in_two_months_and_none_is_later_than_what_is_known(worn_days, later):
    end = ON + timedelta(days=worn_days)
    as_at = end + timedelta(days=later - 1)
    told = list(months_of(ON, end, as_at))
    assert all(closes - opens == MONTH and closes <= as_at + timedelta(days=1) for _, opens, closes in told)
    assert all(one[2] <= other[1] for one, other in pairwise(told))
    assert all(closes <= ON for phase, _, closes in told if phase == BEFORE)
    assert all(opens >= end for phase, opens, _ in told if phase == AFTER)


def test_what_happened_is_in_the_month_of_its_day():
    told = pl.DataFrame([(1, WHILE, ON, ON + MONTH), (1, AFTER, ON + MONTH, ON + 2 * MONTH)],
                        schema=["person", "phase", "opens", "closes"], orient="row")  # fmt: skip
    days = [ON - timedelta(days=1), ON, ON + MONTH - timedelta(days=1), ON + MONTH]
    events = pl.DataFrame({"person": [1, 1, 1, 1, 2], "on": [*days, ON]})
    assert happened(told, events)["times"].to_list() == [2, 1]


def test_arrests_of_somebody_tagged_for_two_months(people, officer, load, home):
    """A was arrested twice in the year before and once while tagged; B, never tagged, is in no figure."""
    load({"police-arrests": """record_id | person | arrested_on | asn | offence_code
X1 | A | 2016-06-01 | | 03900
X2 | A | 2017-03-01 | | 03900
X3 | A | 2017-04-01 | | 03900
X4 | B | 2017-04-01 | | 03900"""})
    person = Person.objects.order_by("pk").first()
    make(officer(), person.pk, curfew())
    assert months(FIRST + timedelta(days=59))["phase"].to_list() == [BEFORE] * 12 + [WHILE] * 2
    over = Period(start=FIRST, end=FIRST + timedelta(days=60))
    found = figures_of(MEASURES, "tag.arrests_by_phase", over)
    assert found == {BEFORE: 0.167, WHILE: 0.5, AFTER: None}  # 2 in twelve months, 1 in two, none told yet
