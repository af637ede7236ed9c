"""Versions of a crime: a force sends it again, changed or not; what was matched before is matched again only where it matters."""

from typing import Any

import polars as pl

KEY = ("police_force", "crime_id")
GROUPS = {
    "crime type": ("crime_type",), "crime window": ("time_from", "time_to"), "crime location": ("latitude", "longitude"),
    "crime text": ("text",),
}  # fmt: skip
"""What is said to have changed, and by which columns. The batch is another each time, and is no change of the crime."""

MATTERS = ("crime window", "crime location")


def versioned(incoming: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """`incoming` (columns police_file.CRIME, in their order) with `version` (from 1), `changed` (groups, empty where nothing is)
    and `rerun` (a new crime, or its window or place is another: only then does a match have to be run again).

    `known`: the same columns and `version`, of every version so far. Every sending makes a version, an identical one too: that
    the force sent it again is a fact.
    """
    latest = {tuple(row[name] for name in KEY): row for row in known.sort("version").iter_rows(named=True)}
    told = []
    for row in incoming.iter_rows(named=True):
        key = tuple(row[name] for name in KEY)
        before = latest.get(key)
        changed = _changed(before, row) if before else []
        latest[key] = {**row, "version": before["version"] + 1 if before else 1}
        told.append({"version": latest[key]["version"], "changed": changed, "rerun": not before or bool({*MATTERS} & {*changed})})
    added = pl.DataFrame(told, schema={"version": pl.Int64, "changed": pl.List(pl.String), "rerun": pl.Boolean})
    return incoming.hstack(added)


def latest(versions: pl.DataFrame) -> pl.DataFrame:
    """Of each crime the last version."""
    return versions.sort("version").unique(KEY, keep="last", maintain_order=True)


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [group for group, columns in GROUPS.items() if any(before[name] != after[name] for name in columns)]
