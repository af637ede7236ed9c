"""Gates, power, verdicts and levels: tables that an evaluator can read."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from throughcare.stats import gates
from throughcare.stats.checks.finding import Finding
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.maryland import level
from throughcare.stats.power import least_detectable, needed_for_this, treated_needed
from throughcare.stats.verdicts import holm, verdict

# base rate, treated, least detectable fall in points at 1:1, 1:5, 1:20 (evaluation-practice 4(d): 80% power, 5% two-sided)
POWER = [
    (0.275, 60, [19.4, 16.1, 15.2]), (0.275, 150, [13.1, 10.6, 10.0]), (0.275, 300, [9.6, 7.6, 7.2]),
    (0.275, 1000, [5.4, 4.3, 4.0]), (0.352, 60, [21.7, 17.7, 16.7]), (0.352, 150, [14.5, 11.5, 10.8]),
    (0.352, 300, [10.5, 8.3, 7.8]), (0.352, 1000, [5.9, 4.6, 4.3]), (0.56, 60, [25.1, 19.6, 18.3]),
    (0.56, 150, [16.1, 12.5, 11.6]), (0.56, 300, [11.4, 8.8, 8.2]), (0.56, 1000, [6.3, 4.8, 4.5]),
]  # fmt: skip


@pytest.mark.parametrize(("base", "treated", "points"), POWER)
def test_the_least_detectable_fall(base, treated, points):
    assert [round(100 * least_detectable(base, treated, ratio=ratio), 1) for ratio in (1, 5, 20)] == points


def test_leeds_could_only_have_seen_a_fall_of_16_points():
    assert round(100 * least_detectable(0.56, 142), 1) == 16.5
    assert round(100 * least_detectable(0.56, 142, ratio=100), 1) == 11.7


def test_how_many_are_needed():
    assert treated_needed(0.275, -0.10) == 273
    assert (treated_needed(0.275, -0.05), treated_needed(0.275, -0.05, ratio=20)) == (1177, 631)
    assert least_detectable(0.02, 60) is None
    with pytest.raises(ValueError, match="no change"):
        treated_needed(0.275, 0.0)


def test_the_number_needed_is_at_least_those_there_and_none_for_no_difference():
    assert needed_for_this(100, -0.05, 0.05) == 785
    assert needed_for_this(100, 0.0, 0.05) is None


GATES = [
    ("59 treated", gates.enough_treated(59), "1 more treated"),
    ("60 treated", gates.enough_treated(60), None),
    ("150, pilot's rule", gates.over_pilots_rule(150, complete=1.0), "1 more treated"),
    ("151, pilot's rule", gates.over_pilots_rule(151, complete=0.9), None),
    ("151, a third incomplete", gates.over_pilots_rule(151, complete=2 / 3), "data of 23%"),
    ("29 reoffenders", gates.enough_reoffenders(29), "1 more reoffender"),
    ("30 reoffenders", gates.enough_reoffenders(30), None),
    ("index 1 March 2016, the day before", gates.follow_up_over(date(2016, 3, 1), as_at=date(2017, 8, 31)), "1 September 2017"),
    ("index 1 March 2016, that day", gates.follow_up_over(date(2016, 3, 1), as_at=date(2017, 9, 1)), None),
    ("nobody near", gates.enough_overlap(Finding(check="overlap", passed=False, says="3 of 90.")), "people alike"),
    ("somebody near", gates.enough_overlap(Finding(check="overlap", passed=True, says="90 of 90.")), None),
]


@pytest.mark.parametrize(("case", "refusal", "says"), GATES, ids=[g[0] for g in GATES])
def test_each_gate_on_both_sides(case, refusal, says):
    assert (refusal is None) if says is None else (says in refusal.says)


def of(estimate, error, *, treated=0.30, n=500):
    return Estimate(outcome="reoffended", method="matched", estimate=estimate, standard_error=error, treated_value=treated,
                    compared_value=treated - estimate, treated=n, compared=n)  # fmt: skip


WORDS = "committed a proven reoffence within a one-year period"


def test_lower_is_told_as_the_justice_data_lab_tells_it():
    told = verdict(of(-0.07, 0.01), kind="binary", words=WORDS)
    assert told.direction == "lower"
    assert told.number_needed is None
    assert told.says[0] == (
        "For 100 typical people in the treatment group, the equivalent of 30 of the 100 people committed a proven reoffence "
        "within a one-year period (a rate of 30%), 7 people fewer than in the comparison group (37%)."
    )
    assert told.says[1].endswith("lower by between 5 and 9 people. This is a statistically significant result.")


def test_not_determined_gives_both_ends_and_how_many_are_needed():
    told = verdict(of(0.025, 0.033), kind="binary", words=WORDS)
    assert told.direction == "not determined"
    assert "lower by as many as 4 people, or higher by as many as 9 people. More people would need to be analysed" in told.says[1]
    assert told.number_needed == 6838
    assert "6,838 treated people" in told.says[2]
    assert told.says[3] == "This should not be taken to mean that the programme fails to affect it."


@pytest.mark.parametrize(
    ("estimate", "trusted", "direction"),
    [(-0.07, True, "lower"), (0.07, True, "higher"), (0.0, True, "not determined"), (-0.07, False, "not determined")],
)
def test_there_are_three_verdicts_and_unlike_groups_determine_nothing(estimate, trusted, direction):
    told = verdict(of(estimate, 0.01), kind="binary", trusted=trusted)
    assert told.direction == direction
    assert any("must not be read as an effect" in said for said in told.says) is not trusted
    assert not any("no effect" in said for said in told.says)


def test_several_outcomes_are_judged_together():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    told = verdict(of(-0.07, 0.03), kind="binary", adjusted_p=0.06)
    assert "could be chance" in told.says[-1]


LEVELS = [
    ("matched", "gsr", True, True, 3), ("matched", "whatworks", True, True, 3), ("matched", "gsr", True, None, 3),
    ("matched", "whatworks", True, None, 2), ("matched", "gsr", True, False, 2), ("matched", "gsr", False, True, 1),
    ("differences", "whatworks", True, True, 3), ("differences", "gsr", True, False, 2), ("predicted", "gsr", True, True, 2),
    ("randomised", "gsr", True, True, 5), ("described", "gsr", True, True, 0),
]  # fmt: skip


@pytest.mark.parametrize(("design", "reading", "alike", "before", "expected"), LEVELS)
def test_the_maryland_level_by_its_reading(design, reading, alike, before, expected):
    assert level(design, reading=reading, alike=alike, before_alike=before).level == expected


def test_an_interval_of_few_pairs_is_wider_than_the_normal_one():
    few = replace(of(0, 1), df=4)
    assert few.ci_high == pytest.approx(2.776, abs=0.001)
    assert np.isclose(of(0, 1).ci_high, 1.959964)
