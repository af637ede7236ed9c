"""Tracks as a page shows them: a table for everybody, and the same facts as numbers for the script that draws the map."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

import polars as pl

from throughcare.casework.people.names import Named
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import LONDON, london_date
from throughcare.core.dates import weekday_in_words
from throughcare.positions.gaps import REASONS
from throughcare.positions.quality import FLAGS
from throughcare.positions.timetable import Line, days_of, windows
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.queries import spans_of
from throughcare.strands.tagging.tracks.queries import Track

COLOURS = 6
"""As many people are apart by colour; the seventh has the first's, and its own letter all the same."""
MECHANISMS = {"GPS": "GPS", "WIFI": "Wi-Fi", "LBS": "cell tower", "RF": "radio"}
WRONG = {
    "duplicate": "sent twice", "no_position": "no position", "out_of_area": "outside Great Britain", "swapped": "swapped",
    "future": "from the future", "outdated": "outdated", "impossible_speed": "impossible speed",
    "zero_precision": "no precision", "unknown_mechanism": "mechanism not known",
}  # fmt: skip
E6 = 1_000_000
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Who:
    """Somebody on the map: the letter that stands at their track, and the number of their colour."""

    letter: str
    colour: int
    person: Named


@dataclass(frozen=True, kw_only=True)
class Zone:
    """A zone or a place of a condition on the map, with the spans of the picture in which it is in force."""

    name: str
    kind: str
    geometry: dict[str, Any]
    radius: float
    spans: tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, kw_only=True)
class Crime:
    """A crime on the map: its circle and its window."""

    reference: str
    latitude: float
    longitude: float
    radius: float
    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What is drawn over [start, end), and read beside it."""

    start: datetime
    end: datetime
    people: tuple[tuple[Who, tuple[Track, ...]], ...]
    zones: tuple[Zone, ...] = ()
    crimes: tuple[Crime, ...] = field(default=())

    @property
    def several_days(self) -> bool:
        return london_date(self.start) != london_date(self.end - MOMENT)

    @property
    def fixes(self) -> int:
        return sum(track.fixes.height for _, theirs in self.people for track in theirs)

    @property
    def usable(self) -> int:
        return sum(track.usable.height for _, theirs in self.people for track in theirs)


def people_of(tracks: Sequence[Track], names: dict[int, Named]) -> tuple[tuple[Who, tuple[Track, ...]], ...]:
    """Each person with a letter and a colour, in the order of the tracks."""
    order = list(dict.fromkeys(track.wearing.person for track in tracks))
    return tuple(
        (Who(letter=_letter(place), colour=place % COLOURS, person=names[person]),
         tuple(track for track in tracks if track.wearing.person == person))
        for place, person in enumerate(order)
    )  # fmt: skip


def _letter(place: int) -> str:
    turns, rest = divmod(place, 26)
    return chr(ord("A") + rest) + (str(turns + 1) if turns else "")


def zones_of(order: m.Order, start: datetime, end: datetime) -> tuple[Zone, ...]:
    """The zones of an order, and the places of its curfews and appointments, that are in force in [start, end).

    `order` as `tagging.queries.whole` gives it. Of a varied order each version's zones are in force until the next begins.
    """
    first, last = days_of(start, end)
    found = []
    for version, opens, closes in spans_of(order):
        for condition in version.conditions.all():
            begins, ends = max(condition.starts_at, opens, start), min(condition.ends_at, closes, end)
            if begins >= ends:
                continue
            for geometry, radius, name, lines in _shapes(condition):
                spans = windows(lines, opens=begins, closes=ends, first=first, last=last)
                if spans:
                    found.append(Zone(name=name, kind=condition.kind, geometry=geometry, radius=radius, spans=tuple(spans)))
    return tuple(found)


def crimes_of(order: int, start: datetime, end: datetime) -> tuple[Crime, ...]:
    """The crimes of [start, end) near which the order's tag was found, each as it was told last."""
    crimes = m.Match.objects.filter(order=order).values("result__version__crime")
    told = m.CrimeVersion.objects.filter(crime__in=crimes).select_related("crime").order_by("crime", "number")
    radius = current_pilot().positions.radius_m
    return tuple(
        Crime(reference=v.crime.reference, latitude=v.latitude, longitude=v.longitude, radius=radius, start=v.time_from,
              end=v.time_to)
        for v in {version.crime_id: version for version in told}.values()
        if v.latitude is not None and v.longitude is not None and v.time_from < end and v.time_to >= start
    )  # fmt: skip


def _shapes(condition: m.Condition) -> list[tuple[dict[str, Any], float, str, list[Line]]]:
    """Geometry, metres around it, name and timetable of what a condition has on the map."""
    told = [
        ({"type": "Point", "coordinates": [place.longitude, place.latitude]}, place.radius_m,
         f"{condition.name}: {place.address}", _lines(place.lines.all() or condition.lines.all()))
        for place in condition.places.all()
    ]  # fmt: skip
    if condition.geometry:
        feature = json.loads(condition.geometry)
        radius = float((feature.get("properties") or {}).get("radius_m") or 0.0)
        own = [line for line in condition.lines.all() if line.place_id is None]
        told.append((feature.get("geometry", feature), radius, condition.name, _lines(own)))
    return told


def _lines(told: Any) -> list[Line]:
    return [Line(weekday=line.weekday, start=line.start, end=line.end) for line in told]


def numbers(picture: Picture) -> str:
    """For the script, compact: degrees in millionths, seconds since the beginning; names as the page has them."""
    told = {
        "start": int(picture.start.timestamp()), "length": int((picture.end - picture.start).total_seconds()),
        "people": [{"letter": who.letter, "colour": who.colour, "name": who.person.shown} for who, _ in picture.people],
        "tracks": [_track(track, place, picture.start) for place, (_, theirs) in enumerate(picture.people) for track in theirs],
        "zones": [
            {"name": z.name, "kind": z.kind, "geometry": z.geometry, "radius": z.radius,
             "spans": [[_since(a, picture.start), _since(b, picture.start)] for a, b in z.spans]}
            for z in picture.zones
        ],
        "crimes": [
            {"reference": c.reference, "x": c.longitude, "y": c.latitude, "radius": c.radius,
             "span": [_since(c.start, picture.start), _since(c.end, picture.start)]}
            for c in picture.crimes
        ],
    }  # fmt: skip
    return json.dumps(told, separators=(",", ":"))


def _track(track: Track, person: int, start: datetime) -> dict[str, Any]:
    told = track.fixes.filter(~pl.col("no_position")).select(
        t=(pl.col("time") - pl.lit(start)).dt.total_seconds(), x=(pl.col("longitude") * E6).round().cast(pl.Int64),
        y=(pl.col("latitude") * E6).round().cast(pl.Int64), p=_whole("precision_m", absent=0, most=100_000),
        d=_whole("direction", absent=-1, most=360), ok=pl.col("usable").cast(pl.Int8),
    )  # fmt: skip
    return {
        "person": person,
        **told.to_dict(as_series=False),
        "gaps": [[_since(g["start"], start), _since(g["end"] or g["start"], start)] for g in track.gaps.iter_rows(named=True)],
        "stops": [
            [s["longitude"], s["latitude"], _since(s["arrived"], start), _since(s["left"], start)]
            for s in track.stops.iter_rows(named=True)
        ],
    }  # fmt: skip


def _whole(column: str, *, absent: int, most: int) -> pl.Expr:
    return pl.col(column).fill_nan(None).fill_null(absent).clip(absent, most).round().cast(pl.Int64)


def _since(at: datetime, start: datetime) -> int:
    return int((at - start).total_seconds())


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a table beside the map: whose, when in words, from and to as seconds of the picture, what."""

    letter: str
    when: str
    at: int
    cells: tuple[str, ...]


def fix_rows(picture: Picture) -> list[Row]:
    """Every fix, by person and time: when, where, how precise, by what, how fast, and what is wrong with it."""
    return [
        Row(letter=who.letter, when=moment(fix["time"], day=picture.several_days), at=_since(fix["time"], picture.start),
            cells=(_where(fix), _metres(fix["precision_m"]), MECHANISMS.get(fix["mechanism"], fix["mechanism"] or "not told"),
                   _speed(fix), ", ".join(WRONG[flag] for flag in FLAGS if fix[flag]) or "nothing"))
        for who, theirs in picture.people for track in theirs for fix in track.fixes.iter_rows(named=True)
    ]  # fmt: skip


def gap_rows(picture: Picture) -> list[Row]:
    """Where nothing was heard: how long, and likely why."""
    return [
        Row(letter=who.letter, when=_span(gap["start"], gap["end"], picture), at=_since(gap["start"], picture.start),
            cells=(lasted(gap["seconds"]), REASONS[gap["reason"]]))
        for who, theirs in picture.people for track in theirs for gap in track.gaps.iter_rows(named=True)
    ]  # fmt: skip


def stop_rows(picture: Picture) -> list[Row]:
    """Where somebody stayed: how long, where, how many fixes."""
    return [
        Row(letter=who.letter, when=_span(stop["arrived"], stop["left"], picture), at=_since(stop["arrived"], picture.start),
            cells=(lasted((stop["left"] - stop["arrived"]).total_seconds()), _where(stop), str(stop["fixes"])))
        for who, theirs in picture.people for track in theirs for stop in track.stops.iter_rows(named=True)
    ]  # fmt: skip


def moment(at: datetime, *, day: bool) -> str:
    """The time on London's clocks to the second; the hour that comes twice in October says which of the two it is."""
    local = at.astimezone(LONDON)
    zone = f" {local:%Z}" if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset() else ""
    return f"{weekday_in_words(local.date())}, {local:%H:%M:%S}{zone}" if day else f"{local:%H:%M:%S}{zone}"


def span_in_words(start: datetime, end: datetime) -> str:
    """A span by London's clocks: 22 March 2017, 12:00 to 13:30."""
    first, last = start.astimezone(LONDON), end.astimezone(LONDON)
    told = f"{first.day} {first:%B %Y}, {first:%H:%M} to "
    return f"{told}{last:%H:%M}" if first.date() == last.date() else f"{told}{last.day} {last:%B %Y}, {last:%H:%M}"


def _span(start: datetime, end: datetime | None, picture: Picture) -> str:
    told = moment(end, day=picture.several_days and london_date(end) != london_date(start)) if end else "it goes on"
    return f"{moment(start, day=picture.several_days)} to {told}"


def lasted(seconds: float) -> str:
    """A length of time in words: 40 seconds, 5 minutes, 2 hours 10 minutes."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} seconds"
    hours, minutes = divmod(minutes, 60)
    told = [f"{n} {word if n == 1 else word + 's'}" for n, word in ((hours, "hour"), (minutes, "minute")) if n]
    return " ".join(told)


def _where(row: dict[str, Any]) -> str:
    latitude, longitude = row["latitude"], row["longitude"]
    if latitude is None or longitude is None or not (isfinite(latitude) and isfinite(longitude)):
        return "no place"
    return f"{latitude:.5f}, {longitude:.5f}"


def _metres(told: float | None) -> str:
    return f"{told:.0f} m" if told is not None and isfinite(told) else "not told"


def _speed(fix: dict[str, Any]) -> str:
    return f"{fix['speed_kmh']:.0f} km/h" if fix["speed_kmh"] is not None and isfinite(fix["speed_kmh"]) else "not told"
