"""The terms of an order as they are written down before they are kept: plain values, checked, said in words, compared.

Days are London days; `last` is the last day that counts.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from typing import Any

from throughcare.core.dates import day_in_words
from throughcare.positions.curfews import MOST_ADDRESSES
from throughcare.positions.shapes import from_geojson
from throughcare.positions.timetable import Line
from throughcare.strands.tagging.errors import OrderRefused
from throughcare.strands.tagging.orders.hours import hours_in_words
from throughcare.strands.tagging.words import ATTENDANCE, CONDITIONS, CURFEW, VICTIM, ZONES

LARGEST_PLACE = 1000.0


@dataclass(frozen=True, kw_only=True)
class PlaceTerm:
    """An address of a curfew or an appointment. Not the person's own: the householder, and when they agreed."""

    address: str
    latitude: float
    longitude: float
    radius_m: float = 50.0
    own_home: bool = False
    householder: str = ""
    agreed_on: date | None = None
    hours: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConditionTerm:
    """A condition from `first` to `last`. `number`: the same through the versions of an order."""

    number: int
    kind: str
    name: str
    first: date
    last: date
    geometry: str = ""
    protects: str = ""
    hours: tuple[Line, ...] = ()
    places: tuple[PlaceTerm, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a version says."""

    first: date
    last: date
    conditions: tuple[ConditionTerm, ...] = ()

    def numbered(self, number: int) -> ConditionTerm | None:
        return next((each for each in self.conditions if each.number == number), None)

    def with_condition(self, condition: ConditionTerm) -> "Terms":
        """With this condition, in place of the one of its number."""
        others = [each for each in self.conditions if each.number != condition.number]
        return replace(self, conditions=tuple(sorted([*others, condition], key=lambda each: each.number)))

    def without(self, number: int) -> "Terms":
        return replace(self, conditions=tuple(each for each in self.conditions if each.number != number))


def written(terms: Terms) -> dict[str, Any]:
    """As plain values for JSON."""
    return json.loads(json.dumps(asdict(terms), default=str))


def read(told: dict[str, Any]) -> Terms:
    """Of such values."""
    conditions = tuple(
        ConditionTerm(**{**each, "first": _day(each["first"]), "last": _day(each["last"]), "hours": _hours(each["hours"]),
                         "places": tuple(_place(place) for place in each["places"])})
        for each in told["conditions"]
    )  # fmt: skip
    return Terms(first=_day(told["first"]), last=_day(told["last"]), conditions=conditions)


def _place(told: dict[str, Any]) -> PlaceTerm:
    agreed = told["agreed_on"]
    return PlaceTerm(**{**told, "agreed_on": _day(agreed) if agreed else None, "hours": _hours(told["hours"])})


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _hours(told: Sequence[dict[str, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(weekday=int(each["weekday"]), start=time.fromisoformat(each["start"]), end=time.fromisoformat(each["end"]))
        for each in told
    )


def check_condition(condition: ConditionTerm, terms: Terms) -> None:
    """Refuses a condition that cannot be: outside the order's dates, a curfew without address or hours, a zone without a shape,
    an address of somebody else's who has not agreed.
    """
    name = condition.name or CONDITIONS.get(condition.kind, condition.kind)
    for wrong, what, expected, mend in _faults(condition, terms):
        if wrong:
            raise OrderRefused(what=what, record=name, expected=expected, mend=mend)
    if condition.kind in ZONES and len(from_geojson(condition.geometry, record=name)) != 1:
        raise OrderRefused(what="A zone has one shape", record=name, expected="one shape", mend="make a condition of each shape")


def _faults(condition: ConditionTerm, terms: Terms) -> Iterator[tuple[bool, str, str, str]]:
    kind, places = condition.kind, condition.places
    yield kind not in CONDITIONS, "There is no such condition", ", ".join(CONDITIONS), "choose one of them"
    yield not condition.name.strip(), "The condition has no name", "a few words", "name it"
    yield condition.last < condition.first, "It ends before it begins", "a last day from the first on", "correct the days"
    inside = terms.first <= condition.first and condition.last <= terms.last
    span = f"{day_in_words(terms.first)} to {day_in_words(terms.last)}"
    yield not inside, "The condition is not within the order", f"days from {span}", "correct the days"
    if kind == CURFEW:
        yield not 1 <= len(places) <= MOST_ADDRESSES, "A curfew has one to three addresses", "an address", "give the address"
        yield any(not place.hours for place in places), "An address has no hours", "hours of the week", "say when it is kept"
    if kind == ATTENDANCE:
        yield len(places) != 1, "An appointment has one address", "an address", "give the address"
        yield not condition.hours, "It is not said when to attend", "days and hours", "say on which days, from when to when"
    if kind in ZONES:
        yield not condition.geometry.strip(), "The zone has no shape", "a shape", "draw it, load it, or give its middle"
    yield condition.protects not in ("", VICTIM), "That is nobody a zone protects", "a victim, or nobody", "choose one of them"
    for place in places:
        yield not place.address.strip(), "An address is empty", "the address", "write it"
        yield not 5 <= place.radius_m <= LARGEST_PLACE, "The radius cannot be", f"5 to {LARGEST_PLACE:g} metres", "correct it"
        on_map = 49.5 <= place.latitude <= 61.5 and -8.5 <= place.longitude <= 2.6
        yield not on_map, "The address is not in Great Britain", "latitude, then longitude", "correct the two numbers"
        asked = kind == ATTENDANCE or place.own_home or (place.householder.strip() and place.agreed_on)
        yield not asked, "The householder has not agreed", "their name and the day on which they agreed", "ask them first"


def in_words(condition: ConditionTerm) -> list[str]:
    """What is asked, line by line; never whom a zone protects."""
    said = [f"From {day_in_words(condition.first)} to {day_in_words(condition.last)}"]
    if condition.protects == VICTIM:
        said.append("There for a victim")
    if condition.kind in ZONES:
        said.append(shape_in_words(condition.geometry))
    said += [*hours_in_words(condition.hours)] or ([] if condition.kind == CURFEW else ["At all times"])
    for place in condition.places:
        said.append(f"{place.address}, within {place.radius_m:g} m of {place.latitude:.5f}, {place.longitude:.5f}")
        said += hours_in_words(place.hours)
        if place.householder:
            when = f" on {day_in_words(place.agreed_on)}" if place.agreed_on else ""
            said.append(f"{place.householder} agreed{when}")
    return said


def shape_in_words(geometry: str) -> str:
    """A circle with its middle and radius, an area with its corners."""
    ((_, shape),) = from_geojson(geometry)
    middle = shape.geometry.centroid
    where = f"{middle.y:.5f}, {middle.x:.5f}"
    if shape.geometry.geom_type == "Point":
        return f"A circle of {shape.radius_m:g} m round {where}"
    if shape.geometry.geom_type == "LineString":
        return f"All within {shape.radius_m:g} m of a line near {where}"
    corners = sum(len(ring.coords) - 1 for ring in _rings(shape.geometry))
    return f"An area with {corners} corners round {where}"


def circle(latitude: float, longitude: float, radius_m: float) -> str:
    """A circle as GeoJSON."""
    point = {"type": "Point", "coordinates": [longitude, latitude]}
    return json.dumps({"type": "Feature", "properties": {"radius_m": radius_m}, "geometry": point})


def _rings(geometry: Any) -> Iterator[Any]:
    for part in getattr(geometry, "geoms", [geometry]):
        yield part.exterior
        yield from part.interiors


def changes(before: Terms | None, after: Terms) -> list[str]:
    """What a version says otherwise than the one before it, in sentences; of the first one, that it is the first."""
    if before is None:
        return ["The first version"]
    told = []
    if before.first != after.first and before.last == after.last:
        told.append(f"Begins on {day_in_words(after.first)}")
    if before.last != after.last:
        told.append(f"Ends on {day_in_words(after.last)}, before on {day_in_words(before.last)}")
    for each in after.conditions:
        was = before.numbered(each.number)
        if was is None:
            told.append(f"Added: {title(each)}")
        elif was != each:
            lost, found = set(in_words(was)), set(in_words(each))
            gone = [line for line in in_words(was) if line not in found]
            new = [line for line in in_words(each) if line not in lost]
            told.append(f"Changed: {title(each)}. Now: {'; '.join(new) or 'less'}. Before: {'; '.join(gone) or 'nothing of it'}")
    told += [f"Taken out: {title(each)}" for each in before.conditions if after.numbered(each.number) is None]
    return told or ["Nothing was changed"]


def title(condition: ConditionTerm) -> str:
    return f"{CONDITIONS[condition.kind]}: {condition.name}"
