"""The hostile scenario: what really arrives. Typos, swapped dates, missing and late records, impossible values.

Faults are put into extracts after the truth has been written, so that linkage and quarantine can be judged against it.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

TYPO, SWAPPED, MISSING, IMPOSSIBLE, LATE = 0.08, 0.02, 0.15, 0.005, 0.01
NAMED = ("nps-people", "crc-people", "police-people", "prison-people")


def spoil(frames: Mapping[str, pl.DataFrame], rng: np.random.Generator) -> dict[str, pl.DataFrame]:
    """The same frames as a bad month would bring them; record_ids stay right, so the truth still names each row."""
    spoilt = {}
    for slug, frame in frames.items():
        if slug in NAMED:
            frame = _names(frame, rng)
            frame = _identifiers(frame, rng, keep="crn" if "crn" in frame.columns else frame.columns[1])
        elif frame.height:
            frame = frame.filter(pl.Series(rng.random(frame.height) >= LATE))
        spoilt[slug] = _impossible(frame, rng)
    return spoilt


def _names(frame: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """A letter left out or doubled; forenames and surname in each other's place; day and month of birth swapped."""
    for column in ("forenames", "surname"):
        hit = rng.random(frame.height) < TYPO
        cells = [_typo(text, rng) if bad else text for text, bad in zip(frame[column], hit, strict=True)]
        frame = frame.with_columns(pl.Series(column, cells))
    crossed = pl.Series(rng.random(frame.height) < SWAPPED)
    swapped = pl.Series(rng.random(frame.height) < SWAPPED)
    year, month, day = (frame["date_of_birth"].str.slice(at, n) for at, n in ((0, 4), (5, 2), (8, 2)))
    other_way = pl.select(
        pl.when(day <= "12").then(year + "-" + day + "-" + month).otherwise(frame["date_of_birth"])
    ).to_series()
    return frame.with_columns(
        forenames=pl.when(crossed).then(pl.col("surname")).otherwise(pl.col("forenames")),
        surname=pl.when(crossed).then(pl.col("forenames")).otherwise(pl.col("surname")),
        date_of_birth=pl.when(swapped).then(other_way).otherwise(pl.col("date_of_birth")),
    )


def _typo(text: str, rng: np.random.Generator) -> str:
    if len(text) < 3:
        return text
    at = int(rng.integers(1, len(text)))
    return text[:at] + (text[at + 1 :] if rng.random() < 0.5 else text[at] + text[at:])


def _identifiers(frame: pl.DataFrame, rng: np.random.Generator, *, keep: str) -> pl.DataFrame:
    """Identifiers left empty: all but the agency's own may be missing."""
    for column in ("pnc", "cro", "prison_number"):
        if column in frame.columns and column != keep:
            gone = pl.Series(rng.random(frame.height) < MISSING)
            frame = frame.with_columns(pl.when(gone).then(pl.lit("")).otherwise(pl.col(column)).alias(column))
    return frame


def _impossible(frame: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """A few cells that no calendar and no code list has."""
    days = [c for c in frame.columns if c.endswith("_on") or c in ("start", "date_of_birth")]
    if not days:
        return frame
    bad = pl.Series(rng.random(frame.height) < IMPOSSIBLE)
    return frame.with_columns(pl.when(bad).then(pl.lit("2016-02-30")).otherwise(pl.col(days[0])).alias(days[0]))
