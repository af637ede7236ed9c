"""One period beside an earlier one: what chance gives is not called a change, what it does not give is."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from throughcare.core.pilot import Period
from throughcare.measures.comparisons import compared
from throughcare.measures.results import Result


def result(statistic: str, value: float | None, base: int | None = None, days: int = 365) -> Result:
    start = date(2016, 1, 1)
    hits = None if value is None else value
    share = 100 * value / base if statistic == "share" and value is not None and base else value
    return Result(
        slug="made.up", group="all", title="Made up", value=share, numerator=hits, denominator=base, cases=base or 0,
        unit="percent" if statistic == "share" else "referrals", statistic=statistic, digits=0,
        period=Period(start=start, end=start + timedelta(days=days)), as_at=start, period_note="", note="",
    )  # fmt: skip


# statistic, (now, of, days), (before, of, days), counted by day -> verdict
TABLE = [
    ("share", (86, 225, 365), (90, 225, 365), True, "chance"),
    ("share", (86, 225, 365), (140, 225, 365), True, "lower"),
    ("share", (140, 225, 365), (86, 225, 365), True, "higher"),
    ("share", (2, 3, 365), (0, 3, 365), True, "chance"),
    ("share", (10, 10, 365), (10, 10, 365), True, "chance"),
    ("count", (110, None, 365), (100, None, 365), True, "chance"),
    ("count", (160, None, 365), (100, None, 365), True, "higher"),
    ("count", (100, None, 365), (100, None, 182), True, "lower"),  # as many in twice the days
    ("count", (160, None, 365), (100, None, 365), False, "unknown"),  # the same people may be in both
    ("count", (0, None, 365), (100, None, 365), True, "unknown"),  # no ratio of nothing
    ("median", (12, 30, 365), (20, 30, 365), True, "unknown"),
]


@pytest.mark.parametrize(("statistic", "now", "before", "of_days", "verdict"), TABLE)
def test_what_is_said_of_two_periods(statistic, now, before, of_days, verdict):
    found = compared(result(statistic, *now), result(statistic, *before), of_days=of_days)
    assert found.verdict == verdict
    assert found.value is not None
    assert (found.low is None) == (verdict == "unknown")


def test_a_share_differs_by_points():
    found = compared(result("share", 86, 225), result("share", 140, 225), of_days=True)
    assert found.value == pytest.approx(100 * (86 - 140) / 225)
    assert found.low < found.value < found.high < 0


@pytest.mark.parametrize("missing", ["now", "before"])
def test_what_is_not_known_differs_by_nothing(missing):
    withheld = replace(result("share", 86, 225), value=None, suppressed="few")
    pair = (withheld, result("share", 86, 225)) if missing == "now" else (result("share", 86, 225), withheld)
    assert compared(*pair, of_days=True).value is None
    assert compared(*pair, of_days=True).verdict == "unknown"


def test_of_periods_alike_about_one_in_twenty_is_called_different():
    """800 pairs from one share, 800 from one rate: between 1 and 7 of 100 differ."""
    rng = np.random.default_rng(5)
    shares = [compared(result("share", int(a), 120), result("share", int(b), 120), of_days=True).verdict
              for a, b in rng.binomial(120, 0.4, (800, 2))]  # fmt: skip
    counts = [compared(result("count", int(a)), result("count", int(b)), of_days=True).verdict
              for a, b in rng.poisson(60, (800, 2))]  # fmt: skip
    for found in (shares, counts):
        assert 0.01 <= 1 - found.count("chance") / 800 <= 0.07
