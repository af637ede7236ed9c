"""Whether treated and others moved alike before the start: what a difference in differences rests on."""

from throughcare.stats.checks.finding import Finding
from throughcare.stats.impact.differences import Differences

ALPHA = 0.05


def pre_trends(found: Differences) -> Finding:
    """Passes where the earlier periods do not differ, taken together. That does not prove that they were alike."""
    if found.pre_trend_p is None:
        says = "There are too few periods before the start, or too few units, to see whether the two moved alike."
        return Finding(check="pre-trends", passed=None, says=says)
    passed = found.pre_trend_p > ALPHA
    says = "No difference of trend is found before the start" if passed else "The two moved differently before the start already"
    return Finding(check="pre-trends", passed=passed, says=f"{says} (p = {found.pre_trend_p:.3f}).",
                   figures={"p_value": found.pre_trend_p})  # fmt: skip
