from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.errors import RoundingError
from throughcare.core.rounding import half_up, percent


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        (74.5, 0, "75"),  # J of the cohort table; Python's round gives 74
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (0.495, 2, "0.49"),  # stored as 0.49499999999999999556
        (1.005, 2, "1.00"),  # stored as 1.00499999999999989342
        (0.254998, 5, "0.25500"),  # OGRS3: to five decimals first, and so 26 percent, not 25
        (Decimal("0.495"), 2, "0.50"),
        (Fraction(1, 3), 4, "0.3333"),
        (-0.5, 0, "-1"),
        (-0.4, 0, "0"),
        (7, 1, "7.0"),
        (10**40, 0, str(10**40)),
    ],
)
def test_half_up(value: float | Fraction | Decimal, digits: int, rounded: str) -> None:
    assert str(half_up(value, digits)) == rounded


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_never_further_than_half_a_unit(value: float, digits: int) -> None:
    away = Fraction(half_up(value, digits)) - Fraction(value)
    assert abs(away) <= Fraction(1, 2 * 10**digits)


@given(st.fractions(-1000, 1000, max_denominator=2000), st.integers(0, 4))
def test_the_sign_changes_nothing_else(value: Fraction, digits: int) -> None:
    assert half_up(-value, digits) == -half_up(value, digits)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_refuses_what_is_not_finite(value: float) -> None:
    with pytest.raises(RoundingError, match="a finite number"):
        half_up(value)


def test_refuses_negative_digits() -> None:
    with pytest.raises(RoundingError, match="0 or more decimals"):
        half_up(1234, -2)


@pytest.mark.parametrize(
    ("numerator", "denominator", "digits", "shown"),
    [
        (1, 8, 0, "13"),  # 12.5
        (3, 8, 0, "38"),  # 37.5; half to even would also give 38
        (5, 8, 0, "63"),  # 62.5; half to even would give 62
        (1, 200, 0, "1"),  # 0.5
        (2, 3, 1, "66.7"),
        (0, 7, 0, "0"),
        (7, 7, 0, "100"),
        (9, 6, 0, "150"),  # plans received of plans requested
    ],
)
def test_percent(numerator: int, denominator: int, digits: int, shown: str) -> None:
    assert str(percent(numerator, denominator, digits)) == shown


def test_a_share_of_nothing_is_unknown() -> None:
    assert percent(0, 0) is None


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 5), (1, -5)])
def test_refuses_negative_counts(numerator: int, denominator: int) -> None:
    with pytest.raises(RoundingError, match="counts of 0 or more"):
        percent(numerator, denominator)
