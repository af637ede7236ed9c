"""The log-rank test: whether groups come to the event alike. lifelines does it. Published: Rossi's aid, 3.838 (p .0501)."""

from dataclasses import dataclass

import numpy as np

from throughcare.stats.arrays import Flags, Floats, Ints
from throughcare.stats.mistakes import DataRefused
from throughcare.stats.survival.curves import check


@dataclass(frozen=True, kw_only=True)
class LogRank:
    statistic: float
    df: int
    p_value: float


def log_rank(durations: Floats, events: Flags, groups: Ints | Flags) -> LogRank:
    """Refuses a single group: there is nothing to compare."""
    from lifelines.statistics import multivariate_logrank_test

    check(durations, events)
    labels = np.unique(groups)
    if len(labels) < 2:
        raise DataRefused(what="There is one group alone", record=str(labels), expected="two or more", mend="give the others too")
    found = multivariate_logrank_test(durations, groups.astype(np.int64), events)
    return LogRank(statistic=float(found.test_statistic), df=len(labels) - 1, p_value=float(found.p_value))
