"""How small a change a study can find, and how many people it needs: two shares, compared two-sided.

Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (3rd ed., 2003), without the continuity correction.
"""

from math import ceil, sqrt

from scipy.optimize import brentq
from scipy.stats import norm

ALPHA, POWER = 0.05, 0.8


def treated_needed(base: float, change: float, *, ratio: float = 1, alpha: float = ALPHA, power: float = POWER) -> int:
    """How many treated are needed to find a `change` of the share `base` (as -0.10), with `ratio` compared for each."""
    return ceil(_needed(base, base + change, ratio, alpha, power) - 1e-9)


def least_detectable(
    base: float, treated: float, *, ratio: float = 1, alpha: float = ALPHA, power: float = POWER
) -> float | None:  # fmt: skip
    """The smallest fall of the share `base` that so many treated can find, as a share; None: not even a fall to nothing."""

    def short(drop: float) -> float:
        return _needed(base, base - drop, ratio, alpha, power) - treated

    if short(base) > 0:
        return None
    return float(brentq(short, 1e-9, base))


def _needed(base: float, other: float, ratio: float, alpha: float, power: float) -> float:
    if not (0 < base < 1 and 0 <= other <= 1 and ratio > 0) or base == other:
        raise ValueError(f"no change to be found from {base} to {other} with {ratio} compared for each")
    together = (other + ratio * base) / (1 + ratio)
    none = norm.ppf(1 - alpha / 2) * sqrt((1 + 1 / ratio) * together * (1 - together))
    some = norm.ppf(power) * sqrt(other * (1 - other) + base * (1 - base) / ratio)
    return float((none + some) ** 2 / (base - other) ** 2)


def needed_for_this(
    treated: int, estimate: float, standard_error: float, *, alpha: float = ALPHA, power: float = POWER
) -> int | None:  # fmt: skip
    """How many treated a study like this one would need to find a difference as large as was seen; None: none was seen."""
    if estimate == 0:
        return None
    wanted = norm.ppf(1 - alpha / 2) + norm.ppf(power)
    return max(ceil(float(treated * (wanted * standard_error / estimate) ** 2)), treated)
