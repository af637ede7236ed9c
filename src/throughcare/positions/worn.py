"""Fixes of a tag while somebody wore it, and of no other time: what may be asked of a store is limited here, before it is read.

A tag is worn by one after another. `wearer` names one wearing of one tag, and stands in the place of the tag in what is read, so
that whose a fix is needs no second look.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from throughcare.positions.fixes import NAMES, SCHEMA
from throughcare.positions.reading import connect, sql_text
from throughcare.positions.store import parts

WORN = pl.Schema(
    {"wearer": pl.String(), "tag": pl.String(), "start": pl.Datetime("us", "UTC"), "end": pl.Datetime("us", "UTC")}
)  # fmt: skip
"""A tag worn over [start, end)."""

READ = pl.Schema({**SCHEMA, "device": pl.String(), "imported_at": pl.Datetime("us", "UTC")})
MEMORY = "300MB"


@dataclass(frozen=True, kw_only=True)
class Box:
    """An area in degrees (WGS84), its edges included."""

    south: float
    north: float
    west: float
    east: float

    @property
    def told(self) -> str:
        """As it stands in a log."""
        return f"{self.south:.5f} to {self.north:.5f}, {self.west:.5f} to {self.east:.5f}"


def read(store: Path, worn: pl.DataFrame, *, start: datetime, end: datetime, box: Box | None = None) -> pl.DataFrame:
    """The fixes of [start, end) while they were worn, by wearer and time: columns READ, `tag` being the wearer and `device` the
    tag. Raw, as they came. `worn`: columns WORN; `box`: only what is in it.
    """
    files = _files(store, worn, start, end)
    if not files:
        return pl.DataFrame(schema=READ)
    with connect(memory=MEMORY) as connection:
        told: pl.DataFrame = connection.sql(f"{_sql(connection, files, worn, start, end, box)} {_ORDER}").pl()
    return told.with_columns(pl.col(name).dt.convert_time_zone("UTC") for name, kind in READ.items() if kind == WORN["start"])


def write(store: Path, worn: pl.DataFrame, to: Path, *, start: datetime, end: datetime) -> str:
    """The same fixes as a Parquet file, for more than should be held, and the SHA-256 of what they say, row by row.

    The hash is of the fixes in their order, not of the file: the same fixes have the same hash in any version of the program.
    """
    files, told = _files(store, worn, start, end), to.with_suffix(".csv")
    if not files:
        pl.DataFrame(schema=SCHEMA).write_parquet(to)
        return hashlib.sha256(b"").hexdigest()
    with connect(memory=MEMORY, temporary=to.parent / "spilled") as connection:
        connection.execute("SET preserve_insertion_order = true")
        asked = f"SELECT {', '.join(NAMES)} FROM ({_sql(connection, files, worn, start, end, None)}) {_ORDER}"
        connection.execute(f"COPY ({asked}) TO {sql_text(str(to))} (FORMAT parquet, COMPRESSION zstd)")
        connection.execute(
            f"COPY (SELECT * FROM read_parquet({sql_text(str(to))})) TO {sql_text(str(told))} (FORMAT csv, HEADER false)"
        )
    with told.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    told.unlink()
    return digest


def digest(fixes: pl.DataFrame) -> str:
    """The SHA-256 of fixes that were read, in their order."""
    return hashlib.sha256(fixes.select(NAMES).write_csv(include_header=False).encode()).hexdigest()


def parts_digest(store: Path, *, start: datetime, end: datetime) -> str:
    """A hash that is another as soon as anything came in for those days, or was deleted: of their parts' names and sizes."""
    found = parts(store, first=start.date(), last=end.date())
    told = "\n".join(f"{part.parent.name}/{part.name} {part.stat().st_size}" for part in found)
    return hashlib.sha256(told.encode()).hexdigest()


_ORDER = f"ORDER BY {', '.join(NAMES)}"


def _files(store: Path, worn: pl.DataFrame, start: datetime, end: datetime) -> list[Path]:
    return parts(store, first=start.date(), last=end.date()) if worn.height and start < end else []


def _sql(
    connection: duckdb.DuckDBPyConnection, files: list[Path], worn: pl.DataFrame, start: datetime, end: datetime, box: Box | None
) -> str:
    connection.register("worn", worn.select(WORN.names()).cast(WORN).to_arrow())
    listed = ", ".join(sql_text(str(part)) for part in files)
    columns = ", ".join(f"f.{name}" for name in NAMES if name != "tag")
    inside = "true" if box is None else (
        f"f.latitude BETWEEN {box.south!r} AND {box.north!r} AND f.longitude BETWEEN {box.west!r} AND {box.east!r}"
    )  # fmt: skip
    return (
        f"SELECT w.wearer AS tag, {columns}, f.tag AS device, f.imported_at "
        f"FROM read_parquet([{listed}], hive_partitioning = false) f JOIN worn w ON f.tag = w.tag "
        f'AND f.time >= w."start" AND f.time < w."end" '
        f"WHERE f.time >= TIMESTAMPTZ '{start.isoformat()}' AND f.time < TIMESTAMPTZ '{end.isoformat()}' AND {inside}"
    )
