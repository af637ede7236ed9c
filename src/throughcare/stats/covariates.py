"""What is known of people before the treatment, as numbers: the columns of the score, and those that balance is judged on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from throughcare.stats.arrays import CHUNK, Flags, Floats
from throughcare.stats.mistakes import DataRefused, ProtocolError
from throughcare.stats.sample import column

Missing = Literal["refuse", "indicator"]
ALIASED = 1e-9
"""Share of a column's spread that the columns before it leave unexplained; below it the column says nothing new."""


@dataclass(frozen=True, kw_only=True)
class Covariates:
    """`x`: a column a number, every level of a category too. `fitted`: the columns that the score is fitted on."""

    names: tuple[str, ...]
    x: Floats
    binary: Flags
    fitted: Flags
    filled: tuple[str, ...]

    @property
    def fitted_names(self) -> tuple[str, ...]:
        return tuple(name for name, used in zip(self.names, self.fitted, strict=True) if used)


def covariates(
    frame: pl.DataFrame, *, names: Sequence[str], categorical: Sequence[str] = (), missing: Missing = "refuse",
    never: Sequence[str] = (),
) -> Covariates:  # fmt: skip
    """The columns as numbers. A level of a category is a column of its own; the first level is left out of the fit.

    An empty cell is refused, or with `missing="indicator"` filled with the mean and told by a column of its own; an empty
    category is a level. `never`: columns that may not be known to the score (outcomes): naming one is refused, whatever else.
    """
    if known := [name for name in (*names, *categorical) if name in never]:
        raise ProtocolError(
            what="An outcome stands among the covariates", record=known[0], expected="only what was known before the treatment",
            mend="take it out of [match] covariates and categorical, or out of the outcomes",
        )  # fmt: skip
    if len({*names, *categorical}) < len(names) + len(categorical):
        raise ProtocolError(what="A covariate is named twice", record=", ".join((*names, *categorical)),
                            expected="each once, in covariates or in categorical", mend="take one out")  # fmt: skip
    columns: list[tuple[str, pl.Series, bool]] = []
    filled: list[str] = []
    for name in names:
        given = _numbers(frame, name)
        if given.null_count():
            _refuse_missing(given, missing)
            filled.append(name)
            columns.append((f"{name} is missing", given.is_null().cast(pl.Float64), True))
            given = given.fill_null(given.mean())
        columns.append((name, given, True))
    for name in categorical:
        columns += _levels(frame, name, missing, filled)
    if not columns:
        raise ProtocolError(what="No covariate is named", record="[match]", expected="at least one", mend="name what may differ")
    x = np.empty((frame.height, len(columns)))
    for place, (_, values, _) in enumerate(columns):
        x[:, place] = values.to_numpy()
    candidates = np.array([used for *_, used in columns])
    return Covariates(
        names=tuple(name for name, *_ in columns), x=x, binary=_binary(x), fitted=_telling(x, candidates), filled=tuple(filled)
    )


def _numbers(frame: pl.DataFrame, name: str) -> pl.Series:
    given = column(frame, name)
    if not (given.dtype.is_numeric() or given.dtype == pl.Boolean):
        raise DataRefused(what="A covariate is not a number", record=name, expected="numbers",
                          mend="name it in `categorical`, or correct the column")  # fmt: skip
    numbers = given.cast(pl.Float64)
    if numbers.is_nan().any():  # otherwise the column stays the frame's own, without a copy
        numbers = numbers.fill_nan(None)
    if numbers.is_infinite().any():
        raise DataRefused(what="A covariate is not finite", record=name, expected="finite numbers", mend="correct the column")
    return numbers


def _refuse_missing(given: pl.Series, missing: Missing) -> None:
    if missing == "refuse" or given.null_count() == len(given):
        raise DataRefused(
            what="A covariate is not known of everybody", record=f"{given.name}, {given.null_count()} rows empty",
            expected="a value on every row", mend='fill it, leave the covariate out, or write missing = "indicator" in [match]',
        )  # fmt: skip


def _levels(frame: pl.DataFrame, name: str, missing: Missing, filled: list[str]) -> list[tuple[str, pl.Series, bool]]:
    given = column(frame, name).cast(pl.String)
    if given.null_count():
        _refuse_missing(given, missing)
        filled.append(name)
        given = given.fill_null("missing")
    levels = sorted(given.unique().to_list())
    return [(f"{name}={level}", (given == level).cast(pl.Float64), place > 0) for place, level in enumerate(levels)]


def _binary(x: Floats) -> Flags:
    return np.array([bool(np.all((x[:, j] == 0) | (x[:, j] == 1))) for j in range(x.shape[1])])


def _telling(x: Floats, candidates: Flags) -> Flags:
    """Of the columns that may be fitted, those that are not constant and not a sum of the ones before them."""
    gram = correlations(x)
    kept: list[int] = []
    for j in np.flatnonzero(candidates):
        if gram[j, j] == 0:
            continue
        left = gram[j, j] - (gram[j, kept] @ np.linalg.solve(gram[np.ix_(kept, kept)], gram[kept, j]) if kept else 0.0)
        if left > ALIASED:
            kept.append(int(j))
    flags = np.zeros(len(candidates), dtype=np.bool_)
    flags[kept] = True
    return flags


def correlations(x: Floats) -> Floats:
    """How the columns go together, between -1 and 1; a constant column goes with nothing, not even itself."""
    middle, spread = x.mean(axis=0), spreads(x)
    still = spread <= 1e-12 * np.maximum(np.abs(middle), 1e-300)
    scale = np.where(still, np.inf, spread)
    total = np.zeros((x.shape[1], x.shape[1]))
    for start in range(0, len(x), CHUNK):
        part = (x[start : start + CHUNK] - middle) / scale
        total += part.T @ part
    return total / len(x)


def spreads(x: Floats) -> Floats:
    """The standard deviation of each column over all rows (divided by n), without a second copy of the table."""
    middle = x.mean(axis=0)
    total = np.zeros(x.shape[1])
    for start in range(0, len(x), CHUNK):
        total += ((x[start : start + CHUNK] - middle) ** 2).sum(axis=0)
    return np.asarray(np.sqrt(total / len(x)))
