"""What a run chart shows, in words: whether its last month is noise."""

from collections.abc import Iterable
from datetime import date

from throughcare.measures.run_charts import FEWEST, SIGNALS, RunChart, Signal


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
