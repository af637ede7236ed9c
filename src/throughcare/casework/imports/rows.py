"""A batch of cells to a frame of typed rows and a list of faults."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from throughcare.casework.imports.cells import check
from throughcare.casework.imports.files import Batch
from throughcare.core.contracts import Feed

SourceIds = Callable[[str, list[str]], dict[str, int]]


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


def checked_rows(feed: Feed, batch: Batch, source_ids: SourceIds) -> tuple[pl.DataFrame, list[Fault]]:
    """Good rows, typed, with `line`, `digest` and `as_given` (the row as JSON); and the faults of the others."""
    names = [column.name for column in feed.columns]
    cells = pl.DataFrame(batch.rows, schema=dict.fromkeys(names, pl.String), orient="row")
    cells = cells.with_columns(pl.all().str.strip_chars())
    frame = pl.DataFrame({"line": batch.lines, "as_given": [json.dumps(row, ensure_ascii=False) for row in batch.rows]})
    frame = frame.with_columns(digest=pl.Series([_digest(row) for row in cells.iter_rows()], dtype=pl.String))
    wrongs: list[tuple[str, pl.Series, Callable[[str], str], str]] = []
    for column in feed.columns:
        done = check(column, cells[column.name])
        frame = frame.with_columns(done.values)
        wrongs.append((column.name, done.wrong, done.rule, done.mend))
        if column.kind == "reference":
            frame, unknown = _refer(frame, column.name, column.to, source_ids)
            wrongs.append(
                (
                    column.name,
                    unknown,
                    lambda v, to=column.to: f"{v} is a record of {to} that has been loaded",
                    f"load {column.to} first, or correct the reference",
                )
            )
    for wrong, name, rule, mend in feed.rules:
        found = frame.select(wrong.alias("wrong")).to_series() if isinstance(wrong, pl.Expr) else wrong(frame)
        wrongs.append((name, found.fill_null(value=False), lambda v, r=rule: r, mend))
    if feed.identifiers:
        none = cells.select(pl.all_horizontal(pl.col(list(feed.identifiers)) == "")).to_series()
        wrongs.append(
            (
                feed.identifiers[0],
                none,
                lambda v: f"at least one of {', '.join(feed.identifiers)} is given",
                "add an identifier, so that the row can be given to its person",
            )
        )
    faults = [f for name, wrong, rule, mend in wrongs for f in _faults(frame, cells, name, wrong, rule, mend)]
    bad = pl.Series("bad", [False] * frame.height, dtype=pl.Boolean)
    for _, wrong, _, _ in wrongs:
        bad = bad | wrong
    return frame.filter(~bad), sorted(faults, key=lambda f: f.line)


def _digest(row: tuple[str, ...]) -> str:
    return hashlib.blake2b("\x1f".join(row).encode(), digest_size=16).hexdigest()


def _refer(frame: pl.DataFrame, name: str, to: str, source_ids: SourceIds) -> tuple[pl.DataFrame, pl.Series]:
    """Adds `<name>_source`; says which given references name no loaded row."""
    known = source_ids(to, frame[name].drop_nulls().unique().to_list())
    column = (
        frame[name].replace_strict(known, default=None, return_dtype=pl.Int64)
        if known
        else pl.Series([None] * frame.height, dtype=pl.Int64)
    )
    frame = frame.with_columns(column.alias(f"{name}_source"))
    return frame, frame[name].is_not_null() & frame[f"{name}_source"].is_null()


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
