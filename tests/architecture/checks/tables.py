"""Two rules over Django's list of tables: strands do not point at each other, and every field is personal or plain."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

STRANDS = "throughcare.strands."


@dataclass(frozen=True, kw_only=True)
class Link:
    """A field of one app's model that points at a model of another app; apps by their dotted names."""

    app: str
    field: str
    target: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A model's fields, and those that its `Privacy` declares."""

    label: str
    fields: tuple[str, ...]
    personal: tuple[str, ...]
    plain: tuple[str, ...]


def strands_that_meet(links: Iterable[Link]) -> list[str]:
    """Fields of one strand that point at another strand. Import contracts cannot see `ForeignKey("other.Model")`."""
    return [
        f"{link.field} points at {link.target}: strands meet through casework only"
        for link in links
        if link.app.startswith(STRANDS) and link.target.startswith(STRANDS) and link.app != link.target
    ]


def undeclared(tables: Iterable[Table]) -> list[str]:
    """Fields declared neither personal nor plain, or more than once, and declarations of what is no field."""
    return [finding for table in tables for finding in _undeclared(table)]


def _undeclared(table: Table) -> Iterator[str]:
    declared = Counter([*table.personal, *table.plain])
    for name in table.fields:
        if declared[name] != 1:
            yield f"{table.label}.{name} is declared {declared[name]} times in Privacy, not once"
    for name in sorted(set(declared) - set(table.fields)):
        yield f"{table.label}.{name} is declared in Privacy and is no field"


def links_of(models: Iterable[Any]) -> list[Link]:
    """Every relation that these models hold: foreign key, one-to-one (to a parent table too), many-to-many."""
    return [
        Link(
            app=model._meta.app_config.name,
            field=f"{model._meta.label}.{field.name}",
            target=field.related_model._meta.app_config.name,
        )
        for model in models
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.related_model is not None
    ]


def tables_of(models: Iterable[Any]) -> list[Table]:
    """What these models hold and declare. Many-to-many fields count too; a missing declaration is an empty one."""
    return [
        Table(
            label=model._meta.label,
            fields=tuple(f.name for f in [*model._meta.concrete_fields, *model._meta.local_many_to_many]),
            personal=tuple(getattr(getattr(model, "Privacy", None), "personal", ())),
            plain=tuple(getattr(getattr(model, "Privacy", None), "plain", ())),
        )
        for model in models
    ]
