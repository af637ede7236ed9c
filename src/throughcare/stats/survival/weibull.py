"""Weibull's model: as Cox's, with a hazard that rises or falls as a power of time (alpha below 1: it falls).

lifelines fits it as an accelerated time; here it is told as proportional hazards. Published: 1,445 people released in North
Carolina (Wooldridge's recid), alpha .8059 (tests/stats/test_recid.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from throughcare.stats.arrays import Flags, Floats
from throughcare.stats.survival.curves import check


@dataclass(frozen=True, kw_only=True)
class Weibull:
    """`coefficients` by name are log hazard ratios, the constant under ""; `alpha` is the power of time."""

    coefficients: dict[str, float]
    alpha: float
    log_likelihood: float


def weibull(durations: Floats, events: Flags, x: Floats, names: Sequence[str]) -> Weibull:
    """Fits the model. Times must be above 0."""
    import pandas as pd
    from lifelines import WeibullAFTFitter

    check(durations, events)
    columns = [f"x{place}" for place in range(x.shape[1])]
    frame = pd.DataFrame(x, columns=columns).assign(time=durations, event=events.astype(np.int64))
    fitter = WeibullAFTFitter()
    fitter.fit(frame, "time", "event")
    alpha = float(np.exp(fitter.params_["rho_", "Intercept"]))
    scale = fitter.params_["lambda_"]
    told = {"": -alpha * float(scale["Intercept"])}
    told |= {name: -alpha * float(scale[column]) for name, column in zip(names, columns, strict=True)}
    return Weibull(coefficients=told, alpha=alpha, log_likelihood=float(fitter.log_likelihood_))
