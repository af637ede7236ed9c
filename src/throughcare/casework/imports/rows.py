"""A batch of cells to a frame of typed rows and a list of faults."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from throughcare.casework.imports.cells import check
from throughcare.casework.imports.files import Batch
from throughcare.core.contracts import Column, Feed

SourceIds = Callable[[str, list[str]], dict[str, int]]
Break = tuple[str, pl.Series, Callable[[str], str], str]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why a row could not be loaded, and how to mend it."""

    line: int
    record_id: str
    column: str
    value: str
    rule: str
    mend: str
    row: str


def checked_rows(
    feed: Feed, batch: Batch, source_ids: SourceIds, *, loaded_on: date
) -> tuple[pl.DataFrame, list[Fault]]:
    """Good rows, typed, with `line`, `digest` and `as_given` (the row as JSON); and the faults of the others."""
    names = [column.name for column in feed.columns]
    cells = pl.DataFrame(batch.rows, schema=dict.fromkeys(names, pl.String), orient="row")
    cells = cells.with_columns(pl.all().str.strip_chars())
    frame = pl.DataFrame({"line": batch.lines, "as_given": [json.dumps(row, ensure_ascii=False) for row in batch.rows]})
    frame = frame.with_columns(digest=pl.Series([_digest(row) for row in cells.iter_rows()], dtype=pl.String))
    breaks: list[Break] = []
    for column in feed.columns:
        done = check(column, cells[column.name], loaded_on=loaded_on)
        frame = frame.with_columns(done.values)
        breaks.append((column.name, done.wrong, done.rule, done.mend))
        if column.kind == "reference":
            frame, unknown = _refer(frame, column, source_ids)
            breaks.append(unknown)
    breaks += _between_columns(feed, frame, cells)
    faults = [f for one in breaks for f in _faults(frame, cells, *one)]
    bad = pl.Series("bad", [False] * frame.height, dtype=pl.Boolean)
    for _, wrong, _, _ in breaks:
        bad = bad | wrong
    return frame.filter(~bad), sorted(faults, key=lambda f: f.line)


def _between_columns(feed: Feed, frame: pl.DataFrame, cells: pl.DataFrame) -> list[Break]:
    """The feed's own rules, and that a row about a person says whom."""
    breaks: list[Break] = []
    for wrong, name, rule, mend in feed.rules:
        found = frame.select(wrong.alias("wrong")).to_series() if isinstance(wrong, pl.Expr) else wrong(frame)
        breaks.append((name, found.fill_null(value=False), lambda v, r=rule: r, mend))
    if feed.identifiers and not feed.names_people:
        none = cells.select(pl.all_horizontal(pl.col(list(feed.identifiers)) == "")).to_series()
        rule = f"at least one of {', '.join(feed.identifiers)} is given"
        mend = "add an identifier, so that the row can be given to its person"
        breaks.append((feed.identifiers[0], none, lambda v: rule, mend))
    return breaks


def _digest(row: tuple[str, ...]) -> str:
    return hashlib.blake2b("\x1f".join(row).encode(), digest_size=16).hexdigest()


def _refer(frame: pl.DataFrame, column: Column, source_ids: SourceIds) -> tuple[pl.DataFrame, Break]:
    """Adds `<name>_source`; says which given references name no loaded row."""
    name, to = column.name, column.to
    known = source_ids(to, frame[name].drop_nulls().unique().to_list())
    sources = frame[name].replace_strict(known, default=None, return_dtype=pl.Int64) if known else pl.lit(None, dtype=pl.Int64)
    frame = frame.with_columns(sources.alias(f"{name}_source"))
    unknown = frame[name].is_not_null() & frame[f"{name}_source"].is_null()
    mend = f"load {to} first, or correct the reference"
    return frame, (name, unknown, lambda v: f"{v} is a record of {to} that has been loaded", mend)


def _faults(
    frame: pl.DataFrame, cells: pl.DataFrame, name: str, wrong: pl.Series, rule: Callable[[str], str], mend: str
) -> list[Fault]:
    if not wrong.any():
        return []
    rows = pl.DataFrame(
        {"line": frame["line"], "record_id": cells["record_id"], "value": cells[name], "as_given": frame["as_given"]}
    ).filter(wrong)
    return [
        Fault(line=line, record_id=record_id, column=name, value=value, rule=rule(value), mend=mend, row=row)
        for line, record_id, value, row in rows.iter_rows()
    ]


def ragged_faults(feed: Feed, batch: Batch) -> list[Fault]:
    """Rows with more or fewer cells than the feed has columns."""
    return [
        Fault(
            line=line,
            record_id=row[0][:80],
            column="",
            value="",
            row=json.dumps(row, ensure_ascii=False),
            rule=f"{feed.slug} has {len(feed.columns)} columns, this row has {len(row)}",
            mend="put quotes round cells with commas, and fill every column",
        )
        for line, row in batch.ragged
    ]


def repeated_faults(repeated: pl.DataFrame) -> list[Fault]:
    """Rows whose record_id stood in the file before."""
    return [
        Fault(line=line, record_id=record_id, column="record_id", value=record_id, row=row,
              rule="a record_id stands once in a file", mend="keep the right row, or give the other its own record_id")
        for line, record_id, row in repeated.select("line", "record_id", "as_given").iter_rows()
    ]  # fmt: skip
