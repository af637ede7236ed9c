"""Before and after against prediction: how many reoffended, beside how many their scores (OGRS3) led to expect.

As in the evaluation of North West London's IOM: "predicted versus actual" (GtO interim evaluation, MOPAC 2017). There is no
comparison group: the answer is an effect only if the score is right for these people at this time, which is to be shown.
"""

import numpy as np
from scipy.stats import chi2

from throughcare.stats.arrays import Floats
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.mistakes import DataRefused

CAUTION = (
    "There is no comparison group: the difference is an effect only if the score is right for these people, here and now. "
    "Look at its calibration among people like them who were not treated."
)


def against_prediction(reoffended: Floats, predicted: Floats, *, name: str = "") -> Estimate:
    """Mean of what happened less mean of what was predicted, as a share. The error is that of the differences person by person.

    Refuses predictions that are no probabilities, and outcomes other than 0 and 1.
    """
    if len(reoffended) != len(predicted) or len(predicted) < 2:
        raise DataRefused(what="Outcomes and predictions do not go together", record=f"{len(reoffended)} and {len(predicted)}",
                          expected="one of each for every person, of at least two", mend="give both columns")  # fmt: skip
    if not np.all((predicted >= 0) & (predicted <= 1)) or not np.isin(reoffended, (0, 1)).all():
        raise DataRefused(what="A prediction or an outcome cannot be", record=name or "predicted", mend="write 63% as 0.63",
                          expected="predictions from 0 to 1, outcomes 0 or 1")  # fmt: skip
    away = reoffended - predicted
    return Estimate(
        outcome=name, method="against prediction", estimate=float(away.mean()),
        standard_error=float(away.std(ddof=1) / np.sqrt(len(away))), treated_value=float(reoffended.mean()),
        compared_value=float(predicted.mean()), treated=len(away), compared=0, df=float(len(away) - 1),
    )  # fmt: skip


def ratio_to_expected(reoffended: Floats, predicted: Floats) -> tuple[float, float, float]:
    """Those who reoffended over those expected to, with the exact Poisson interval of the count (Garwood 1936)."""
    seen, expected = float(reoffended.sum()), float(predicted.sum())
    low = chi2.ppf(0.025, 2 * seen) / 2 if seen else 0.0
    return seen / expected, float(low) / expected, float(chi2.ppf(0.975, 2 * seen + 2)) / 2 / expected
