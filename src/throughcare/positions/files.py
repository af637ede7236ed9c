"""Matching plain files: fixes and crimes in, matches out, without a store."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from throughcare.positions import store
from throughcare.positions.crimes import read_headed
from throughcare.positions.engines import Engine
from throughcare.positions.match import CRIMES, Matches, match
from throughcare.positions.parameters import Parameters
from throughcare.positions.police_file import is_batch, read_batch
from throughcare.positions.reading import FixesRefused
from throughcare.positions.versions import latest, versioned

INSTANT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, kw_only=True)
class Done:
    """What came of it. `refused`: rows of the file of crimes that are no crime, as sentences; `written`: the files."""

    matches: Matches
    refused: tuple[str, ...]
    written: tuple[Path, ...]


def match_files(fixes: Path, crimes: Path, output: Path, *, parameters: Parameters, engine: Engine | None = None) -> Done:
    """Matches a file of fixes, or a folder (a store of positions, or Parquet), with a file of crimes, the police's own or a CSV
    with a header, and writes four files, all or none:

    OUTPUT (crime_id, tag, fixes, first_time, last_time, nearest_m); .fixes.csv, the fixes behind each pair; .crimes.csv, what
    each crime came to, and who could not have been seen; .run.json, what it rests on, with the hash of what was read.
    """
    asked, refused = read_crimes(crimes)
    files = _files(fixes)
    found = match(files, asked, parameters, engine=engine)
    read = {path.name: _digest(path) for path in [*files, crimes]}
    run = {"version": version("throughcare"), "parameters": parameters.kept(), "read": read, "crimes_refused": len(refused)}
    written = _write(output, found, run)
    return Done(matches=found, refused=tuple(refused), written=written)


def read_crimes(path: Path) -> tuple[pl.DataFrame, list[str]]:
    """Crimes to be matched, of a crime sent several times the last version; and each refused row in a sentence."""
    if is_batch(path):
        batch = read_batch(path)
        known = batch.crimes.head(0).with_columns(version=pl.lit(0, dtype=pl.Int64))
        crimes = latest(versioned(batch.crimes, known)).select(CRIMES.names())
        told = [f"row {r.row}, {r.column or 'the row'} {r.value!r}: {r.rule}; {r.mend}" for r in batch.refusals]
        return crimes, told
    headed = read_headed(path)
    return headed.frame, [f"row {r.row}, {r.column} {r.value!r}: {r.rule}; {r.mend}" for r in headed.refusals]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = store.parts(path) if (path / store.IMPORTS).is_dir() else sorted(path.rglob("*.parquet"))
    if not found:
        raise FixesRefused(what="the folder holds no fixes", record=str(path), expected="a store of positions, or Parquet files",
                           mend="import fixes first, or name a file")  # fmt: skip
    return found


def _write(output: Path, found: Matches, run: dict[str, Any]) -> tuple[Path, ...]:
    """Written beside, then renamed."""
    fixes, pairs = found.fixes.with_columns(pl.col("metres").round(2)), found.pairs.with_columns(pl.col("nearest_m").round(2))
    contents: dict[Path, Callable[[Path], object]] = {
        output.with_suffix(".fixes.csv"): lambda to: fixes.write_csv(to, datetime_format=INSTANT),
        output.with_suffix(".crimes.csv"): lambda to: found.crimes.write_csv(to),
        output.with_suffix(".run.json"): lambda to: to.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8"),
        output: lambda to: pairs.write_csv(to, datetime_format=INSTANT),
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    parts = {path: path.with_name(f".{path.name}.part") for path in contents}
    try:
        for path, write in contents.items():
            write(parts[path])
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return tuple(contents)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
