"""Loading extracts: one transaction a file, good rows in, bad rows kept; safe to repeat.

A row is known by its feed and record_id. A new row is loaded, an unchanged one does nothing, a changed one is loaded over
what it gave before: the old row is kept in `SupersededRow` and the correction has an audit entry of its own.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from django.db import connection, models, transaction

from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.imports.files import Batch, batches, extracts_in
from throughcare.casework.imports.models import FileLoad, QuarantinedRow, SourceRow, SupersededRow
from throughcare.casework.imports.queries import parts_of, source_ids
from throughcare.casework.imports.rows import Fault, checked_rows, ragged_faults
from throughcare.core.contracts import Feed, Loader

Resolver = Callable[[pl.DataFrame, Feed], pl.DataFrame]
Progress = Callable[[str, int], None]

FAULTS_TOLD = 100


@dataclass(kw_only=True)
class Outcome:
    """What one file brought, in rows, and the first faults found."""

    feed: str
    name: str
    new: int = 0
    changed: int = 0
    same: int = 0
    quarantined: int = 0
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)


@dataclass(kw_only=True)
class _Load:
    """A file on its way in."""

    feed: Feed
    record: FileLoad
    entry: Recording
    resolve: Resolver
    outcome: Outcome
    next_id: int = 0
    waiting: set[str] = field(default_factory=set)


def import_extracts(
    *,
    by: str,
    paths: list[Path],
    feeds: Mapping[str, Feed],
    resolve: Resolver,
    dry_run: bool = False,
    progress: Progress = lambda name, rows: None,
) -> list[Outcome]:
    """Loads extracts and folders of extracts in the order their feeds need, one transaction a file.

    `resolve` gives each row its person. A file that is not what it says raises `FileRefused`, with the files before it
    loaded. With `dry_run` everything is done and then undone.
    """
    found = extracts_in(paths, feeds)
    with transaction.atomic() if dry_run else nullcontext():
        outcomes = [_import_file(by, path, feed, resolve, progress) for path, feed in found]
        if dry_run:
            transaction.set_rollback(True)
    return outcomes


def _import_file(by: str, path: Path, feed: Feed, resolve: Resolver, progress: Progress) -> Outcome:
    outcome = Outcome(feed=feed.slug, name=path.name)
    started = datetime.now(UTC)
    with recording(by=by, verb="import.file") as entry:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        record = FileLoad(feed=feed.slug, name=path.name, digest=digest, loaded_at=started, loaded_by=by)
        record.save()
        entry.about(record)
        load = _Load(feed=feed, record=record, entry=entry, resolve=resolve, outcome=outcome)
        load.next_id = (SourceRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        load.waiting = set(
            QuarantinedRow.objects.filter(feed=feed.slug, mended_by=None).values_list("record_id", flat=True)
        )
        for batch in batches(path, feed):
            _load_batch(load, batch)
            progress(path.name, len(batch.rows))
        for name in ("new", "changed", "same", "quarantined"):
            setattr(record, name, getattr(outcome, name))
        record.rows = outcome.new + outcome.changed + outcome.same + outcome.quarantined
        record.save()
        entry.details = {
            "feed": feed.slug,
            "file": path.name,
            "sha256": digest,
            "new": outcome.new,
            "changed": outcome.changed,
            "same": outcome.same,
            "quarantined": outcome.quarantined,
        }
    outcome.seconds = (datetime.now(UTC) - started).total_seconds()
    return outcome


def _load_batch(load: _Load, batch: Batch) -> None:
    """One batch: check, sort into new, changed and same, keep the rows, give them to the feed's loaders."""
    good, faults = checked_rows(load.feed, batch, source_ids)
    known = _known(load.feed.slug, good["record_id"].to_list())
    frame = good.join(known, on="record_id", how="left", maintain_order="left")
    repeated = (
        frame["seen_in"].eq_missing(load.record.pk)
        | frame["record_id"].is_duplicated() & ~frame["record_id"].is_first_distinct()
    )
    faults += [
        Fault(
            line=line,
            record_id=record_id,
            column="record_id",
            value=record_id,
            row=row,
            rule="a record_id stands once in a file",
            mend="keep the right row, or give the other its own record_id",
        )
        for line, record_id, row in frame.filter(repeated).select("line", "record_id", "as_given").iter_rows()
    ]
    frame = frame.filter(~repeated)
    _quarantine(load, [*faults, *ragged_faults(load.feed, batch)])
    same = frame.filter(frame["digest"].eq_missing(frame["digest_known"]))
    work = frame.filter(frame["digest"].ne_missing(frame["digest_known"]))
    work = work.with_columns(changed=pl.col("source").is_not_null())
    fresh = work.filter(~pl.col("changed")).height
    ids = pl.Series("source_new", range(load.next_id, load.next_id + fresh), dtype=pl.Int64)
    load.next_id += fresh
    work = pl.concat(
        [work.filter(~pl.col("changed")).with_columns(source=ids), work.filter(pl.col("changed"))], how="vertical"
    )
    _keep_rows(load, work)
    _seen(load, same)
    load.outcome.same += same.height
    if work.height:
        work = work.sort("line").drop("digest", "digest_known", "seen_in", "as_given", "file_known", "values_known")
        if load.feed.identifiers:
            work = load.resolve(work, load.feed)
        for loader in load.feed.loads:
            loader(work)
    _mend(load, frame["record_id"].to_list())


def _known(feed: str, record_ids: list[str]) -> pl.DataFrame:
    """The rows of these record_ids as they are in the store."""
    found = SourceRow.objects.filter(feed=feed, record_id__in=record_ids)
    columns = {
        "record_id": pl.String,
        "source": pl.Int64,
        "digest_known": pl.String,
        "seen_in": pl.Int64,
        "file_known": pl.Int64,
        "values_known": pl.String,
    }
    rows = found.values_list("record_id", "pk", "digest", "seen_in", "file_id", "values")
    return pl.DataFrame(list(rows), schema=columns, orient="row")


def _keep_rows(load: _Load, work: pl.DataFrame) -> None:
    """Source rows of new and changed records; what changed rows said before; an audit entry for each correction."""
    new, changed = work.filter(~pl.col("changed")), work.filter(pl.col("changed"))
    load.outcome.new += new.height
    load.outcome.changed += changed.height
    file = load.record.pk
    insert(
        SourceRow,
        new.select(
            id="source",
            feed=pl.lit(load.feed.slug),
            record_id="record_id",
            digest="digest",
            file=pl.lit(file),
            line="line",
            seen_in=pl.lit(file),
            values="as_given",
        ),
    )
    columns = [column.name for column in load.feed.columns]
    SupersededRow.objects.bulk_create(
        SupersededRow(source_id=source, values=values, file_id=given, replaced_by_id=file)
        for source, values, given in changed.select("source", "values_known", "file_known").iter_rows()
    )
    for source, record_id, digest, line, values, before in changed.select(
        "source", "record_id", "digest", "line", "as_given", "values_known"
    ).iter_rows():
        SourceRow.objects.filter(pk=source).update(digest=digest, file_id=file, line=line, seen_in=file, values=values)
        pairs = zip(columns, json.loads(before), json.loads(values), strict=True)
        fields = [name for name, old, now in pairs if old != now]
        load.entry.also(
            "import.correct", load.feed.slug, record_id, person_id=None, details={"file": file, "fields": fields}
        )


def _seen(load: _Load, same: pl.DataFrame) -> None:
    """Notes that unchanged rows stood in this file too."""
    for part in same["source"].to_frame().iter_slices(5_000):
        SourceRow.objects.filter(pk__in=part["source"].to_list()).update(seen_in=load.record.pk)


def _quarantine(load: _Load, faults: list[Fault]) -> None:
    """Keeps rows that could not be loaded, each fault with its rule and mend. An earlier fault of the record gives way."""
    if not faults:
        return
    again = {f.record_id for f in faults if f.record_id} & load.waiting
    QuarantinedRow.objects.filter(feed=load.feed.slug, mended_by=None, record_id__in=again).update(
        mended_by=load.record
    )
    QuarantinedRow.objects.bulk_create(
        QuarantinedRow(
            file=load.record,
            feed=load.feed.slug,
            line=f.line,
            record_id=f.record_id[:80],
            column=f.column,
            value=f.value,
            rule=f.rule,
            mend=f.mend,
            row=f.row,
        )
        for f in faults
    )
    load.outcome.quarantined += len({f.line for f in faults})
    load.outcome.faults += faults[: FAULTS_TOLD - len(load.outcome.faults)]


def _mend(load: _Load, loaded: Iterable[str]) -> None:
    """Rows of earlier files that waited in quarantine and have now been loaded."""
    mended = load.waiting.intersection(loaded)
    if mended:
        waiting = QuarantinedRow.objects.filter(feed=load.feed.slug, mended_by=None, record_id__in=mended)
        waiting.exclude(file=load.record).update(mended_by=load.record)
        load.waiting -= mended


def insert(model: type[models.Model], frame: pl.DataFrame, *, key: tuple[str, ...] = ()) -> None:
    """Writes a frame into a table: one row a row, columns named as the model's fields, absent fields at their default.

    With `key` (fields under a unique constraint) a row that is there already is brought up to date. Call it inside a
    `recording` block. Dates are given as dates, times with their zone, money in pence.
    """
    if not frame.height:
        return
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField) or f.name in frame.columns]
    told = frame.select([_told(f, f.name in frame.columns) for f in fields])
    names = [connection.ops.quote_name(f.column) for f in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"
    if key:
        on = [connection.ops.quote_name(model._meta.get_field(k).column) for k in key]
        kept = ", ".join(f"{name} = excluded.{name}" for name in names if name not in on)
        sql += f" ON CONFLICT ({', '.join(on)}) DO " + (f"UPDATE SET {kept}" if kept else "NOTHING")
    with connection.cursor() as cursor:
        cursor.executemany(sql, told.rows())


def _told(f: models.Field, given: bool) -> pl.Expr:
    """The column of a frame as the database takes it."""
    if not given:
        return pl.lit(f.get_default()).alias(f.name)
    column = pl.col(f.name)
    if isinstance(f, models.DateTimeField):
        zone = "+00:00" if connection.vendor == "postgresql" else ""
        return column.dt.convert_time_zone("UTC").dt.strftime(f"%Y-%m-%d %H:%M:%S%.6f{zone}")
    if isinstance(f, models.DateField):
        return column.cast(pl.Date).cast(pl.String)
    if isinstance(f, models.CharField | models.TextField) and not f.null:
        return column.cast(pl.String).fill_null("")
    return column


def stores(
    model: type[models.Model],
    *,
    fields: Mapping[str, str | pl.Expr] | None = None,
    where: pl.Expr | None = None,
    reshape: Callable[[pl.DataFrame], pl.DataFrame] = lambda frame: frame,
    key: tuple[str, ...] = ("source",),
) -> Loader:
    """A loader that keeps one fact a row in `model`: fields take the column of their own name unless `fields` says otherwise.

    `where` says which rows give a fact; a corrected row that no longer does loses it. `reshape` may make several rows of
    one, then `key` names the fields that tell them apart, and a corrected row's facts are written anew.
    """

    def load(frame: pl.DataFrame) -> None:
        corrected = frame.filter(pl.col("changed"))["source"].to_list()
        rows = reshape(frame if where is None else frame.filter(where))
        gone = corrected if key != ("source",) else sorted(set(corrected) - set(rows["source"].to_list()))
        for part in parts_of(gone):
            model._default_manager.filter(source__in=part).delete()
        own = {f.name for f in model._meta.concrete_fields}
        given = {name: name for name in rows.columns if name in own and name != "id"} | dict(fields or {})
        insert(
            model, rows.select(**{name: pl.col(c) if isinstance(c, str) else c for name, c in given.items()}), key=key
        )

    return load


def linked(model: type[models.Model], frame: pl.DataFrame, *, by: str, to: str) -> pl.DataFrame:
    """Adds column `to`: the id of the row of `model` that came from the source row named in column `by`; null where none."""
    found: dict[int, int] = {}
    for part in parts_of(frame[by].drop_nulls().unique().to_list()):
        found.update(model._default_manager.filter(source__in=part).values_list("source_id", "pk"))
    ids = (
        frame[by].replace_strict(found, default=None, return_dtype=pl.Int64) if found else pl.lit(None, dtype=pl.Int64)
    )
    return frame.with_columns(ids.alias(to))
