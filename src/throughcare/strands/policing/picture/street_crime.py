"""Street crime as the police publish it, month by month (data.police.uk, "street" files), counted by small area.

A file is CSV in UTF-8 with, among others, the columns Month (2023-01), Longitude, Latitude, LSOA code, LSOA name, Crime type.
Its places are anonymised: each is moved to the nearest of a list of points, so nothing is said here below the small area
(LSOA, of some 1,500 people), whose last four or five letters ("001C") follow the borough's name. What has no area is counted so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from throughcare.strands.policing.picture.errors import StreetCrimeRefused
from throughcare.strands.policing.picture.models import StreetCrime

MONTH, KIND, CODE, AREA, LONGITUDE, LATITUDE = "Month", "Crime type", "LSOA code", "LSOA name", "Longitude", "Latitude"
COLUMNS = (MONTH, KIND, CODE, AREA, LONGITUDE, LATITUDE)
LARGEST = 60_000_000
"""Bytes: all crimes of a large force in a month are some 30 million."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A file, counted: its one month; the types kept; a row an area (area_code, area, borough, kind, number, latitude,
    longitude); how many crimes of those types there are, how many without an area, and how many of other types were left.
    """

    name: str
    month: date
    kinds: tuple[str, ...]
    rows: pl.DataFrame
    crimes: int
    nowhere: int
    others: int


def counted(name: str, content: bytes, kinds: Sequence[str]) -> Counted:
    """The crimes of these types by small area. Refused: what is no such file, has more months than one, or none of them."""
    frame = _frame(name, content)
    months = frame[MONTH].unique().to_list()
    if len(months) != 1 or not frame[MONTH].str.contains(r"^(19|20)\d\d-(0[1-9]|1[0-2])$").all():
        raise _refused(name, "The file is not of one month", "one month in the column Month, as 2023-01", "send a file a month")
    wanted = frame.filter(pl.col(KIND).is_in(list(kinds)))
    if wanted.is_empty():
        raise _refused(
            name, f"The file has no {' or '.join(kinds).lower()}", f"the crime type {' or '.join(kinds)}",
            "send the file with all crime types, or of these",
        )  # fmt: skip
    degrees = [pl.col(each).cast(pl.Float64, strict=False) for each in (LATITUDE, LONGITUDE)]
    rows = (
        wanted.with_columns(*degrees)
        .group_by(area_code=CODE, kind=KIND)
        .agg(area=pl.col(AREA).first(), number=pl.len(), latitude=pl.col(LATITUDE).mean(), longitude=pl.col(LONGITUDE).mean())
        .with_columns(borough=pl.col("area").str.replace(r" \d{3}[A-Z]{1,2}$", ""), number=pl.col("number").cast(pl.Int64))
        .sort("kind", "area_code")
    )
    return Counted(
        name=name, month=date.fromisoformat(f"{months[0]}-01"), kinds=tuple(sorted(wanted[KIND].unique())), rows=rows,
        crimes=wanted.height, nowhere=wanted.filter(pl.col(CODE) == "").height, others=frame.height - wanted.height,
    )  # fmt: skip


def _frame(name: str, content: bytes) -> pl.DataFrame:
    """The six columns as text, "" for what is absent."""
    if len(content) > LARGEST:
        raise _refused(name, "The file is too large", f"at most {LARGEST // 1_000_000} MB", "send one force and month")
    try:
        frame = pl.read_csv(content, infer_schema=False, columns=list(COLUMNS))
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise _refused(
            name, "The file is not street crime as the police publish it", f"a CSV file with the columns {', '.join(COLUMNS)}",
            "take the street file from the police's open data as it is",
        ) from error  # fmt: skip
    if frame.is_empty():
        raise _refused(name, "The file has no crimes in it", "a row a crime", "take the file of another month")
    return frame.select(pl.col(each).fill_null("").str.strip_chars() for each in COLUMNS)


def _refused(name: str, what: str, expected: str, mend: str) -> StreetCrimeRefused:
    return StreetCrimeRefused(what=what, record=name, expected=expected, mend=mend)


@dataclass(frozen=True, kw_only=True)
class Layer:
    """Crimes of a type in a borough in a month, by small area, the most first; `number` together."""

    kind: str
    borough: str
    month: date
    areas: tuple[StreetCrime, ...]
    number: int


def layers(boroughs: Sequence[str], kinds: Sequence[str]) -> tuple[Layer, ...]:
    """The latest month kept of each type in each of these boroughs."""
    found = []
    for borough in boroughs:
        for kind in kinds:
            rows = StreetCrime.objects.filter(borough=borough, kind=kind)
            latest = rows.order_by("-month").first()
            if latest is not None:
                areas = tuple(rows.filter(month=latest.month).order_by("-number", "area"))
                number = sum(area.number for area in areas)
                found.append(Layer(kind=kind, borough=borough, month=latest.month, areas=areas, number=number))
    return tuple(found)


def months_kept() -> list[tuple[date, str]]:
    """Which months and types are kept, the latest first."""
    return list(StreetCrime.objects.order_by("-month", "kind").values_list("month", "kind").distinct())
