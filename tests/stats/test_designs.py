"""The other designs on planted effects, the score against statsmodels, and answers that no order of rows changes."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stats.planted import COVARIATES, planted
from throughcare.stats.checks.trends import pre_trends
from throughcare.stats.covariates import covariates
from throughcare.stats.impact.differences import Panel, difference_in_differences
from throughcare.stats.impact.interrupted import interrupted_series
from throughcare.stats.impact.nearest import EQUAL, Search, nearest
from throughcare.stats.impact.predicted import against_prediction, ratio_to_expected
from throughcare.stats.impact.weighted import entropy, inverse_probability, weighted_difference
from throughcare.stats.logistic import fit_score
from throughcare.stats.mistakes import DataRefused
from throughcare.stats.sample import sample

PANEL = Panel(unit="borough", period="month", treated="pilot", outcome="crime", start=12)


def test_the_score_is_that_of_statsmodels(draw):
    import statsmodels.api as sm

    found = sample(planted(draw, treated=300, ratio=6).frame, id="id", treated="treated")
    known = covariates(found.frame, names=COVARIATES)
    mine = fit_score(known, found.treated)
    theirs = sm.GLM(found.treated.astype(float), sm.add_constant(known.x), family=sm.families.Binomial()).fit(tol=1e-12)
    assert list(mine.coefficients.values()) == pytest.approx(np.asarray(theirs.params), abs=1e-8)
    assert mine.value == pytest.approx(theirs.fittedvalues, abs=1e-9)


def test_of_many_rows_the_score_begins_with_some_and_ends_the_same(draw, monkeypatch):
    found = sample(planted(draw, treated=60, ratio=30).frame, id="id", treated="treated")
    known = covariates(found.frame, names=COVARIATES)
    plain = fit_score(known, found.treated)
    monkeypatch.setattr("throughcare.stats.logistic.MANY", 100)
    assert fit_score(known, found.treated).value == pytest.approx(plain.value, abs=1e-10)


def test_a_constant_and_a_repeated_column_change_nothing(draw):
    frame = planted(draw, treated=80, ratio=4).frame.with_columns(one=pl.lit(1.0), again=pl.col("x0") * 2 + pl.col("x1"))
    found = sample(frame, id="id", treated="treated")
    plain, more = (covariates(found.frame, names=[*COVARIATES, *extra]) for extra in ([], ["one", "again"]))
    assert more.fitted.tolist() == [True] * 10 + [False, False]
    assert fit_score(more, found.treated).value == pytest.approx(fit_score(plain, found.treated).value)


def by_brute_force(scores, treated, caliper):
    """Largest first, each the nearest still free, the first row where several are as near."""
    free = set(np.flatnonzero(~treated).tolist())
    pairs = []
    for row in sorted(np.flatnonzero(treated).tolist(), key=lambda r: (-scores[r], r)):
        if not free:
            break
        away, other = min((round(abs(scores[row] - scores[j]), 9), j) for j in free)
        if caliper is None or away <= caliper + EQUAL:
            free.remove(other)
            pairs.append((row, other))
    return sorted(pairs)


@given(
    st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=2, max_size=40),
    st.sampled_from([None, 0.05, 0.25]),
)
def test_the_search_in_sorted_scores_is_the_search_over_everybody(people, caliper):
    scores = np.array([score / 16 for score, _ in people])
    treated = np.array([mark for _, mark in people])
    found = nearest(scores, treated, Search(caliper=caliper))
    assert list(zip(found.treated.tolist(), found.compared.tolist(), strict=True)) == by_brute_force(scores, treated, caliper)


@given(st.integers(0, 2**32 - 1), st.sampled_from(["largest", "smallest", "closest", "id"]), st.booleans(), st.integers(1, 3))
def test_no_order_of_rows_changes_the_pairs(seed, order, replacement, ratio):
    rng = np.random.default_rng(seed)
    frame = pl.DataFrame({"id": [f"P{n}" for n in range(40)], "t": ([1] * 12 + [0] * 28), "s": rng.integers(0, 9, 40) / 8})
    search = Search(order=order, replacement=replacement, ratio=ratio, caliper=0.2)
    pairs = []
    for rows in (frame, frame[rng.permutation(40).tolist()]):
        found = sample(rows, id="id", treated="t")
        made = nearest(found.frame["s"].to_numpy(), found.treated, search)
        ids = found.frame["id"].to_list()
        pairs.append([(ids[a], ids[b], w) for a, b, w in zip(made.treated, made.compared, made.weight, strict=True)])
    assert pairs[0] == pairs[1]


def test_one_to_three_serves_everybody_once_before_anybody_twice():
    scores, treated = np.array([0.5, 0.5, 0.5, 0.5, 0.5]), np.array([True, True, False, False, False])
    found = nearest(scores, treated, Search(ratio=3))
    assert np.bincount(found.treated).tolist() == [2, 1]
    assert found.weight.tolist() == [0.5, 0.5, 1.0]


def test_those_equally_near_share_the_weight():
    scores, treated = np.array([0.5, 0.4, 0.6, 0.6, 0.9]), np.array([True, False, False, False, False])
    found = nearest(scores, treated, Search(replacement=True))
    assert (found.compared.tolist(), found.weight.tolist()) == ([1, 2, 3], pytest.approx([1 / 3] * 3))
    first = nearest(scores, treated, Search(replacement=True, ties="first"))
    assert first.compared.tolist() == [1]


def test_strata_keep_pairs_inside_them():
    scores, treated = np.array([0.5, 0.5, 0.9]), np.array([True, False, False])
    assert nearest(scores, treated, Search(), np.array([1, 0, 1])).compared.tolist() == [2]


def test_entropy_balancing_makes_the_means_equal_on_lalonde(trained):
    """1,273.26 is our own figure, kept so that a change of it is seen: no published one with these covariates was found."""
    people, known, score = trained
    found = entropy(known, people.treated)
    others = ~people.treated
    means = (known.x[others] * found.value[others, None]).sum(axis=0) / found.value[others].sum()
    assert means == pytest.approx(known.x[people.treated].mean(axis=0))
    y = people.frame["re78"].to_numpy()
    assert round(weighted_difference(y, found, method="").estimate, 2) == 1273.26
    odds = inverse_probability(known, people.treated, score)
    plain = score.value / (1 - score.value)
    expected = y[people.treated].mean() - np.average(y[others], weights=plain[others])
    assert weighted_difference(y, odds, method="").estimate == pytest.approx(expected)


def boroughs(rng, effect, drift=0.0, units=24):
    """24 boroughs by 24 months, 12 of them in the pilot from month 12; `drift` a trend of their own before it."""
    rows = []
    for unit in range(units):
        level, pilot = rng.normal(50, 8), unit < units // 2
        for month in range(24):
            crime = level + 3 * np.sin(month) + rng.normal(0, 2) + pilot * (effect * (month >= 12) + drift * month)
            rows.append({"borough": f"B{unit}", "month": month, "pilot": int(pilot), "crime": crime})
    return pl.DataFrame(rows)


def test_difference_in_differences_finds_the_effect_and_the_trend_that_was_there_before(draw):
    honest = difference_in_differences(boroughs(draw, effect=-4.0), PANEL)
    assert honest.effect.ci_low < -4 < honest.effect.ci_high < 0
    assert pre_trends(honest).passed
    drifting = difference_in_differences(boroughs(draw, effect=0.0, drift=-0.5), PANEL)
    assert pre_trends(drifting).passed is False


def test_it_is_the_difference_of_the_differences(draw):
    data = boroughs(draw, effect=-4.0)
    means = data.group_by("pilot", pl.col("month") >= 12).agg(pl.col("crime").mean())
    cell = {(p, a): v for p, a, v in means.iter_rows()}
    by_hand = (cell[1, True] - cell[1, False]) - (cell[0, True] - cell[0, False])
    assert difference_in_differences(data, PANEL).effect.estimate == pytest.approx(by_hand)


def test_few_treated_units_are_warned_of_and_a_unit_treated_in_part_is_refused(draw):
    data = boroughs(draw, effect=0.0, units=8)
    assert "4 treated units" in difference_in_differences(data, PANEL).cautions[0]
    with pytest.raises(DataRefused, match="some periods only"):
        difference_in_differences(data.with_columns(pilot=pl.col("pilot") * (pl.col("month") > 11)), PANEL)


def test_an_interrupted_series_finds_jump_and_slope_and_the_control_takes_out_what_all_had(draw):
    month = np.arange(48)
    season, shock = 5 * np.sin(month * np.pi / 6), 8.0 * (month >= 24)
    series = 100 + 0.3 * month + season - 10 * (month >= 24) - 0.5 * np.clip(month - 24, 0, None) + draw.normal(0, 1, 48)
    found = interrupted_series(series, start=24, season=12)
    true = -10 - 0.5 * np.arange(24).mean()
    assert found.effect.ci_low < true < found.effect.ci_high
    assert found.jump[0] == pytest.approx(-10, abs=3)
    control = 80 + season + shock + draw.normal(0, 1, 48)
    with_shock = interrupted_series(series + shock, start=24, season=12, control=control)
    assert with_shock.effect.ci_low < true < with_shock.effect.ci_high
    assert found.cautions and not with_shock.cautions
    with pytest.raises(DataRefused, match="too short"):
        interrupted_series(series[:30], start=24)


def test_against_prediction(draw):
    """As in North West London: 12 points below what was predicted, of 500 people."""
    predicted = draw.uniform(0.4, 0.9, 500)
    found = against_prediction((draw.random(500) < predicted - 0.12).astype(float), predicted)
    assert found.ci_low < -0.12 < found.ci_high < 0
    honest = against_prediction((draw.random(500) < predicted).astype(float), predicted)
    assert honest.ci_low < 0 < honest.ci_high
    with pytest.raises(DataRefused, match="63%"):
        against_prediction(np.array([0.0, 1.0]), np.array([63.0, 20.0]))


def test_the_ratio_to_the_expected_has_the_exact_interval_of_a_count():
    """10 seen where 10 are expected: 4.80 to 18.39 (Garwood's table)."""
    told = ratio_to_expected(np.ones(10), np.ones(10))
    assert [round(value, 2) for value in told] == [1.0, 0.48, 1.84]
