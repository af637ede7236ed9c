"""What a London day asks of orders: who wore which tag when, which curfews, zones and appointments were in force."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from throughcare.core.clock import london_day
from throughcare.positions.attendance import Appointment
from throughcare.positions.curfews import Address
from throughcare.positions.shapes import from_geojson
from throughcare.positions.timetable import Line, Window, joined, windows
from throughcare.positions.zones import Zone
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.orders.queries import lines
from throughcare.strands.tagging.queries import spans_of, tags_of
from throughcare.strands.tagging.words import ATTENDANCE, CURFEW, VICTIM, ZONES

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Wearing:
    """That a tag was on the person of an order in [start, end). `key`: under which the engine knows it."""

    key: str
    order: int
    tag: str
    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of a day [start, end), a row a condition and wearing. `monitored`: by order, the spans of the day in which it
    asks for monitoring. `curfews`: with the window, and the addresses of which any will do.
    """

    start: datetime
    end: datetime
    wearings: list[Wearing] = field(default_factory=list)
    monitored: dict[int, list[Window]] = field(default_factory=dict)
    curfews: list[tuple[m.Condition, Wearing, Window, list[Address]]] = field(default_factory=list)
    zones: list[tuple[m.Condition, Wearing, Zone]] = field(default_factory=list)
    appointments: list[tuple[m.Condition, Wearing, Appointment]] = field(default_factory=list)
    ends: dict[int, datetime] = field(default_factory=dict)
    """By order, when the last thing that the day asks is over."""


def asked(orders: Sequence[m.Order], day: date, at: datetime) -> Asked:
    """What the day asks of these orders, as far as it has begun by `at`."""
    start, end = london_day(day)
    told = Asked(start=start, end=end)
    for order in orders:
        mine = [
            Wearing(key=f"{order.pk}/{number}/{worn.tag}", order=order.pk, tag=worn.tag, start=worn.start, end=worn.end)
            for number, worn in enumerate(tags_of(order, start - DAY, min(end + DAY, at)))
        ]
        told.wearings.extend(mine)
        spans = [(version, opens, closes) for version, opens, closes in spans_of(order) if opens < end and closes > start]
        told.monitored[order.pk] = joined((max(opens, start), min(closes, end)) for _, opens, closes in spans)
        told.ends[order.pk] = max((closes for _, closes in told.monitored[order.pk]), default=start)
        for version, opens, closes in spans:
            for condition in version.conditions.all():
                force = max(opens, condition.starts_at), min(closes, condition.ends_at)
                if force[0] < force[1]:
                    _add(told, order, condition, force, mine, day, at)
    return told


def _add(
    told: Asked, order: m.Order, condition: m.Condition, force: Window, mine: Sequence[Wearing], day: date, at: datetime
) -> None:  # fmt: skip
    """One condition, by who wore what while it was in force."""
    if condition.kind in ZONES:
        told.zones.extend((condition, worn, zone) for worn, zone in _zones(condition, force, mine))
        return
    by_window = _windows(condition, force, day)
    for span, places in by_window.items():
        told.ends[order.pk] = max(told.ends[order.pk], span[1])
        if span[0] >= at:
            continue
        for worn in mine:
            cut = max(span[0], worn.start), min(span[1], worn.end if worn.end < at else span[1])
            if cut[0] >= cut[1]:
                continue
            if condition.kind == CURFEW:
                told.curfews.append((condition, worn, cut, places))
            elif condition.kind == ATTENDANCE:
                name = f"{condition.pk}/{worn.key}/{span[0].isoformat()}"
                told.appointments.append((condition, worn, Appointment(
                    appointment=name, tag=worn.key, start=cut[0], end=cut[1], latitude=places[0].latitude,
                    longitude=places[0].longitude, radius_m=places[0].radius_m,
                )))  # fmt: skip


def _zones(condition: m.Condition, force: Window, mine: Sequence[Wearing]) -> Iterator[tuple[Wearing, Zone]]:
    ((_, shape),) = from_geojson(condition.geometry)
    for worn in mine:
        opens, closes = max(force[0], worn.start), min(force[1], worn.end)
        if opens < closes:
            yield worn, Zone(zone=f"{condition.pk}/{worn.key}", tag=worn.key, kind=condition.kind, shape=shape, opens=opens,
                             closes=closes, timetable=lines(condition.lines.all()))  # fmt: skip


def _windows(condition: m.Condition, force: Window, day: date) -> dict[Window, list[Address]]:
    """The windows of a curfew or an attendance that belong to the day, each with the addresses of which any will do."""
    found: dict[Window, list[Address]] = {}
    own = lines([line for line in condition.lines.all() if line.place_id is None])
    for place in sorted(condition.places.all(), key=lambda each: each.number):
        hours = lines(place.lines.all()) or own
        where = Address(latitude=place.latitude, longitude=place.longitude, radius_m=place.radius_m)
        for span in windows_of_day(hours, force, day):
            found.setdefault(span, []).append(where)
    return dict(sorted(found.items()))


def windows_of_day(hours: Sequence[Line], force: Window, day: date) -> list[Window]:
    """The windows that begin on the London day; of the evening before, what is left of one that came into force only now."""
    if not hours:
        return []
    opens, closes = force
    today = windows(hours, opens=opens, closes=closes, first=day, last=day)
    before = windows(hours, opens=opens, closes=closes, first=day - DAY, last=day - DAY)
    return joined([*today, *(span for span in before if span[0] >= london_day(day)[0])])


def victims(told: Asked) -> dict[str, list[Zone]]:
    """By wearing, the exclusion zones that are there for a victim."""
    found: dict[str, list[Zone]] = {}
    for condition, worn, zone in told.zones:
        if condition.protects == VICTIM and zone.kind == "exclusion":
            found.setdefault(worn.key, []).append(zone)
    return found
