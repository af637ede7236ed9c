"""Whether the compared look like the treated: standardised differences, variance ratios and distances of distributions.

A standardised mean difference (SMD) is divided by the standard deviation of the treated before matching (n - 1), and by
sqrt(p (1 - p)) for a yes or no, as MatchIt 4.7.2 does; where no treated differs from another, by that of the others. It is
judged against what chance alone would leave: a right score lets the compared differ by the luck of their own draw, so the
bound is the largest of these differences that so many compared people would show in 95 of 100 draws. A flat 0.1 would refuse
most honest studies of 150 people: there the worst of twenty covariates averages 0.16 under perfect matching. (The treated's
own luck is taken out by fitting the score to them; a bound with both, as in a randomised study, lies a third higher, and so
misses more.)
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from throughcare.stats.arrays import CHUNK, Flags, Floats
from throughcare.stats.checks.finding import Finding
from throughcare.stats.covariates import Covariates, correlations

NEGLIGIBLE = 0.05
"""A difference below this is let pass however many people there are [decided]: chance alone would leave less at thousands."""
DRAWS, SEED = 4_000, 20161


@dataclass(frozen=True, kw_only=True)
class Balance:
    """One row a covariate in `table`; `by_chance` is the bound on the largest SMD."""

    table: pl.DataFrame
    by_chance: float

    @property
    def max_abs_smd(self) -> float:
        return float(self.table["smd_after"].abs().max())  # type: ignore[arg-type]

    @property
    def bound(self) -> float:
        return max(self.by_chance, NEGLIGIBLE)

    @property
    def finding(self) -> Finding:
        worst = self.table.row(int(self.table["smd_after"].abs().arg_max() or 0), named=True)
        passed = self.max_abs_smd <= self.bound
        than = "no more than" if passed else "more than"
        return Finding(
            check="balance", passed=passed,
            says=f"The largest standardised difference left is {self.max_abs_smd:.3f} ({worst['covariate']}): {than} the "
            f"{self.bound:.3f} that chance alone could leave with so many people compared.",
            figures={"max_abs_smd": self.max_abs_smd, "by_chance": self.by_chance, "bound": self.bound},
        )  # fmt: skip


def balance(known: Covariates, treated: Flags, weights: Floats) -> Balance:
    """Before and after, for every covariate and level. `weights` as the design gave them; a row of weight 0 is left out after."""
    rows = []
    for place, name in enumerate(known.names):
        rows.append(_row(name, known.x[:, place], treated, weights, binary=bool(known.binary[place])))
    return Balance(table=pl.DataFrame(rows), by_chance=chance_bound(known, treated, weights))


def _row(name: str, values: Floats, treated: Flags, weights: Floats, *, binary: bool) -> dict[str, float | str | None]:
    ones, others = values[treated], values[~treated]
    w1, w0 = weights[treated], weights[~treated]
    share = float(ones.mean())
    spread = _spread(ones, binary=binary) or _spread(others, binary=binary)
    after_1, after_0 = _mean(ones, w1), _mean(others, w0)
    k1, k0 = w1 > 0, w0 > 0
    before_steps, after_steps = steps(ones, others), steps(ones[k1], others[k0], w1[k1], w0[k0])
    return {
        "covariate": name, "treated_before": share, "compared_before": float(others.mean()), "treated_after": after_1,
        "compared_after": after_0, "smd_before": _over(share - float(others.mean()), spread),
        "smd_after": _over(after_1 - after_0, spread),
        "variance_ratio_before": None if binary else _ratio(float(ones.var(ddof=1)), float(others.var(ddof=1))),
        "variance_ratio_after": None if binary else _ratio(_variance(ones, w1), _variance(others, w0)),
        "ecdf_mean_before": before_steps[0], "ecdf_max_before": before_steps[1],
        "ecdf_mean_after": after_steps[0], "ecdf_max_after": after_steps[1],
    }  # fmt: skip


def _mean(values: Floats, weights: Floats) -> float:
    return float((values * weights).sum() / weights.sum())


def _spread(values: Floats, *, binary: bool) -> float:
    share = float(values.mean())
    return float(np.sqrt(share * (1 - share))) if binary else float(values.std(ddof=1))


def _over(difference: float, spread: float) -> float:
    """Nobody on either side differs in it: any difference is beyond measure, none is none."""
    if spread > 0:
        return difference / spread
    return 0.0 if abs(difference) < 1e-12 else float(np.copysign(np.inf, difference))


def _ratio(one: float, other: float) -> float | None:
    return one / other if other > 0 else None


def _variance(values: Floats, weights: Floats) -> float:
    """Weighted, without bias, as MatchIt takes it."""
    total = weights.sum()
    middle = (values * weights).sum() / total
    share = weights / total
    left = 1 - (share**2).sum()
    return float((share * (values - middle) ** 2).sum() / left) if left > 0 else 0.0


def steps(ones: Floats, others: Floats, w1: Floats | None = None, w0: Floats | None = None) -> tuple[float, float]:
    """Mean and largest distance between the two cumulative distributions, over every value that occurs; of a yes or no, the
    difference of the shares."""
    low, high = min(ones.min(), others.min()), max(ones.max(), others.max())
    if low == high:
        return 0.0, 0.0
    if np.all((others == low) | (others == high)) and np.all((ones == low) | (ones == high)):
        shares = [np.average(part == low, weights=w) for part, w in ((ones, w1), (others, w0))]
        away = abs(float(shares[0]) - float(shares[1]))
        return away, away
    values_1, reached_1 = _cumulative(ones, w1)
    values_0, reached_0 = _cumulative(others, w0)
    at_0 = reached_1[np.searchsorted(values_1, values_0, side="right")]
    apart = np.abs(reached_0[1:] - at_0)
    total, most, seen = float(apart.sum()), float(apart.max()), len(apart)
    fresh = np.ones(len(values_1), dtype=np.bool_)
    place = np.minimum(np.searchsorted(values_0, values_1), len(values_0) - 1)
    fresh[values_0[place] == values_1] = False
    if fresh.any():
        others_there = reached_0[np.searchsorted(values_0, values_1[fresh], side="right")]
        apart = np.abs(reached_1[1:][fresh] - others_there)
        total, most, seen = total + float(apart.sum()), max(most, float(apart.max())), seen + len(apart)
    return total / seen, most


def _cumulative(values: Floats, weights: Floats | None) -> tuple[Floats, Floats]:
    """The different values in order, and the share at or below each, with a 0 before the first."""
    if weights is None:
        ordered = np.sort(values)
        ends = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]), len(ordered) - 1)
        return ordered[ends], np.concatenate([[0.0], (ends + 1) / len(ordered)])
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    ends = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]), len(ordered) - 1)
    reached = np.cumsum(weights[order])[ends]
    return ordered[ends], np.concatenate([[0.0], reached / reached[-1]])


def chance_bound(known: Covariates, treated: Flags, weights: Floats) -> float:
    """The 95th percentile of the largest SMD that the draw of the compared people leaves, with as many as are left.

    From the normal law of the differences with the covariates' own correlations; always the same draws, so always the same.
    """
    others = weights[~treated]
    inverse = (others**2).sum() / others.sum() ** 2
    kept = np.flatnonzero(weights > 0)
    together = correlations(known.x[kept[: 16 * CHUNK]])
    values, vectors = np.linalg.eigh(together)
    root = vectors * np.sqrt(np.clip(values, 0, None))
    draws = np.random.default_rng(SEED).standard_normal((DRAWS, len(together))) @ root.T
    return float(np.quantile(np.abs(draws).max(axis=1), 0.95) * np.sqrt(inverse))
