"""Counts to the nearest 5 or 10: after the withholding, each by itself; a share of what is rounded; a zero only of a zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.measures.test_disclosure import cell, counts
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Pilot
from throughcare.measures.disclosure import suppress


def shown(results, rounding: int) -> dict[str, int | None]:
    return {r.group: r.value for r in suppress(results, smallest=5, rounding=rounding)}


@pytest.mark.parametrize(
    ("rounding", "published"),
    [
        (0, {"A": None, "B": None, "C": 22, "D": 0, "total": 43}),
        (5, {"A": None, "B": None, "C": 20, "D": 0, "total": 45}),
        (10, {"A": None, "B": None, "C": 20, "D": 0, "total": 40}),
    ],
)
def test_each_count_by_itself_so_that_parts_need_not_add_up(rounding, published):
    assert shown(counts(A=4, B=17, C=22, D=0, total=43), rounding) == published


def test_a_share_is_that_of_its_rounded_counts_and_a_mean_stands():
    mean = {"statistic": "mean", "numerator": 90, "denominator": 31, "cases": 31, "value": 2.9, "digits": 1}
    share, average = suppress([cell("all", 86, 227), cell("all", 0, slug="mean", **mean)], smallest=5, rounding=5)
    assert (share.value, share.numerator, share.denominator, share.cases) == (100 * 85 / 225, 85, 225, 0)
    assert (average.value, average.numerator) == (2.9, None)


@given(st.integers(5, 10_000), st.sampled_from([5, 10]))
def test_what_is_published_is_never_rounded_to_nothing(n, base):
    (r,) = suppress([cell("all", n)], smallest=5, rounding=base)
    assert r.value and r.value % base == 0 and abs(r.value - n) <= base / 2


@pytest.mark.parametrize(
    ("smallest", "rounding", "taken"), [(5, 10, True), (3, 5, True), (2, 5, False), (4, 10, False), (1, 0, True)]
)
def test_a_pilot_whose_rounding_would_make_zeros_of_people_is_refused(smallest, rounding, taken):
    told = current_pilot().model_dump() | {"smallest_published": smallest, "rounding": rounding}
    if taken:
        assert Pilot.model_validate(told).rounding == rounding
    else:
        with pytest.raises(ValidationError, match="zeros"):
            Pilot.model_validate(told)
