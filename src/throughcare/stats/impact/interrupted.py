"""Interrupted time series: the level and the slope of one series before and after a start, the seasons taken out.

statsmodels does the regression, with Newey and West's errors for neighbouring periods that go together. The answer is the
difference, on average over the periods after the start, from what the earlier trend would have led to. With a `control`
series the same is asked of the difference of the two. Without one nothing rules out another change at the same time.
"""

from dataclasses import dataclass

import numpy as np

from throughcare.stats.arrays import Floats
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.mistakes import DataRefused

LEAST = 8
"""Periods needed on each side of the start [decided]: EPOC asks for three, with which slope and noise cannot be told apart."""


@dataclass(frozen=True, kw_only=True)
class Interrupted:
    """The mean effect over the periods after the start, the jump at it, the change of slope a period; what was left over."""

    effect: Estimate
    jump: tuple[float, float]
    slope: tuple[float, float]
    expected: Floats
    residual_correlation: float
    cautions: tuple[str, ...]


def interrupted_series(
    series: Floats, *, start: int, season: int = 0, control: Floats | None = None, name: str = ""
) -> Interrupted:
    """`series` is one value a period; `start` the place of the first period after; `season` periods a year (12; 0: none).

    Refuses fewer than eight periods on a side, a season that has not come round twice before the start, and gaps.
    """
    from statsmodels.regression.linear_model import OLS

    _check(series, start, season, control)
    y = series if control is None else series - control
    time = np.arange(len(y), dtype=np.float64)
    after = time >= start
    since = np.where(after, time - start, 0.0)
    columns = [np.ones(len(y)), time, after.astype(np.float64), since]
    columns += [(time % season == month).astype(np.float64) for month in range(1, season)]
    x = np.column_stack(columns)
    lags = max(int(np.ceil(len(y) ** 0.25)), 1)
    fitted = OLS(y, x).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True)
    contrast = np.zeros(x.shape[1])
    contrast[2], contrast[3] = 1.0, since[after].mean()
    params, spread = np.asarray(fitted.params), np.asarray(fitted.cov_params())
    mean = float(contrast @ params)
    without = x.copy()
    without[:, 2:4] = 0
    expected = without @ params + (0 if control is None else control)
    seen = float(series[after].mean())
    told = Estimate(
        outcome=name, method="interrupted time series", estimate=mean,
        standard_error=float(np.sqrt(contrast @ spread @ contrast)),
        treated_value=seen, compared_value=seen - mean, treated=int(after.sum()), compared=int((~after).sum()),
        df=float(len(y) - x.shape[1]),
    )  # fmt: skip
    left = np.asarray(fitted.resid)
    together = float(np.corrcoef(left[1:], left[:-1])[0, 1]) if left.std() > 0 else 0.0
    return Interrupted(
        effect=told, jump=(float(params[2]), float(fitted.bse[2])), slope=(float(params[3]), float(fitted.bse[3])),
        expected=expected, residual_correlation=together, cautions=_cautions(control, together),
    )  # fmt: skip


def _check(series: Floats, start: int, season: int, control: Floats | None) -> None:
    before, after = start, len(series) - start
    if min(before, after) < LEAST or (season and before < 2 * season):
        raise DataRefused(
            what="The series is too short", record=f"{before} periods before the start and {after} after",
            expected=f"at least {LEAST} on each side, and two whole seasons before", mend="wait, or add earlier periods",
        )  # fmt: skip
    if np.isnan(series).any() or (control is not None and (len(control) != len(series) or np.isnan(control).any())):
        raise DataRefused(what="The series has gaps", record="series or control", expected="a value each period, both alike long",
                          mend="fill the period, or cut the series")  # fmt: skip


def _cautions(control: Floats | None, together: float) -> tuple[str, ...]:
    alone = ("There is no control series: another change at the same time would look like an effect.",) * (control is None)
    close = (f"What is left over goes together from period to period ({together:.2f}): the interval may be too narrow.",)
    return alone + close * (abs(together) > 0.5)
