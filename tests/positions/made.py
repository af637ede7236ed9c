"""Fixes made up for tests, and a slow plain geometry to check the fast one by."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from throughcare.positions.fixes import frame

DAY = datetime(2017, 3, 22, tzinfo=UTC)
LATER = datetime(2017, 4, 30, tzinfo=UTC)
HOME = (51.5500, -0.0600)
EARTH_M = 6_371_008.8


def at(clock: str, day: datetime = DAY) -> datetime:
    """A time of the day in UTC: "08:05", "08:05:30", or "+1 07:00" of the next day."""
    days, _, time = clock.rpartition(" ")
    hours, minutes, seconds = (int(part) for part in [*time.split(":"), "0"][:3])
    return day + timedelta(days=int(days or 0), hours=hours, minutes=minutes, seconds=seconds)


def fix(clock: str | datetime, north: float = 0.0, east: float = 0.0, *, tag: str = "T1", precision: float | None = 10.0,
        how: str | None = "GPS", **more: Any) -> dict[str, Any]:  # fmt: skip
    """A fix so many metres north and east of HOME."""
    time = clock if isinstance(clock, datetime) else at(clock)
    latitude, longitude = place(north, east)
    return {
        "tag": tag,
        "time": time,
        "latitude": latitude,
        "longitude": longitude,
        "precision_m": precision,
        "mechanism": how,
        **more,
    }


def place(north: float, east: float) -> tuple[float, float]:
    degree = math.radians(EARTH_M)
    return HOME[0] + north / degree, HOME[1] + east / (degree * math.cos(math.radians(HOME[0])))


def fixes(*rows: dict[str, Any]) -> pl.DataFrame:
    return frame(list(rows))


def haversine(a: float, b: float, c: float, d: float) -> float:
    p, q = math.radians(a), math.radians(c)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(d - b) / 2) ** 2
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(h)))


def table(text: str) -> list[list[str]]:
    """The rows of a table written with bars; empty lines and lines of dashes left out."""
    lines = (line.strip() for line in text.strip().splitlines())
    return [[cell.strip() for cell in line.split("|")] for line in lines if line and not line.startswith("-")]
