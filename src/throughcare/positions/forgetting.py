"""Deletes what may be kept no longer: a day's parts are written anew without it, each whole or as it was.

A fix goes when every wearing of its tag that covers it is over for long enough; one that no wearing covers goes when it is itself
older than that. What one wearing still keeps stays, whatever another says. Safe to repeat and to be cut off at any moment: a part
is written beside and renamed, so it is there with what must go or without, and doing it again goes on from there.

What a file brought is still known by its record in `imports`, so that sending it again brings nothing back.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from throughcare.positions.reading import connect, sql_text
from throughcare.positions.store import RAW, ROW_GROUP, parts
from throughcare.positions.worn import WORN

SPANS = pl.Schema({**WORN, "kept": pl.Boolean()})
"""Wearings (columns of WORN), and whether their fixes are still kept."""

BESIDE = ".forgetting"
COUNTED = pl.Schema({"wearer": pl.String(), "fixes": pl.Int64()})
MEMORY = "300MB"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a store holds. `fixes`: all; `over`: columns wearer ("" of nobody) and fixes, of those that must go."""

    fixes: int
    over: pl.DataFrame

    @property
    def to_go(self) -> int:
        return int(self.over["fixes"].sum())


def standing(store: Path, spans: pl.DataFrame, *, before: datetime) -> Standing:
    """Counts, and changes nothing: the check that can be run again. `spans`: columns SPANS. `before`: a fix that nobody wore is
    kept from then on.
    """
    fixes, found = 0, []
    with _opened(spans) as connection:
        for part in parts(store):
            fixes += _ask(connection, f"SELECT count(*) FROM {_of(part)}")
            found.append(_over(connection, part, before))
    over = pl.concat([pl.DataFrame(schema=COUNTED), *found])
    return Standing(fixes=fixes, over=over.group_by("wearer").agg(pl.col("fixes").sum()).sort("wearer"))


def forget(store: Path, spans: pl.DataFrame, *, before: datetime) -> int:
    """Deletes what must go; how many parts were written anew or removed."""
    for stray in (store / RAW).glob(f"*/*{BESIDE}"):
        stray.unlink()
    return sum(1 for _ in _forgotten(store, spans, before))


def _forgotten(store: Path, spans: pl.DataFrame, before: datetime) -> Iterator[Path]:
    with _opened(spans) as connection:
        for part in parts(store):
            if not _over(connection, part, before)["fixes"].sum():
                continue
            beside = part.with_name(part.name + BESIDE)
            kept = f"SELECT * FROM {_of(part)} f WHERE NOT ({_gone(before)})"
            if _ask(connection, f"SELECT count(*) FROM ({kept})"):
                connection.execute(
                    f"COPY ({kept}) TO {sql_text(str(beside))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
                )
                _to_disk(beside)
                beside.replace(part)
            else:
                part.unlink()
            _to_disk(part.parent)
            yield part


def _opened(spans: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    connection = connect(memory=MEMORY)
    connection.execute("SET preserve_insertion_order = true")
    connection.register("spans", spans.select(SPANS.names()).cast(SPANS).to_arrow())
    return connection


def _of(part: Path) -> str:
    return f"read_parquet({sql_text(str(part))}, hive_partitioning = false)"


_COVERED = 'SELECT 1 FROM spans s WHERE s.tag = f.tag AND f.time >= s."start" AND f.time < s."end"'


def _gone(before: datetime) -> str:
    """SQL, true of a fix that must go."""
    old = f"f.time < TIMESTAMPTZ '{before.isoformat()}'"
    return f"NOT EXISTS ({_COVERED} AND s.kept) AND (EXISTS ({_COVERED}) OR {old})"


def _over(connection: duckdb.DuckDBPyConnection, part: Path, before: datetime) -> pl.DataFrame:
    """wearer, fixes of those that must go; one that two wearings cover counts for the first."""
    whose = f"(SELECT min(s.wearer) FROM spans s WHERE {_COVERED.partition('WHERE ')[2]})"
    told: pl.DataFrame = connection.sql(
        f"SELECT coalesce({whose}, '') AS wearer, count(*) AS fixes FROM {_of(part)} f WHERE {_gone(before)} GROUP BY 1"
    ).pl()
    return told.cast(COUNTED)


def _ask(connection: duckdb.DuckDBPyConnection, asked: str) -> int:
    return int(connection.execute(asked).fetchall()[0][0])


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
