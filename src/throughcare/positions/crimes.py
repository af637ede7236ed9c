"""Crimes as plain rows: a CSV with a header. The police's own file of 13 columns is read by `police_file`."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from throughcare.core.errors import UserError
from throughcare.positions.match import CRIMES
from throughcare.positions.places import from_grid
from throughcare.positions.reading import Refusal

NAMES = {
    "crime_id": ("crime_id", "crime_reference", "reference", "id"), "time_from": ("time_from", "date_from"),
    "time_to": ("time_to", "date_to"), "latitude": ("latitude", "lat"), "longitude": ("longitude", "lon", "lng"),
    "easting": ("easting",), "northing": ("northing",),
}  # fmt: skip
"""What is read, and under which names."""

PAIRS = (("latitude", "longitude"), ("easting", "northing"))


class CrimesRefused(UserError):
    """A whole file that cannot be read as crimes."""


class _Wrong(Exception):
    """A row breaks a rule: column, value, rule, mend."""


@dataclass(frozen=True, kw_only=True)
class Crimes:
    """`frame`: columns of match.CRIMES; a crime without a place has nulls there. `refusals`: rows that are no crime."""

    frame: pl.DataFrame
    refusals: tuple[Refusal, ...]


def read_headed(path: Path) -> Crimes:
    """A CSV in UTF-8 with crime_id, time_from, time_to (ISO 8601, UTC unless an offset is written) and latitude and longitude, or
    easting and northing. Good rows of a bad file are kept; a crime without a place is kept and cannot be matched.
    """
    crimes: dict[str, dict[str, object]] = {}
    refusals = []
    try:
        for number, cells in enumerate(_rows(path), start=1):
            try:
                crime = _crime(cells)
                if crime["crime_id"] in crimes:
                    raise _Wrong("crime_id", crime["crime_id"], "each crime stands once", "keep its latest version")
                crimes[str(crime["crime_id"])] = crime
            except _Wrong as wrong:
                column, value, rule, mend = map(str, wrong.args)
                refusals.append(Refusal(file=path.name, row=number, column=column, value=value, rule=rule, mend=mend))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _refused(path, f"the file cannot be read ({error})", "a CSV in UTF-8", "export it again") from error
    return Crimes(frame=pl.DataFrame(list(crimes.values()), schema=CRIMES), refusals=tuple(refusals))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """The cells of each row under our names; "" where a row has none."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = [name.strip().lower() for name in next(rows, [])]
        there = {ours: next((header.index(n) for n in names if n in header), None) for ours, names in NAMES.items()}
        lacking = [name for name in ("crime_id", "time_from", "time_to") if there[name] is None]
        if lacking or not any(all(there[n] is not None for n in pair) for pair in PAIRS):
            lacking = lacking or ["latitude and longitude, or easting and northing"]
            what = f"the file has no column {', '.join(lacking)}"
            raise _refused(path, what, f"columns {', '.join(NAMES)}", "name the columns so")
        for row in rows:
            if row:
                yield {name: row[at].strip() if at is not None and at < len(row) else "" for name, at in there.items()}


def _crime(cells: dict[str, str]) -> dict[str, object]:
    if not cells["crime_id"]:
        raise _Wrong("crime_id", "", "a crime has an id", "fill it in")
    start, end = (_instant(name, cells[name]) for name in ("time_from", "time_to"))
    if end < start:
        raise _Wrong("time_to", cells["time_to"], "the window ends at its start or after", "correct the times")
    latitude, longitude = (_number(name, cells[name]) for name in PAIRS[0])
    easting, northing = (_number(name, cells[name]) for name in PAIRS[1])
    if latitude is None and longitude is None and easting is not None and northing is not None:
        latitude, longitude = from_grid(easting, northing)
    for name, value, most in (("latitude", latitude, 90.0), ("longitude", longitude, 180.0)):
        if value is not None and not -most <= value <= most:
            raise _Wrong(name, cells[name], f"degrees from -{most:g} to {most:g}", "correct the place, or leave it empty")
    return {"crime_id": cells["crime_id"], "time_from": start, "time_to": end, "latitude": latitude, "longitude": longitude}


def _instant(name: str, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise _Wrong(name, text, "a time in ISO 8601", "write 2017-03-22T01:40:00Z") from error
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _number(name: str, text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError as error:
        raise _Wrong(name, text, "a number", "write digits with a point, or nothing") from error


def _refused(path: Path, what: str, expected: str, mend: str) -> CrimesRefused:
    return CrimesRefused(what=what, record=path.name, expected=expected, mend=mend)
