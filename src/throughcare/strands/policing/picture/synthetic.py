"""The police's extract of events of a synthetic world: of the people about whom plans were cast, in the years before the pilot.

Made of each life's own convictions and arrests, so that days, offences and people agree with the other extracts. Invented are the
hours, places and methods, and with whom: a neighbour of the same borough, also with a plan, who was arrested with them.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import polars as pl

from throughcare.core.clock import LONDON
from throughcare.core.extract_text import extract
from throughcare.core.world import World
from throughcare.strands.policing.picture.extracts import FEED

SINCE = date(2014, 1, 1)
CENTRES = {
    "Camden": (51.546, -0.147), "Enfield": (51.648, -0.082), "Hackney": (51.549, -0.058), "Haringey": (51.590, -0.107),
    "Islington": (51.545, -0.106), "Newham": (51.527, 0.032), "Tower Hamlets": (51.519, -0.030),
    "Waltham Forest": (51.590, -0.012),
}  # fmt: skip
"""About the middle of each borough, in degrees."""
PLACES = ("House", "Flat", "Shop", "Street", "Car park", "Station")
METHODS = ("Rear door forced", "Window broken", "Through an open door", "Snatched from the hand", "Lock picked",
           "Taken from a car")  # fmt: skip
SPREAD = 0.012
TOGETHER, PLACE_KNOWN, HOUR_EXACT, HOUR_SPAN, METHOD_KNOWN = 0.3, 0.8, 0.35, 0.4, 0.75
Row = dict[str, Any]


def events(world: World) -> pl.DataFrame:
    """The extract; every person keeps to a few hours, kinds of place and methods, so that a pattern can be seen."""
    people = world.casting["policing"].select("life", "borough").unique("life", keep="first", maintain_order=True)
    lives, rng = {life.number: life for life in world.lives}, world.random("policing_events")
    neighbours: dict[str, list[int]] = {}
    for life, borough in people.iter_rows():
        neighbours.setdefault(borough, []).append(life)
    rows: list[Row] = []
    for life, borough in people.iter_rows():
        near = [other for other in neighbours[borough] if other != life][:6]
        rows += _of(lives[life], borough, [lives[other] for other in near], rng)
    for place, row in enumerate(rows, start=1):
        row["record_id"] = f"EV-{place:05d}"
    return extract(FEED, pl.DataFrame(rows, schema=SCHEMA), lives=world.lives)


SCHEMA = {
    "record_id": pl.String, "life": pl.Int64, "event": pl.String, "role": pl.String, "on": pl.Date, "committed_on": pl.Date,
    "earliest": pl.String, "latest": pl.String, "offence_code": pl.String, "place": pl.String, "method": pl.String,
    "latitude": pl.Float64, "longitude": pl.Float64, "radius": pl.Int64,
}  # fmt: skip


def _of(life: Any, borough: str, near: list[Any], rng: np.random.Generator) -> Iterator[Row]:
    """The person's part in each of their events, and that of who was arrested with them."""
    hour, places, methods = int(rng.integers(0, 24)), rng.permutation(PLACES)[:2], rng.permutation(METHODS)[:2]
    for number, (role, on, committed_on, code) in enumerate(_known(life), start=1):
        row: Row = {
            "life": life.number, "event": f"CR-{life.number:05d}-{number:02d}", "role": role, "on": on,
            "committed_on": committed_on, "offence_code": code, **_when(committed_on, hour, on, rng), **_where(borough, rng),
            "place": str(rng.choice(places)), "method": str(rng.choice(methods)) if rng.random() < METHOD_KNOWN else None,
        }  # fmt: skip
        yield row
        if near and rng.random() < TOGETHER:
            other = near[int(rng.integers(0, len(near)))]
            held = any(spell.start <= committed_on and (spell.end is None or spell.end > committed_on) for spell in other.custody)
            if not held:
                yield {**row, "life": other.number, "role": "arrested"}


def _known(life: Any) -> Iterator[tuple[str, date, date, str]]:
    """Role, its day, the day of the offence, offence: of convictions, and of arrests that led to none so far."""
    for sanction in life.sanctions:
        if sanction.disposal == "conviction":
            for offence in sanction.offences:
                if offence.committed_on >= SINCE:
                    yield "convicted", sanction.on, offence.committed_on, offence.code
    last = max((sanction.on for sanction in life.sanctions), default=date.min)
    for arrest in life.arrests:
        if arrest.on > max(last, SINCE):
            yield "arrested", arrest.on, arrest.on, arrest.offence_code


def _when(day: date, usual: int, on: date, rng: np.random.Generator) -> Row:
    """An hour near the usual one, or a span of hours; nothing where it is not known. Never after the day that `role` says."""
    how = rng.random()
    at = datetime.combine(day, time((usual + int(rng.integers(-2, 3))) % 24), tzinfo=LONDON)
    until = at.astimezone(UTC) + timedelta(hours=int(rng.integers(2, 7)))
    if how < HOUR_EXACT:
        return {"earliest": at.isoformat(), "latest": None}
    if how < HOUR_EXACT + HOUR_SPAN and until.astimezone(LONDON).date() <= on:
        return {"earliest": at.isoformat(), "latest": until.astimezone(LONDON).isoformat()}
    return {"earliest": None, "latest": None}


def _where(borough: str, rng: np.random.Generator) -> Row:
    north, east = (float(x) for x in rng.normal(0, SPREAD, 2))
    if borough not in CENTRES or rng.random() >= PLACE_KNOWN:
        return {"latitude": None, "longitude": None, "radius": None}
    latitude, longitude = CENTRES[borough]
    return {"latitude": round(latitude + north, 5), "longitude": round(longitude + 1.5 * east, 5),
            "radius": int(rng.choice([10, 50, 100, 250]))}  # fmt: skip
