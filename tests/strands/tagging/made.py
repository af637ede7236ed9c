"""Orders, tracks and days made up for tests of tagging. All is told by London's clocks, and in metres north and east of home."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from throughcare.casework.access.reader import Reader
from throughcare.core.times import instant
from throughcare.positions.fixes import frame
from throughcare.positions.store import import_fixes
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.actions import check_day
from throughcare.strands.tagging.equipment import actions as equipment
from throughcare.strands.tagging.orders import actions
from throughcare.strands.tagging.orders.hours import hours_of
from throughcare.strands.tagging.orders.queries import order_of, sources
from throughcare.strands.tagging.orders.terms import ConditionTerm, PlaceTerm, circle

FIRST, LAST = date(2017, 3, 20), date(2018, 3, 19)
DAY = date(2017, 3, 22)
NEXT = DAY + timedelta(days=1)
HOME = (51.5500, -0.0600)
EARTH_M = 6_371_008.8
TAG = "GPS-1"


def at(clock: str, day: date = DAY) -> datetime:
    """A time of London's clocks: "22:05", or "+1 07:00" of the next day."""
    days, _, told = clock.rpartition(" ")
    return instant(day + timedelta(days=int(days or 0)), time.fromisoformat(told))


def place(north: float, east: float) -> tuple[float, float]:
    degree = math.radians(EARTH_M)
    return HOME[0] + north / degree, HOME[1] + east / (degree * math.cos(math.radians(HOME[0])))


def curfew(hours: str = "every day 19:00 to 07:00", *, number: int = 1, first: date = FIRST, last: date = LAST) -> ConditionTerm:
    home = PlaceTerm(address="1 Home Street", latitude=HOME[0], longitude=HOME[1], own_home=True, hours=hours_of(hours))
    return ConditionTerm(number=number, kind="curfew", name="At home", first=first, last=last, places=(home,))


def zone(north: float, east: float, radius_m: float = 100, *, kind: str = "exclusion", number: int = 2, protects: str = "",
         hours: str = "", first: date = FIRST, last: date = LAST) -> ConditionTerm:  # fmt: skip
    latitude, longitude = place(north, east)
    geometry = circle(latitude, longitude, radius_m)
    return ConditionTerm(number=number, kind=kind, name=f"Zone {number}", first=first, last=last, geometry=geometry,
                         protects=protects, hours=hours_of(hours))  # fmt: skip


def attendance(hours: str = "Wednesday 10:00 to 12:00", *, north: float = 2000, number: int = 3) -> ConditionTerm:
    latitude, longitude = place(north, 0)
    there = PlaceTerm(address="Probation office", latitude=latitude, longitude=longitude, radius_m=100)
    days = {"first": FIRST, "last": LAST}
    return ConditionTerm(number=number, kind="attendance", name="Group", hours=hours_of(hours), places=(there,), **days)


def make(
    reader: Reader, person: int, *conditions: ConditionTerm, tag: str = TAG, first: date = FIRST, last: date = LAST
) -> m.Order:  # fmt: skip
    """An order of the person's requirement with these conditions, its tag fitted at its first instant."""
    early = replace(reader, day=min(reader.day, first))
    source = sources(person, early.day)[0].requirement
    draft = actions.begin(reader=early, person=person, requirement=source, first=first, last=last)
    for condition in conditions:
        actions.put(reader=early, draft=m.Draft.objects.get(pk=draft.pk), condition=condition)
    draft = m.Draft.objects.get(pk=draft.pk)
    questions = actions.current_pilot().tagging.questions
    actions.answer(reader=early, draft=draft, answers={question.slug: ("yes", "") for question in questions})
    version = actions.keep(reader=early, draft=m.Draft.objects.get(pk=draft.pk), reason="", at=at("00:00", first))
    if tag:
        opens = at("00:00", first)
        equipment.fit(reader=early, order=version.order, tag=tag, fitted_at=opens, at=opens)
    return order_of(version.order_id)


def stay(start: datetime, end: datetime, north: float = 0, east: float = 0, *, tag: str = TAG, precision: float | None = 10.0,
         how: str = "GPS", every: int = 60, uploaded: datetime | None = None) -> list[dict[str, Any]]:  # fmt: skip
    """A fix every so many seconds at one place in [start, end), each uploaded a minute later, or all at once."""
    latitude, longitude = place(north, east)
    count = int((end - start).total_seconds() // every)
    times = [start + timedelta(seconds=every * number) for number in range(count)]
    return [
        {"tag": tag, "time": t, "latitude": latitude, "longitude": longitude, "precision_m": precision, "mechanism": how,
         "recorded_at": t, "uploaded_at": uploaded or t + timedelta(minutes=1)}
        for t in times
    ]  # fmt: skip


def sent(home: Path, rows: Iterable[dict[str, Any]], name: str = "fixes") -> None:
    """The rows as a file, brought in by the import that every file takes."""
    file = home / f"{name}.parquet"
    frame(list(rows)).write_parquet(file)
    import_fixes([file], home / "positions", at=datetime(2017, 3, 30, tzinfo=UTC))


def looked(orders: m.Order | Sequence[m.Order], day: date, when: datetime) -> list[m.Check]:
    wanted = [orders] if isinstance(orders, m.Order) else orders
    return check_day(by="test", orders=[order_of(order.pk) for order in wanted], day=day, at=when)


def found(order: m.Order, day: date = DAY) -> list[tuple[str, str, str]]:
    """Kind, from, to of the findings that stand, by London's clocks."""
    rows = m.Finding.objects.filter(order=order, day=day, gone_at=None).order_by("starts_at", "kind")
    return [(row.kind, clock(row.starts_at), clock(row.ends_at) if row.ends_at else "goes on") for row in rows]


def clock(when: datetime) -> str:
    from throughcare.core.clock import LONDON

    return f"{when.astimezone(LONDON):%H:%M}"


def events(*told: tuple[str, str], tag: str = TAG, day: date = DAY) -> str:
    """("02:10", "tampered"), …: the supplier's file."""
    rows = [f"E{number} | {tag} | {at(when, day).isoformat()} | {kind}" for number, (when, kind) in enumerate(told)]
    return "\n".join(["record_id | tag | at | kind", *rows])


