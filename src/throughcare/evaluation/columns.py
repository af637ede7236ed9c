"""What a column of a study's rows is, in words: the codebook of the copy, and what a protocol may name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import polars as pl

When = Literal["who", "before", "treatment", "after"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """`when` it is known: "before" the clock starts and so may be matched on; of the "treatment"; "after": an outcome.

    `feeds`: the extracts that it rests on; none of them ever came: "no feed".
    """

    name: str
    meaning: str
    when: When
    feeds: tuple[str, ...] = ()


def codebook(columns: Iterable[Column], frame: pl.DataFrame) -> pl.DataFrame:
    """column, when_known, kind, empty (cells), feeds, meaning: a row for each column of the frame."""
    known = {column.name: column for column in columns}
    rows = [
        (name, known[name].when, str(dtype).lower(), frame[name].null_count(), " ".join(known[name].feeds), known[name].meaning)
        for name, dtype in frame.schema.items()
    ]
    names = {"column": pl.String, "when_known": pl.String, "kind": pl.String, "empty": pl.Int64, "feeds": pl.String,
             "meaning": pl.String}  # fmt: skip
    return pl.DataFrame(rows, schema=names, orient="row")
