"""The file in which a force sends its crimes to be matched: 13 columns, no header, as it is; good rows of a bad file are kept.

Rules, forces and kinds of crime are those of the Ministry of Justice's crime matching (public repository
hmpps-electronic-monitoring-crime-matching-api, 2026), with two mends: the batch id is held to its pattern to the end, and a
window of 12 hours and a minute is too long.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

import polars as pl

from throughcare.core.errors import UserError
from throughcare.positions.places import EASTINGS, LATITUDES, LONGITUDES, NORTHINGS, from_grid

COLUMNS = (
    "policeForce", "crimeTypeId", "crimeTypeDescription", "batchId", "crimeReference", "dateFrom", "dateTo", "easting",
    "northing", "latitude", "longitude", "datum", "crimeText",
)  # fmt: skip
FORCES = {
    "Avon and Somerset": "AVS", "Bedfordshire": "BFD", "Cheshire": "CHS", "City of London": "CoLP", "Cumbria": "CMB",
    "Derbyshire": "DBY", "Durham": "DUR", "Essex": "ESX", "Gloucestershire": "GLC", "Gwent": "GWP", "Hampshire": "HAM",
    "Hertfordshire": "HRT", "Humberside": "HMB", "Kent": "KNT", "Metropolitan": "MPS", "North Wales": "NWL",
    "Nottinghamshire": "NOT", "Sussex": "SXP", "West Midlands": "WMP",
}  # fmt: skip
TYPES = {
    "RB": "robbery", "BIAD": "burglary, dwelling", "AB": "aggravated burglary", "BOTD": "burglary, other building",
    "TOMV": "theft of a motor vehicle", "TFP": "theft from a person", "TFMV": "theft from a motor vehicle",
}  # fmt: skip
LONGEST_WINDOW = timedelta(hours=12)
BATCH = r"(\d{8})(-\d)?(-[RAra])?"
PLACES = {"easting": EASTINGS, "northing": NORTHINGS, "latitude": LATITUDES, "longitude": LONGITUDES}
OTHER = {"easting": "northing", "northing": "easting", "latitude": "longitude", "longitude": "latitude"}

RULES = {
    "column_count": ("a row has 13 columns", "send the row again with 13 columns; put quotes round text with commas"),
    "police_force": ("one of the 19 forces", "write the force's name, such as Metropolitan"),
    "crime_type": (f"one of {', '.join(TYPES)}", "give the code of the kind of crime"),
    "batch_id_missing": ("a row names its batch", "give the batch id"),
    "batch_id_form": ("the force's code, the day (YYYYMMDD), and perhaps -1 and -R or -A", "write it so, such as MPS20170322-1"),
    "batch_id_date": ("the day in the batch id is in the calendar", "correct the day"),
    "crime_reference_missing": ("a crime has a reference", "give the crime reference"),
    "date_from": ("a time as YYYYMMDDHHMMSS, in UTC", "write the beginning of the window so"),
    "date_to": ("a time as YYYYMMDDHHMMSS, in UTC", "write the end of the window so"),
    "to_before_from": ("the window ends at its beginning or after", "correct the times"),
    "window_too_long": ("a window is at most 12 hours", "narrow the window, or ask for the positions themselves"),
    "text": ("text in UTF-8 without control characters", "write the text again"),
    "number": ("a number", "write digits with a point, or nothing"),
    "location_missing": ("a crime has a place", "give easting and northing, or latitude and longitude"),
    "location_half": ("easting goes with northing, latitude with longitude", "give the other half"),
    "location_both": ("a place is given once", "give easting and northing or latitude and longitude, not both"),
    "location_range": ("a place in Great Britain", "correct the place"),
}
"""Each cause for which a row is refused: the rule, and what the force is asked to do."""

CRIME = pl.Schema(
    {"police_force": pl.String(), "crime_type": pl.String(), "batch_id": pl.String(), "crime_id": pl.String(),
     "time_from": pl.Datetime("us", "UTC"), "time_to": pl.Datetime("us", "UTC"), "latitude": pl.Float64(),
     "longitude": pl.Float64(), "text": pl.String(), "row": pl.Int64()}
)  # fmt: skip
"""A crime as sent. `crime_id` is the force's reference; `time_from` to `time_to` the window in UTC; `row` its row in the file."""

Status = Literal["successful", "partial", "failed"]


class PoliceFileRefused(UserError):
    """A whole file that is no batch: it cannot be read, has no rows, or holds several forces or batches."""


@dataclass(frozen=True, kw_only=True)
class RowRefusal:
    """One broken rule of one row; a row may have several."""

    row: int
    crime_reference: str
    column: str
    value: str
    code: str

    @property
    def rule(self) -> str:
        return RULES[self.code][0]

    @property
    def mend(self) -> str:
        return RULES[self.code][1]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A file as it was taken: `crimes` (columns CRIME) in the order of the file, and every broken rule."""

    crimes: pl.DataFrame
    refusals: tuple[RowRefusal, ...]

    @property
    def status(self) -> Status:
        if not self.refusals:
            return "successful"
        return "partial" if self.crimes.height else "failed"


Broken = tuple[str, str, str]
"""Code, column, value."""


def read_batch(path: Path) -> Batch:
    """Reads the file. Bytes that are no UTF-8 refuse their row alone."""
    try:
        text = path.read_bytes().decode("utf-8", errors="surrogateescape").removeprefix("\ufeff")
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    except (OSError, csv.Error) as error:
        raise _refused(path, f"the file cannot be read ({error})", "a CSV in UTF-8", "send it again") from error
    if not rows:
        raise _refused(path, "the file has no rows", "a row for each crime", "send the file with its crimes")
    crimes, refusals = [], []
    for number, row in enumerate(rows, start=1):
        broken = list(_broken(row))
        if not broken:
            crimes.append({**_crime(row), "row": number})
        reference = _shown(row[4]) if len(row) == len(COLUMNS) else ""
        refusals += [
            RowRefusal(row=number, crime_reference=reference, code=code, column=column, value=_shown(value))
            for code, column, value in broken
        ]
    frame = pl.DataFrame(crimes, schema=CRIME)
    for column, what in (("police_force", "forces"), ("batch_id", "batches")):
        several = frame[column].unique().sort().to_list()
        if len(several) > 1:
            raise _refused(path, f"the file holds several {what} ({', '.join(several)})", "one", "send a file for each")
    return Batch(crimes=frame, refusals=tuple(refusals))


def is_batch(path: Path) -> bool:
    """Whether the file is the police's own, not a CSV with a header: its first row has 13 cells, and none of a header's names."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        first = [cell.strip().lower() for cell in next(csv.reader(file), [])]
    return len(first) == len(COLUMNS) and not {"crime_id", "time_from", "latitude"} & set(first)


def _broken(row: Sequence[str]) -> Iterator[Broken]:
    if len(row) != len(COLUMNS):
        yield "column_count", "", str(len(row))
        return
    cells = {name: cell.strip() for name, cell in zip(COLUMNS, row, strict=True)}
    yield from (("text", name, cell) for name, cell in cells.items() if not _is_text(cell))
    force = _force(cells["policeForce"])
    if force is None:
        yield "police_force", "policeForce", cells["policeForce"]
    if cells["crimeTypeId"].upper() not in TYPES:
        yield "crime_type", "crimeTypeId", cells["crimeTypeId"]
    yield from _broken_batch(cells["batchId"], force)
    if not cells["crimeReference"]:
        yield "crime_reference_missing", "crimeReference", ""
    yield from _broken_window(cells)
    yield from _broken_place(cells)


def _is_text(cell: str) -> bool:
    """False for control characters (a tab or a line break is none) and for bytes that were no UTF-8."""
    return not any((c < " " and c not in "\t\r\n") or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in cell)


def _broken_batch(batch: str, force: str | None) -> Iterator[Broken]:
    if not batch:
        yield "batch_id_missing", "batchId", ""
        return
    code = re.escape(FORCES[force]) if force else "[A-Za-z]+"
    form = re.fullmatch(code + BATCH, batch, re.ASCII)
    if form is None:
        yield "batch_id_form", "batchId", batch
        return
    try:
        date.fromisoformat(f"{form[1][:4]}-{form[1][4:6]}-{form[1][6:]}")
    except ValueError:
        yield "batch_id_date", "batchId", batch


def _broken_window(cells: dict[str, str]) -> Iterator[Broken]:
    start, end = _instant(cells["dateFrom"]), _instant(cells["dateTo"])
    if start is None:
        yield "date_from", "dateFrom", cells["dateFrom"]
    if end is None:
        yield "date_to", "dateTo", cells["dateTo"]
    if start is None or end is None:
        return
    if end < start:
        yield "to_before_from", "dateTo", cells["dateTo"]
    elif end - start > LONGEST_WINDOW:
        yield "window_too_long", "dateTo", str(end - start)


def _broken_place(cells: dict[str, str]) -> Iterator[Broken]:
    filled = {name: cells[name] for name in PLACES if cells[name]}
    if not filled:
        yield "location_missing", "", ""
    if filled.keys() & {"easting", "northing"} and filled.keys() & {"latitude", "longitude"}:
        yield "location_both", ", ".join(filled), ""
        return
    for name, cell in filled.items():
        value = _number(cell)
        if value is None:
            yield "number", name, cell
        elif not PLACES[name][0] <= value <= PLACES[name][1]:
            yield "location_range", name, cell
        if OTHER[name] not in filled:
            yield "location_half", name, cell


def _force(text: str) -> str | None:
    """The force of that name, whatever the case, with spaces or underscores."""
    names = {name.casefold(): name for name in FORCES}
    return names.get(" ".join(text.replace("_", " ").split()).casefold())


def _instant(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC) if re.fullmatch(r"[0-9]{14}", text) else None
    except ValueError:
        return None


def _number(text: str) -> float | None:
    """A number that a place can have: NaN and infinity are none."""
    return float(text) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text, re.ASCII) else None


def _crime(row: Sequence[str]) -> dict[str, object]:
    cells = {name: cell.strip() for name, cell in zip(COLUMNS, row, strict=True)}
    if cells["latitude"]:
        latitude, longitude = float(cells["latitude"]), float(cells["longitude"])
    else:
        latitude, longitude = from_grid(float(cells["easting"]), float(cells["northing"]))
    return {
        "police_force": _force(cells["policeForce"]), "crime_type": cells["crimeTypeId"].upper(), "batch_id": cells["batchId"],
        "crime_id": cells["crimeReference"], "time_from": _instant(cells["dateFrom"]), "time_to": _instant(cells["dateTo"]),
        "latitude": latitude, "longitude": longitude, "text": cells["crimeText"],
    }  # fmt: skip


def _shown(text: str) -> str:
    return text.encode("utf-8", errors="replace").decode("utf-8")[:200].strip()


def _refused(path: Path, what: str, expected: str, mend: str) -> PoliceFileRefused:
    return PoliceFileRefused(what=what, record=path.name, expected=expected, mend=mend)
