"""Immortal time: days in which the treated cannot have had the outcome, because it would have kept them from being treated.

Counting from eligibility gives the treated the days until their first session for free: who reoffends in them never starts.
"""

import numpy as np

from throughcare.stats.arrays import Flags, Floats
from throughcare.stats.checks.finding import Finding


def immortal_time(*, index: Floats, started: Floats, treated: Flags) -> Finding:
    """Passes where no treated person's clock starts before their treatment. Days are numbers; `started` nan where never."""
    waited = (started - index)[treated]
    waited = waited[~np.isnan(waited) & (waited > 0)]
    days = float(waited.sum())
    if not len(waited):
        says = "Every treated person's clock starts at their treatment or later."
        return Finding(check="immortal time", passed=True, says=says, figures={"days": 0, "people": 0})
    return Finding(
        check="immortal time", passed=False, figures={"days": days, "people": len(waited)},
        says=f"{len(waited)} treated people have {days:,.0f} days on the clock before their treatment began, in which they "
        "could not have had the outcome and be treated: they would look better without any effect.",
    )  # fmt: skip
