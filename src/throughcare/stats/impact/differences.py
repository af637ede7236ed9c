"""Difference in differences: the change of the treated less the change of the others, over the same time.

One row a unit and period (a person, or a borough and month). Units and periods have their own levels; the error is clustered by
unit, with as many degrees of freedom as there are units less one. With few treated units the interval is too narrow, and the
answer says so. `by_period` gives the difference in each period against the last before the start; whether earlier ones differ is
tested in parts of the time before it: the pre-trends.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from throughcare.stats.arrays import Flags, Floats
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.mistakes import DataRefused
from throughcare.stats.sample import column, natural

PARTS = 3
"""Of the time before the start, for the test of earlier trends [decided]."""
FEW = 10
"""Fewer treated units than this: errors clustered by unit are known to be too small (Cameron, Gelbach and Miller 2008)."""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Which columns say what; `start` is the first period in which the treated are treated."""

    unit: str
    period: str
    treated: str
    outcome: str
    start: float


@dataclass(frozen=True, kw_only=True)
class Differences:
    """The effect; the difference in each period against the last before the start; the test that earlier ones do not differ."""

    effect: Estimate
    by_period: tuple[tuple[float, float, float], ...]
    pre_trend_p: float | None
    cautions: tuple[str, ...]


def difference_in_differences(frame: pl.DataFrame, panel: Panel) -> Differences:
    """Refuses: a unit twice in a period, a unit treated in part, no period before or after the start, outcomes missing."""
    data = _checked(frame, panel)
    unit = data[panel.unit].rank("dense").to_numpy() - 1
    period = data[panel.period].to_numpy().astype(np.float64)
    treated = data[panel.treated].to_numpy() == 1
    y = data[panel.outcome].cast(pl.Float64).to_numpy()
    after = period >= panel.start
    effect, error, _ = _fitted(y, unit, period, [treated & after])
    groups = len(np.unique(unit))
    ones = len(np.unique(unit[treated]))
    seen = float(y[treated & after].mean())
    told = Estimate(
        outcome=panel.outcome, method="difference in differences", estimate=float(effect[0]), standard_error=float(error[0]),
        treated_value=seen, compared_value=seen - float(effect[0]), treated=ones, compared=groups - ones, df=float(groups - 1),
    )  # fmt: skip
    rows = (y, unit, period, treated)
    by_period, p_value = _by_period(rows, panel.start), _pre_trend(rows, panel.start)
    few = (f"Only {ones} treated units: an error clustered by unit is too small for so few.",) * (min(ones, groups - ones) < FEW)
    return Differences(effect=told, by_period=by_period, pre_trend_p=p_value, cautions=few)


def _checked(frame: pl.DataFrame, panel: Panel) -> pl.DataFrame:
    for name in (panel.unit, panel.period, panel.treated, panel.outcome):
        if column(frame, name).null_count():
            raise DataRefused(what="A cell of the panel is empty", record=name, expected="a value on every row", mend="fill it")
    data = frame.sort(by=[*natural(frame, panel.unit), panel.period])
    if data.select(panel.unit, panel.period).is_duplicated().any():
        raise DataRefused(what="A unit stands twice in a period", record=panel.unit, expected="one row a unit and period",
                          mend="add the rows up, or keep one")  # fmt: skip
    if (data.group_by(panel.unit).agg(pl.col(panel.treated).n_unique())[panel.treated] > 1).any():
        raise DataRefused(what="A unit is treated in some periods only", record=panel.treated, mend="mark every row",
                          expected="1 on all rows of a treated unit, before the start too")  # fmt: skip
    after = data[panel.period] >= panel.start
    if not after.any() or after.all() or data[panel.treated].n_unique() != 2:
        raise DataRefused(what="There is nothing to compare", record=f"start {panel.start}", mend="correct it, or add rows",
                          expected="treated and others, before and after the start")  # fmt: skip
    return data


def _within(values: Floats, unit: Floats, period: Floats) -> Floats:
    """Freed of the levels of units and periods, by taking means out in turn until nothing moves."""
    place = np.unique(period, return_inverse=True)[1]
    unit_n, period_n = np.bincount(unit), np.bincount(place)
    for _ in range(500):
        before = values
        values = values - (np.bincount(unit, weights=values) / unit_n)[unit]
        values = values - (np.bincount(place, weights=values) / period_n)[place]
        if np.abs(values - before).max() < 1e-12 * max(np.abs(before).max(), 1):
            break
    return values


def _fitted(y: Floats, unit: Floats, period: Floats, flags: list[Flags]) -> tuple[Floats, Floats, Floats]:
    """Coefficients of the flags beside levels of units and periods; errors; and their covariance, clustered by unit."""
    from statsmodels.regression.linear_model import OLS

    x = np.column_stack([_within(flag.astype(np.float64), unit, period) for flag in flags])
    model = OLS(_within(y, unit, period), x)
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": unit}, use_t=True)
    return np.asarray(fitted.params), np.asarray(fitted.bse), np.asarray(fitted.cov_params())


Rows = tuple[Floats, Floats, Floats, Flags]
"""Of each row the outcome, the unit's number, the period and whether it is of a treated unit."""


def _by_period(rows: Rows, start: float) -> tuple[tuple[float, float, float], ...]:
    """Each period against the last before the start: (period, difference, error)."""
    y, unit, period, treated = rows
    periods = np.unique(period)
    last = periods[periods < start][-1]
    others = [p for p in periods if p != last]
    effects, errors, _ = _fitted(y, unit, period, [treated & (period == p) for p in others])
    return tuple((float(p), float(e), float(s)) for p, e, s in zip(others, effects, errors, strict=True))


def _pre_trend(rows: Rows, start: float) -> float | None:
    """The joint test that the treated did not differ in earlier parts of the time before the start; None: it cannot be made.

    Months by themselves are too many: with nearly as many as units a clustered test of all of them fails every time. So
    the time is cut in three parts, the earlier two against the last, by Hotelling's F with as many units as there are.
    """
    from scipy.stats import f

    early = rows[2] < start
    y, unit, period, treated = rows[0][early], rows[1][early], rows[2][early], rows[3][early]
    parts = np.array_split(np.unique(period), PARTS)
    earlier, groups = [part for part in parts[:-1] if len(part)], len(np.unique(unit))
    if len(earlier) < PARTS - 1 or not len(parts[-1]) or groups <= 2 * PARTS:
        return None
    found, _, spread = _fitted(y, unit, period, [treated & np.isin(period, part) for part in earlier])
    tested = len(earlier)
    wald = float(found @ np.linalg.pinv(spread) @ found)
    return float(f.sf(wald * (groups - tested) / ((groups - 1) * tested), tested, groups - tested))
