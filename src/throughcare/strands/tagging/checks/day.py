"""A London day of orders, asked of the engine: for each order what was found, and whether the day was kept.

All orders of a day are asked at once. A curfew or an appointment belongs to the day on which it begins, so a day is judged whole
only when the night after it is over. Who wore a tag when is told by its fittings: a fix of another time is nobody's here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import polars as pl

from throughcare.positions.attendance import attended
from throughcare.positions.curfews import kept
from throughcare.positions.timetable import Window, joined
from throughcare.positions.zones import zone_events
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.asked import Asked, Wearing, asked
from throughcare.strands.tagging.checks.silence import Silence, silences
from throughcare.strands.tagging.checks.words import OF_CURFEW, OF_EVENTS
from throughcare.strands.tagging.stored import Heard, heard
from throughcare.strands.tagging.words import EXCLUSION, VICTIM

SAME_SPELL = timedelta(minutes=15)
"""Events of one kind at one zone, or of one unit, that follow each other so closely are one finding."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """Something found of an order: what, when, and its evidence. `ends_at` None: it goes on."""

    order: int
    kind: str
    tag: str
    starts_at: datetime
    ends_at: datetime | None
    condition: m.Condition | None = None
    fixes: int = 0
    metres: float | None = None
    precision_m: float | None = None
    mechanism: str = ""
    reason: str = ""
    place: tuple[float, float] | None = None
    """Of a silence, where the tag was heard last; it is not kept."""


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What looking at a day of an order gave. `ends`: when all that the day asks is over."""

    order: m.Order
    found: tuple[Found, ...]
    fixes: int
    received: int
    ends: datetime


def look(orders: Sequence[m.Order], day: date, at: datetime) -> list[Looked]:
    """Looks at the day of these orders, by what had been received at `at`."""
    told = asked(orders, day, at)
    until = min(max(told.ends.values(), default=told.end), at)
    known = heard({worn.tag for worn in told.wearings}, told.start - timedelta(days=1), until, at)
    worn = _by_wearing(known, told.wearings)
    found = [*_curfews(told, worn, at), *_zones(told, worn, at), *_appointments(told, worn, at), *_events(told, worn),
             *_no_tag(told, at)]  # fmt: skip
    found += [_silence(each) for each in silences(told, worn, at)]
    by_key = {each.key: each.order for each in told.wearings}
    today = pl.col("time").is_between(told.start, told.end, closed="left")
    usable, received = ([by_key[key] for key in frame.filter(today)["tag"]] for frame in (worn.usable, worn.received))
    return [
        Looked(
            order=order, fixes=usable.count(order.pk), received=received.count(order.pk), ends=told.ends[order.pk],
            found=tuple(sorted((each for each in found if each.order == order.pk), key=lambda each: (each.starts_at, each.kind))),
        )
        for order in orders
    ]  # fmt: skip


def _by_wearing(known: Heard, wearings: Sequence[Wearing]) -> Heard:
    """The same, each row under the wearing that it belongs to in place of its tag; what was on nobody is left out."""
    rows = [(each.tag, each.key, each.start, each.end) for each in wearings]
    instant = pl.Datetime("us", "UTC")
    spans = pl.DataFrame(rows, schema={"tag": pl.String(), "key": pl.String(), "on": instant, "off": instant}, orient="row")

    def of(frame: pl.DataFrame) -> pl.DataFrame:
        both = frame.join(spans, on="tag").filter((pl.col("time") >= pl.col("on")) & (pl.col("time") < pl.col("off")))
        return both.with_columns(tag=pl.col("key")).select(frame.columns)

    return Heard(usable=of(known.usable), unplaced=of(known.unplaced), received=of(known.received), events=of(known.events))


def _curfews(told: Asked, worn: Heard, at: datetime) -> Iterator[Found]:
    table = [(str(number), wearing.key, span, places) for number, (_, wearing, span, places) in enumerate(told.curfews)]
    answer = kept(worn.usable, table, end=at, events=worn.events)
    for row in answer.away.iter_rows(named=True):
        condition, wearing, _, _ = told.curfews[int(row["curfew"])]
        yield Found(
            order=wearing.order, kind=OF_CURFEW[row["finding"]], tag=wearing.tag, condition=condition, starts_at=row["first"],
            ends_at=row["last"], fixes=row["fixes"], metres=row["furthest_m"],
        )  # fmt: skip
    for row in answer.windows.filter(pl.col("finding") == "uncertain", pl.col("window_end") <= at).iter_rows(named=True):
        condition, wearing, _, _ = told.curfews[int(row["curfew"])]
        yield Found(
            order=wearing.order, kind="curfew_uncertain", tag=wearing.tag, condition=condition, starts_at=row["window_start"],
            ends_at=row["window_end"], fixes=row["fixes"],
        )  # fmt: skip


def _appointments(told: Asked, worn: Heard, at: datetime) -> Iterator[Found]:
    """Appointments that are over."""
    over = {each.appointment: (condition, wearing) for condition, wearing, each in told.appointments if each.end <= at}
    asked_of = [each for _, _, each in told.appointments if each.appointment in over]
    words = {"uncertain": "attendance_uncertain"}
    for row in attended(worn.usable, asked_of, as_at=at, events=worn.events).iter_rows(named=True):
        condition, wearing = over[row["appointment"]]
        if row["finding"] != "kept":
            yield Found(
                order=wearing.order, kind=words.get(row["finding"], row["finding"]), tag=wearing.tag, condition=condition,
                starts_at=row["start"], ends_at=row["end"], fixes=row["fixes"],
            )  # fmt: skip


def _zones(told: Asked, worn: Heard, at: datetime) -> Iterator[Found]:
    """Spells in exclusion zones and out of inclusion zones; ways through; what cannot be told."""
    end = min(told.end, at)
    if end <= told.start:
        return
    of_day = worn.usable.filter(pl.col("time") >= told.start - SAME_SPELL)
    events = zone_events(of_day, [zone for _, _, zone in told.zones], start=told.start, end=end)
    by_zone = {zone.zone: (condition, wearing) for condition, wearing, zone in told.zones}
    for (name,), rows in events.group_by("zone", maintain_order=True):
        condition, wearing = by_zone[str(name)]
        spells = _spells(rows, condition, wearing, at)
        yield from (_counted(each, worn.usable, wearing) for each in spells)


def _spells(rows: pl.DataFrame, condition: m.Condition, wearing: Wearing, at: datetime) -> list[Found]:
    """What the events of one zone come to. A spell that goes on when the zone's hours end is over then; at `at` it goes on."""
    exclusion = condition.kind == EXCLUSION
    begins, ends, kind = (("entered",), "left", "zone_entered") if exclusion else (("outside", "left"), "entered", "zone_outside")
    unsure = "near_victim" if condition.protects == VICTIM and exclusion else "zone_uncertain"
    told: list[Found] = []
    running: tuple[Found, datetime] | None = None
    for row in rows.iter_rows(named=True):
        event, time = row["event"], row["time"]
        found = Found(order=wearing.order, kind=kind, tag=wearing.tag, condition=condition, starts_at=time, ends_at=time,
                      metres=abs(row["edge_m"]), precision_m=row["precision_m"])  # fmt: skip
        if running and (event == ends or time >= running[1]):
            told.append(replace(running[0], ends_at=min(time, running[1])))
            running = None
        if event in begins and running is None:
            running = (found, row["window_end"])
        elif event == "crossed" and exclusion:
            told.append(replace(found, kind="zone_crossed", starts_at=row["since"]))
        elif event == "uncertain":
            _unsure(told, replace(found, kind=unsure))
    if running:
        told.append(replace(running[0], ends_at=None if running[1] >= at else running[1]))
    return told


def _unsure(told: list[Found], found: Found) -> None:
    """A spell of uncertainty soon after another is the same one."""
    before = next((each for each in reversed(told) if each.kind == found.kind), None)
    if before is not None and found.starts_at - (before.ends_at or found.starts_at) <= SAME_SPELL:
        told[told.index(before)] = replace(before, ends_at=found.starts_at)
    else:
        told.append(found)


def _counted(found: Found, usable: pl.DataFrame, wearing: Wearing) -> Found:
    """With how many fixes there are in its time."""
    end = found.ends_at or wearing.end
    mine = usable.filter(pl.col("tag") == wearing.key, pl.col("time") >= found.starts_at, pl.col("time") <= end)
    return replace(found, fixes=mine.height)


def _events(told: Asked, worn: Heard) -> Iterator[Found]:
    """What the equipment itself reported on the day while the order was in force."""
    keys = {each.key: each for each in told.wearings}
    ended = {"battery_low": ("charged",), "battery_dead": ("charged",), "power_loss": ("power_restored",)}
    last: dict[tuple[str, str], datetime] = {}
    for tag, time, kind in worn.events.sort("tag", "time").iter_rows():
        if kind not in OF_EVENTS or not _within(time, told.monitored[keys[tag].order]):
            continue
        again, last[tag, kind] = time - last.get((tag, kind), told.start - timedelta(days=2)) <= SAME_SPELL, time
        if again:
            continue
        after = worn.events.filter(pl.col("tag") == tag, pl.col("time") > time, pl.col("kind").is_in(list(ended.get(kind, ()))))
        end = after["time"].min() if after.height else (None if kind in ended else time)
        yield Found(order=keys[tag].order, kind=kind, tag=keys[tag].tag, starts_at=time, ends_at=end)  # type: ignore[arg-type]


def _no_tag(told: Asked, at: datetime) -> Iterator[Found]:
    """When monitoring was asked for and nobody had put a tag on."""
    for order, spans in told.monitored.items():
        worn = joined((each.start, each.end) for each in told.wearings if each.order == order)
        for opens, closes in spans:
            for start, end in without(opens, min(closes, at), worn):
                if end - start >= SAME_SPELL:
                    yield Found(order=order, kind="no_tag", tag="", starts_at=start, ends_at=None if end == at else end)


def without(start: datetime, end: datetime, spans: Iterable[Window]) -> Iterator[Window]:
    """What is left of [start, end) without these spans, which are in order."""
    for opens, closes in spans:
        if opens > start:
            yield start, min(opens, end)
        start = max(start, closes)
        if start >= end:
            return
    if start < end:
        yield start, end


def _within(time: datetime, spans: Iterable[Window]) -> bool:
    return any(opens <= time < closes for opens, closes in spans)


def _silence(told: Silence) -> Found:
    return Found(
        order=told.worn.order, kind="silent" if told.near_m is None else "silent_near_victim", tag=told.worn.tag,
        starts_at=told.start, ends_at=told.end, metres=told.near_m, mechanism=told.mechanism, reason=told.reason,
        place=told.place,
    )  # fmt: skip

