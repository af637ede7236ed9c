"""What a column of a study's rows is, in words (columns.csv): the codebook of the copy, and what a protocol may name."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import polars as pl

When = Literal["who", "before", "treatment", "after"]
PEOPLE, CASES, MONTHS = "people", "cases", "months"
FILE = Path(__file__).with_name("columns.csv")


@dataclass(frozen=True, kw_only=True)
class Column:
    """`when` it is known: "before" the clock starts and so may be matched on; of the "treatment"; "after": an outcome.

    `feeds`: the extracts that it rests on; none of them ever came: "no feed".
    """

    name: str
    meaning: str
    when: When
    feeds: tuple[str, ...] = ()


@cache
def columns(kind: str) -> tuple[Column, ...]:
    """The columns of rows of people, of cases or of boroughs' months, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Column(name=row["column"], meaning=row["meaning"], when=row["when"], feeds=tuple(row["feeds"].split()))  # type: ignore[arg-type]
            for row in csv.DictReader(file) if row["rows"] == kind
        )  # fmt: skip


def names(kind: str, *when: When) -> list[str]:
    """The names of the columns, of those known then or of all."""
    return [column.name for column in columns(kind) if not when or column.when in when]


def codebook(told: Iterable[Column], frame: pl.DataFrame) -> pl.DataFrame:
    """column, when_known, kind, empty (cells), feeds, meaning: a row for each column of the frame."""
    known = {column.name: column for column in told}
    rows = [
        (name, known[name].when, str(dtype).lower(), frame[name].null_count(), " ".join(known[name].feeds), known[name].meaning)
        for name, dtype in frame.schema.items()
    ]
    names = {"column": pl.String, "when_known": pl.String, "kind": pl.String, "empty": pl.Int64, "feeds": pl.String,
             "meaning": pl.String}  # fmt: skip
    return pl.DataFrame(rows, schema=names, orient="row")
