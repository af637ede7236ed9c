"""The boroughs' outlines, from the GeoJSON file that the pilot brings beside its own; without one the map has none."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError

SHAPES = ("Polygon", "MultiPolygon")
NAMES = ("NAME", "name", "LAD_NAME", "lad_name")
DIGITS = 4
"""Of a degree: some ten metres, which is finer than a line on the map."""


class OutlinesRefused(UserError):
    """A file of outlines that cannot be read."""


def outlines() -> dict[str, Any]:
    """A GeoJSON collection of names and shapes in degrees; empty where the pilot brings no file. Refuses a file that is none."""
    named = current_pilot().picture.outlines
    if not named:
        return {"type": "FeatureCollection", "features": []}
    path = Path(settings.THROUGHCARE_PILOT).parent / named
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutlinesRefused(
            what="The file of the boroughs' outlines cannot be read", record=named,
            expected="a GeoJSON FeatureCollection of polygons in degrees (WGS84), beside the pilot file",
            mend="correct the file, or picture.outlines in the pilot file",
        ) from error  # fmt: skip


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> dict[str, Any]:
    """Only names and shapes, to `DIGITS`: nothing else that stands in the file is given out."""
    features = json.loads(path.read_bytes())["features"]
    kept = [
        {"type": "Feature", "properties": {"name": _name(each["properties"])},
         "geometry": {"type": each["geometry"]["type"], "coordinates": _rounded(each["geometry"]["coordinates"])}}
        for each in features if each["geometry"]["type"] in SHAPES
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": kept}


def _name(properties: dict[str, Any]) -> str:
    return next((str(properties[key]) for key in NAMES if properties.get(key)), "")


def _rounded(told: Any) -> Any:
    """Positions anywhere in the nest of lists. Refuses one that is no longitude and latitude."""
    if not told:
        raise ValueError("a shape without a place")
    if isinstance(told[0], int | float):
        east, north = float(told[0]), float(told[1])
        if not (-180 <= east <= 180 and -90 <= north <= 90):
            raise ValueError(f"{east}, {north} are not degrees")
        return [round(east, DIGITS), round(north, DIGITS)]
    return [_rounded(each) for each in told]
