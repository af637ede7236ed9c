"""Cox's model: how many times as fast the event comes, all else alike; with the check that the times are proportional.

lifelines fits and checks up to `LARGE` rows. Beyond, the same partial likelihood (Efron's ties) is fitted here with risk sets
summed by day, which is what makes a million rows a matter of seconds; the two agree to six places (tests/stats/test_rossi.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from throughcare.stats.arrays import Flags, Floats, Ints
from throughcare.stats.checks.finding import Finding
from throughcare.stats.mistakes import DataRefused
from throughcare.stats.survival.curves import check

LARGE = 50_000
ROUNDS, CLOSE = 50, 1e-9


@dataclass(frozen=True, kw_only=True)
class Cox:
    """By name of the covariate; a coefficient is a log hazard ratio."""

    names: tuple[str, ...]
    coefficients: Floats
    errors: Floats
    log_likelihood: float
    proportional: Finding

    @property
    def hazard_ratios(self) -> Floats:
        return np.asarray(np.exp(self.coefficients))

    @property
    def p_values(self) -> Floats:
        return np.asarray(2 * norm.sf(np.abs(self.coefficients / self.errors)))


def cox(durations: Floats, events: Flags, x: Floats, names: Sequence[str], *, clusters: Floats | None = None) -> Cox:
    """Fits the model. `clusters`: whose rows go together (matched sets), for errors that take it in.

    Refuses no event at all, and a covariate that is the same for everybody.
    """
    check(durations, events)
    if not events.any() or (x.std(axis=0) == 0).any():
        raise DataRefused(what="The model cannot be fitted", record=", ".join(names), mend="leave out what is the same for all",
                          expected="at least one event, and covariates that differ")  # fmt: skip
    if len(durations) > LARGE and clusters is None:
        coefficients, errors, likelihood = fit(durations, events, x)
        unseen = Finding(check="proportional hazards", passed=None,
                         says=f"Not looked at: there are more than {LARGE:,} rows. Compare the curves.")  # fmt: skip
        return Cox(names=tuple(names), coefficients=coefficients, errors=errors, log_likelihood=likelihood, proportional=unseen)
    return _by_lifelines(durations, events, x, names, clusters)


def _by_lifelines(durations: Floats, events: Flags, x: Floats, names: Sequence[str], clusters: Floats | None) -> Cox:
    import pandas as pd
    from lifelines import CoxPHFitter
    from lifelines.statistics import proportional_hazard_test

    columns = [f"x{place}" for place in range(x.shape[1])]
    frame = pd.DataFrame(x, columns=columns).assign(time=durations, event=events.astype(np.int64))
    fitter = CoxPHFitter()
    if clusters is None:
        fitter.fit(frame, "time", "event")
    else:
        fitter.fit(frame.assign(cluster=clusters), "time", "event", cluster_col="cluster")
        frame = frame.assign(cluster=clusters)
    tested = proportional_hazard_test(fitter, frame, time_transform="rank")
    p_values = np.atleast_1d(np.asarray(tested.p_value, dtype=np.float64))
    return Cox(
        names=tuple(names), coefficients=fitter.params_.to_numpy(dtype=np.float64),
        errors=fitter.standard_errors_.to_numpy(dtype=np.float64), log_likelihood=float(fitter.log_likelihood_),
        proportional=_proportional(names, p_values),
    )  # fmt: skip


def _proportional(names: Sequence[str], p_values: Floats) -> Finding:
    """Each covariate at 5% shared among them. Where it fails, the ratio is an average over changing ones."""
    bad = [name for name, p in zip(names, p_values, strict=True) if p < 0.05 / len(names)]
    figures = {name: float(p) for name, p in zip(names, p_values, strict=True)}
    if bad:
        says = f"The ratio is not the same at all times for {', '.join(bad)}: read the curves and the restricted mean."
    else:
        says = "Nothing speaks against proportional hazards."
    return Finding(check="proportional hazards", passed=not bad, figures=figures, says=says)


def fit(durations: Floats, events: Flags, x: Floats) -> tuple[Floats, Floats, float]:
    """Coefficients, errors and log partial likelihood by Newton's method, with Efron's ties and risk sets summed by time."""
    order = np.argsort(-durations, kind="stable")
    time, died = durations[order], events[order]
    middle, spread = x.mean(axis=0), x.std(axis=0)
    z = (x[order] - middle) / spread
    ends = np.append(np.flatnonzero(time[1:] != time[:-1]), len(time) - 1)
    deaths = np.add.reduceat(died.astype(np.float64), np.concatenate([[0], ends[:-1] + 1]))
    beta, last = np.zeros(x.shape[1]), -np.inf
    for _ in range(ROUNDS):
        likelihood, gradient, information = _efron(z, died, ends, deaths, beta)
        if abs(likelihood - last) <= CLOSE * (abs(likelihood) + 1):
            break
        last = likelihood
        beta = beta + np.linalg.solve(information, gradient)
    errors = np.sqrt(np.diag(np.linalg.inv(information)))
    return beta / spread, errors / spread, likelihood


def _efron(z: Floats, died: Flags, ends: Ints, deaths: Floats, beta: Floats) -> tuple[float, Floats, Floats]:
    """Likelihood, gradient and information. Per time: sums over those at risk, and over those whose event it is."""
    risk = np.exp(z @ beta)
    own_ends = np.searchsorted(np.flatnonzero(died), ends, side="right") - 1
    at, own = [np.cumsum(part, axis=0) for part in _sums(z, risk, ends)], _sums(z[died], risk[died], own_ends)
    some = np.flatnonzero(deaths > 0)
    count = deaths[some].astype(np.int64)
    place = np.repeat(some, count)
    share = (np.arange(len(place)) - np.repeat(np.cumsum(count) - count, count)) / np.repeat(count, count)
    s0 = at[0][place] - share * own[0][place]
    s1 = at[1][place] - share[:, None] * own[1][place]
    mean = s1 / s0[:, None]
    # The second moments of one time are shared by its events: only the weights 1/s0 and share/s0 differ.
    whole = np.bincount(place, weights=1 / s0, minlength=len(ends))
    part = np.bincount(place, weights=share / s0, minlength=len(ends))
    second = np.tensordot(whole, at[2], axes=1) - np.tensordot(part, own[2], axes=1)
    likelihood = float((z[died] @ beta).sum() - np.log(s0).sum())
    return likelihood, z[died].sum(axis=0) - mean.sum(axis=0), second - mean.T @ mean


def _sums(z: Floats, risk: Floats, ends: Ints) -> tuple[Floats, Floats, Floats]:
    """Sums by time of the risk, of risk by covariate, by pair of covariates. `ends`: last row of each time (-1: none yet)."""
    p = z.shape[1]
    weighted = z * risk[:, None]
    s0, s1, s2 = _by_time(risk, ends), np.empty((len(ends), p)), np.empty((len(ends), p, p))
    for i in range(p):
        s1[:, i] = _by_time(weighted[:, i], ends)
        for j in range(i, p):
            s2[:, i, j] = s2[:, j, i] = _by_time(weighted[:, i] * z[:, j], ends)
    return s0, s1, s2


def _by_time(values: Floats, ends: Ints) -> Floats:
    total = np.concatenate([[0.0], np.cumsum(values)])[ends + 1]
    return np.diff(total, prepend=0.0)
