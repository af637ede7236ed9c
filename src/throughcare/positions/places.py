"""The National Grid as latitude and longitude."""

from functools import cache

import pyproj

EASTINGS, NORTHINGS = (0.0, 600_000.0), (0.0, 1_300_000.0)
LATITUDES, LONGITUDES = (49.5, 61.5), (-8.5, 2.6)
"""Where a place in Great Britain may be."""


@cache
def _transformer() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def from_grid(easting: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude (WGS84) of a place on the National Grid (OSGB36). Without the Ordnance Survey's shift grid, which is
    not shipped, this is right to about 2 metres.
    """
    longitude, latitude = _transformer().transform(easting, northing)
    return float(latitude), float(longitude)
