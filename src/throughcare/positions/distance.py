"""Metres between two positions: the haversine on a sphere, in SQL (DuckDB's and Spark's alike) and over arrays."""

from math import asin, cos, degrees, radians, sin

import numpy as np
import numpy.typing as npt

EARTH_M = 6_371_008.8
"""Mean radius of the Earth (IUGG). The sphere is within 0.3% of the true figure over London: 30 cm in 100 m."""

Numbers = npt.NDArray[np.float64]


def metres(latitude: Numbers, longitude: Numbers, to_latitude: Numbers | float, to_longitude: Numbers | float) -> Numbers:
    """Between positions in degrees, one by one. NaN where either is none."""
    a, b = np.radians(latitude), np.radians(to_latitude)
    turn = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(np.subtract(to_longitude, longitude)) / 2) ** 2
    found: Numbers = 2 * EARTH_M * np.arcsin(np.minimum(1.0, np.sqrt(turn)))
    return found


def metres_sql(latitude: str, longitude: str, to_latitude: str, to_longitude: str) -> str:
    """The same as an expression of SQL."""
    a, b = f"radians({latitude})", f"radians({to_latitude})"
    across = f"radians({to_longitude}) - radians({longitude})"
    turn = f"power(sin(({b} - {a}) / 2), 2) + cos({a}) * cos({b}) * power(sin(({across}) / 2), 2)"
    return f"(2 * {EARTH_M!r} * asin(least(1.0, sqrt({turn}))))"


def degrees_within(metres_wide: float, latitude: float) -> tuple[float, float]:
    """How many degrees of latitude, and of longitude at that latitude or nearer the equator, `metres_wide` can span."""
    angle = metres_wide / EARTH_M
    narrow = sin(angle) / cos(radians(latitude))
    return degrees(angle), degrees(asin(narrow)) if narrow < 1 else 180.0
