"""Every check on data with the fault planted, and on the same data without it."""

import numpy as np
import polars as pl
import pytest
from scipy.stats import binom

from tests.stats.planted import COVARIATES, planted
from throughcare.stats.checks.attrition import Step, attrition
from throughcare.stats.checks.balance import balance, steps
from throughcare.stats.checks.calipers import within_caliper
from throughcare.stats.checks.immortal import immortal_time
from throughcare.stats.checks.missing import missing, missing_table
from throughcare.stats.checks.overlap import overlap
from throughcare.stats.checks.placebo import placebo
from throughcare.stats.checks.sensitivity import e_value, rosenbaum
from throughcare.stats.covariates import covariates
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.impact.matched import matched_difference
from throughcare.stats.impact.matches import matches_of
from throughcare.stats.impact.nearest import Search, caliper_width, nearest
from throughcare.stats.logistic import fit_score
from throughcare.stats.mistakes import BeyondCaliper, DataRefused, NoOverlap, ProtocolError
from throughcare.stats.sample import sample


def study(people, names=COVARIATES, caliper=0.2):
    found = sample(people.frame, id="id", treated="treated")
    known = covariates(found.frame, names=names)
    score = fit_score(known, found.treated)
    pairs = nearest(score.logit, found.treated, Search(caliper=caliper_width(score.logit, caliper)))
    return found, known, score, pairs


def test_balance_passes_honest_pilots_of_150_and_finds_a_covariate_left_out(draw):
    """The bound is that of 95 in 100 honest studies; what a score of chance numbers leaves is beyond it."""
    honest, left_out, times = 0, 0, 20
    for _ in range(times):
        people = planted(draw, treated=150, ratio=8)
        found, known, _, pairs = study(people)
        honest += balance(known, found.treated, pairs.weights(found.frame.height)).finding.passed
        *_, blind = study(people, names=["x9"])
        left_out += not balance(known, found.treated, blind.weights(found.frame.height)).finding.passed
    assert honest >= binom.ppf(0.001, times, 0.95)
    assert left_out >= 0.8 * times


def test_the_bound_of_chance_falls_with_the_number_of_people(draw):
    bounds = []
    for treated in (100, 400):
        found, known, _, pairs = study(planted(draw, treated=treated, ratio=8))
        bounds.append(balance(known, found.treated, pairs.weights(found.frame.height)).by_chance)
    assert bounds[0] / bounds[1] == pytest.approx(2, rel=0.1)


@pytest.mark.parametrize(
    ("ones", "others", "mean", "most"),
    [
        ([1, 2, 3, 4], [1, 2, 3, 4], 0.0, 0.0),
        ([1, 2], [3, 4], 0.5, 1.0),  # at 1: .5, at 2: 1, at 3: .5, at 4: 0
        ([1, 3, 5], [2, 4, 6], 1 / 6, 1 / 3),
        ([0, 1, 1, 1], [0, 0, 0, 1], 0.5, 0.5),  # yes or no: the difference of the shares
    ],
)
def test_the_distance_between_two_distributions(ones, others, mean, most):
    told = steps(np.array(ones, dtype=float), np.array(others, dtype=float))
    weighted = steps(np.array(ones, dtype=float), np.array(others, dtype=float), np.ones(len(ones)), np.ones(len(others)))
    assert told == pytest.approx((mean, most))
    assert weighted == pytest.approx((mean, most))


def test_a_pair_beyond_its_caliper_or_across_strata_is_found():
    scores = np.array([0.1, 0.2, 0.15, 0.5])
    good, far = matches_of([(0, 2, 1.0)]), matches_of([(0, 2, 1.0), (1, 3, 1.0)])
    assert within_caliper(good, scores, 0.1).passed
    with pytest.raises(BeyondCaliper, match="1 beyond the caliper"):
        within_caliper(far, scores, 0.1)
    with pytest.raises(BeyondCaliper, match="1 across strata"):
        within_caliper(good, scores, None, np.array([0, 0, 1, 1]))


def test_overlap_fails_where_the_treated_are_others(draw):
    treated = np.arange(400) < 100
    near = draw.standard_normal(400)
    assert overlap(near, treated).passed
    assert not overlap(np.where(treated, near + 8, near), treated).passed


def test_covariates_that_decide_who_is_treated_are_refused(draw):
    people = planted(draw, treated=60, ratio=3).frame.with_columns(x0=pl.col("treated") * 2.0 + pl.col("x0") / 100)
    with pytest.raises(NoOverlap, match="completely"):
        found = sample(people, id="id", treated="treated")
        fit_score(covariates(found.frame, names=COVARIATES), found.treated)


def test_a_placebo_fails_where_people_differ_and_passes_where_they_were_matched(draw):
    passed, caught, times = 0, 0, 20
    for _ in range(times):
        people = planted(draw, treated=400, ratio=8)
        found, _, _, pairs = study(people)
        before = found.frame["before"].to_numpy().astype(float)
        passed += placebo([matched_difference(before, pairs, name="before")]).passed
        *_, blind = study(people, names=["x9"])
        caught += placebo([matched_difference(before, blind, name="before")]).passed is False
    assert passed >= binom.ppf(0.001, times, 0.95)
    assert caught >= 0.6 * times
    assert placebo([]).passed is None


def test_rosenbaums_bound_on_pairs_is_where_the_binomial_tail_meets_the_level():
    """20 of 22 pairs that differ favour the treated: from the tail of Binomial(22, g / (1 + g)) at 0.025."""
    differences = np.array([-1.0] * 20 + [1.0] * 2 + [0.0] * 30)
    gamma = rosenbaum(differences)
    assert binom.sf(19, 22, gamma / (1 + gamma)) == pytest.approx(0.025, abs=1e-6)
    assert gamma > 2
    assert rosenbaum(np.array([1.0, -1.0] * 10)) is None
    stronger, weaker = (rosenbaum(np.linspace(-1, top, 60)) for top in (6, 2.5))
    assert stronger > weaker > 1


def test_the_e_value_is_that_of_its_paper():
    """VanderWeele and Ding (2017): a risk ratio of 3.9 (1.8 to 8.7) has E-values of 7.26 and 3.0."""
    point, end = e_value(0.39, 0.1, nearest_share=0.18)
    assert (round(point, 2), round(end, 1)) == (7.26, 3.0)
    assert e_value(0.2, 0.2) == (1.0, 1.0)


def test_attrition_like_that_of_leeds_is_told_and_people_from_nowhere_are_refused():
    leeds = attrition([Step(step="submitted", treated=203), Step(step="analysed", treated=142)])
    assert "30% were lost" in leeds.says
    assert leeds.passed is False
    assert attrition([Step(step="submitted", treated=150), Step(step="matched", treated=148)]).passed
    with pytest.raises(ValueError, match="nowhere"):
        attrition([Step(step="submitted", treated=1), Step(step="matched", treated=2)])


def test_missing_data_fail_only_where_one_side_misses_more(draw):
    treated = np.arange(400) < 200
    alike = np.where(draw.random(400) < 0.2, None, 1.0)
    uneven = np.where(treated & (draw.random(400) < 0.3), None, 1.0)
    frame = pl.DataFrame({"alike": list(alike), "uneven": list(uneven), "whole": [1.0] * 400})
    told = {name: missing(missing_table(frame, treated, [name])).passed for name in frame.columns}
    assert told == {"alike": True, "uneven": False, "whole": True}


def test_days_on_the_clock_before_treatment_are_found():
    treated = np.array([True, True, False])
    found = immortal_time(index=np.array([0.0, 0, 0]), started=np.array([30.0, 0, np.nan]), treated=treated)
    assert (found.passed, found.figures) == (False, {"days": 30.0, "people": 1})
    assert immortal_time(index=np.array([30.0, 0, 0]), started=np.array([30.0, 0, np.nan]), treated=treated).passed


REFUSED = [
    ("an outcome among the covariates", lambda f: covariates(f, names=["x0", "y"], never=["y"]), ProtocolError, "outcome"),
    ("an outcome as a category", lambda f: covariates(f, names=["x0"], categorical=["y"], never=["y"]), ProtocolError, "y"),
    ("an empty cell", lambda f: covariates(f, names=["gap"]), DataRefused, "gap, 1 rows"),
    ("text as a number", lambda f: covariates(f, names=["word"]), DataRefused, "categorical"),
    ("a column that is not there", lambda f: covariates(f, names=["shoe"]), DataRefused, "shoe"),
    ("named twice", lambda f: covariates(f, names=["x0"], categorical=["x0"]), ProtocolError, "twice"),
    ("an identifier twice", lambda f: sample(f, id="twice", treated="t"), DataRefused, "twice"),
    ("a mark of 2", lambda f: sample(f, id="x0", treated="x0"), DataRefused, "0 or 1"),
    ("nobody treated", lambda f: sample(f, id="x0", treated="none"), DataRefused, "one side"),
]


@pytest.mark.parametrize(("case", "ask", "error", "says"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_is_refused_is_named(case, ask, error, says):
    frame = pl.DataFrame({"x0": [1.0, 2, 3], "y": [0, 1, 0], "gap": [1.0, None, 2], "word": ["a", "b", "c"], "t": [1, 0, 1],
                          "none": [0, 0, 0], "twice": ["a", "a", "b"]})  # fmt: skip
    with pytest.raises(error, match=says):
        ask(frame)


def test_a_gap_is_told_by_a_column_of_its_own_where_that_is_asked():
    frame = pl.DataFrame({"gap": [1.0, None, 3], "kind": ["a", None, "b"]})
    known = covariates(frame, names=["gap"], categorical=["kind"], missing="indicator")
    assert known.filled == ("gap", "kind")
    assert known.names == ("gap is missing", "gap", "kind=a", "kind=b", "kind=missing")
    assert known.x[1].tolist() == [1.0, 2.0, 0.0, 0.0, 1.0]


def test_an_estimate_without_spread_has_no_test():
    told = Estimate(outcome="y", method="m", estimate=0.0, standard_error=0.0, treated_value=1, compared_value=1, treated=2,
                    compared=2)  # fmt: skip
    assert told.p_value == 1
