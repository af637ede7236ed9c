"""What is committed of a place, day by day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.strands.budgets.commitment import Commitment, committed, most_committed, shortfall

DAYS = [date(2016, 12, n) for n in range(1, 8)]
SPA = Commitment(pence=600, approved_on=DAYS[0], cancelled_on=DAYS[3])
COACH = Commitment(pence=500, approved_on=DAYS[1], delivered_on=DAYS[4], delivered_pence=200)
ASKED = Commitment(pence=900, approved_on=None)
LATER = Commitment(pence=400, approved_on=DAYS[3])


@pytest.mark.parametrize(
    ("day", "pence"),
    [(0, 600), (1, 1100), (2, 1100), (3, 900), (4, 600), (6, 600)],  # cancelled and approved on day 3; under-delivered on day 4
)
def test_committed_at_the_end_of_each_day(day, pence):
    assert committed([SPA, COACH, ASKED, LATER], DAYS[day]) == pence


def test_the_worst_day_decides():
    assert most_committed([SPA, COACH, ASKED, LATER]) == 1100
    assert shortfall(1000, [SPA, COACH, ASKED, LATER]) == 100
    assert shortfall(1100, [SPA, COACH, ASKED, LATER]) == 0
    assert shortfall(1000, []) == 0


@st.composite
def any_commitment(draw: st.DrawFn) -> Commitment:
    day, pence = st.one_of(st.none(), st.sampled_from(DAYS)), draw(st.integers(0, 1000))
    return Commitment(
        pence=pence, approved_on=draw(day), cancelled_on=draw(day), delivered_on=draw(day),
        delivered_pence=draw(st.integers(0, pence)),
    )  # fmt: skip


@given(st.lists(any_commitment(), max_size=6), st.sampled_from(DAYS))
def test_no_day_commits_more_than_the_most(commitments, day):
    assert 0 <= committed(commitments, day) <= most_committed(commitments)
