"""Kaplan and Meier's curve: the share without the event by time, with intervals and the numbers still at risk.

lifelines does the estimating (log-log intervals, Greenwood's variance). Published: Rossi's 432 released prisoners at week 52,
.7778 of those with aid and .6944 of those without (tests/stats/test_rossi.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from throughcare.stats.arrays import Flags, Floats
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.mistakes import DataRefused


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One group. `table` has a row a time at which somebody left: time, survival, its interval (low, high), how many were at risk
    just before, events, censored."""

    label: str
    people: int
    table: pl.DataFrame

    def survival(self, time: float) -> float:
        """The share without the event up to and at a time."""
        there = self.table.filter(pl.col("time") <= time)
        return float(there["survival"][-1]) if there.height else 1.0

    def at_risk(self, time: float) -> int:
        """How many are still watched and without the event just before a time."""
        rest = self.table.filter(pl.col("time") >= time)
        return int(rest["at_risk"][0]) if rest.height else 0

    def variance(self, time: float) -> float:
        """Greenwood's variance of the share at a time."""
        there = self.table.filter((pl.col("time") <= time) & (pl.col("events") > 0))
        d, n = there["events"].to_numpy(), there["at_risk"].to_numpy().astype(np.float64)
        if (d == n).any():
            return 0.0
        return float(self.survival(time) ** 2 * (d / (n * (n - d))).sum())


def kaplan_meier(durations: Floats, events: Flags, *, label: str = "", weights: Floats | None = None) -> Curve:
    """The curve of one group. Times are days (or weeks) at risk; an event at the same time as a censoring comes first.

    With weights (people who stand in for several) the curve is right and its band is that of as many people as the weights
    add up to. Refuses negative and missing times, and no people at all.
    """
    import warnings

    import pandas as pd
    from lifelines import KaplanMeierFitter
    from lifelines.exceptions import StatisticalWarning

    check(durations, events)
    fitter = KaplanMeierFitter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StatisticalWarning)  # of weights that are no whole numbers: said above
        fitter.fit(durations, event_observed=events, weights=weights, label="survival")
    found, bounds = fitter.event_table, fitter.confidence_interval_
    frame = pd.concat([found, fitter.survival_function_, bounds.set_axis(["low", "high"], axis=1)], axis=1)
    table = pl.DataFrame(
        {
            "time": frame.index.to_numpy(dtype=np.float64), "survival": frame["survival"].to_numpy(),
            "low": frame["low"].fillna(1.0).to_numpy(), "high": frame["high"].fillna(1.0).to_numpy(),
            "at_risk": frame["at_risk"].to_numpy(), "events": frame["observed"].to_numpy(),
            "censored": frame["censored"].to_numpy(),
        }
    )  # fmt: skip
    return Curve(label=label, people=len(durations), table=table)


def check(durations: Floats, events: Flags) -> None:
    """Refuses times that cannot be."""
    if not len(durations) or len(durations) != len(events) or not np.all(np.isfinite(durations)) or (durations < 0).any():
        raise DataRefused(
            what="Times to the event cannot be used", record=f"{len(durations)} times", mend="correct the times",
            expected="a time of 0 or more for everybody, and whether the event came",
        )  # fmt: skip


def difference_at(time: float, treated: Curve, compared: Curve, *, outcome: str = "") -> Estimate:
    """How much more of the treated have had the event by a time than of the compared (their risk difference), by Greenwood."""
    one, other = 1 - treated.survival(time), 1 - compared.survival(time)
    return Estimate(
        outcome=outcome, method="Kaplan-Meier", estimate=one - other, treated_value=one, compared_value=other,
        standard_error=float(np.sqrt(treated.variance(time) + compared.variance(time))),
        treated=treated.people, compared=compared.people,
    )  # fmt: skip


def numbers_at_risk(curves: Sequence[Curve], times: Sequence[float]) -> pl.DataFrame:
    """A row a time, a column a group: what stands below a curve."""
    return pl.DataFrame({"time": list(times)} | {curve.label: [curve.at_risk(t) for t in times] for curve in curves})
