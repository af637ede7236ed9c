"""Whether every pair lies within its caliper and its stratum: looked at after matching, from the scores alone.

Matching tools have let pairs through beyond their caliper without a word; this one is not believed either.
"""

import numpy as np

from throughcare.stats.arrays import Floats, Ints
from throughcare.stats.checks.finding import Finding
from throughcare.stats.impact.matches import Matches
from throughcare.stats.mistakes import BeyondCaliper

EQUAL = 2e-12


def within_caliper(matches: Matches, scores: Floats, width: float | None, strata: Ints | None = None) -> Finding:
    """The widest pair beside the caliper. Raises where a pair is beyond it or in two strata: of such pairs nothing is told."""
    away = np.abs(scores[matches.treated] - scores[matches.compared])
    widest = float(away.max()) if len(away) else 0.0
    beyond = int((away > width + EQUAL).sum()) if width is not None else 0
    mixed = int((strata[matches.treated] != strata[matches.compared]).sum()) if strata is not None else 0
    if beyond or mixed:
        raise BeyondCaliper(
            what="Pairs are further apart than was asked", record=f"{beyond} beyond the caliper, {mixed} across strata",
            expected="none", mend="report this: it is a fault of the program",
        )  # fmt: skip
    if width is None:
        says = f"No caliper was asked for: the widest of {len(away)} pairs is {widest:.4f} apart in the score."
    else:
        says = f"All {len(away)} pairs are within the caliper of {width:.4f}; the widest is {widest:.4f} apart."
    return Finding(check="caliper", passed=True, says=says, figures={"widest": widest, "caliper": width, "pairs": len(away)})
