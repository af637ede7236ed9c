"""Zones and curfews worked out slowly and plainly: fix by fix, with the clocks of London, by the words of the definitions.

Nothing here is shared with the product but the declared types: distances are sines and cosines, an area is a list of corners.
"""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from tests.positions.made import haversine
from throughcare.core.clock import LONDON

ASSUMED = {"GPS": 20, "WIFI": 60, "LBS": 1000, "RF": 60}
TOLERATED = {"LBS": timedelta(minutes=15)}


def precision(fix: dict[str, Any]) -> float:
    own = fix["precision_m"]
    return own if own is not None and own > 0 else ASSUMED.get(fix["mechanism"], 1000)


def first_shown(day: datetime, clock: Any) -> datetime:
    """The first minute, in UTC, at which London's clocks show that time of that day or a later one."""
    wanted = datetime.combine(day, clock)
    instant = datetime.combine(day, clock, tzinfo=UTC) - timedelta(hours=2)
    while instant.astimezone(LONDON).replace(tzinfo=None) < wanted:
        instant += timedelta(minutes=1)
    return instant


def spans(lines: Any, opens: datetime, closes: datetime, first: Any, last: Any) -> list[tuple[datetime, datetime]]:
    """Windows that begin on the London days from first to last, those that touch made one."""
    found, day = [], first
    while day <= last:
        for line in lines:
            if line.weekday == day.weekday():
                end = day if line.end > line.start else day + timedelta(days=1)
                start, stop = max(first_shown(day, line.start), opens), min(first_shown(end, line.end), closes)
                if start < stop:
                    found.append([start, stop])
        day += timedelta(days=1)
    told: list[list[datetime]] = []
    for start, stop in sorted(found):
        if told and start <= told[-1][1]:
            told[-1][1] = max(told[-1][1], stop)
        else:
            told.append([start, stop])
    return [(a, b) for a, b in told]


def ring_edge(corners: list[tuple[float, float]], latitude: float, longitude: float) -> float:
    """Metres to the edge of an area given by its corners (latitude, longitude), below nought inside, by a ray's crossings."""
    middle = math.radians((min(c[0] for c in corners) + max(c[0] for c in corners)) / 2)
    flat = [((b - longitude) * 111195.0797 * math.cos(middle), (a - latitude) * 111195.0797) for a, b in corners]
    nearest, inside = math.inf, False
    for (ax, ay), (bx, by) in zip(flat, flat[1:] + flat[:1], strict=True):
        dx, dy = bx - ax, by - ay
        t = max(0.0, min(1.0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)))
        nearest = min(nearest, math.hypot(ax + t * dx, ay + t * dy))
        if (ay > 0) != (by > 0) and ax + dx * -ay / dy > 0:
            inside = not inside
    return -nearest if inside else nearest


def state(edge: float, p: float) -> str:
    return "inside" if edge < -p else "outside" if edge > p else "uncertain"


def zone_events(track: list[dict[str, Any]], windows: list[Any], edge_of: Any, kind: str) -> list[tuple[datetime, str]]:
    """(time, event) of one zone, walked fix by fix; of ways through the zone only that they are deeper than both precisions, and
    "perhaps" where that hangs on less than a hundredth of the way.
    """
    told = []
    for opens, closes in windows:
        certain, before = None, None
        for fix in track:
            if not opens <= fix["time"] < closes:
                continue
            now = state(edge_of(fix["latitude"], fix["longitude"]), precision(fix))
            if now == "inside" and certain != "inside":
                told.append((fix["time"], "entered"))
            if now == "outside" and certain == "inside":
                told.append((fix["time"], "left"))
            if now == "outside" and certain is None and kind == "inclusion":
                told.append((fix["time"], "outside"))
            if now == "uncertain" and (before is None or before[1] != "uncertain"):
                told.append((fix["time"], "uncertain"))
            if now == "outside" and before is not None and before[1] == "outside":
                depth = way_depth(before[0], fix, edge_of)
                deep = max(precision(fix), precision(before[0]))
                near = 0.01 * haversine(*(end[x] for end in (before[0], fix) for x in ("latitude", "longitude"))) + 1
                in_time = fix["time"] - before[0]["time"] <= TOLERATED.get(before[0]["mechanism"], timedelta(minutes=5))
                if depth > -near and in_time:
                    sure = min(abs(depth - deep), abs(depth)) > near
                    told.append((fix["time"], "perhaps" if not sure else "crossed" if depth > deep else "touched"))
            certain = now if now != "uncertain" else certain
            before = (fix, now)
    return sorted(told)


def way_depth(a: dict[str, Any], b: dict[str, Any], edge_of: Any) -> float:
    """How far in the straight way leads, looked at every thousandth of it."""
    steps = [n / 1000 for n in range(1001)]
    return max(-edge_of(*(a[x] + s * (b[x] - a[x]) for x in ("latitude", "longitude"))) for s in steps)


def curfew_finding(
    track: list[dict[str, Any]], opens: datetime, closes: datetime, places: Any, borne: list[datetime]
) -> list[str]:
    """The findings of one window, each fix looked at once; `borne`: when the equipment said that the person had left."""
    heard = [fix for fix in track if opens <= fix["time"] < closes]
    states = []
    for fix in heard:
        edge = min(haversine(fix["latitude"], fix["longitude"], a.latitude, a.longitude) - a.radius_m for a in places)
        states.append((fix["time"], state(edge, precision(fix))))
    certain = [(when, what) for when, what in states if what != "uncertain"]
    home = [when for when, what in certain if what == "inside"]
    told, spell = set(), []
    for when, what in [*certain, (closes, "inside")]:
        if what == "outside":
            spell.append(when)
            continue
        near = any(spell and spell[0] - timedelta(minutes=10) <= event <= spell[-1] + timedelta(minutes=10) for event in borne)
        if len(spell) >= 2 or (spell and near):
            told.add("away" if not home else "late" if spell[-1] < home[0] else "early" if spell[0] > home[-1] else "out")
        spell = []
    if told:
        return [name for name in ("away", "late", "early", "out") if name in told]
    moments = [opens, *(when for when, _ in states), closes]
    silent = max(b - a for a, b in pairwise(moments)) > timedelta(hours=1)
    return ["uncertain" if silent or not home or len(home) < len(certain) else "present"]
