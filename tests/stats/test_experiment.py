"""The training experiment, whose answer is known by lot: 1,794.34 dollars more in 1978; and its trained against a survey.

Published: LaLonde, American Economic Review 1986; Dehejia and Wahba, JASA 1999 (1,794); Imbens and Xu, LaLonde (1986) after
Nearly Four Decades, 2024, table B1: 1,794.34 (670.82) by lot, -8,497.52 and 1,406.27 by entropy balancing against the survey.
"""

import numpy as np
import polars as pl
import pytest
from scipy.stats import ttest_ind

from throughcare.stats.checks.balance import balance
from throughcare.stats.covariates import covariates
from throughcare.stats.impact.matched import matched_difference
from throughcare.stats.impact.nearest import Search, caliper_width, nearest
from throughcare.stats.impact.weighted import Weights, entropy, inverse_probability, weighted_difference
from throughcare.stats.logistic import fit_score
from throughcare.stats.sample import sample

KNOWN = ["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75"]
BY_LOT, ERROR, WELCH = 1794.34, 670.82, 671.00
SURVEY = [*KNOWN, "u74", "u75"]


def of(frame: pl.DataFrame, names: list[str]):
    """The sample, its covariates, its score, and the earnings of 1978."""
    people = sample(frame, id="id", treated="treat")
    known = covariates(people.frame, names=names)
    return people.treated, known, fit_score(known, people.treated), people.frame["re78"].to_numpy()


def all_alike(treated: np.ndarray) -> Weights:
    """Nobody stands for more than another: the plain difference of two means."""
    none = np.zeros((len(treated), 1))
    share = treated.sum() / (~treated).sum()
    return Weights(value=np.where(treated, 1.0, share), treated=treated, slopes=none, influence=none)


def test_by_lot_the_difference_and_its_error_are_the_published_ones(experiment):
    treated, _, _, earned = of(experiment, KNOWN)
    found = weighted_difference(earned, all_alike(treated), method="plain")
    assert (found.treated, found.compared) == (185, 260)
    assert (round(found.estimate, 2), round(found.standard_error, 2)) == (BY_LOT, ERROR)
    assert found.ci_low > 0 and found.p_value < 0.01


def test_the_error_of_unlike_variances_is_welchs(experiment):
    """That divides by n - 1 in each group, ours by n - 2 in both together: 18 cents."""
    treated, _, _, earned = of(experiment, KNOWN)
    told = ttest_ind(earned[treated], earned[~treated], equal_var=False)
    assert round(float((earned[treated].mean() - earned[~treated].mean()) / told.statistic), 2) == WELCH


NEAR = [("entropy", False, 1795.01), ("entropy", True, 1795.01), ("odds", False, 1806.42), ("odds", True, 1794.93)]


@pytest.mark.parametrize(("how", "adjusted", "estimate"), NEAR)
def test_weighting_what_was_drawn_by_lot_moves_the_answer_by_next_to_nothing(experiment, how, adjusted, estimate):
    treated, known, score, earned = of(experiment, KNOWN)
    weights = entropy(known, treated) if how == "entropy" else inverse_probability(known, treated, score)
    found = weighted_difference(earned, weights, adjust=known.x if adjusted else None, method=how)
    assert round(found.estimate, 2) == estimate
    assert abs(found.estimate - BY_LOT) < ERROR / 50
    assert found.standard_error == pytest.approx(ERROR, rel=0.01)


@pytest.mark.parametrize(("caliper", "pairs"), [(None, 185), (0.2, 166)])
def test_pairs_of_what_was_drawn_by_lot_stay_within_half_an_error(experiment, caliper, pairs):
    """With fewer compared than are there the answer is another sample's: near, and not the same."""
    treated, known, score, earned = of(experiment, KNOWN)
    found = nearest(score.value, treated, Search(caliper=caliper_width(score.value, caliper)))
    told = matched_difference(earned, found, adjust=known.x[:, known.fitted])
    assert told.treated == pairs
    assert abs(told.estimate - BY_LOT) < ERROR / 2
    assert told.ci_low < BY_LOT < told.ci_high


def test_against_the_survey_the_plain_difference_is_far_off_and_weighting_brings_it_back(against_survey):
    treated, known, score, earned = of(against_survey, SURVEY)
    assert round(earned[treated].mean() - earned[~treated].mean(), 2) == -8497.52
    weights = entropy(known, treated)
    found = weighted_difference(earned, weights, method="entropy")
    assert found.estimate == pytest.approx(1406.27, abs=0.05)  # the file here has seven digits a number
    assert found.ci_low < BY_LOT < found.ci_high
    odds = inverse_probability(known, treated, score)
    assert weighted_difference(earned, odds, method="odds").estimate == pytest.approx(1377.12, abs=0.05)
    before, after = (balance(known, treated, value).max_abs_smd for value in (all_alike(treated).value, weights.value))
    assert before > 1 and after < 1e-6


def test_a_score_of_few_far_from_the_others_is_fitted_and_not_called_complete_separation(against_survey):
    """Newton's plain steps leave the road here; statsmodels gives the same score."""
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    treated, known, score, _ = of(against_survey, SURVEY)
    x = np.column_stack([np.ones(len(treated)), known.x])
    theirs = GLM(treated.astype(float), x, family=Binomial()).fit()
    assert np.abs(theirs.fittedvalues - score.value).max() < 1e-6
