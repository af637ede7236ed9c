"""The whole percent and the band, against exact decimal arithmetic."""

import random
from decimal import ROUND_HALF_UP, Decimal
from math import nextafter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.rules.ogrs3.rounding import band, whole_percent


def exactly(probability: float) -> int:
    """The rule of the source, word for word, in decimals."""
    five = float(Decimal(probability).quantize(Decimal("0.00001"), ROUND_HALF_UP))
    percent = int((100 * Decimal(five)).quantize(Decimal(1), ROUND_HALF_UP))
    if percent <= 0:
        return 1
    return 99 if percent > 99 else percent


@pytest.mark.parametrize(
    ("probability", "percent", "why"),
    [
        (0.254998, 26, "0.25500 first, and so 26; straight to the percent it would be 25"),
        (0.254994, 25, "0.25499"),
        (0.255, 26, "stored just above"),
        (0.495, 49, "stored just below"),
        (0.494996, 49, "0.49500, which is stored just below"),
        (0.495001, 49, "0.49500 again"),
        (0.495006, 50, "0.49501"),
        (0.125, 13, "stored exactly, so half up"),
        (0.745, 74, "stored just below"),
        (0.745005, 75, "0.74501, for it is stored just above the half"),
        (0.0, 1, "never 0"),
        (0.004, 1, "never 0"),
        (0.014, 1, ""),
        (0.995, 99, ""),
        (0.996, 99, "never 100"),
        (1.0, 99, "never 100"),
    ],
)
def test_percent(probability: float, percent: int, why: str):
    assert whole_percent(pl.Series([probability])).to_list() == [percent]
    assert exactly(probability) == percent


def test_every_half_of_five_decimals_and_its_neighbours_are_exact():
    halves = [(2 * steps + 1) / 200_000 for steps in range(0, 100_000, 7)]
    one_beside = [value for half in halves for value in (half, nextafter(half, 1), nextafter(half, 0))]
    assert whole_percent(pl.Series(one_beside)).to_list() == [exactly(value) for value in one_beside]


def test_every_half_percent_and_what_rounds_to_it_are_exact():
    halves = [(2 * percent + 1) / 200 for percent in range(100)]
    around = [half + step * 1e-6 for half in halves for step in range(-11, 12)]
    assert whole_percent(pl.Series(around)).to_list() == [exactly(value) for value in around]


def test_many_probabilities_are_exact():
    chance = random.Random(7)
    values = [chance.random() for _ in range(50_000)]
    assert whole_percent(pl.Series(values)).to_list() == [exactly(value) for value in values]


@given(st.floats(min_value=0, max_value=1))
def test_any_probability_is_exact(probability: float):
    assert whole_percent(pl.Series([probability])).to_list() == [exactly(probability)]


def test_no_probability_has_no_percent_and_no_band():
    percents = whole_percent(pl.Series([0.3, None], dtype=pl.Float64))
    assert percents.to_list() == [30, None]
    assert band(percents).to_list() == ["LOW", None]


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (1, "LOW"),
        (49, "LOW"),
        (50, "MEDIUM"),
        (74, "MEDIUM"),
        (75, "HIGH"),
        (89, "HIGH"),
        (90, "VERY_HIGH"),
        (99, "VERY_HIGH"),
    ],
)
def test_band(percent: int, expected: str):
    assert band(pl.Series([percent])).to_list() == [expected]


def test_the_bands_are_in_order():
    bands = band(pl.Series([95, 10, 60, 80])).sort()
    assert bands.to_list() == ["LOW", "MEDIUM", "HIGH", "VERY_HIGH"]
