"""Where nothing was heard of a tag, and likely why.

A gap begins when the time since the last fix exceeds the tolerance of that fix's mechanism: a tag that finds itself by GPS or
Wi-Fi says so every minute, one that can only name a cell tower every three to five. One tolerance for all would call half of the
steps between cell towers a gap.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

import polars as pl

from throughcare.positions.engines import DuckDB, Fixes
from throughcare.positions.fixes import GPS, LBS, RF, WIFI

TOLERANCE: Mapping[str, timedelta] = MappingProxyType(
    {GPS: timedelta(minutes=5), WIFI: timedelta(minutes=5), LBS: timedelta(minutes=15), RF: timedelta(minutes=5)}
)
"""[decided; settable]. A mechanism that is not named has that of GPS."""

EVENTS = {
    "battery_low": "the battery is low", "battery_dead": "the battery is empty", "charged": "charging began",
    "power_loss": "the unit lost its power", "power_restored": "the unit has power again", "fault": "the tag reports a fault",
    "removed": "the tag was taken off", "tampered": "the strap or the case was tampered with",
    "left_home": "the home unit no longer hears the tag", "came_home": "the home unit hears the tag again",
}  # fmt: skip
"""What the equipment itself reports: columns tag, time, kind."""

EVENT_SCHEMA = pl.Schema({"tag": pl.String(), "time": pl.Datetime("us", "UTC"), "kind": pl.String()})
NO_EVENTS = pl.DataFrame(schema=EVENT_SCHEMA)

REASONS = {
    "battery": "the battery was low or empty", "off": "the tag was off, off the leg, or at fault",
    "late_upload": "what was recorded is uploaded late, and may still come",
    "no_signal": "the tag was heard, or last seen, without a good signal", "not_known": "nothing says why",
}  # fmt: skip
"""In the order in which they are looked for: the first that fits is the likely reason."""

BEFORE = timedelta(minutes=30)
"""An event of the equipment explains a gap that begins up to this long after it."""

LATE = timedelta(minutes=10)
FEW_SATELLITES, WEAK_M = 4, 100.0


def gaps(
    fixes: Fixes, *, until: datetime | None = None, events: pl.DataFrame = NO_EVENTS, unplaced: pl.DataFrame | None = None,
    tolerance: Mapping[str, timedelta] = TOLERANCE, engine: DuckDB | None = None,
) -> pl.DataFrame:  # fmt: skip
    """tag, start, end (null: it goes on), seconds, mechanism (of the fix before), reason, by tag and start.

    `fixes`: usable ones. `until`: a tag whose last fix is longer ago than its tolerance then has a gap that goes on. `unplaced`:
    fixes without a place (tag, time), which show that the tag was on and saw nothing. A step of just the tolerance is no gap.
    """
    with (engine or DuckDB()).opened(fixes) as session:
        found = session.ask(_steps_sql(until, tolerance))
    found = found.with_columns(pl.col("start", "end").dt.convert_time_zone("UTC"))
    seen = unplaced.select("tag", "time") if unplaced is not None else NO_EVENTS.select("tag", "time")
    return _explained(found, events, seen).select("tag", "start", "end", "seconds", "mechanism", "reason")


def tolerance_sql(mechanism: str, tolerance: Mapping[str, timedelta] = TOLERANCE) -> str:
    """SQL of a tolerance in microseconds."""
    told = " ".join(f"WHEN '{name}' THEN {_micros(span)}" for name, span in tolerance.items())
    return f"CASE {mechanism} {told} ELSE {_micros(tolerance.get(GPS, TOLERANCE[GPS]))} END"


def _steps_sql(until: datetime | None, tolerance: Mapping[str, timedelta]) -> str:
    """The steps between fixes that are longer than they should be, with what is known of the fixes at both ends. The order is of
    tags and times alone: the few steps that are too long fetch the rest.
    """
    then = "lead(time) OVER (PARTITION BY tag ORDER BY time)"
    end = "NULL" if until is None else f"TIMESTAMPTZ '{until.isoformat()}'"
    steps = f'SELECT tag, time AS start, {then} AS "end", {tolerance_sql("mechanism", tolerance)} AS tolerated FROM fixes'
    length = f'epoch_us(coalesce("end", {end})) - epoch_us(start)'
    delay = "epoch_us(uploaded_at) - epoch_us(recorded_at)"
    known = f"SELECT tag, time, mechanism, satellites, precision_m, {delay} AS delay FROM fixes"
    return (
        f'WITH long AS MATERIALIZED (SELECT tag, start, "end", ({length}) / 1000000.0 AS seconds FROM ({steps}) '
        f"WHERE {length} > tolerated) "
        'SELECT DISTINCT ON (long.tag, start) long.tag, start, "end", seconds, here.mechanism, here.satellites, '
        "here.precision_m, here.delay, there.mechanism AS next_mechanism, there.delay AS next_delay "
        f"FROM long JOIN ({known}) here ON here.tag = long.tag AND here.time = start "
        f'LEFT JOIN ({known}) there ON there.tag = long.tag AND there.time = "end" '
        "ORDER BY long.tag, start, here.mechanism, there.mechanism"
    )


def _explained(found: pl.DataFrame, events: pl.DataFrame, unplaced: pl.DataFrame) -> pl.DataFrame:
    found = found.with_row_index("gap")
    battery = _with(found, events.filter(pl.col("kind").is_in(["battery_low", "battery_dead"])), BEFORE)
    off = _with(found, events.filter(pl.col("kind").is_in(["power_loss", "removed", "fault", "tampered"])), BEFORE)
    silent = _with(found, unplaced, timedelta(0))
    late = pl.max_horizontal(pl.col("delay").fill_null(0), pl.col("next_delay").fill_null(0)) > _micros(LATE)
    weak = (
        (pl.col("satellites") < FEW_SATELLITES).fill_null(value=False) | (pl.col("precision_m") > WEAK_M).fill_null(value=False)
        | (pl.col("mechanism") == LBS).fill_null(value=False) | (pl.col("next_mechanism") == LBS).fill_null(value=False)
    )  # fmt: skip
    low, was_off, blind = (pl.col("gap").is_in(those.implode()) for those in (battery, off, silent))
    reason = (
        pl.when(low).then(pl.lit("battery")).when(was_off).then(pl.lit("off")).when(late).then(pl.lit("late_upload"))
        .when(blind | weak).then(pl.lit("no_signal")).otherwise(pl.lit("not_known"))
    )  # fmt: skip
    return found.with_columns(reason=reason)


def _with(found: pl.DataFrame, happened: pl.DataFrame, before: timedelta) -> pl.Series:
    """The gaps in which, or so long before which, something happened to the tag."""
    both = found.select("gap", "tag", "start", "end").join(happened.select("tag", "time"), on="tag")
    inside = (pl.col("time") >= pl.col("start") - before) & ((pl.col("time") <= pl.col("end")) | pl.col("end").is_null())
    return both.filter(inside)["gap"].unique()


def _micros(span: timedelta) -> int:
    return span // timedelta(microseconds=1)
