"""Made-up people for the benchmark of evaluation: covariates, who is treated, an outcome; and times to reoffending by day."""

import numpy as np


def people(treated: int, compared: int, seed: int, covariates: int = 20) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Covariates (half yes or no), who is treated, an outcome that treatment lowers by eight points."""
    rng = np.random.default_rng(seed)
    n = treated + compared
    x = rng.standard_normal((n, covariates))
    x[:, covariates // 2 :] = x[:, covariates // 2 :] > 0.4
    slopes = rng.uniform(-0.4, 0.4, covariates)
    need = x @ slopes
    # Exactly so many treated, the likelier the greater the need: the largest of need and noise (a logistic choice).
    order = np.argsort(-(need + rng.logistic(size=n)), kind="stable")
    mark = np.zeros(n, dtype=np.bool_)
    mark[order[:treated]] = True
    y = (rng.random(n) < np.clip(0.4 + 0.12 * need, 0.1, 0.9) - 0.08 * mark).astype(np.float64)
    return x, mark, y


def times(rows: int, seed: int, covariates: int = 5) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days to the event up to a year, whether it came (about 27%), covariates."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((rows, covariates))
    hazard = 0.00085 * np.exp(x @ np.linspace(-0.3, 0.4, covariates))
    day = np.ceil(rng.exponential(1 / hazard))
    return np.minimum(day, 365), day <= 365, x
