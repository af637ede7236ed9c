"""How strong something unseen would have to be to make the finding vanish.

`rosenbaum`: the odds by which one of a pair may have been likelier to be treated before the finding is no longer significant
(Rosenbaum, Observational Studies, 2nd ed. 2002, chapter 4). `e_value`: the risk ratio that something unseen would need with
both treatment and outcome (VanderWeele and Ding, Annals of Internal Medicine 2017).
"""

import numpy as np
from scipy.optimize import brentq
from scipy.stats import binom, norm, rankdata

from throughcare.stats.arrays import Floats
from throughcare.stats.checks.finding import Finding

MOST = 100.0


def rosenbaum(differences: Floats, *, alpha: float = 0.05) -> float | None:
    """The largest gamma at which pair differences (treated less compared) stay significant, one-sided at alpha / 2 in their own
    direction; None where they are not significant to begin with. Yes-or-no outcomes by McNemar's test, others by Wilcoxon's."""
    moved = differences[differences != 0]
    if not len(moved):
        return None
    signed = moved if moved.sum() >= 0 else -moved
    upper = _mcnemar if np.isin(np.abs(moved), (1.0,)).all() else _wilcoxon

    def over(gamma: float) -> float:
        return upper(signed, gamma) - alpha / 2

    if over(1.0) > 0:
        return None
    return MOST if over(MOST) < 0 else float(brentq(over, 1.0, MOST))


def _mcnemar(moved: Floats, gamma: float) -> float:
    """The largest p at gamma: of the pairs that differ, at most gamma / (1 + gamma) would go this way by themselves."""
    return float(binom.sf(int((moved > 0).sum()) - 1, len(moved), gamma / (1 + gamma)))


def _wilcoxon(moved: Floats, gamma: float) -> float:
    ranks = rankdata(np.abs(moved))
    share = gamma / (1 + gamma)
    mean, variance = share * ranks.sum(), share * (1 - share) * (ranks**2).sum()
    return float(norm.sf((ranks[moved > 0].sum() - mean) / np.sqrt(variance)))


def e_value(treated_share: float, compared_share: float, *, nearest_share: float | None = None) -> tuple[float, float]:
    """For the estimate, and for the end of the interval that is nearest to none (`nearest_share`: what the treated would then
    have had; None: the interval holds none, so 1)."""
    point = _e(treated_share / compared_share) if min(treated_share, compared_share) > 0 else np.inf
    if nearest_share is None or nearest_share <= 0:
        return float(point), 1.0
    return float(point), _e(nearest_share / compared_share)


def _e(ratio: float) -> float:
    ratio = 1 / ratio if ratio < 1 else ratio
    return float(ratio + np.sqrt(ratio * (ratio - 1)))


def sensitivity(gamma: float | None, *, significant: bool) -> Finding:
    """The bound in words. It is no pass or fail: it says how much is to be feared."""
    if not significant or gamma is None:
        return Finding(check="sensitivity", passed=None, says="There is no significant finding that something unseen could undo.")
    return Finding(
        check="sensitivity", passed=None, figures={"gamma": gamma},
        says="The finding would stand unless, of two people alike in all that is known, something unseen made one of them "
        f"{gamma:.2f} times as likely to be treated.",
    )  # fmt: skip
