"""How fast a tag moved, and where it stayed."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import polars as pl

from throughcare.positions.distance import metres, metres_sql
from throughcare.positions.engines import DuckDB, Fixes

STOPS = pl.Schema(
    {"tag": pl.String(), "arrived": pl.Datetime("us", "UTC"), "left": pl.Datetime("us", "UTC"), "latitude": pl.Float64(),
     "longitude": pl.Float64(), "fixes": pl.Int64(), "furthest_m": pl.Float64()}
)  # fmt: skip


def speeds(fixes: Fixes, *, engine: DuckDB | None = None) -> pl.DataFrame:
    """tag, since, time, metres, seconds, kmh of each step between two usable fixes: a straight line at an even pace. Two fixes of
    one instant have no speed (null).
    """
    with (engine or DuckDB()).opened(fixes) as session:
        return session.ask(f"{speeds_sql()} ORDER BY tag, time")


def speeds_sql() -> str:
    order = "OVER (PARTITION BY tag ORDER BY time)"
    before = ", ".join(f"lag({name}) {order} AS was_{name}" for name in ("time", "latitude", "longitude"))
    steps = f"SELECT tag, time, latitude, longitude, {before} FROM fixes"
    way = metres_sql("was_latitude", "was_longitude", "latitude", "longitude")
    seconds = "(epoch_us(time) - epoch_us(was_time)) / 1000000.0"
    told = f"SELECT tag, was_time AS since, time, {way} AS metres, {seconds} AS seconds FROM ({steps})"
    return f"SELECT *, CASE WHEN seconds > 0 THEN metres / seconds * 3.6 END AS kmh FROM ({told}) WHERE since IS NOT NULL"


def stops(
    fixes: pl.DataFrame, *, within_m: float = 100.0, least: timedelta = timedelta(minutes=5),
    silence: timedelta = timedelta(minutes=15),
) -> pl.DataFrame:  # fmt: skip
    """Where a tag stayed: fixes within `within_m` of the first of them for `least` or longer; columns STOPS, by tag and time.

    `fixes`: usable ones. A silence longer than `silence` ends a stop: nobody knows whether the tag was still there. The place is
    the mean of its fixes. (Li and others 2008, *Mining user similarity based on location history*, with the limit on silence.)
    """
    told = []
    for (tag,), track in fixes.sort("tag", "time").group_by("tag", maintain_order=True):
        times, places = track["time"].dt.epoch("us").to_numpy(), track.select("latitude", "longitude").to_numpy()
        for first, after in _stays(times, places, within_m, *(span // timedelta(microseconds=1) for span in (least, silence))):
            latitude, longitude = (float(value) for value in places[first:after].mean(axis=0))
            far = metres(places[first:after, 0], places[first:after, 1], latitude, longitude).max()
            told.append((tag, track["time"][first], track["time"][after - 1], latitude, longitude, after - first, float(far)))
    return pl.DataFrame(told, schema=STOPS, orient="row")


def _stays(times: np.ndarray, places: np.ndarray, within_m: float, least: int, silence: int) -> Iterator[tuple[int, int]]:
    """First fix of each stay, and the first fix after it. Looks ahead in growing strides: a long stay is no long loop."""
    first, count = 0, len(times)
    while first < count:
        after, stride = first + 1, 64
        while after < count:
            ahead = slice(after, min(after + stride, count))
            here = metres(places[ahead, 0], places[ahead, 1], places[first, 0], places[first, 1]) <= within_m
            here &= np.diff(times[after - 1 : ahead.stop]) <= silence
            after += int(np.argmin(here)) if not here.all() else len(here)
            if not here.all():
                break
            stride *= 2
        if times[after - 1] - times[first] >= least:
            yield first, after
            first = after
        else:
            first += 1
