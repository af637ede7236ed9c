"""Scores a file of people: a CSV in, a CSV out, whole or not at all."""

import csv
import io
import os
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl

from throughcare.core.errors import UserError
from throughcare.rules.ogrs3.inputs import refuse_missing_columns
from throughcare.rules.ogrs3.score import score

RAGGED = "ROW_HAS_OTHER_CELLS"
AT_ONCE = 50_000
NEVER = "\x1f"


def score_file(source: Path, target: Path, *, profile: str = "published") -> int:
    """Scores every row of the CSV file `source` into the CSV file `target`, and gives the number of rows.

    Columns are those of `score`, under these names in any order; others are passed over. All are read as text (a byte
    order mark and spaces around a cell are tolerated), dates as 2015-12-31. A row with a cell that cannot be read gets
    an error that names the column, one with more or fewer cells than the header ROW_HAS_OTHER_CELLS (its id is the cell in
    that place), and the others their scores; a blank line is no row. `target` is written beside and then renamed, so that
    it appears whole or not at all. Refuses, with `UserError`, a file that is absent, empty or no CSV (a quote left open,
    by its line), a header that names a column twice, one without the columns, and a target that cannot be written.
    """
    rows, ragged = _read(source)
    scored = score(rows, profile=profile)
    empty = {name: pl.lit(None, dtype=kind) for name, kind in scored.schema.items() if name not in ("id", "error")}
    # An empty text would be written as a pair of quotes, an absent one as nothing.
    told = scored.with_columns(error=pl.when(pl.col("error") != "").then("error"))
    if ragged.any():
        kept = [pl.when(ragged).then(nothing).otherwise(name).alias(name) for name, nothing in empty.items()]
        told = told.with_columns(*kept, error=pl.when(ragged).then(pl.lit(RAGGED)).otherwise("error"))
    _write_whole(told, target)
    return told.height


def _read(source: Path) -> tuple[pl.DataFrame, pl.Series]:
    """The rows as text, and which of them have another number of cells than the header; of such only the id is kept."""
    try:
        data = source.read_bytes().removeprefix(BOM_UTF8)
        data.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(f"{source} ({error})") from error
    records = _records(source, data)
    header = next(records, [])
    _refuse_header(source, header)
    if _is_plain(data, cells=len(header)):
        rows = pl.read_csv(data, infer_schema=False)
        ragged = pl.repeat(False, rows.height, dtype=pl.Boolean, eager=True)
    else:
        rows, ragged = _frames(header, records)
    return rows.with_columns(pl.all().str.strip_chars()), ragged


def _is_plain(data: bytes, *, cells: int) -> bool:
    """Whether the file has no quotes and as many cells in every line, so that Polars, which is faster, reads it alike."""
    if b'"' in data or NEVER.encode() in data or data.count(b"\r") != data.count(b"\r\n"):
        return False
    lines = pl.read_csv(data, has_header=False, separator=NEVER, quote_char=None, infer_schema=False)
    return bool((lines.to_series().str.count_matches(",", literal=True).fill_null(0) == cells - 1).all())


def _records(source: Path, data: bytes) -> Iterator[list[str]]:
    """The cells of each record; blank lines are none. Refuses what is no CSV with the line on which its record starts."""
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise _unreadable(f"{source}, line {line} ({error})", mend="close the quote, or double a quote within a cell") from error


def _frames(header: list[str], records: Iterator[list[str]]) -> tuple[pl.DataFrame, pl.Series]:
    """The records as frames put together, some thousands at a time: a list of all of them would take gigabytes."""
    width, place = len(header), header.index("id")
    schema = dict.fromkeys(header, pl.String)
    frames, ragged = [pl.DataFrame(schema=schema)], [pl.Series([], dtype=pl.Boolean)]
    while some := list(islice(records, AT_ONCE)):
        other = [len(cells) != width for cells in some]
        rows = [cells if len(cells) == width else _only_id(cells, width, place) for cells in some]
        frames.append(pl.DataFrame(dict(zip(header, zip(*rows, strict=True), strict=True)), schema=schema))
        ragged.append(pl.Series(other, dtype=pl.Boolean))
    return pl.concat(frames), pl.concat(ragged)


def _only_id(cells: list[str], width: int, place: int) -> list[str]:
    return [cells[place] if number == place and place < len(cells) else "" for number in range(width)]


def _refuse_header(source: Path, header: list[str]) -> None:
    if not header:
        raise _unreadable(f"{source} (empty)")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise _unreadable(
            f"{source}, the header names {', '.join(twice)} twice", expected="each column once", mend="take one of the two out"
        )
    refuse_missing_columns(header)


def _unreadable(
    record: str,
    *,
    expected: str = "a CSV file in UTF-8 with a header line",
    mend: str = "check the name and save the file as CSV",
) -> UserError:
    return UserError(what="The file cannot be read as CSV", record=record, expected=expected, mend=mend)


def _write_whole(frame: pl.DataFrame, target: Path) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        frame.write_csv(beside)
        beside.replace(target)
    except OSError as error:
        raise UserError(
            what="The scores cannot be written",
            record=f"{target} ({error})",
            expected="a file in a folder that exists and may be written to",
            mend="make the folder, or name another file",
        ) from error
    finally:
        beside.unlink(missing_ok=True)
