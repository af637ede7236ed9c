"""The hostile scenario: what really arrives. Wrong names and days, broken cells and rows, records that come late or never.

Faults are put into extracts after the truth has been written, so that linkage and quarantine can be judged against it.
Faults of cells are in `faults_cells`. The files that say who people are have those alone: each of their rows comes once,
whole and in time, so that the truth names every one of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from throughcare.synthetic.faults_cells import broken, misnamed, unidentified

LATE, NEVER = 0.02, 0.005
"""Shares of the rows that come with a later delivery, and that nobody ever sends."""

TWICE, RAGGED = 0.005, 0.005
"""Shares of the rows that stand in their file twice, and that have cells too many."""

NAMED = {
    "nps-people": "crn", "crc-people": "crn", "police-people": "pnc", "prison-people": "prison_number", "courts-people": "",
    "providers-people": "",
}  # fmt: skip
"""The extracts that say who people are, and the number that each never lacks: courts and providers may have none."""


LAST = ("police-borough-crime", "police-victims", "nps-scores", "crc-scores")
"""Extracts that are spoilt after all others: they came to the world later, and the others stay what they were."""


@dataclass(frozen=True, kw_only=True)
class Deliveries:
    """The extracts as text by feed: the first delivery, and what comes late. Lines are those of a CSV, the header first."""

    first: Mapping[str, str]
    late: Mapping[str, str]


def spoil(frames: Mapping[str, pl.DataFrame], rng: np.random.Generator) -> Deliveries:
    """The same frames as a bad month would bring them; record_ids stay right, so the truth still names each row."""
    first, late = {}, {}
    for slug, frame in sorted(frames.items(), key=lambda item: item[0] in LAST):
        if slug in NAMED:
            first[slug] = as_csv(broken(unidentified(misnamed(frame, rng), rng, keep=NAMED[slug]), rng))
            continue
        draw = pl.Series(rng.random(frame.height), dtype=pl.Float64)
        whole = broken(frame, rng)
        first[slug] = _lines(as_csv(whole.filter(draw >= LATE + NEVER)), rng)
        late[slug] = as_csv(whole.filter(draw < LATE))
    return Deliveries(first=first, late=late)


def as_csv(frame: pl.DataFrame) -> str:
    """An extract as text, an absent cell empty; nothing at all where it has no row."""
    return frame.select(pl.all().replace("", None)).write_csv() if frame.height else ""


def _lines(text: str, rng: np.random.Generator) -> str:
    """Some rows with a cell too many, and some a second time at another place of the file."""
    header, *rows = text.splitlines(keepends=True) or [""]
    ragged, twice = rng.random(len(rows)) < RAGGED, rng.random(len(rows)) < TWICE
    found = [row.rstrip("\n") + ",see file\n" if bad else row for row, bad in zip(rows, ragged, strict=True)]
    for again in [row for row, bad in zip(found, twice, strict=True) if bad]:
        found.insert(int(rng.integers(len(found) + 1)), again)
    return header + "".join(found)
