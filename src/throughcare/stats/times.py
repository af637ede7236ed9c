"""What is told of an outcome that is a time: curves of the people compared, their test, hazard ratio and restricted mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from throughcare.stats.checks.finding import Finding
from throughcare.stats.comparison import Comparison
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.outcomes import numbers
from throughcare.stats.protocol import Outcome
from throughcare.stats.survival.cox import cox
from throughcare.stats.survival.curves import Curve, kaplan_meier, numbers_at_risk
from throughcare.stats.survival.logrank import LogRank, log_rank
from throughcare.stats.survival.restricted import restricted_difference

STEPS = 6


@dataclass(frozen=True, kw_only=True)
class Times:
    """`hazard_ratio` with its interval; the test and the ratio are of pairs one to one, and None with weights."""

    outcome: str
    curves: tuple[Curve, Curve]
    at_risk: pl.DataFrame
    test: LogRank | None
    hazard_ratio: tuple[float, float, float] | None
    proportional: Finding | None
    days_without: Estimate


def times_of(frame: pl.DataFrame, comparison: Comparison, outcomes: Sequence[Outcome]) -> tuple[Times, ...]:
    """One for each time among the outcomes answered."""
    return tuple(_times(frame, comparison, outcome) for outcome in outcomes if outcome.kind == "time")


def _times(frame: pl.DataFrame, comparison: Comparison, outcome: Outcome) -> Times:
    time, came = numbers(frame, outcome.name), numbers(frame, outcome.event) == 1
    weight, treated = comparison.weights, comparison.treated & ~np.isnan(time)
    rows = (weight > 0) & ~np.isnan(time)
    mine, other = rows & treated, rows & ~treated
    even = bool(np.all(weight[rows] == 1))
    curves = (
        kaplan_meier(time[mine], came[mine], label="treated", weights=None if even else weight[mine]),
        kaplan_meier(time[other], came[other], label="compared", weights=None if even else weight[other]),
    )
    horizon = float(outcome.horizon or 0)
    reached = min(horizon, *(float(curve.table["time"][-1]) for curve in curves))
    steps = [round(horizon * step / STEPS, 1) for step in range(STEPS + 1)]
    test, ratio, proportional = None, None, None
    if even and comparison.matches is not None and came[rows].any():
        test = log_rank(time[rows], came[rows], treated[rows])
        sets = np.arange(len(time), dtype=np.float64)
        sets[comparison.matches.compared] = comparison.matches.treated
        fitted = cox(time[rows], came[rows], treated[rows][:, None].astype(np.float64), ["treated"], clusters=sets[rows])
        low, high = fitted.coefficients[0] + np.array([-1.959964, 1.959964]) * fitted.errors[0]
        ratio = (float(fitted.hazard_ratios[0]), float(np.exp(low)), float(np.exp(high)))
        proportional = fitted.proportional
    return Times(
        outcome=outcome.name, curves=curves, at_risk=numbers_at_risk(curves, steps), test=test, hazard_ratio=ratio,
        proportional=proportional, days_without=restricted_difference(*curves, reached, outcome=outcome.name),
    )  # fmt: skip
