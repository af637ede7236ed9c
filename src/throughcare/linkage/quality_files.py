"""The files of a linkage's quality: read, and refused where they cannot be right, with the record and the mend."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from throughcare.core.dates import age_band, completed_years
from throughcare.core.errors import UserError
from throughcare.linkage.files import COLUMNS, IDS

PAIR = tuple(f"{side}_{name}" for side in ("left", "right") for name in IDS)
NEEDED: Mapping[str, tuple[str, ...]] = {
    "people": (*IDS, "person_id"), "truth": (*IDS, "true_person"), "groups": IDS, "pairs": (*PAIR, "weight", "decision"),
    "judged": (*PAIR, "stratum", "same"),
}  # fmt: skip
"""The columns of each file; those of `groups` beside these are the groups."""

SHOWN = 5


class NotReadable(UserError):
    """A file that is not a CSV in UTF-8 with a header."""


class ColumnsMissing(UserError):
    """A file or frame without a column that is needed."""


class CellRefused(UserError):
    """A cell that is empty where something must stand, or that is no number, day or word of those allowed."""


class StandsTwice(UserError):
    """A record or a pair that stands twice, so that it is not known which row holds."""


class NothingInCommon(UserError):
    """Two files that are not about the same records."""


def read(path: Path, kind: str) -> pl.DataFrame:
    """A CSV as text, cells trimmed, empty ones null; of people, truth, pairs and a judged sample only the columns needed.

    A file without a column source has its own name without suffix as source, as `throughcare link` takes it.
    """
    needed = NEEDED[kind]
    try:
        scanned = pl.scan_csv(path, infer_schema=False)
        columns = scanned.collect_schema().names()
        wanted = columns if kind == "groups" else [name for name in needed if name in columns]
        told = scanned.select(pl.col(wanted).str.strip_chars().replace("", None)).collect()
    except (OSError, pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise NotReadable(
            what=f"the file cannot be read ({str(error).strip().splitlines()[0]})", record=path.name,
            expected="a CSV in UTF-8 with a header", mend="export it again",
        ) from error  # fmt: skip
    if "source" in needed and "source" not in columns:
        told = told.with_columns(source=pl.lit(path.stem))
    require(told, needed, path.name)
    return told


def read_groups(paths: Sequence[Path], *, as_at: date | None = None) -> pl.DataFrame:
    """The group columns of these files together. What records are linked by is no group, except sex; a date_of_birth becomes an
    age_band on `as_at` (under 18, 18-25, 26-34, 35 and over; "not known" where it is no day or after `as_at`, as in real
    extracts), and is left out without one. Refuses files with no group in them.
    """
    identity = {name for names in COLUMNS.values() for name in names} - {*IDS, "sex"}
    told = []
    for path in paths:
        frame = read(path, "groups")
        if as_at is not None and "date_of_birth" in frame.columns:
            frame = frame.with_columns(age_band=_age_bands(frame, as_at))
        told.append(frame.drop(identity, strict=False))
    whole = pl.concat(told, how="diagonal")
    if set(whole.columns) <= set(IDS):
        raise ColumnsMissing(
            what="there is no group to compare", record=", ".join(path.name for path in paths),
            expected="a column beside source and record_id, such as sex, ethnicity, or date_of_birth with --as-at",
            mend="add one",
        )  # fmt: skip
    return whole


def require(frame: pl.DataFrame, columns: Sequence[str], record: str) -> None:
    """Refuses a frame without one of these columns."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise ColumnsMissing(
            what=f"there is no column {', '.join(missing)}", record=record, expected=f"the columns {', '.join(columns)}",
            mend="add it, or name another file",
        )  # fmt: skip


def checked(frame: pl.DataFrame, kind: str, *, of: Sequence[str]) -> pl.DataFrame:
    """The frame with its needed columns as text; refuses missing columns, empty cells in them, and rows of one `of`."""
    needed = NEEDED[kind]
    require(frame, needed, kind)
    told = frame.with_columns(pl.col(needed).cast(pl.String))
    told = told if kind == "groups" else told.select(needed)
    empty = told.filter(pl.any_horizontal(pl.col(n).is_null() | (pl.col(n) == "") for n in needed))
    if empty.height:
        raise CellRefused(
            what=f"{empty.height} rows of the {kind} have an empty cell", record=named(empty, of),
            expected=f"something in each of {', '.join(needed)}", mend="fill it in, or leave the rows out",
        )  # fmt: skip
    twice = told.filter(pl.struct(of).is_duplicated()).unique(of, maintain_order=True)
    if twice.height:
        raise StandsTwice(
            what=f"{twice.height} stand more than once in the {kind}", record=named(twice, of),
            expected=f"one row for each {' and '.join(of)}", mend="remove the doubles",
        )  # fmt: skip
    return told


def named(rows: pl.DataFrame, columns: Sequence[str]) -> str:
    """The first rows by their ids, and how many more there are."""
    some = [" ".join(str(cell or "?") for cell in row) for row in rows.head(SHOWN).select(columns).iter_rows()]
    return ", ".join(some) + (f" and {rows.height - SHOWN} more" if rows.height > SHOWN else "")


def strangers(one: str, other: str, frame: pl.DataFrame) -> NothingInCommon:
    """The refusal of two frames that are not about the same records; `frame` has those of `one`."""
    return NothingInCommon(
        what=f"the {one} and the {other} have no record in common", record=named(frame, IDS),
        expected="the same source and record_id in both", mend="see that source is written the same way, or name another file",
    )  # fmt: skip


def _age_bands(frame: pl.DataFrame, as_at: date) -> pl.Series:
    text = frame["date_of_birth"]
    days = text.str.to_date("%Y-%m-%d", strict=False).fill_null(text.str.to_date("%d/%m/%Y", strict=False))
    days = days.set(days > as_at, None)
    bands: dict[Any, str] = {day: age_band(completed_years(day, as_at)) for day in days.drop_nulls().unique()}
    return days.replace_strict(bands, default=None, return_dtype=pl.String).alias("age_band")
