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
from throughcare.casework.audit.models import check_writing
from throughcare.casework.imports.adoption.actions import Tells, adopt, untold
from throughcare.casework.imports.files import Batch, batches, extracts_in
from throughcare.casework.imports.models import FileLoad, QuarantinedRow, SourceRow, SupersededRow
from throughcare.casework.imports.queries import parts_of, source_ids
from throughcare.casework.imports.rows import Fault, checked_rows, ragged_faults, repeated_faults
from throughcare.core.clock import london_date
from throughcare.core.contracts import Feed, Loader

Resolver = Callable[[pl.DataFrame, Feed], pl.DataFrame]
Progress = Callable[[str, int], None]

FAULTS_TOLD = 100


@dataclass(kw_only=True)
class Outcome:
    """What one file brought, in rows, and the first faults found.

    `load`: the number of its `FileLoad`; `people`: of a correction, whom the corrected row is about.
    """

    feed: str
    name: str
    new: int = 0
    changed: int = 0
    same: int = 0
    quarantined: int = 0
    seconds: float = 0.0
    load: int = 0
    people: set[int] = field(default_factory=set)
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
    *, by: str, paths: list[Path], feeds: Mapping[str, Feed], resolve: Resolver, dry_run: bool = False,
    progress: Progress = lambda name, rows: None, done: Callable[[Outcome], None] = lambda outcome: None,
    at: datetime | None = None,
) -> list[Outcome]:  # fmt: skip
    """Loads extracts and folders of extracts in the order their feeds need, one transaction a file.

    `resolve` gives each row its person; `done` is told of each file once it is in; `at`: when they came, if not now. A file
    that is not what it says raises `FileRefused`, with the files before it loaded. With `dry_run` everything is done and then
    undone.
    """
    found = extracts_in(paths, feeds)
    outcomes = []
    with transaction.atomic() if dry_run else nullcontext():
        for path, feed in found:
            outcomes.append(_import_file(by, path, feed, resolve, progress, at))
            done(outcomes[-1])
        if dry_run:
            transaction.set_rollback(True)
    return outcomes


def _import_file(by: str, path: Path, feed: Feed, resolve: Resolver, progress: Progress, at: datetime | None) -> Outcome:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    record = FileLoad(feed=feed.slug, name=path.name, digest=digest, loaded_at=at or datetime.now(UTC), loaded_by=by)
    return load_rows(record=record, feed=feed, parts=batches(path, feed), resolve=resolve, progress=progress)


def load_rows(
    *, record: FileLoad, feed: Feed, parts: Iterable[Batch], resolve: Resolver,
    progress: Progress = lambda name, rows: None,
) -> Outcome:  # fmt: skip
    """Loads the rows of one file in one transaction. `record` says what it is and when it came, and is saved with its counts."""
    outcome = Outcome(feed=feed.slug, name=record.name)
    started = datetime.now(UTC)
    with recording(by=record.loaded_by, verb="import.file") as entry:
        record.save()
        entry.about(record)
        load = _Load(feed=feed, record=record, entry=entry, resolve=resolve, outcome=outcome)
        load.next_id = (SourceRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        load.waiting = set(_waiting(load).values_list("record_id", flat=True))
        for batch in parts:
            _load_batch(load, batch)
            progress(record.name, len(batch.rows))
        counted = {name: getattr(outcome, name) for name in ("new", "changed", "same", "quarantined")}
        for name, number in counted.items():
            setattr(record, name, number)
        record.rows = sum(counted.values())
        record.save()
        entry.details = {"feed": feed.slug, "file": record.name, "sha256": record.digest, **counted}
    outcome.load, outcome.seconds = record.pk, (datetime.now(UTC) - started).total_seconds()
    return outcome


def _waiting(load: _Load) -> models.QuerySet[QuarantinedRow]:
    """Faults of the feed's rows that wait to be mended; what was set aside does not wait."""
    return QuarantinedRow.objects.filter(feed=load.feed.slug, mended_by=None, set_aside="")


def _load_batch(load: _Load, batch: Batch) -> None:
    """One batch: check, sort into new, changed and same, keep the rows, give them to the feed's loaders."""
    good, faults = checked_rows(load.feed, batch, source_ids, loaded_on=london_date(load.record.loaded_at))
    known = _known(load.feed.slug, good["record_id"].to_list())
    frame = good.join(known, on="record_id", how="left", maintain_order="left")
    in_batch = frame["record_id"].is_duplicated() & ~frame["record_id"].is_first_distinct()
    repeated = in_batch | frame["seen_in"].eq_missing(load.record.pk)
    _quarantine(load, [*faults, *repeated_faults(frame.filter(repeated)), *ragged_faults(load.feed, batch)])
    frame = frame.filter(~repeated)
    as_before = frame["digest"].eq_missing(frame["digest_known"])
    _seen(load, frame.filter(as_before))
    work = _numbered(load, frame.filter(~as_before))
    if work.height:
        nobody = pl.lit(None, dtype=pl.Int64)
        people = load.resolve(work, load.feed) if load.feed.identifiers else work.with_columns(person=nobody, named_by=nobody)
        _keep_rows(load, people)
        if load.record.corrects_id is not None:
            load.outcome.people.update(people["person"].drop_nulls())
        given = people.sort("line").drop(*KNOWN, "digest", "as_given", "named_by")
        for loader in load.feed.loads:
            loader(given if load.feed.identifiers else given.drop("person"))
    _mend(load, frame["record_id"].to_list())
    load.entry.write_out()


KNOWN = ("digest_known", "seen_in", "file_known", "values_known")


def _known(feed: str, record_ids: list[str]) -> pl.DataFrame:
    """The rows of these record_ids as they are in the store."""
    found = SourceRow.objects.filter(feed=feed, record_id__in=record_ids)
    columns = {
        "record_id": pl.String, "source": pl.Int64, "digest_known": pl.String, "seen_in": pl.Int64,
        "file_known": pl.Int64, "values_known": pl.String,
    }  # fmt: skip
    rows = found.values_list("record_id", "pk", "digest", "seen_in", "file_id", "values")
    return pl.DataFrame(list(rows), schema=columns, orient="row")


def _numbered(load: _Load, work: pl.DataFrame) -> pl.DataFrame:
    """The rows with their source's id, a new one where the record is new; `changed` says which are corrections."""
    work = work.with_columns(changed=pl.col("source").is_not_null())
    fresh, changed = work.filter(~pl.col("changed")), work.filter("changed")
    ids = pl.Series(range(load.next_id, load.next_id + fresh.height), dtype=pl.Int64)
    load.next_id += fresh.height
    return pl.concat([fresh.with_columns(source=ids), changed])


def _keep_rows(load: _Load, work: pl.DataFrame) -> None:
    """Source rows of new and changed records; what changed rows said before; an audit entry for each correction."""
    changed = work.filter("changed")
    load.outcome.changed += changed.height
    load.outcome.new += work.height - changed.height
    file = load.record.pk
    before = changed.select(source="source", values="values_known", file="file_known", replaced_by=pl.lit(file))
    insert(SupersededRow, before)
    rows = work.select(
        id="source", feed=pl.lit(load.feed.slug), record_id="record_id", digest="digest", file=pl.lit(file), line="line",
        seen_in=pl.lit(file), named_by="named_by", values="as_given",
    )  # fmt: skip
    insert(SourceRow, rows, key=("id",))
    columns = [column.name for column in load.feed.columns]
    told = changed.select("record_id", "person", "as_given", "values_known")
    for record_id, person, now, was in told.iter_rows():
        pairs = zip(columns, json.loads(was), json.loads(now), strict=True)
        details = {"file": file, "fields": [name for name, old, new in pairs if old != new]}
        load.entry.also("import.correct", load.feed.slug, record_id, person_id=person, details=details)


def _seen(load: _Load, same: pl.DataFrame) -> None:
    """Notes that unchanged rows stood in this file too."""
    load.outcome.same += same.height
    for part in parts_of(same["source"].to_list(), 5_000):
        SourceRow.objects.filter(pk__in=part).update(seen_in=load.record.pk)


def _quarantine(load: _Load, faults: list[Fault]) -> None:
    """Keeps rows that could not be loaded, each fault with its rule and mend.

    A fault of the same row as given is not kept twice where it waits already, was set aside, or was corrected here and the
    correction stands. Other faults of a record that waits give way.
    """
    if not faults:
        return
    load.outcome.quarantined += len({f.line for f in faults})
    load.outcome.faults += faults[: FAULTS_TOLD - len(load.outcome.faults)]
    held = _held(load, {f.row for f in faults})
    fresh = [f for f in faults if (f.row, f.column, f.rule) not in held]
    for part in parts_of({f.record_id[:80] for f in fresh if f.record_id} & load.waiting):
        _waiting(load).filter(record_id__in=part).exclude(file=load.record).update(mended_by=load.record)
    QuarantinedRow.objects.bulk_create(
        (
            QuarantinedRow(
                file=load.record, feed=load.feed.slug, line=f.line, record_id=f.record_id[:80], column=f.column,
                value=f.value, rule=f.rule, mend=f.mend, row=f.row,
            )
            for f in fresh
        ),
        batch_size=1000,
    )  # fmt: skip


def _held(load: _Load, rows: set[str]) -> set[tuple[str, str, str]]:
    """Row, column and rule of the faults that are kept already, of rows as given."""
    held: set[tuple[str, str, str]] = set()
    for part in parts_of(rows):
        kept = QuarantinedRow.objects.filter(feed=load.feed.slug, row__in=part)
        held.update(kept.filter(mended_by=None).values_list("row", "column", "rule"))
        corrected = kept.exclude(mended_by__corrects=None).values_list("row", "column", "rule", "mended_by")
        for given, column, rule, correction in corrected:
            if SourceRow.objects.filter(feed=load.feed.slug, file=correction).exists():
                held.add((given, column, rule))
    return held


def _mend(load: _Load, loaded: Iterable[str]) -> None:
    """Rows of earlier files that waited in quarantine and have now been loaded."""
    mended = load.waiting.intersection(loaded)
    for part in parts_of(mended):
        waiting = _waiting(load).filter(record_id__in=part)
        waiting.exclude(file=load.record).update(mended_by=load.record)
    load.waiting -= mended


def insert(model: type[models.Model], frame: pl.DataFrame, *, key: tuple[str, ...] = ()) -> None:
    """Writes a frame into a table: one row a row, columns named as the model's fields, absent fields at their default.

    With `key` (fields under a unique constraint) a row that is there already is brought up to date. Call it inside a
    `recording` block. Dates are given as dates, times with their zone, money in pence.
    """
    check_writing(model, "written")
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
    adopts: tuple[str, ...] = (),
    tells: Tells = untold,
) -> Loader:
    """A loader that keeps one fact a row in `model`: fields take the column of their own name unless `fields` says otherwise.

    `where` says which rows give a fact; a corrected row that no longer does loses it. `reshape` may make several rows of
    one, then `key` names the fields that tell them apart, and a corrected row's facts are written anew. `adopts` names the
    fields by which a fact typed here is the same as a row's: it then gets its source and keeps what was typed
    (`adoption.actions`), and `tells` is told; only where a row gives one fact.
    """
    if adopts and key != ("source",):
        raise ValueError("a fact typed here can only be adopted where a row gives one fact")

    def load(frame: pl.DataFrame) -> None:
        corrected = frame.filter(pl.col("changed"))["source"].to_list()
        rows = reshape(frame if where is None else frame.filter(where))
        own = {f.name for f in model._meta.concrete_fields}
        given = {name: name for name in rows.columns if name in own and name != "id"} | dict(fields or {})
        facts = rows.select(**{name: pl.col(c) if isinstance(c, str) else c for name, c in given.items()})
        if adopts:
            facts = adopt(model, facts, corrected=corrected, same=adopts, tells=tells)
        gone = corrected if key != ("source",) else sorted(set(corrected) - set(rows["source"].to_list()))
        for part in parts_of(gone):
            model._default_manager.filter(source__in=part).delete()
        insert(model, facts, key=key)

    load.model = model  # so that a test can hold each column's length against its field's
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
