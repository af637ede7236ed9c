"""What is wrong in a pilot file, and the entries of its tables, for every check."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from throughcare.core.toml_lines import Path


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """What is wrong at a key path."""

    at: Path
    what: str
    expected: str
    mend: str


def items(told: Mapping[str, Any], table: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The entries of an array of tables, each with its place; what is no table is passed over."""
    found = told.get(table)
    for place, item in enumerate(found if isinstance(found, list) else []):
        if isinstance(item, Mapping):
            yield (table, place), item
