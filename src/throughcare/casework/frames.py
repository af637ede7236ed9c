"""Rows as a Polars frame, typed by the model's fields, so that an empty table has its columns; a person's rows, asked once."""

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

import polars as pl
from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.functions import Cast
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

from throughcare.casework.numbers import Numbers

P = ParamSpec("P")
T = TypeVar("T")
Dtype = pl.DataType | type[pl.DataType]
Kept = dict[tuple[Any, ...], Any]
MANY = 30_000
"""How many people a question to either database can name: SQLite takes 32,766 values, and no fewer since 2020."""
_kept: ContextVar[Kept | None] = ContextVar("frames_kept", default=None)
_only: ContextVar[Numbers | None] = ContextVar("frames_only", default=None)


@contextmanager
def only(*people: int) -> Iterator[None]:
    """While this block lasts, a frame with a column `person` has the rows of these people alone.

    For one person's page: the same rules as for everybody, at the cost of one. Rows that name no person are all read; more
    people than a question can well name are taken out of everybody's rows.
    """
    token = _only.set(Numbers(person for person in people if person is not None))
    try:
        yield
    finally:
        _only.reset(token)


@contextmanager
def _everybody() -> Iterator[None]:
    """While this block lasts, frames have everybody's rows, also within `only`."""
    token = _only.set(None)
    try:
        yield
    finally:
        _only.reset(token)


@contextmanager
def nothing_collected() -> Iterator[None]:
    """While this block lasts, Python does not look for garbage: many rows or results are made and no cycle, and to look through
    them all again and again takes a third of the time, of rows read more than half.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def reading_once() -> Iterator[None]:
    """While this block lasts, the same question to the store is asked once: for a run of many measures, for a person's page.

    Nothing may be written inside; a block within a block shares what was read.
    """
    token = _kept.set(_kept.get() if _kept.get() is not None else {})
    try:
        yield
    finally:
        _kept.reset(token)


def read(queryset: models.QuerySet, **columns: str) -> pl.DataFrame:
    """A frame of the query set: each keyword names a column, its value the field or path to a related one's field.

    Cells go from the database to the frame without Django's conversion of each, which took most of the time.
    """
    people = _only.get() if "person" in columns else None
    if people is not None and len(people) > MANY:
        with _everybody():
            return read(queryset, **columns).filter(pl.col("person").is_in(list(people)))
    if people is not None:
        queryset = queryset.filter(**{f"{columns['person']}__in": people})
    types = {name: _dtype(_field(queryset.model, path)) for name, path in columns.items()}
    asked = [_raw(path, dtype) for path, dtype in zip(columns.values(), types.values(), strict=True)]
    try:
        sql, params = queryset.values_list(*asked).query.sql_with_params()
    except EmptyResultSet:
        return pl.DataFrame(schema=types)
    kept, question = _kept.get(), (sql, params, *types)
    if kept is None:
        return _ask(sql, params, types)
    if question not in kept:
        kept[question] = _ask(sql, params, types)
    return kept[question]


def once(made: Callable[P, T]) -> Callable[P, T]:
    """What is worked out of what was read: within `reading_once` it is worked out once for the same arguments."""

    @wraps(made)
    def kept_or_made(*given: P.args, **named: P.kwargs) -> T:
        return held(made, *given, **named)

    return kept_or_made


def held(made: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What the function gives for these arguments, within `reading_once` the same thing each time.

    What has no hash (a pilot) is the same only as itself; it is kept too, so that nothing else can take its place.
    """
    kept = _kept.get()
    if kept is None:
        return made(*given, **named)
    question = (made, _only.get(), *map(_told_apart, given), *((name, _told_apart(each)) for name, each in named.items()))
    if question not in kept:
        kept[question] = made(*given, **named), given, named
    return kept[question][0]


def _told_apart(argument: object) -> object:
    try:
        hash(argument)
    except TypeError:
        return "itself", id(argument)
    return argument


def about(model: type[models.Model], person: int, *, by: str = "person") -> list[Any]:
    """The rows that a table has on one person, by their numbers; `by`: the path to the person, as through a referral.

    Within `reading_once` a table is asked once, and not at all where one question about all tables found it to have none.
    """
    kept = _kept.get()
    if kept is not None and (model, person) in kept:
        return kept[model, person]
    any_there = kept is None or _any(model, person, by)
    rows = list(model._default_manager.filter(**{by: person}).order_by("pk")) if any_there else []
    if kept is not None:
        kept[model, person] = rows
    return rows


@contextmanager
def about_each(people: Collection[int], *tables: type[models.Model]) -> Iterator[None]:
    """While this block lasts, `about` answers of these people and tables from one question a table. Nothing may be written."""
    with reading_once():
        kept = _kept.get()
        assert kept is not None
        for model in tables:
            rows: dict[int, list[Any]] = {person: [] for person in people}
            for row in model._default_manager.filter(person__in=rows).order_by("pk"):
                rows[row.person_id].append(row)
            kept.update({(model, person): theirs for person, theirs in rows.items()})
        yield


def _any(model: type[models.Model], person: int, by: str) -> bool:
    """Whether the table has anything on the person; of one that hangs on another, whether it has on that one's rows."""
    kept = _kept.get()
    first, _, rest = by.partition("__")
    if rest:
        field = model._meta.get_field(first)
        rows = [row.pk for row in about(field.related_model, person, by=rest)]
        asked = ("hanging", field.related_model, person)
        if not rows or not field.concrete:  # the other way round: these rows hang on it
            return bool(rows)
        if asked not in kept:
            with connection.cursor() as cursor:
                cursor.execute(_which_hang_on(field.related_model).format(",".join(map(str, rows))))
                kept[asked] = set(cursor.fetchall())
        return (model._meta.db_table, field.column) in kept[asked]
    if ("tables", person) not in kept:
        with connection.cursor() as cursor:
            cursor.execute(_which_tables(), {"person": person})
            kept["tables", person] = {table for (table,) in cursor.fetchall()}
    return model._meta.db_table in kept["tables", person]


@cache
def _which_tables() -> str:
    """SQL that gives the tables with a row on %(person)s: a look into the index of each costs less than a question to each."""
    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == "person_id" and field.db_index for field in model._meta.concrete_fields)
    ]
    return " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM {t} WHERE person_id = %(person)s)" for t in tables)


@cache
def _which_hang_on(model: type[models.Model]) -> str:
    """SQL that gives table and column of what hangs on any of the model's rows; {} is for their numbers."""
    hanging = [
        (each._meta.db_table, field.column)
        for each in apps.get_models()
        for field in each._meta.concrete_fields
        if field.related_model is model and field.db_index
    ]
    there = "SELECT '{0}', '{1}' WHERE EXISTS (SELECT 1 FROM {0} WHERE {1} IN ({{0}}))"
    return " UNION ALL ".join(there.format(table, column) for table, column in hanging)


def _raw(path: str, dtype: Dtype) -> str | Cast:
    """SQLite holds days as text, which Polars reads faster than the driver does; cast, they come as they are held."""
    return Cast(path, models.TextField()) if dtype == pl.Date and connection.vendor == "sqlite" else path


def _ask(sql: str, params: tuple[Any, ...], types: dict[str, Dtype]) -> pl.DataFrame:
    if connection.vendor == "postgresql":
        return _copied(sql, params, types)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    held = {name: _HELD_BY_SQLITE.get(dtype, dtype) for name, dtype in types.items()}
    frame = pl.DataFrame(rows, schema=held, orient="row")
    days = [pl.col(name).str.to_date("%Y-%m-%d") for name, dtype in types.items() if dtype == pl.Date]
    return frame.with_columns(*days, pl.col(pl.Datetime("us")).dt.replace_time_zone("UTC"))


def _copied(sql: str, params: tuple[Any, ...], types: dict[str, Dtype]) -> pl.DataFrame:
    """The answer as PostgreSQL copies it out, for Polars to read as a whole: no cell becomes an object of Python's.

    Empty text stands in quotes there, what is not known does not. Rows are taken from the connection itself: the driver waits
    for each by itself, which takes longer than all else.
    """
    rows = []
    with connection.wrap_database_errors, connection.cursor() as cursor, nothing_collected():
        wire = cursor.connection.pgconn
        with cursor.copy(f"COPY ({connection.ops.compose_sql(sql, params)}) TO STDOUT (FORMAT csv)"):
            while (row := wire.get_copy_data(0))[0] > 0:
                rows.append(row[1])
            while ended := wire.get_result():
                if ended.status != ExecStatus.COMMAND_OK:
                    raise error_from_result(ended)
    held = {name: _HELD_BY_POSTGRESQL.get(dtype, dtype) for name, dtype in types.items()}
    frame = pl.read_csv(b"".join(rows), schema=held, has_header=False) if rows else pl.DataFrame(schema=held)
    moments = [name for name, dtype in types.items() if dtype == pl.Datetime("us", "UTC")]
    flags = [name for name, dtype in types.items() if dtype == pl.Boolean]
    return frame.with_columns(
        pl.col(moments).str.to_datetime("%Y-%m-%d %H:%M:%S%.f%#z", time_unit="us", time_zone="UTC"), pl.col(flags) == "t"
    )  # fmt: skip


_HELD_BY_POSTGRESQL: dict[Dtype, Dtype] = {pl.Boolean: pl.String, pl.Datetime("us", "UTC"): pl.String}
_HELD_BY_SQLITE: dict[Dtype, Dtype] = {pl.Date: pl.String, pl.Datetime("us", "UTC"): pl.Datetime("us")}


def _dtype(field: models.Field) -> Dtype:
    target = field.target_field if field.is_relation else field
    if isinstance(target, models.DateTimeField):
        return pl.Datetime("us", "UTC")
    for kind, dtype in (
        (models.DateField, pl.Date),
        (models.BooleanField, pl.Boolean),
        (models.IntegerField, pl.Int64),
        (models.FloatField, pl.Float64),
    ):
        if isinstance(target, kind):
            return dtype
    return pl.String


def _field(model: type[models.Model], path: str) -> models.Field:
    """The field that a path such as "referral__service" ends at."""
    first, _, rest = path.partition("__")
    field = model._meta.pk if first == "pk" else model._meta.get_field(first)
    return _field(field.related_model, rest) if rest else field
