"""Run charts with control limits, so that noise is not read as news: a figure month by month, and what in it is a signal.

A share has a p-chart: the limits of each month are those between which a share of so many would lie in all but about 27 of
10,000 months, were nothing changed (exact binomial, as a month has few cases). Any other figure has an XmR chart: mean and 2.66
times the mean moving range (Shewhart 1931; Wheeler, Understanding Variation, 1993); a number is never below 0. Signals (Nelson,
Journal of Quality Technology 16, 1984; NHS England, Making Data Count): a point outside the limits; 8 in a row on one side of
the middle; 6 in a row that rise or fall. A month that the period or the service's life cuts is shown and not judged: it is not
like the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import isclose
from typing import Literal

from scipy.stats import binom

from throughcare.core.dates import months_after
from throughcare.core.pilot import Period
from throughcare.measures.results import Result

Signal = Literal["outside", "run", "trend"]
FEWEST, FIRM = 8, 12
"""Months that limits need at least; and those from which on they are not called provisional."""
RUN, TREND = 8, 6
EACH_SIDE, XMR = 0.00135, 2.66
"""What chance puts beyond three standard deviations on one side; what turns a mean moving range into three of them."""
SIGNALS: dict[Signal, str] = {
    "outside": "outside its control limits",
    "run": f"one of {RUN} or more months in a row on one side of the middle",
    "trend": f"one of {TREND} or more months in a row that rise or fall",
}


@dataclass(frozen=True, kw_only=True)
class Point:
    """A month: its result, whether it is a whole month, the limits on it (None: not judged), and what it signals."""

    month: str
    result: Result
    whole: bool
    low: float | None = None
    high: float | None = None
    signals: tuple[Signal, ...] = ()

    @property
    def value(self) -> float | None:
        return None if self.result.value is None else float(self.result.value)


@dataclass(frozen=True, kw_only=True)
class RunChart:
    """The months in order. `middle`: of those judged; None where these are too few."""

    points: tuple[Point, ...]
    middle: float | None

    @property
    def judged(self) -> tuple[Point, ...]:
        """The whole months that have a value."""
        return tuple(p for p in self.points if p.whole and p.value is not None)

    @property
    def last(self) -> Point | None:
        return self.judged[-1] if self.judged else None

    @property
    def before(self) -> Point | None:
        """The month before the last, where it has a value: what "since last month" is said against."""
        found = self.judged[-2:-1]
        return found[0] if found and months_after(_day(found[0]), 1) == _day(self.judged[-1]) else None

    @property
    def too_few(self) -> bool:
        return self.middle is None

    @property
    def provisional(self) -> bool:
        """Whether the limits are of few months, so that they will still move."""
        return not self.too_few and len(self.judged) < FIRM

    @property
    def moved(self) -> bool:
        """Whether the last month signals anything: otherwise what it shows is noise."""
        return self.last is not None and bool(self.last.signals)


def run_chart(results: Iterable[Result], life: Period | None = None) -> RunChart:
    """The chart of one figure's results divided by month. What is withheld has no value, and is no point to judge by.

    `life`: the days of its service; months without a day of them are left out.
    """
    by_month = {r.breakdown["month"]: r for r in results}
    points = tuple(
        Point(month=month, result=by_month[month], whole=days == part)
        for month in sorted(by_month)
        if (days := _days(month)) and (part := _part(days, by_month[month].period, life)).start < part.end
    )
    chart = RunChart(points=points, middle=None)
    if len(chart.judged) < FEWEST:
        return chart
    middle, limits = (_shares if chart.judged[0].result.statistic == "share" else _numbers)(chart.judged)
    found = signals([p.value or 0.0 for p in chart.judged], middle, limits)
    told = {
        p.month: replace(p, low=low, high=high, signals=some)
        for p, (low, high), some in zip(chart.judged, limits, found, strict=True)
    }
    return RunChart(points=tuple(told.get(p.month, p) for p in points), middle=middle)


def signals(
    values: Sequence[float], middle: float, limits: Sequence[tuple[float, float]]
) -> tuple[tuple[Signal, ...], ...]:
    """What each value signals. A value on the middle ends a run, one equal to that before it ends a trend; a value on a limit is
    within it. What differs in the last bits of a float is equal.
    """
    sides = [_side(value, middle) for value in values]
    steps = [0, *(_side(b, a) for a, b in pairwise(values))]
    runs, trends = _in_a_row(sides, RUN), _in_a_row(steps, TREND - 1)
    rising = {i for at in trends for i in (at - 1, at)}
    found: list[tuple[Signal, ...]] = []
    for i, (value, (low, high)) in enumerate(zip(values, limits, strict=True)):
        seen: dict[Signal, bool] = {
            "outside": _side(value, high) > 0 or _side(value, low) < 0, "run": i in runs, "trend": i in rising
        }  # fmt: skip
        found.append(tuple(signal for signal, there in seen.items() if there))
    return tuple(found)


def _side(value: float, of: float) -> int:
    """1 above, -1 below, 0 where they are equal but for rounding."""
    return 0 if isclose(value, of, rel_tol=1e-9, abs_tol=1e-9) else 1 if value > of else -1


def _in_a_row(signs: Sequence[int], least: int) -> set[int]:
    """The places that lie in a stretch of one sign, not 0, at least so long."""
    found: set[int] = set()
    start = 0
    for i in range(1, len(signs) + 1):
        if i == len(signs) or signs[i] != signs[start]:
            if signs[start] and i - start >= least:
                found.update(range(start, i))
            start = i
    return found


def _shares(points: Sequence[Point]) -> tuple[float, list[tuple[float, float]]]:
    """Middle and limits of each month, in percent: the share of all months together, and how far chance takes so many."""
    hits = sum(int(p.result.numerator or 0) for p in points)
    base = sum(p.result.denominator or 0 for p in points)
    share, of = hits / base, [p.result.denominator or 0 for p in points]
    ends = (binom.ppf(q, of, share).tolist() for q in (EACH_SIDE, 1 - EACH_SIDE))
    return 100 * share, [(100 * low / n, 100 * high / n) for low, high, n in zip(*ends, of, strict=True)]


def _numbers(points: Sequence[Point]) -> tuple[float, list[tuple[float, float]]]:
    """Middle and limits, the same for each month."""
    values = [p.value or 0.0 for p in points]
    middle = sum(values) / len(values)
    moved = [abs(b - a) for a, b in pairwise(values)]
    reach = XMR * sum(moved) / len(moved)
    return middle, [(max(0.0, middle - reach), middle + reach)] * len(values)


def _days(month: str) -> Period:
    first = date.fromisoformat(f"{month}-01")
    return Period(start=first, end=months_after(first, 1))


def _part(days: Period, period: Period, life: Period | None) -> Period:
    """The days of a month that are counted: the last one asked for may not be over, the first be that of a beginning."""
    counted = days.cut(period.start, period.end)
    return counted.cut(life.start, life.end) if life else counted


def _day(point: Point) -> date:
    return date.fromisoformat(f"{point.month}-01")
