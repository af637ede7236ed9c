"""One period beside an earlier one: by how much a figure differs, and whether by more than chance gives.

Two shares by Newcombe's interval of their difference; two numbers of events by the score interval of the ratio of their rates a
day (`statsmodels`), since the periods may differ in length. Of numbers of people there at a time, of averages and of extremes it
is not said: the same people may be in both, and their spread is not known here. At 95% one comparison in twenty differs by chance
alone.
"""

from dataclasses import dataclass
from typing import Literal

from statsmodels.stats.rates import confint_poisson_2indep

from throughcare.measures.results import Result
from throughcare.stats.shares import difference

Verdict = Literal["higher", "lower", "chance", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A figure and the same of the earlier period. `value`: the first less the second, None where one of them has no value.

    For a share in points, with its interval; for a number of events the interval is of the rate a day as a percentage of the
    earlier one's. verdict: "unknown" where no interval can be had.
    """

    now: Result
    before: Result
    value: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: Verdict = "unknown"


def compared(now: Result, before: Result, *, of_days: bool) -> Compared:
    """The two beside each other. `of_days`: what is counted happens on a day each, as a referral does, and each once."""
    if now.value is None or before.value is None:
        return Compared(now=now, before=before)
    value = float(now.value) - float(before.value)
    found = None
    if now.statistic == "share":
        found = _of_shares(now, before)
    elif now.statistic == "count" and of_days:
        found = _of_counts(now, before)
    if found is None:
        return Compared(now=now, before=before, value=value)
    low, high, none = found
    verdict: Verdict = "higher" if low > none else "lower" if high < none else "chance"
    return Compared(now=now, before=before, value=value, low=low, high=high, verdict=verdict)


def _of_shares(now: Result, before: Result) -> tuple[float, float, float] | None:
    """Low, high, and the value that says that nothing changed."""
    if not now.denominator or not before.denominator:
        return None
    told = difference(int(now.numerator or 0), now.denominator, int(before.numerator or 0), before.denominator)
    return (told.low, told.high, 0.0) if told.low is not None and told.high is not None else None


def _of_counts(now: Result, before: Result) -> tuple[float, float, float] | None:
    days = [(r.period.end - r.period.start).days for r in (now, before)]
    if not all(days) or not before.value or not now.value:
        return None
    low, high = confint_poisson_2indep(now.value, days[0], before.value, days[1], method="score", compare="ratio")
    return 100 * float(low), 100 * float(high), 100.0
