"""Effects planted in repeated made-up pilots: no bias, intervals that cover, false findings as often as promised.

Each figure is held against its own sampling error (binomial, or normal for the bias; 99.9%), so no seed is chosen to pass.
"""

import numpy as np
import pytest
from scipy.stats import binom, norm

from tests.stats.planted import COVARIATES, planted
from throughcare.stats.covariates import covariates
from throughcare.stats.impact.matched import matched_difference
from throughcare.stats.impact.nearest import Search, caliper_width, nearest
from throughcare.stats.impact.weighted import entropy, inverse_probability, weighted_difference
from throughcare.stats.logistic import fit_score
from throughcare.stats.sample import sample

SURE = 0.999


def answer(people, design):
    """The estimate of one design on one made-up pilot."""
    found = sample(people.frame, id="id", treated="treated")
    known = covariates(found.frame, names=COVARIATES, never=["reoffended"])
    y = found.frame["reoffended"].to_numpy().astype(float)
    if design == "entropy":
        return weighted_difference(y, entropy(known, found.treated), method="entropy")
    score = fit_score(known, found.treated)
    if design == "inverse probability":
        return weighted_difference(y, inverse_probability(known, found.treated, score), method="inverse probability")
    search = Search(caliper=caliper_width(score.logit, 0.2), replacement=design == "with replacement")
    pairs = nearest(score.logit, found.treated, search)
    return matched_difference(y, pairs, adjust=known.x if design == "adjusted" else None)


def repeated(seed, times, design, **asked):
    """For each repeat: error of the estimate, whether the interval held the truth, whether it kept off nothing."""
    rng = np.random.default_rng(seed)
    errors, covered, found = [], 0, 0
    for _ in range(times):
        people = planted(rng, **asked)
        told = answer(people, design)
        errors.append(told.estimate - people.truth)
        covered += told.ci_low <= people.truth <= told.ci_high
        found += not told.ci_low <= 0 <= told.ci_high
    return np.array(errors), covered, found


def holds(errors, covered, found, effect):
    times = len(errors)
    low, high = binom.interval(SURE, times, 0.95)
    assert low <= covered <= high, f"{covered} of {times} intervals hold the truth"
    bound = norm.ppf(0.5 + SURE / 2) * errors.std(ddof=1) / np.sqrt(times)
    assert abs(errors.mean()) <= bound, f"bias {100 * errors.mean():.2f} points, sampling error allows {100 * bound:.2f}"
    if effect == 0:
        assert found <= binom.ppf(SURE, times, 0.05), f"{found} of {times} false findings"


@pytest.mark.parametrize("design", ["pairs", "adjusted", "with replacement", "entropy", "inverse probability"])
def test_an_effect_is_found_without_bias(design):
    holds(*repeated(1, 60, design, treated=150, ratio=8, effect=-0.08), -0.08)


def test_no_effect_is_not_found_more_often_than_promised():
    holds(*repeated(2, 100, "pairs", treated=150, ratio=8, effect=0.0), 0.0)


@pytest.mark.slow
@pytest.mark.parametrize("treated", [150, 1000])
@pytest.mark.parametrize("effect", [-0.08, 0.0, 0.08])
@pytest.mark.parametrize("design", ["pairs", "adjusted", "with replacement", "entropy", "inverse probability"])
def test_over_two_thousand_repeats(design, effect, treated):
    holds(*repeated(3, 2000, design, treated=treated, effect=effect), effect)


def test_something_unseen_biases_and_the_test_of_bias_would_see_it():
    errors, _, _ = repeated(4, 40, "pairs", treated=400, ratio=8, effect=0.0, unseen=1.5)
    assert errors.mean() > norm.ppf(0.5 + SURE / 2) * errors.std(ddof=1) / np.sqrt(len(errors))
