"""When a tag was silent while its order asked for monitoring, and whether that was near a victim's zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import polars as pl

from throughcare.casework.pilot import current_pilot
from throughcare.positions.gaps import TOLERANCE, gaps
from throughcare.positions.zones import Zone
from throughcare.strands.tagging.checks.asked import Asked, Wearing, victims
from throughcare.strands.tagging.stored import Heard


@dataclass(frozen=True, kw_only=True)
class Silence:
    """`end` None: it goes on. `near_m`: metres to a victim's zone that is near. `mechanism`, `place`: of the fix before."""

    worn: Wearing
    start: datetime
    end: datetime | None
    near_m: float | None
    mechanism: str
    reason: str
    place: tuple[float, float] | None


def silences(told: Asked, worn: Heard, at: datetime) -> Iterator[Silence]:
    """The silences of the day that are long enough to be told; near a victim's zone, all that its mechanism does not allow."""
    until, keys = min(told.end, at), {each.key: each for each in told.wearings}
    figures, zones = current_pilot().tagging, victims(told)
    least = timedelta(minutes=figures.gap_minutes)
    found = gaps(worn.usable, until=until, events=worn.events, unplaced=worn.unplaced)
    placed = worn.usable.unique(["tag", "time"], keep="first").select("tag", "latitude", "longitude", "precision_m", start="time")
    rows = list(found.join(placed, on=["tag", "start"], how="left").iter_rows(named=True))
    for row in [*rows, *_never_heard(told, worn, until)]:
        wearing = keys[row["tag"]]
        near = _nearest(row, zones.get(wearing.key, []), figures.near_m)
        for opens, closes in told.monitored[wearing.order]:
            start = max(row["start"], opens, wearing.start)
            end = min(row["end"] or until, closes, wearing.end, until)
            if start >= end or (near is None and end - start < least):
                continue
            goes_on = row["end"] is None and end == until == at
            yield Silence(
                worn=wearing, start=start, end=None if goes_on else end, near_m=near, mechanism=row["mechanism"] or "",
                reason=row["reason"], place=None if row["latitude"] is None else (row["latitude"], row["longitude"]),
            )  # fmt: skip


def _never_heard(told: Asked, worn: Heard, until: datetime) -> Iterator[dict[str, object]]:
    """A tag that was put on and said nothing, or nothing yet: silent from then on."""
    first = dict(worn.usable.group_by("tag").agg(pl.col("time").min()).iter_rows())
    for each in told.wearings:
        end = first.get(each.key)
        if each.start < until and (end is None or end - each.start > TOLERANCE["GPS"]):
            yield {"tag": each.key, "start": each.start, "end": end, "mechanism": "", "reason": "not_known", "latitude": None}


def _nearest(row: dict[str, object], zones: list[Zone], near_m: int) -> float | None:
    """Metres from the last fix to the edge of the nearest victim's zone, where it is near; None otherwise."""
    if not zones or row["latitude"] is None:
        return None
    place = np.array([row["latitude"]], dtype=float), np.array([row["longitude"]], dtype=float)
    edge = min(float(zone.shape.edge_m(*place)[0]) for zone in zones)
    precision = row["precision_m"]
    allowed = near_m + (precision if isinstance(precision, float) and precision > 0 else 0.0)
    return edge if edge <= allowed else None
