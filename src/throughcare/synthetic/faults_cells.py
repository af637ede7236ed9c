"""Faults within the cells of an extract: names, identifiers, days, codes and places as people mistype them."""

from collections.abc import Callable

import numpy as np
import polars as pl

TYPO, SWAPPED, MISSING = 0.08, 0.02, 0.15
"""Shares of names with a slip, of names and birthdays the wrong way round, and of identifiers left empty."""

IMPOSSIBLE, FUTURE, BEFORE_BIRTH, REVERSED = 0.005, 0.003, 0.003, 0.01
BRITISH, MISPLACED, WRONG_CODE, WRONG_LETTER = 0.02, 0.03, 0.01, 0.005
"""Shares of the rows with each other fault."""

NO_DAY, UNKNOWN_DAY, FUTURE_YEAR = "2016-02-30", "1900-01-01", "2061"
"""A day that no calendar has; the one that old systems write for "not known", before anybody's birth; 2016 mistyped."""

PLACES = ("court", "borough", "office_borough")
CODES = ("3900", "039OO", "99999", "39/00")
"""Four digits, letters for digits, a code that no list has, and another system's way of writing."""

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
SPANS = (("start", "end"), ("entered_on", "vacated_on"), ("requested_on", "delivered_on"), ("sent_on", "accepted_on"))


def misnamed(frame: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """A letter left out or doubled; forenames and surname in each other's place; day and month of birth swapped."""
    for column in ("forenames", "surname"):
        frame = _spoilt(frame, column, TYPO, lambda text: typo(text, rng), rng)
    crossed = pl.Series(rng.random(frame.height) < SWAPPED)
    swapped = pl.Series(rng.random(frame.height) < SWAPPED)
    born = pl.col("date_of_birth")
    year, month, day = born.str.slice(0, 4), born.str.slice(5, 2), born.str.slice(8, 2)
    other_way = pl.when(day <= "12").then(year + "-" + day + "-" + month).otherwise(born)
    return frame.with_columns(
        forenames=pl.when(crossed).then(pl.col("surname")).otherwise(pl.col("forenames")),
        surname=pl.when(crossed).then(pl.col("forenames")).otherwise(pl.col("surname")),
        date_of_birth=pl.when(swapped).then(other_way).otherwise(born),
    )


def unidentified(frame: pl.DataFrame, rng: np.random.Generator, *, keep: str) -> pl.DataFrame:
    """Identifiers left empty: all but the agency's own (`keep`, "" for none) may be missing."""
    for column in ("crn", "pnc", "cro", "prison_number"):
        if column in frame.columns and column != keep:
            frame = _spoilt(frame, column, MISSING, lambda text: "", rng)
    return frame


def broken(frame: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Each fault in its share of the rows, in the columns that it can be in. An empty cell stays empty."""
    days = [c for c in frame.columns if c.endswith("_on") or c in ("start", "end", "date_of_birth")]
    for early, late in SPANS:
        if {early, late} <= set(frame.columns):
            frame = _reversed(frame, early, late, rng)
    for column in days[:1]:
        frame = _spoilt(frame, column, IMPOSSIBLE, lambda text: NO_DAY, rng)
        frame = _spoilt(frame, column, FUTURE, lambda text: FUTURE_YEAR + text[4:], rng)
        if column != "date_of_birth":
            frame = _spoilt(frame, column, BEFORE_BIRTH, lambda text: UNKNOWN_DAY, rng)
    for column in days:
        frame = _spoilt(frame, column, BRITISH, british, rng)
    for column in frame.columns:
        if column in PLACES:
            frame = _spoilt(frame, column, MISPLACED, lambda text: misplaced(text, rng), rng)
        elif column == "offence_code":
            frame = _spoilt(frame, column, WRONG_CODE, lambda text: CODES[rng.integers(len(CODES))], rng)
        elif column == "pnc":
            frame = _spoilt(frame, column, WRONG_LETTER, lambda text: relettered(text, rng), rng)
    return frame


def _spoilt(
    frame: pl.DataFrame, column: str, share: float, spoil: Callable[[str], str], rng: np.random.Generator
) -> pl.DataFrame:
    hit = rng.random(frame.height) < share
    cells = [spoil(text) if bad and text else text for text, bad in zip(frame[column], hit, strict=True)]
    return frame.with_columns(pl.Series(column, cells, dtype=pl.String))


def _reversed(frame: pl.DataFrame, early: str, late: str, rng: np.random.Generator) -> pl.DataFrame:
    """Both days there, and each in the other's place."""
    hit = pl.Series(rng.random(frame.height) < REVERSED) & (frame[early] != "") & (frame[late] != "")
    return frame.with_columns(
        pl.when(hit).then(pl.col(late)).otherwise(pl.col(early)).alias(early),
        pl.when(hit).then(pl.col(early)).otherwise(pl.col(late)).alias(late),
    )


def typo(text: str, rng: np.random.Generator) -> str:
    """A letter left out or doubled, never the first; what is shorter than three letters stays."""
    if len(text) < 3:
        return text
    at = int(rng.integers(1, len(text)))
    return text[:at] + (text[at + 1 :] if rng.random() < 0.5 else text[at] + text[at:])


def misplaced(text: str, rng: np.random.Generator) -> str:
    """A place in capitals, or misspelt."""
    return text.upper() if rng.random() < 0.6 else typo(text, rng)


def relettered(pnc: str, rng: np.random.Generator) -> str:
    """A PNC with another check letter than its own."""
    at = LETTERS.find(pnc[-1])
    return pnc[:-1] + LETTERS[(at + int(rng.integers(1, len(LETTERS)))) % len(LETTERS)]


def british(day: str) -> str:
    """A day as DD/MM/YYYY: 2016-07-05 is 05/07/2016."""
    year, month, number = day.split("-")
    return f"{number}/{month}/{year}"
