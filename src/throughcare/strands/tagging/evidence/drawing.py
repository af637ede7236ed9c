"""Maps of an evidence pack, drawn as SVG by ourselves: a track, the circle of a crime, numbered fixes, outlines, a scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, floor, log10, radians
from typing import Any

from throughcare.positions.shapes import METRES_PER_DEGREE

WIDE, HIGH, MARGIN = 720.0, 480.0, 30.0
TRACK, CRIME, EDGE, GREY = "#1d5a96", "#942514", "#b1b4b6", "#505a5f"
Place = tuple[float, float]
"""Latitude and longitude."""


@dataclass(frozen=True, kw_only=True)
class Plane:
    """Degrees as points of the drawing: true to scale in the middle, north up."""

    middle: Place
    per_metre: float

    def point(self, place: Place) -> tuple[float, float]:
        north = (place[0] - self.middle[0]) * METRES_PER_DEGREE
        east = (place[1] - self.middle[1]) * METRES_PER_DEGREE * cos(radians(self.middle[0]))
        return round(WIDE / 2 + east * self.per_metre, 1), round(HIGH / 2 - north * self.per_metre, 1)


def plane(places: Sequence[Place], *, least_m: float = 200.0) -> Plane:
    """So that all of these are on it; at least so many metres across."""
    south, north = min(p[0] for p in places), max(p[0] for p in places)
    west, east = min(p[1] for p in places), max(p[1] for p in places)
    middle = ((south + north) / 2, (west + east) / 2)
    tall = max((north - south) * METRES_PER_DEGREE, least_m)
    wide = max((east - west) * METRES_PER_DEGREE * cos(radians(middle[0])), least_m)
    return Plane(middle=middle, per_metre=min((WIDE - 2 * MARGIN) / wide, (HIGH - 2 * MARGIN) / tall))


def overview(track: Sequence[Place], crime: Place, radius: float, outlines: dict[str, Any]) -> str:
    """The track around the window as a line, and the crime's circle; boroughs where their outlines are here."""
    on = plane([*track, *_corners(crime, 1.2 * radius)])
    return _svg(_outlines(on, outlines), _line(on, track), _circle(on, crime, radius), _scale(on))


def detail(fixes: Sequence[tuple[str, Place, float | None]], crime: Place, radius: float) -> str:
    """The numbered fixes, each with the circle of its precision (metres), around the crime's circle."""
    on = plane([*_corners(crime, 2 * radius), *(place for _, place, _ in fixes)])
    return _svg(_circle(on, crime, radius), *(_fix(on, *fix) for fix in fixes), _scale(on))


def _corners(middle: Place, metres: float) -> list[Place]:
    """Opposite corners of the box that is so far from the middle on every side."""
    north = metres / METRES_PER_DEGREE
    east = north / cos(radians(middle[0]))
    return [(middle[0] - north, middle[1] - east), (middle[0] + north, middle[1] + east)]


def _fix(on: Plane, label: str, place: Place, precision: float | None) -> str:
    x, y = on.point(place)
    ring = "" if not precision else (
        f'<circle cx="{x}" cy="{y}" r="{round(precision * on.per_metre, 1)}" fill="none" stroke="{TRACK}" stroke-width="0.7"/>'
    )  # fmt: skip
    words = f'<text x="{x + 5}" y="{y - 4}" font-size="10" fill="{GREY}">{escape(label)}</text>'
    return f'{ring}<circle cx="{x}" cy="{y}" r="3" fill="{TRACK}"/>{words}'


def _line(on: Plane, track: Iterable[Place]) -> str:
    points = [on.point(place) for place in track]
    way = " ".join(f"{x},{y}" for x, y in points)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="1.6" fill="{TRACK}"/>' for x, y in points)
    return f'<polyline points="{way}" fill="none" stroke="{TRACK}" stroke-width="1.2"/>{dots}'


def _circle(on: Plane, crime: Place, radius: float) -> str:
    x, y = on.point(crime)
    return (
        f'<circle cx="{x}" cy="{y}" r="{max(4.0, round(radius * on.per_metre, 1))}" fill="{CRIME}" fill-opacity="0.12" '
        f'stroke="{CRIME}" stroke-width="2"/>'
    )


def _outlines(on: Plane, told: dict[str, Any]) -> str:
    lines = []
    for feature in told["features"]:
        geometry = feature["geometry"]
        parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for part in parts:
            way = " ".join(f"{x},{y}" for x, y in (on.point((north, east)) for east, north in part[0]))
            lines.append(f'<polygon points="{way}" fill="none" stroke="{EDGE}" stroke-width="1"/>')
    return "".join(lines)


def _scale(on: Plane) -> str:
    """A line of a round number of metres, and that north is up."""
    most = 150 / on.per_metre
    whole = 10 ** floor(log10(most))
    metres = next(step * whole for step in (5, 2, 1) if step * whole <= most)
    words = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    left, low = MARGIN, HIGH - 14
    return (
        f'<path d="M{left} {low - 5}v5h{round(metres * on.per_metre, 1)}v-5" fill="none" stroke="#0b0c0c" stroke-width="1.5"/>'
        f'<text x="{left + 4}" y="{low - 5}" font-size="11" fill="#0b0c0c">{words}</text>'
        f'<text x="{WIDE - 70}" y="{low}" font-size="11" fill="#0b0c0c">North is up</text>'
    )


def _svg(*parts: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:g} {HIGH:g}" '
        'font-family="Arial, Liberation Sans, sans-serif">'
        f'<defs><clipPath id="all"><rect width="{WIDE:g}" height="{HIGH:g}"/></clipPath></defs>'
        f'<rect width="{WIDE:g}" height="{HIGH:g}" fill="#f8f8f8" stroke="{GREY}"/>'
        f'<g clip-path="url(#all)">{"".join(parts)}</g></svg>'
    )
