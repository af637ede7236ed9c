"""A fact typed here and then told by an extract is one fact: it gets its source, and an import never overwrites what was typed.

Of a typed fact and a row that are the same (`same`: the fields that say so):
- where they contradict each other in any field, the fact stays as it stands and the fields are noted (`queries.differing`);
- where they do not, the fields that were left empty take what the row says, now and whenever the row is corrected.
A corrected row that is no longer the same lets the fact go: it is typed and without a source again. A typed fact and a copy that
became the same by another way (two people were found to be one) are made one by the next load that brings anything.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import models

from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.models import Adopted, FileLoad, SourceRow
from throughcare.casework.imports.queries import parts_of

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """Row `row` of a table, and the record_id in the extract that is the same fact; `by`: who loaded it."""

    table: str
    row: int
    record_id: str
    by: str


Tells = Callable[[Sequence[Adoption], Sequence[Adoption]], None]
"""Called inside the import with what was adopted and what was let go."""


def untold(adopted: Sequence[Adoption], released: Sequence[Adoption]) -> None:
    """Nobody is told."""


def adopt(
    model: type[models.Model], facts: pl.DataFrame, *, corrected: Sequence[int], same: tuple[str, ...], tells: Tells
) -> pl.DataFrame:
    """The facts that are still to be written, after those that were typed here have been given their source.

    `facts` is as the table takes it, with `source`; `corrected`: sources of rows that were loaded before. Call inside an import.
    """
    if not model._default_manager.filter(source=None).exists() and not Adopted.objects.filter(table=model._meta.label).exists():
        return facts
    rows = {row["source"]: row for row in facts.iter_rows(named=True)}
    held = _held(model, corrected)
    told = [name for name in facts.columns if name not in (*same, "source")]
    kept, released = _again(model, held, rows, same, told)
    rest = {source: row for source, row in rows.items() if source not in kept}
    pairs = _pairs(model, rest, same, exclude={fact.pk for fact in released})
    copies = [source for source in pairs if source in set(corrected)]
    for part in parts_of(copies):
        model._default_manager.filter(source__in=part).delete()
    for source, fact in pairs.items():
        _write(fact, rest[source], Adopted(table=model._meta.label, row=fact.pk, source_id=source), same)
    adopted = {fact.pk: source for source, fact in pairs.items()} | _copies(model, same, told, coming=set(rows))
    _say(model, adopted, {fact.pk: fact.source_was for fact in released}, tells)
    return facts.filter(~pl.col("source").is_in([*kept, *pairs]))


def typed_over(fact: Any, *, fields: Sequence[str]) -> None:
    """Says that these fields of a fact that came with an extract were typed here: no extract overwrites them any more."""
    if fact.source_id is not None:
        table = fact._meta.label
        found = Adopted.objects.filter(table=table, row=fact.pk).first()
        adopted = found or Adopted(table=table, row=fact.pk, source_id=fact.source_id, typed="[]")
        adopted.typed = json.dumps(sorted({*json.loads(adopted.typed or "[]"), *fields}))
        adopted.save()


def _held(model: type[models.Model], corrected: Sequence[int]) -> dict[int, Adopted]:
    """By source, what was adopted from these rows before."""
    held: dict[int, Adopted] = {}
    for part in parts_of(corrected):
        held.update({each.source_id: each for each in Adopted.objects.filter(table=model._meta.label, source__in=part)})
    return held


def _again(
    model: type[models.Model], held: Mapping[int, Adopted], rows: Mapping[int, Row], same: tuple[str, ...], told: list[str]
) -> tuple[set[int], list[Any]]:
    """Corrected rows of facts adopted before: the sources that are still theirs, and the facts that are let go, as typed."""
    kept: set[int] = set()
    released = []
    facts = model._default_manager.in_bulk([each.row for each in held.values()])
    for source, adopted in held.items():
        fact, row = facts[adopted.row], rows.get(source)
        if row is not None and _key(row, same) == _key_of(fact, same):
            _write(fact, row, adopted, same)
            kept.add(source)
            continue
        fact.source_was, fact.source_id = source, None
        _fill(fact, {name: None for name in told if name not in json.loads(adopted.typed)})
        fact.save()
        adopted.delete()
        released.append(fact)
    return kept, released


def _pairs(
    model: type[models.Model], rows: Mapping[int, Row], same: tuple[str, ...], *, exclude: set[int]
) -> dict[int, Any]:
    """By source, the typed fact that is the same; of several, those that contradict each other least go together."""
    by_key: dict[tuple[Any, ...], list[Any]] = {}
    for part in parts_of(dict.fromkeys(row[same[0]] for row in rows.values())):
        for fact in model._default_manager.filter(source=None, **{f"{same[0]}__in": part}).order_by("pk"):
            if fact.pk not in exclude:
                by_key.setdefault(_key_of(fact, same), []).append(fact)
    told: dict[tuple[Any, ...], list[int]] = {}
    for source, row in rows.items():
        if _key(row, same) in by_key:
            told.setdefault(_key(row, same), []).append(source)
    pairs: dict[int, Any] = {}
    for key, sources in told.items():
        free = by_key[key]
        apart = [(len(_differing(fact, rows[source], _typed(fact, rows[source], same))), n, m) for n, source in enumerate(sources)
                 for m, fact in enumerate(free)]  # fmt: skip
        taken: set[int] = set()
        for _, n, m in sorted(apart):
            if sources[n] not in pairs and m not in taken:
                pairs[sources[n]] = free[m]
                taken.add(m)
    return pairs


def _copies(model: type[models.Model], same: tuple[str, ...], told: list[str], *, coming: set[int]) -> dict[int, int]:
    """Makes one of each typed fact and a copy on record that is the same, but for the rows that are `coming`: fact, source."""
    typed = {_key_of(fact, same): fact for fact in model._default_manager.filter(source=None).order_by("-pk")}
    held = set(Adopted.objects.filter(table=model._meta.label).values_list("row", flat=True)) if typed else set()
    found: dict[int, int] = {}
    for part in parts_of(dict.fromkeys(key[0] for key in typed), 1_000):
        for copy in model._default_manager.filter(**{f"{same[0]}__in": part}).exclude(source=None).order_by("pk"):
            fact = typed.get(_key_of(copy, same))
            if fact is None or fact.pk in found or copy.pk in held or copy.source_id in coming:
                continue
            row = {name: _value(copy, name) for name in (*same, *told)} | {"source": copy.source_id}
            copy.delete()
            _write(fact, row, Adopted(table=model._meta.label, row=fact.pk, source_id=row["source"]), same)
            found[fact.pk] = row["source"]
    return found


def _write(fact: Any, row: Row, adopted: Adopted, same: tuple[str, ...]) -> None:
    """Gives the fact its source, and what it did not have where nothing contradicts; notes what does."""
    typed = tuple(json.loads(adopted.typed)) if adopted.typed else _typed(fact, row, same)
    differing = _differing(fact, row, typed)
    fact.source_id = row["source"]
    if not differing:
        _fill(fact, {name: row[name] for name in _told(row, same) if name not in typed})
    fact.save()
    adopted.typed, adopted.differing = json.dumps(typed), json.dumps(differing)
    adopted.save()


def _fill(fact: Any, values: Row) -> None:
    """Sets fields; what is null is the field's default, as text is empty and not null."""
    for name, value in values.items():
        field = fact._meta.get_field(name)
        setattr(fact, field.attname, field.get_default() if value is None else value)


def _told(row: Row, same: tuple[str, ...]) -> list[str]:
    return [name for name in row if name not in (*same, "source")]


def _typed(fact: Any, row: Row, same: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that were filled in here."""
    return tuple(name for name in _told(row, same) if _value(fact, name) not in (None, ""))


def _differing(fact: Any, row: Row, typed: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in typed if row[name] not in (None, "") and row[name] != _value(fact, name))


def _value(fact: Any, name: str) -> Any:
    return getattr(fact, fact._meta.get_field(name).attname)


def _key(row: Row, same: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row[name] for name in same)


def _key_of(fact: Any, same: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(_value(fact, name) for name in same)


def _say(model: type[models.Model], adopted: Mapping[int, int], released: Mapping[int, int], tells: Tells) -> None:
    """The audit entries, and whoever is to be told."""
    if not adopted and not released:
        return
    sources = SourceRow.objects.in_bulk([*adopted.values(), *released.values()])
    files = FileLoad.objects.in_bulk({source.file_id for source in sources.values()})
    by = {pk: files[source.file_id].loaded_by for pk, source in sources.items()}

    def told(rows: Mapping[int, int]) -> list[Adoption]:
        return [
            Adoption(table=model._meta.label_lower, row=row, record_id=sources[source].record_id, by=by[source])
            for row, source in rows.items()
        ]

    people = _people(model, [*adopted, *released])
    with recording(by=next(iter(by.values())), verb="import.adopt") as entry:
        entry.subject_type = model._meta.label_lower
        entry.details = {"adopted": len(adopted), "let_go": len(released)}
        for verb, rows in (("import.adopt_row", told(adopted)), ("import.let_go_row", told(released))):
            for each in rows:
                entry.also(verb, each.table, str(each.row), person_id=people.get(each.row), details={"record_id": each.record_id})
    tells(told(adopted), told(released))


def _people(model: type[models.Model], rows: Sequence[int]) -> dict[int, int]:
    """The person of each fact, where the table has people."""
    if not any(field.name == "person" for field in model._meta.concrete_fields):
        return {}
    return dict(model._default_manager.filter(pk__in=rows).values_list("pk", "person"))
