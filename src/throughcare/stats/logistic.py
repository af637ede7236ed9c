"""The score: how likely each person was to be treated, by logistic regression on what was known before.

Newton's method in chunks of rows, because a million rows by twenty columns would need three copies otherwise; it agrees with
statsmodels' GLM (tests/stats/test_designs.py, test_experiment.py). No penalty, no clipping. The outcome has no way in: it is
no parameter.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from throughcare.stats.arrays import CHUNK, Flags, Floats
from throughcare.stats.covariates import Covariates, spreads
from throughcare.stats.mistakes import NoOverlap

ROUNDS, HALVINGS, CLOSE, SEPARATED = 60, 30, 1e-9, 35.0
MANY = 100_000
ROUNDING = 1e-12
"""A share of the deviance that is no rise: the last bits of a sum over a million rows."""
DIGITS = 12
"""Decimals of a score. Two people alike in every covariate have one score, whatever the last bit of the sum came to."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """`value` the probability, `logit` its logit, `coefficients` by name with the constant first ("")."""

    value: Floats
    logit: Floats
    coefficients: dict[str, float]


def fit_score(known: Covariates, treated: Flags) -> Score:
    """Fits the score. Refuses covariates that tell the two sides apart completely: no fit exists, and no comparison either."""
    used = known.fitted
    x, y = known.x, treated.astype(np.float64)
    middle, spread = x.mean(axis=0)[used], spreads(x)[used]
    beta, deviance = _newton(x, y, _start(x, y, used, middle, spread), used, middle, spread)
    eta = _predictor(x, beta, used, middle, spread)
    if deviance < 1e-6 * len(y) or np.abs(eta).min() > SEPARATED:
        raise _separated()
    slopes = beta[1:] / spread
    told = {"": float(beta[0] - middle @ slopes)} | dict(zip(known.fitted_names, map(float, slopes), strict=True))
    logit = np.round(eta, DIGITS)
    return Score(value=np.round(expit(eta), DIGITS), logit=logit, coefficients=told)


def _start(x: Floats, y: Floats, used: Flags, middle: Floats, spread: Floats) -> Floats:
    """Where to begin: of many rows, the fit to all treated and every so many of the others, its constant put right."""
    beta = np.zeros(1 + int(used.sum()))
    beta[0] = np.log(y.mean() / (1 - y.mean()))
    step = min(int((1 - y).sum() / max(5 * y.sum(), 1)), len(y) // MANY)
    if step < 2:
        return beta
    rows = np.sort(np.concatenate([np.flatnonzero(y == 1), np.flatnonzero(y == 0)[::step]]))
    beta[0] += np.log(step)
    try:
        beta, _ = _newton(x[rows], y[rows], beta, used, middle, spread)
    except NoOverlap:  # some may be told apart where all are not
        return np.concatenate([[beta[0] - np.log(step)], np.zeros(len(beta) - 1)])
    beta[0] -= np.log(step)
    return beta


def _newton(x: Floats, y: Floats, beta: Floats, used: Flags, middle: Floats, spread: Floats) -> tuple[Floats, float]:
    """The coefficients and the deviance there, by Newton's method; a step that makes the fit worse is halved.

    Without that it leaves the road where few are treated and they are far from the others, as with LaLonde's survey controls.
    """
    gradient, information, deviance = _sums(x, y, beta, used, middle, spread)
    for _ in range(ROUNDS):
        step = np.linalg.lstsq(information, gradient, rcond=None)[0]
        if gradient @ step <= CLOSE:  # what the step gains; the next would gain the square of it
            return beta + step, deviance
        for _ in range(HALVINGS):
            there = _sums(x, y, beta + step, used, middle, spread)
            if there[2] <= deviance * (1 + ROUNDING):
                break
            step = step / 2
        beta, (gradient, information, deviance) = beta + step, there
        if not np.all(np.isfinite(beta)):
            break
    raise _separated()


def _sums(x: Floats, y: Floats, beta: Floats, used: Flags, middle: Floats, spread: Floats) -> tuple[Floats, Floats, float]:
    """Gradient, information and deviance at `beta`, over all rows."""
    size = len(beta)
    gradient, information, deviance = np.zeros(size), np.zeros((size, size)), 0.0
    for start in range(0, len(y), CHUNK):
        part, told = _part(x[start : start + CHUNK], used, middle, spread), y[start : start + CHUNK]
        eta = part @ beta
        chance = expit(eta)
        gradient += part.T @ (told - chance)
        information += (part * (chance * (1 - chance))[:, None]).T @ part
        deviance += 2 * float(np.sum(np.logaddexp(0, eta) - told * eta))
    return gradient, information, deviance


def _part(rows: Floats, used: Flags, middle: Floats, spread: Floats) -> Floats:
    part = np.empty((len(rows), 1 + len(middle)))
    part[:, 0] = 1
    np.subtract(rows if used.all() else rows[:, used], middle, out=part[:, 1:])
    part[:, 1:] /= spread
    return part


def _predictor(x: Floats, beta: Floats, used: Flags, middle: Floats, spread: Floats) -> Floats:
    eta = np.empty(len(x))
    for start in range(0, len(x), CHUNK):
        eta[start : start + CHUNK] = _part(x[start : start + CHUNK], used, middle, spread) @ beta
    return eta


def _separated() -> NoOverlap:
    return NoOverlap(
        what="No score can be fitted: the covariates tell the treated from the others completely", record="[match] covariates",
        expected="people alike on both sides",
        mend="leave out the covariate that decides who is treated, or widen the comparison pool",
    )  # fmt: skip
