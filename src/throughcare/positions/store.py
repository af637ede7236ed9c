"""Keeps fixes as they came: Parquet by the UTC day of the fix, under the home's `positions` folder.

    raw/day=2017-03-22/<file>_0.parquet   what the file brought for that day, whenever it came; never altered
    imports/<file>.json                   that the file came whole: name, rows, days, refusals. Without it nothing of it is read
    refused/<file>.csv                    its rows that are no fix: file, row, column, value, rule, mend

<file> is the hash of the file's bytes, so that the same file sent again does nothing, whatever its name. A cut at any moment
leaves the file there whole or not at all: parts are written beside, moved, and count only once the record in `imports` is there.
The same fix in two files stays twice, as it came; `quality` flags the second.
"""

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path

import duckdb
import polars as pl

from throughcare.positions.fixes import COLUMNS, SCHEMA
from throughcare.positions.reading import Given, connect, given, refusals

RAW, IMPORTS, REFUSED, INCOMING = "raw", "imports", "refused", ".incoming"
NO_DAY = "refused"
ROW_GROUP = 122_880
MEMORY = "400MB"
REFUSAL = ("file", "row", "column", "value", "rule", "mend")


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What came of a file. `already`: it had come before, and nothing was done."""

    file: str
    digest: str
    rows: int
    refused: int
    days: tuple[str, ...]
    ignored: tuple[str, ...]
    already: bool = False


def import_fixes(
    paths: Sequence[Path], store: Path, *, at: datetime, told: Callable[[str, int], None] = lambda name, rows: None
) -> list[Imported]:
    """Brings the files in, one after the other; each whole or not at all. `at`: the instant of the import, kept with each fix."""
    done = []
    for path in paths:
        done.append(_import(path, store, at=at))
        told(path.name, done[-1].rows)
    return done


def parts(store: Path, *, first: date | None = None, last: date | None = None) -> list[Path]:
    """The Parquet files of files that came whole, of the UTC days from `first` to `last`, both included."""
    whole = {record.stem for record in (store / IMPORTS).glob("*.json")}
    days = (folder for folder in sorted((store / RAW).glob("day=*")) if _within(folder.name.removeprefix("day="), first, last))
    return [part for folder in days for part in sorted(folder.glob("*.parquet")) if part.stem.split("_")[0] in whole]


def fixes(store: Path, *, first: date | None = None, last: date | None = None, tags: Sequence[str] = ()) -> pl.DataFrame:
    """Fixes of those UTC days, of those tags where any are named, by tag and time; with `imported_at`."""
    found = parts(store, first=first, last=last)
    if not found:
        return pl.DataFrame(schema={**SCHEMA, "imported_at": SCHEMA["time"]})
    with connect(memory=MEMORY) as connection:
        rows = connection.read_parquet([str(part) for part in found], hive_partitioning=False)
        chosen = rows.filter(duckdb.ColumnExpression("tag").isin(*map(duckdb.ConstantExpression, tags))) if tags else rows
        told: pl.DataFrame = chosen.order("tag, time").pl()
    return told


def records(store: Path) -> list[Imported]:
    """The files that came, by their hash."""
    return [_read(record) for record in sorted((store / IMPORTS).glob("*.json"))]


def _within(day: str, first: date | None, last: date | None) -> bool:
    return (first is None or str(first) <= day) and (last is None or day <= str(last))


def _import(path: Path, store: Path, *, at: datetime) -> Imported:
    digest = _digest(path)
    record = store / IMPORTS / f"{digest}.json"
    if record.exists():
        return Imported(**{**asdict(_read(record)), "file": path.name, "already": True})
    beside = store / INCOMING / digest
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True, mode=0o700)
    try:
        with connect(memory=MEMORY, temporary=beside / "spilled") as connection:
            file = given(connection, path)
            written = _write_days(connection, file, beside / RAW, digest=digest, at=at)
            aside, refused = _write_refused(connection, file, beside, digest)
        days = tuple(sorted(folder.name.removeprefix("day=") for folder in (beside / RAW).glob("day=*")))
        done = Imported(file=path.name, digest=digest, rows=written - aside, refused=refused, days=days, ignored=file.ignored)
        _move_in(beside, store, done)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return done


def _write_days(connection: duckdb.DuckDBPyConnection, file: Given, folder: Path, *, digest: str, at: datetime) -> int:
    """Writes the rows by day; those refused go aside into a folder of their own, since one reading must do. Returns how many."""
    day = f"CASE WHEN broken IS NULL THEN CAST(CAST(CAST(time AS TIMESTAMP) AS DATE) AS VARCHAR) ELSE '{NO_DAY}' END AS day"
    columns = f"{', '.join(c.name for c in COLUMNS)}, TIMESTAMPTZ '{at.isoformat()}' AS imported_at, {day}"
    asked = (
        f"COPY (SELECT {columns} FROM {file.judged}) "
        f"TO '{str(folder).replace(chr(39), chr(39) * 2)}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day), "
        f"FILENAME_PATTERN '{digest}_{{i}}', ROW_GROUP_SIZE {ROW_GROUP})"
    )
    return int(connection.execute(asked).fetchall()[0][0])


def _write_refused(connection: duckdb.DuckDBPyConnection, file: Given, beside: Path, digest: str) -> tuple[int, int]:
    """How many of the rows written are refused, and how many in all; those that were never cut into cells were not written."""
    aside = beside / RAW / f"day={NO_DAY}"
    written = 0
    if aside.exists():
        written = connection.read_parquet(f"{aside}/*.parquet").count("*").fetchall()[0][0]
        shutil.rmtree(aside)
    told = iter(refusals(connection, file)) if written or file.kind == "csv" else iter(())
    first = next(told, None)
    if first is None:
        return 0, 0
    with (beside / f"{digest}.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(REFUSAL)
        number = 0
        for number, refusal in enumerate(chain([first], told), start=1):  # noqa: B007
            rows.writerow(asdict(refusal).values())
    return written, number


def _move_in(beside: Path, store: Path, done: Imported) -> None:
    """Moves the parts to their days; the record, last, makes them count."""
    for part in (beside / RAW).rglob("*.parquet"):
        folder = store / RAW / part.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        part.replace(folder / part.name)
    kept = beside / f"{done.digest}.csv"
    if kept.exists():
        (store / REFUSED).mkdir(parents=True, exist_ok=True)
        kept.replace(store / REFUSED / kept.name)
    record = beside / f"{done.digest}.json"
    with record.open("w", encoding="utf-8") as out:
        json.dump(asdict(done), out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    (store / IMPORTS).mkdir(parents=True, exist_ok=True)
    record.replace(store / IMPORTS / record.name)


def _read(record: Path) -> Imported:
    told = json.loads(record.read_text(encoding="utf-8"))
    return Imported(**{**told, "days": tuple(told["days"]), "ignored": tuple(told["ignored"])})


def _digest(path: Path) -> str:
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            hashed.update(block)
    return hashed.hexdigest()[:32]


def all_days(done: Iterable[Imported]) -> list[str]:
    """The days that got something, in order: those that are to be looked at again."""
    return sorted({day for each in done if not each.already for day in each.days})
