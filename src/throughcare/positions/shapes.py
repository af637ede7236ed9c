"""Shapes of zones: areas, circles and corridors from GeoJSON, and how far a position is from their edge.

Edges are straight in longitude and latitude (RFC 7946). Metres are measured on a plane that is true at the middle of the shape:
over London, 25 km away, a distance to the edge is off by 0.5%, which is 10 cm where the precision is 20 m.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import radians
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from throughcare.core.errors import UserError
from throughcare.positions.distance import EARTH_M, Numbers
from throughcare.positions.fixes import AREA

METRES_PER_DEGREE = radians(EARTH_M)
AREAS, LINES = ("Polygon", "MultiPolygon"), ("Point", "LineString")
LARGEST_RADIUS = 50_000.0

Which = npt.NDArray[np.int_]
"""For each position the number of its shape."""


class ShapeRefused(UserError):
    """GeoJSON of which no zone can be made."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A geometry in longitude and latitude, and all within `radius_m` of it: a circle is a point with a radius, a corridor a line
    with one, an area needs none.
    """

    geometry: BaseGeometry
    radius_m: float = 0.0

    def edge_m(self, latitude: Numbers, longitude: Numbers) -> Numbers:
        """Metres from each position to the edge; below nought within."""
        return Shapes([self]).edge_m(np.zeros(len(latitude), dtype=int), latitude, longitude)

    def depth_m(self, latitude: Numbers, longitude: Numbers, to_latitude: Numbers, to_longitude: Numbers) -> Numbers:
        """How far into the shape each straight way between two positions outside leads: 0 where it does not touch it."""
        return Shapes([self]).depth_m(np.zeros(len(latitude), dtype=int), latitude, longitude, to_latitude, to_longitude)


class Shapes:
    """Many shapes, each on its own plane, asked of many positions at once: position by position which shape is meant."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        geometries = np.array([shape.geometry for shape in shapes], dtype=object)
        self.radius = np.array([shape.radius_m for shape in shapes], dtype=float)
        self.bounds = shapely.bounds(geometries).reshape(-1, 4)
        middle = np.radians((self.bounds[:, 1] + self.bounds[:, 3]) / 2)
        self.scale = np.stack([METRES_PER_DEGREE * np.cos(middle), np.full(len(middle), METRES_PER_DEGREE)], axis=1)
        places, owner = shapely.get_coordinates(geometries, return_index=True)
        self.flat = shapely.set_coordinates(geometries.copy(), places * self.scale[owner])
        self.is_area = shapely.get_dimensions(self.flat) == 2
        self.edge = np.where(self.is_area, shapely.boundary(self.flat), self.flat)
        self.middle = np.full((len(geometries), 2), np.nan)
        """Of circles: most zones are, and of a circle the metres to the edge need no geometry."""
        circles = shapely.get_type_id(self.flat) == shapely.GeometryType.POINT
        self.middle[circles] = shapely.get_coordinates(self.flat[circles])
        shapely.prepare(self.flat)
        shapely.prepare(self.edge)

    def edge_m(self, which: Which, latitude: Numbers, longitude: Numbers) -> Numbers:
        x, y = longitude * self.scale[which, 0], latitude * self.scale[which, 1]
        far = np.hypot(x - self.middle[which, 0], y - self.middle[which, 1])
        other = np.flatnonzero(np.isnan(self.middle[which, 0]))
        if len(other):
            shape, px, py = which[other], x[other], y[other]
            away = shapely.distance(self.edge[shape], shapely.points(px, py))
            far[other] = np.where(shapely.contains_xy(self.flat[shape], px, py), -away, away)
        signed: Numbers = far - self.radius[which]
        return signed

    def depth_m(
        self, which: Which, latitude: Numbers, longitude: Numbers, to_latitude: Numbers, to_longitude: Numbers
    ) -> Numbers:  # fmt: skip
        x = np.stack([longitude, to_longitude], 1) * self.scale[which, :1]
        y = np.stack([latitude, to_latitude], 1) * self.scale[which, 1:]
        ways = shapely.linestrings(x, y)
        far = shapely.distance(self.flat[which], ways)
        depth: Numbers = np.maximum(self.radius[which] - far, 0.0)
        for number in np.flatnonzero(self.is_area[which] & (far == 0)):
            depth[number] = self._deepest(ways[number], which[number])
        return depth

    def boxes(self) -> Numbers:
        """South, north, west, east in degrees of each, the radius within; and degrees of longitude to a metre. A little wide."""
        west, south, east, north = self.bounds.T
        wide, tall = 1.01 / self.scale[:, 0], 1.001 / self.scale[:, 1]
        up, across = self.radius * tall, self.radius * wide
        boxes: Numbers = np.stack([south - up, north + up, west - across, east + across, wide], axis=1)
        return boxes

    def _deepest(self, way: BaseGeometry, which: int) -> float:
        """The point of the way within that is furthest from the edge: measured at every fiftieth of it, which errs by no more
        than 1% of its length.
        """
        part = shapely.intersection(way, self.flat[which])
        if part.is_empty:
            return 0.0
        steps = shapely.line_interpolate_point(part, np.linspace(0, 1, 51), normalized=True) if part.length else part
        return float(np.max(shapely.distance(self.edge[which], steps)) + self.radius[which])


def circle(latitude: float, longitude: float, radius_m: float) -> Shape:
    return Shape(geometry=shapely.Point(longitude, latitude), radius_m=radius_m)


def from_geojson(text: str, *, record: str = "the file") -> list[tuple[dict[str, Any], Shape]]:
    """Properties and shape of each feature of a GeoJSON text: a FeatureCollection, a Feature, or a bare geometry.

    A property `radius_m` makes a point a circle and a line a corridor. Refuses what is no valid area, circle or corridor: edges
    that cross, nothing in it, another kind, latitude and longitude in each other's place.
    """
    try:
        told = json.loads(text)
    except json.JSONDecodeError as error:
        raise _refused(f"the text is no JSON ({error.msg}, line {error.lineno})", record, "GeoJSON", "export it again") from error
    return [(properties, _shape(geometry, properties, where)) for geometry, properties, where in _features(told, record)]


def _features(told: Any, record: str) -> Iterator[tuple[Any, dict[str, Any], str]]:
    kind = told.get("type") if isinstance(told, Mapping) else None
    if kind == "FeatureCollection":
        for number, feature in enumerate(told.get("features") or [], start=1):
            yield from _features(feature, f"{record}, feature {number}")
    elif kind == "Feature":
        yield told.get("geometry"), dict(told.get("properties") or {}), record
    elif kind in (*AREAS, *LINES):
        yield told, {}, record
    else:
        expected = f"a Feature with {', '.join((*AREAS, *LINES))}"
        raise _refused(f"{kind or 'the text'} is no shape", record, expected, "draw it as one")


def _shape(geometry: Any, properties: Mapping[str, Any], where: str) -> Shape:
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in (*AREAS, *LINES):
        raise _refused(f"{kind or 'nothing'} is no shape of a zone", where, ", ".join((*AREAS, *LINES)), "draw it as one of them")
    try:
        made = shapely.from_geojson(json.dumps(geometry))
    except shapely.errors.GEOSException as error:
        raise _refused(f"the shape cannot be read ({error})", where, "GeoJSON", "draw it again") from error
    made = shapely.force_2d(made)
    radius = properties.get("radius_m", 0.0)
    if made.is_empty or not np.isfinite(shapely.get_coordinates(made)).all():
        raise _refused("the shape has nothing in it", where, "an area, or a place with a radius", "draw it again")
    if not isinstance(radius, int | float) or isinstance(radius, bool) or not 0 <= radius <= LARGEST_RADIUS:
        raise _refused(f"the radius is {radius!r}", where, f"metres, from 0 to {LARGEST_RADIUS:g}", "correct radius_m")
    if kind in LINES and not radius:
        raise _refused(f"the {kind} has no radius", where, "a property radius_m, in metres", "give it one")
    if kind in AREAS and not made.is_valid:
        why = shapely.is_valid_reason(made)
        raise _refused(f"the shape is no area ({why})", where, "edges that do not cross", "draw it again")
    _refuse_places(made, where)
    return Shape(geometry=made, radius_m=float(radius))


def _refuse_places(made: BaseGeometry, where: str) -> None:
    longitude, latitude = shapely.get_coordinates(made).T
    south, north, west, east = AREA
    if ((latitude >= west) & (latitude <= east) & (longitude >= south) & (longitude <= north)).all():
        raise _refused("latitude and longitude are in each other's place", where, "longitude first (GeoJSON)", "swap them")
    if (np.abs(latitude) > 85).any() or (np.abs(longitude) > 180).any():
        raise _refused("the shape is not on the map", where, "degrees of longitude and latitude (WGS84)", "export it in WGS84")


def _refused(what: str, record: str, expected: str, mend: str) -> ShapeRefused:
    return ShapeRefused(what=what, record=record, expected=expected, mend=mend)
