"""Two shares beside each other: against scipy's and published intervals."""

import pytest
from scipy.stats.contingency import relative_risk

from throughcare.stats.shares import difference, ratio

# Newcombe 1998, table II, method 10: 56/70 less 48/80, 9/10 less 3/10, 10/10 less 0/20, 6/7 less 2/7
NEWCOMBE = [
    (56, 70, 48, 80, 20.00, 5.24, 33.39), (9, 10, 3, 10, 60.00, 17.05, 80.90), (10, 10, 0, 20, 100.00, 67.91, 100.00),
    (6, 7, 2, 7, 57.14, 5.82, 80.62),
]  # fmt: skip


@pytest.mark.parametrize(("hits", "base", "other_hits", "other_base", "value", "low", "high"), NEWCOMBE)
def test_a_difference_is_as_newcombe_prints_it(hits, base, other_hits, other_base, value, low, high):
    told = difference(hits, base, other_hits, other_base)
    assert (told.value, told.low, told.high) == pytest.approx((value, low, high), abs=0.005)


@pytest.mark.parametrize(("hits", "base", "other_hits", "other_base"), [(20, 40, 10, 40), (5, 50, 60, 300), (30, 30, 20, 40)])
def test_a_ratio_is_as_scipy_has_it(hits, base, other_hits, other_base):
    told, wanted = ratio(hits, base, other_hits, other_base), relative_risk(hits, base, other_hits, other_base)
    low, high = wanted.confidence_interval(0.95)
    assert (told.value, told.low, told.high) == pytest.approx((wanted.relative_risk, low, high))


def test_what_cannot_be_divided_is_not_said():
    assert ratio(3, 10, 0, 10) is None
    nobody = ratio(0, 10, 3, 10)
    assert (nobody.value, nobody.low, nobody.high) == (0, None, None)
    assert (ratio(5, 5, 7, 7).low, ratio(5, 5, 7, 7).high) == (1.0, 1.0)
    for wrong in ((1, 0, 1, 2), (3, 2, 1, 2), (1, 2, -1, 2)):
        with pytest.raises(ValueError, match="no share"):
            ratio(*wrong)
