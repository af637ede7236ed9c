"""The restricted mean: days without the event within a horizon, on average. It needs no proportional hazards.

The variance is the usual one of the area (Klein and Moeschberger, Survival Analysis, 2nd ed. 2003, section 4.5).
"""

import numpy as np

from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.mistakes import DataRefused
from throughcare.stats.survival.curves import Curve


def restricted_mean(curve: Curve, horizon: float) -> tuple[float, float]:
    """Mean and its standard error. Refuses a horizon beyond the last time at which anybody was watched."""
    times = curve.table["time"].to_numpy()
    if horizon <= 0 or horizon > times[-1]:
        raise DataRefused(what="The horizon cannot be reached", record=f"{horizon:g}", expected=f"at most {times[-1]:g}",
                          mend="give an earlier horizon")  # fmt: skip
    kept = times <= horizon
    edges = np.concatenate([[0.0], times[kept], [horizon]])
    heights = np.concatenate([[1.0], curve.table["survival"].to_numpy()[kept]])
    areas = np.diff(edges) * heights
    after = areas.sum() - np.cumsum(areas)[:-1]
    d = curve.table["events"].to_numpy()[kept].astype(np.float64)
    n = curve.table["at_risk"].to_numpy()[kept].astype(np.float64)
    moving = (d > 0) & (d < n)
    variance = float((after[moving] ** 2 * d[moving] / (n[moving] * (n[moving] - d[moving]))).sum())
    return float(areas.sum()), float(np.sqrt(variance))


def restricted_difference(treated: Curve, compared: Curve, horizon: float, *, outcome: str = "") -> Estimate:
    """How many more days the treated are without the event, within the horizon."""
    (one, error_1), (other, error_0) = restricted_mean(treated, horizon), restricted_mean(compared, horizon)
    return Estimate(
        outcome=outcome, method="restricted mean", estimate=one - other, standard_error=float(np.hypot(error_1, error_0)),
        treated_value=one, compared_value=other, treated=treated.people, compared=compared.people,
    )  # fmt: skip
