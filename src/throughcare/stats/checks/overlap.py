"""Whether there is anybody to compare with: how many of the treated have a compared person near them in the score."""

import numpy as np

from throughcare.stats.arrays import Flags, Floats
from throughcare.stats.checks.finding import Finding

NEAR = 0.2
"""Standard deviations of the logit within which somebody is near (Austin, Pharmaceutical Statistics 2011)."""
LEAST = 0.5
"""Share of the treated that must have somebody near [decided]; fewer, and the answer would be about a minority of them."""


def overlap(logit: Flags | Floats, treated: Flags) -> Finding:
    """Passes where at least half of the treated have somebody near; says how many have."""
    values = np.asarray(logit, dtype=np.float64)
    width = NEAR * float(values.std(ddof=1))
    ones, others = values[treated], np.sort(values[~treated])
    at = np.searchsorted(others, ones)
    right = np.abs(others[np.minimum(at, len(others) - 1)] - ones)
    left = np.abs(others[np.maximum(at - 1, 0)] - ones)
    near = np.minimum(left, right) <= width
    inside = (ones >= others[0]) & (ones <= others[-1])
    share = float(near.mean())
    return Finding(
        check="overlap", passed=share >= LEAST,
        says=f"{int(near.sum())} of {len(ones)} treated people have somebody near them in the score "
        f"(within {NEAR} standard deviations of the logit); {int((~inside).sum())} lie outside all who may be compared.",
        figures={"near": int(near.sum()), "treated": len(ones), "share": share, "outside": int((~inside).sum())},
    )  # fmt: skip
