"""Matching on LaLonde's data gives what MatchIt 4.7.2 gives: pairs, differences, balance."""

import numpy as np
import polars as pl
import pytest

from throughcare.stats.checks.balance import balance
from throughcare.stats.checks.calipers import within_caliper
from throughcare.stats.impact.matched import matched_difference
from throughcare.stats.impact.nearest import Search, caliper_width, nearest

# caliper, replacement, pairs, difference of re78, largest SMD. With replacement 24 people have several equally near: shared.
MATCHIT = [
    (None, False, 185, 894.37, 1.0259),
    (0.2, False, 113, 1571.74, 0.1557),
    (0.1, False, 111, 1835.41, 0.0920),
    (None, True, 185, 1968.80, 0.2395),
]


@pytest.mark.parametrize(("caliper", "replacement", "pairs", "difference", "smd"), MATCHIT)
def test_matching_gives_matchits_numbers(trained, caliper, replacement, pairs, difference, smd):
    people, known, score = trained
    width = caliper_width(score.value, caliper)
    found = nearest(score.value, people.treated, Search(replacement=replacement, caliper=width))
    assert within_caliper(found, score.value, width).passed
    answer = matched_difference(people.frame["re78"].to_numpy(), found)
    table = balance(known, people.treated, found.weights(people.frame.height))
    assert (len(found.sets), round(answer.estimate, 2), round(table.max_abs_smd, 4)) == (pairs, difference, smd)


def test_the_error_is_that_of_the_pairs(trained):
    """MatchIt's is 705.2; which of several people alike make a pair moves it a little (705.4 to 720.1), and no estimate."""
    people, _, score = trained
    found = nearest(score.value, people.treated, Search())
    y = people.frame["re78"].to_numpy()
    pairs = y[found.treated] - y[found.compared]
    by_hand = pairs.std(ddof=1) / np.sqrt(len(pairs))
    assert matched_difference(y, found).standard_error == pytest.approx(by_hand, rel=0.003)


def test_before_matching_the_difference_is_the_naive_one(lalonde):
    means = dict(lalonde.group_by("treat").agg(pl.col("re78").mean()).iter_rows())
    assert round(means[1] - means[0], 2) == -635.03


def test_no_adequate_comparison_is_said_by_the_balance_and_a_good_one_passes(trained):
    people, known, score = trained
    loose = nearest(score.value, people.treated, Search())
    tight = nearest(score.value, people.treated, Search(caliper=caliper_width(score.value, 0.1)))
    verdicts = [balance(known, people.treated, m.weights(people.frame.height)).finding.passed for m in (loose, tight)]
    assert verdicts == [False, True]


@pytest.mark.parametrize("order", ["largest", "smallest", "closest", "id"])
@pytest.mark.parametrize("caliper", [None, 0.1])
def test_every_order_keeps_the_caliper_and_takes_nobody_twice(trained, order, caliper):
    people, _, score = trained
    width = caliper_width(score.value, caliper)
    found = nearest(score.value, people.treated, Search(order=order, caliper=width))
    assert not found.repeated
    assert within_caliper(found, score.value, width).figures["pairs"] == len(found.treated)
