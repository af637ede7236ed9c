"""Made-up people with a true effect planted: what estimators and checks are tried on. The same seed gives the same people."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import expit

COVARIATES = [f"x{place}" for place in range(10)]


@dataclass(frozen=True)
class Planted:
    frame: pl.DataFrame
    truth: float


def planted(rng: np.random.Generator, *, treated: int, ratio: int = 20, effect: float = -0.08, unseen: float = 0.0) -> Planted:
    """People of whom those with more need are likelier to be treated and to reoffend; treatment moves the chance by `effect`.

    Half of the covariates are yes or no. `before` is offending before the treatment, of the same needs; `unseen` makes
    something that is in no column move both treatment and outcomes. Base rate about 45%.
    """
    wanted, rows = {True: treated, False: treated * ratio}, []
    while any(sum(int((mark == side).sum()) for _, mark in rows) < n for side, n in wanted.items()):
        n = treated * (ratio + 12)
        x = rng.standard_normal((n, len(COVARIATES)))
        x[:, 5:] = x[:, 5:] > 0.3
        hidden = rng.standard_normal(n)
        need = 0.6 * x[:, 0] + 0.4 * x[:, 1] - 0.3 * x[:, 2] + 0.6 * x[:, 5] + 0.3 * x[:, 6]
        mark = rng.random(n) < expit(-3.0 + need + 0.15 * x[:, 3] + unseen * hidden)
        rows.append((np.column_stack([x, need, hidden]), mark))
    x = np.concatenate([part[0] for part in rows])
    mark = np.concatenate([part[1] for part in rows])
    kept = np.sort(np.concatenate([np.flatnonzero(mark == side)[:n] for side, n in wanted.items()]))
    x, mark = x[kept], mark[kept]
    base = np.clip(0.4 + 0.13 * x[:, 10] + 0.1 * unseen * x[:, 11], 0.09, 0.91)
    told = {name: x[:, place] for place, name in enumerate(COVARIATES)}
    told |= {"id": np.arange(len(mark)), "treated": mark.astype(int)}
    told["before"] = (rng.random(len(mark)) < base).astype(int)
    told["reoffended"] = (rng.random(len(mark)) < base + effect * mark).astype(int)
    return Planted(frame=pl.DataFrame(told), truth=effect)
