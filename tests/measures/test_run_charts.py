"""Run charts: what is planted is found, what is noise is called noise, and too few months are said to be too few."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.dates import months_after
from throughcare.core.pilot import Period
from throughcare.measures.results import Result
from throughcare.measures.run_charts import EACH_SIDE, FEWEST, FIRM, RunChart, run_chart, signals

START = date(2016, 1, 1)


def months(
    values: list[float | None], statistic: str = "count", *, until: date | None = None, start: date = START
) -> list[Result]:  # fmt: skip
    """A result a month from January 2016."""
    period = Period(start=start, end=until or months_after(START, len(values)))
    plain = Result(
        slug="made.up", group="all", title="Made up", value=None, numerator=None, denominator=None, cases=0, unit="referrals",
        statistic=statistic, digits=0, period=period, as_at=period.end, period_note="", note="",
    )  # fmt: skip
    return [replace(plain, value=v, numerator=v, breakdown={"month": f"{months_after(START, i):%Y-%m}"})
            for i, v in enumerate(values)]  # fmt: skip


def shares(hits: list[int], base: int) -> list[Result]:
    plain = months([0.0] * len(hits), "share")
    return [replace(r, value=100 * n / base, numerator=n, denominator=base) for r, n in zip(plain, hits, strict=True)]


def told(chart: RunChart) -> dict[str, tuple[str, ...]]:
    return {p.month: p.signals for p in chart.points if p.signals}


STEADY = [20, 22, 19, 21, 20, 18, 21, 20, 22, 19, 20, 21]

# values, month by month -> what is signalled, by month
PLANTED = [
    ("nothing", STEADY, {}),
    ("an outlier", [*STEADY[:-1], 40], {"2016-12": ("outside",)}),
    ("an outlier below", [*STEADY[:5], 3, *STEADY[6:]], {"2016-06": ("outside",)}),
    ("a trend of six", [20, 21, 20, 21, 20, 19, 20, 21, 22, 23, 24, 21], {f"2016-{m:02}": ("trend",) for m in range(6, 12)}),
    ("a rise of five points is no trend", [20, 22, 19, 21, 20, 19, 20, 21, 22, 23, 20, 21], {}),
    ("a level stops a trend", [21, 20, 22, 18, 19, 20, 20, 21, 22, 21, 20, 19], {}),
    ("all alike", [20] * 12, {}),
]


@pytest.mark.parametrize(("values", "expected"), [p[1:] for p in PLANTED], ids=[p[0] for p in PLANTED])
def test_what_is_planted_is_found(values, expected):
    assert told(run_chart(months([float(v) for v in values]))) == expected


def test_a_shift_is_a_run_on_each_side():
    """Eight months low, then eight high: every month is of a run."""
    chart = run_chart(months([20.0, 22, 21, 20, 22, 21, 20, 22, 30, 32, 31, 30, 32, 31, 30, 32]))
    assert all("run" in p.signals for p in chart.points)


def test_seven_on_one_side_are_no_run_and_the_middle_ends_one():
    flat = [(0.0, 100.0)] * 16
    seven = [60.0] * 7 + [40.0] * 7 + [60.0, 40.0]
    assert not any(signals(seven, 50, flat))
    broken = [60.0] * 7 + [50.0] + [60.0] * 7 + [40.0]
    assert not any(signals(broken, 50, flat))
    assert [bool(s) for s in signals([60.0] * 8 + [40.0] * 2, 50, flat[:10])] == [True] * 8 + [False] * 2


def test_a_value_on_its_limit_is_within():
    assert signals([10.0, 90.0], 50, [(10.0, 90.0)] * 2) == ((), ())


def test_limits_are_wheelers():
    """Mean 20.25, mean moving range 22/11 = 2: 20.25 less and more 2.66 times 2."""
    chart = run_chart(months([float(v) for v in STEADY]))
    moved = sum(abs(b - a) for a, b in pairwise(STEADY)) / 11
    assert chart.middle == pytest.approx(sum(STEADY) / 12)
    assert chart.points[0].low == pytest.approx(sum(STEADY) / 12 - 2.66 * moved)
    assert chart.points[0].high == pytest.approx(sum(STEADY) / 12 + 2.66 * moved)


def test_a_share_is_judged_by_how_many_it_is_of():
    """The same 60% where all is 40% is noise of 10 cases, and news of 200."""
    few = run_chart(shares([4] * 11 + [6], 10))
    many = run_chart(shares([80] * 11 + [120], 200))
    assert not few.moved
    assert many.points[-1].signals == ("outside",)
    assert many.moved
    assert (few.last.low, few.last.high) == (0, 90)  # of Binomial(10, 41.7%)


def test_months_that_are_all_alike_are_no_news():
    """86 of 225 in each: the share of all together differs from each in the last bit of a float, and that is nothing."""
    assert told(run_chart(shares([86] * 12, 225))) == {}
    assert told(run_chart(shares([1] * 9, 3))) == {}
    assert told(run_chart(months([0.1] * 10, "mean"))) == {}


def test_too_few_months_are_said():
    chart = run_chart(months([20.0] * (FEWEST - 1)))
    assert chart.too_few
    assert chart.middle is None
    assert not chart.moved
    assert not run_chart(months([20.0] * FEWEST)).too_few
    assert run_chart(months([20.0] * FEWEST)).provisional
    assert not run_chart(months([20.0] * FIRM)).provisional


def test_a_month_that_is_cut_is_shown_and_not_judged():
    """The service began on 20 January, and the period ends on 15 December: neither month is like the others."""
    values = [2.0, *map(float, STEADY[1:-1]), 3.0]
    chart = run_chart(months(values, start=date(2016, 1, 20), until=date(2016, 12, 15)))
    assert [p.whole for p in chart.points] == [False] + [True] * 10 + [False]
    assert chart.points[0].low is None
    assert chart.last.month == "2016-11"
    assert told(chart) == {}


def test_since_last_month_is_said_only_of_the_month_before():
    gap = run_chart(months([20.0, 21.0, 20.0, 21.0, 20.0, 21.0, 20.0, 21.0, None, 22.0]))
    assert gap.last.month == "2016-10"
    assert gap.before is None
    assert run_chart(months([float(v) for v in STEADY])).before.month == "2016-11"


def test_what_is_withheld_is_no_point_to_judge_by():
    withheld = [replace(r, value=None, numerator=None, suppressed="few") for r in months([20.0] * 12)]
    assert run_chart(withheld).too_few


def alarms(draw, series: int, length: int) -> float:
    """Of so many series of pure noise, the share whose last month is called news."""
    return sum(run_chart(draw(length)).moved for _ in range(series)) / series


@pytest.mark.parametrize("length", [8, 12, 24])
def test_noise_is_seldom_called_news(length):
    """Of 300 series of noise the last month alarms in at most 3 of 100: counts of 3 or 20 a month, means, shares of 10 or 60."""
    rng = np.random.default_rng(20160701)
    drawn = {
        "counts of 20": lambda n: months([float(v) for v in rng.poisson(20, n)]),
        "counts of 3": lambda n: months([float(v) for v in rng.poisson(3, n)]),
        "means": lambda n: months([float(v) for v in rng.normal(100, 10, n)], "mean"),
        "shares of 10": lambda n: shares([int(v) for v in rng.binomial(10, 0.4, n)], 10),
        "shares of 60": lambda n: shares([int(v) for v in rng.binomial(60, 0.4, n)], 60),
    }
    assert {name: rate for name, draw in drawn.items() if (rate := alarms(draw, 300, length)) > 0.03} == {}


def test_a_large_change_is_nearly_always_seen():
    """A month of 60% where eleven were 30%, of 80 cases: found in 95 of 100 series at least."""
    rng = np.random.default_rng(7)
    found = [run_chart(shares([*map(int, rng.binomial(80, 0.3, 11)), int(rng.binomial(80, 0.6))], 80)).moved for _ in range(200)]
    assert sum(found) >= 190


@given(st.lists(st.integers(0, 40), min_size=FEWEST, max_size=30), st.integers(1, 50), st.integers(0, 100))
def test_a_number_larger_everywhere_is_judged_alike(values, times, more):
    """Another unit or another zero changes no verdict, as long as no limit is held at nothing."""
    plain = run_chart(months([float(v + 200) for v in values]))
    other = run_chart(months([float((v + 200) * times + more) for v in values]))
    kinds = [[(s in p.signals) for s in ("run", "trend")] for p in plain.points]
    if all(abs(p.value - (plain.middle or 0)) > 1e-6 for p in plain.points):
        assert kinds == [[(s in p.signals) for s in ("run", "trend")] for p in other.points]


@given(st.lists(st.integers(0, 30), min_size=FEWEST, max_size=30))
def test_limits_lie_around_the_middle(hits):
    chart = run_chart(shares(hits, 30))
    assert all(p.low <= chart.middle <= p.high for p in chart.points)
    assert all(0 <= p.low <= p.high <= 100 for p in chart.points)


def test_the_share_of_chance_beyond_a_limit_is_that_of_three_standard_deviations():
    from scipy.stats import norm

    assert pytest.approx(norm.sf(3), abs=1e-5) == EACH_SIDE
