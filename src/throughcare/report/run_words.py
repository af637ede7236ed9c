"""What a run chart shows, in words: whether its last month is noise."""

from collections.abc import Iterable
from datetime import date

from throughcare.measures.results import Result
from throughcare.measures.run_charts import FEWEST, SIGNALS, RunChart, Signal
from throughcare.report.content import Said
from throughcare.report.sentences import cell, number


def few_months(chart: RunChart) -> str:
    """That there are too few months to tell noise from news, and how many it takes."""
    have = len(chart.judged)
    return f"{have or 'No'} whole month{'s' if have != 1 else ''}: too few to tell noise from news, which takes {FEWEST}."


def verdict(chart: RunChart) -> str:
    """What the last month judged says, in words; that it cannot be told, where there are too few."""
    if chart.last is None or chart.too_few:
        return few_months(chart)
    month = month_in_words(chart.last.month)
    if not chart.moved:
        return f"{month} is within its control limits: noise"
    return f"{month} is {signals_in_words(chart.last.signals)}: more than chance gives"


def signals_in_words(some: Iterable[Signal]) -> str:
    return " and ".join(SIGNALS[each] for each in some)


def month_in_words(month: str) -> str:
    """July 2016, of 2016-07."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def says(chart: RunChart, target: float | None = None) -> str:
    """What the chart shows, for who cannot see it."""
    valued = [p for p in chart.points if p.value is not None]
    if not valued:
        return "No month has a value."
    first, last = valued[0], valued[-1]
    told = f"{month_in_words(first.month)}: {shown(first.result)}; {month_in_words(last.month)}: {shown(last.result)}. "
    goal = f" Target {number(target, last.result)}." if target is not None else ""
    if chart.middle is None or chart.last is None:
        return f"{told}{few_months(chart)}{goal}"
    point = chart.last
    between = f"Middle {number(chart.middle, point.result)}, limits {limits(point.low, point.high, point.result)}. "
    return f"{told}{between}{verdict(chart)}.{goal}"


def limits(low: float | None, high: float | None, of: Result) -> str:
    """From the lower to the upper limit of a month; "" where it is not judged."""
    return "" if low is None or high is None else f"{number(low, of)} to {number(high, of)}"


def shown(result: Result) -> str:
    """A result as it is published, with its unit; "" where it has no value."""
    return "" if result.shown is None else cell(Said(result=result))
