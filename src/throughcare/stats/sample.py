"""The people of a study: who is treated, in an order that does not hang on the file's.

Everything after this works on rows in the order of their identifiers, so that a shuffled file gives the same answer.
"""

from dataclasses import dataclass

import polars as pl

from throughcare.stats.arrays import Flags
from throughcare.stats.mistakes import DataRefused


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One row a person, in the order of `id`; `treated` says of each row whether they had it."""

    frame: pl.DataFrame
    id: str
    treated: Flags

    @property
    def counts(self) -> tuple[int, int]:
        """How many are treated, and how many may be compared with them."""
        return int(self.treated.sum()), int((~self.treated).sum())


def sample(frame: pl.DataFrame, *, id: str, treated: str) -> Sample:
    """Reads who is treated. Refuses: no such column, an identifier missing or twice, a mark other than 0 and 1, an empty side."""
    for name in (id, treated):
        column(frame, name)
    if empty := frame[id].null_count():
        raise DataRefused(
            what="People have no identifier", record=f"{id}, {empty} rows", expected="one on every row", mend="fill the column"
        )
    twice = frame[id].filter(frame[id].is_duplicated())
    if len(twice):
        raise DataRefused(
            what="An identifier stands on more than one row", record=f"{id} {twice[0]}", expected="one row a person",
            mend="keep the row of the person's index event",
        )  # fmt: skip
    ordered = frame.sort(by=natural(frame, id))
    return Sample(frame=ordered, id=id, treated=marks(ordered, treated))


def column(frame: pl.DataFrame, name: str) -> pl.Series:
    """A column by its name; refuses one that is not there."""
    if name not in frame.columns:
        raise DataRefused(
            what="The data have no such column", record=name, expected=f"one of {', '.join(frame.columns)}",
            mend="correct the name in the protocol, or add the column",
        )  # fmt: skip
    return frame[name]


def marks(frame: pl.DataFrame, name: str) -> Flags:
    """A column of 0 and 1 (or false and true) as flags. Refuses anything else, and a column with only one of the two."""
    given = column(frame, name)
    if given.dtype.is_numeric() or given.dtype == pl.Boolean:
        given = given.cast(pl.Float64)
    if given.null_count() or given.dtype != pl.Float64 or not given.is_in([0.0, 1.0]).all():
        raise DataRefused(
            what="A column that says yes or no says something else", record=name, expected="0 or 1 on every row",
            mend="write 1 for those who had it and 0 for those who had not",
        )  # fmt: skip
    flags: Flags = given.to_numpy() == 1
    if flags.all() or not flags.any():
        raise DataRefused(
            what="All people are on one side", record=name, expected="some with 1 and some with 0",
            mend="give the people who may be compared as well",
        )  # fmt: skip
    return flags


def natural(frame: pl.DataFrame, name: str) -> list[pl.Expr]:
    """How rows are put in the order of an identifier: A2 before A10, numbers by their size."""
    if frame[name].dtype.is_numeric():
        return [pl.col(name)]
    text = pl.col(name).cast(pl.String)
    number = text.str.extract(r"(\d{1,18})$").cast(pl.Int64).fill_null(-1)
    return [text.str.replace(r"\d{1,18}$", ""), number, text]
