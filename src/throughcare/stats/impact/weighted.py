"""The difference against compared people weighted to look like the treated: entropy balancing, and inverse probability.

Both give the effect on the treated. The error takes in that the weights were estimated (each person's influence on the
answer, through the weights too), so it is neither that of fixed weights nor that of a second sample.
Sources: Hainmueller, Political Analysis 2012 (entropy balancing); Hirano, Imbens and Ridder, Econometrica 2003 (weighting).
"""

from dataclasses import dataclass

import numpy as np

from throughcare.stats.arrays import Flags, Floats
from throughcare.stats.covariates import Covariates, spreads
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.logistic import Score
from throughcare.stats.mistakes import NoOverlap

ROUNDS, BALANCED = 200, 1e-9


@dataclass(frozen=True, kw_only=True)
class Weights:
    """`value` a row: 1 for the treated; those of the compared add up to the number treated.

    `influence` (a row each): how a person moves the weights' own coefficients; `slopes`: how these move the log of a weight.
    """

    value: Floats
    treated: Flags
    slopes: Floats
    influence: Floats

    @property
    def effective(self) -> float:
        """How many equally weighted people the compared are worth."""
        mine = self.value[~self.treated]
        return float(mine.sum() ** 2 / (mine**2).sum())


def inverse_probability(known: Covariates, treated: Flags, score: Score) -> Weights:
    """Weights p / (1 - p) for the compared, scaled to add up to the number treated."""
    x = np.column_stack([np.ones(len(treated)), (known.x - known.x.mean(axis=0))[:, known.fitted]])
    odds = np.where(treated, 0.0, np.exp(score.logit))
    information = (x * (score.value * (1 - score.value))[:, None]).T @ x
    pushed = x * (treated - score.value)[:, None] @ np.linalg.pinv(information)
    scale = treated.sum() / odds.sum()
    return Weights(value=np.where(treated, 1.0, odds * scale), treated=treated, slopes=x, influence=pushed)


def entropy(known: Covariates, treated: Flags) -> Weights:
    """Weights closest to equal under which every covariate's mean is exactly that of the treated.

    Refuses where no weights can do it: a mean of the treated lies outside what the compared have.
    """
    spread = spreads(known.x[~treated])[known.fitted]
    x = known.x[:, known.fitted] / np.where(spread > 0, spread, 1)
    x = x - x[treated].mean(axis=0)
    weight, information = _tilted(x[~treated])
    value = np.ones(len(treated))
    value[~treated] = weight * treated.sum() / weight.sum()
    information = information / weight.sum() * treated.sum()
    # The means of the treated are estimated too: a treated person moves the target, a compared one the fit.
    pushed = np.where(treated[:, None], x, -value[:, None] * x) @ np.linalg.pinv(information)
    return Weights(value=value, treated=treated, slopes=x, influence=pushed)


def _tilted(x: Floats) -> tuple[Floats, Floats]:
    """Weights exp(x @ l) that bring every column's mean to 0, by Newton's method with halved steps; and the information."""
    multiplier = np.zeros(x.shape[1])
    weight = np.full(len(x), 1 / len(x))
    value = 0.0
    for _ in range(ROUNDS):
        gradient = x.T @ weight
        centred = x - gradient
        information = (x * weight[:, None]).T @ x
        if np.abs(gradient).max() < BALANCED:
            return weight, (centred * weight[:, None]).T @ centred
        step = -np.linalg.lstsq((centred * weight[:, None]).T @ centred, gradient, rcond=None)[0]
        size = 1.0
        while size > 1e-8:
            exponent = x @ (multiplier + size * step)
            top = exponent.max()
            total = np.exp(exponent - top)
            tried = top + np.log(total.sum() / len(x))
            if tried <= value + 1e-4 * size * float(gradient @ step) + 1e-14:
                break
            size /= 2
        multiplier, weight, value = multiplier + size * step, total / total.sum(), tried
        if not np.all(np.isfinite(information)) or np.abs(multiplier).max() > 1e4:
            break
    raise NoOverlap(
        what="No weights make the compared like the treated", record="[match] method", expected="people alike on both sides",
        mend="leave out the covariate in which they lie furthest apart, or widen the comparison pool",
    )  # fmt: skip


def weighted_difference(
    outcome: Floats, weights: Weights, *, adjust: Floats | None = None, method: str, name: str = ""
) -> Estimate:
    """Mean of the treated less the weighted mean of the compared. Rows whose outcome is not known (nan) are left out.

    `adjust`: the outcome is first freed of what the covariates tell of it among the compared (weighted regression).
    """
    treated, value, known = weights.treated, weights.value, ~np.isnan(outcome)
    ones, others = treated & known, ~treated & known
    if min(ones.sum(), others.sum()) < 2:
        raise NoOverlap(
            what="Too few outcomes are known", record=name or "outcome", expected="two on each side", mend="find the missing ones"
        )
    y = outcome if adjust is None else outcome - _told(outcome, adjust, value, others)
    mean_1, total = y[ones].mean(), value[others].sum()
    mean_0 = float((value[others] * y[others]).sum() / total)
    moved = np.zeros(len(y))
    residual = np.where(others, value * (np.where(known, y, 0.0) - mean_0), 0.0)
    through = weights.influence @ (weights.slopes.T @ residual)
    moved[ones] = (y[ones] - mean_1) / ones.sum()
    moved -= (residual + through) / total
    count = int(known.sum())
    raw = float(outcome[ones].mean())
    return Estimate(
        outcome=name, method=method if adjust is None else f"{method} and adjusted", estimate=float(mean_1 - mean_0),
        standard_error=float(np.sqrt((moved[known] ** 2).sum() * count / (count - 2))), treated_value=raw,
        compared_value=raw - float(mean_1 - mean_0), treated=int(ones.sum()), compared=int(others.sum()),
    )  # fmt: skip


def _told(outcome: Floats, adjust: Floats, value: Floats, others: Flags) -> Floats:
    x = np.column_stack([np.ones(len(outcome)), adjust])
    root = np.sqrt(value[others])
    slopes = np.linalg.lstsq(x[others] * root[:, None], outcome[others] * root, rcond=None)[0]
    return np.asarray(x @ slopes)
