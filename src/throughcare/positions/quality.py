"""What is wrong with a fix. Flagged, never dropped: the raw fixes are evidence, and what was left out can be shown.

| flag | the fix |
| --- | --- |
| duplicate | is sent before: same tag, time, place and mechanism |
| no_position | has no place: absent, NaN, or beyond the poles |
| out_of_area | is outside Great Britain, (0,0) among others |
| swapped | would be in Great Britain with latitude and longitude in each other's place |
| future | was taken after it was received |
| outdated | is an old one that the tag sent again: written down much later than it was taken |
| impossible_speed | cannot have been reached from the fix before, whatever the precision of both |
| zero_precision | claims no error at all, or less than none |
| unknown_mechanism | was made by no mechanism that is known |
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

from throughcare.positions.distance import metres_sql
from throughcare.positions.engines import DuckDB, Fixes, Kept
from throughcare.positions.fixes import AREA, ASSUMED_OTHERWISE, ASSUMED_PRECISION, MECHANISMS, NAMES
from throughcare.positions.reading import sql_text

FLAGS = (
    "duplicate", "no_position", "out_of_area", "swapped", "future", "outdated", "impossible_speed", "zero_precision",
    "unknown_mechanism",
)  # fmt: skip
HARMLESS = ("zero_precision", "unknown_mechanism")
"""Flags with which a fix is still used: its precision is assumed, which is wide."""
AT_ONCE = 2_000_000
"""Fixes that are walked through at once: some 400 MB."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Beyond what a fix is flagged [decided]. `fastest_kmh` is more than any train in London."""

    fastest_kmh: float = 200.0
    early: timedelta = timedelta(minutes=10)
    stale: timedelta = timedelta(minutes=10)


def flagged(fixes: Fixes, *, as_at: datetime, limits: Limits | None = None) -> pl.DataFrame:
    """Every fix, by tag and time, with its flags (true or false) and `usable`: none but harmless ones.

    `as_at`: when the fixes are looked at; a fix taken later than that, or than its own upload, is from the future.
    """
    with DuckDB().opened(fixes) as session:
        return session.ask(
            f"{_flagged_sql(as_at, limits or Limits())} ORDER BY tag, time, latitude, longitude, mechanism, duplicate"
        )


def write_usable(
    fixes: Fixes, folder: Path, *, as_at: datetime, limits: Limits | None = None, engine: DuckDB | None = None,
    at_once: int = AT_ONCE,
) -> list[Kept]:  # fmt: skip
    """The usable fixes alone as Parquet in the folder: what gaps, zones and curfews of many tags are asked of, one by one.

    Of each tag all fixes stand in one file, and each holds some `at_once` of them (more, where one tag has), so that memory
    does not grow with the number of tags.
    """
    limits, files = limits or Limits(), []
    folder.mkdir(parents=True, exist_ok=True)
    with (engine or DuckDB()).opened(fixes) as session:
        tags = session.ask("SELECT tag, count(*) AS fixes FROM fixes GROUP BY tag ORDER BY tag")
        shares = tags.group_by(pl.col("fixes").cum_sum() // at_once, maintain_order=True)
        for number, (_, share) in enumerate(shares):
            some = f"tag BETWEEN {sql_text(share['tag'][0])} AND {sql_text(share['tag'][-1])}"
            walk = _walk_sql(f"({_single_sql(as_at, limits, where=some)})", limits)
            file, part = folder / f"usable-{number:04}.parquet", folder / f".usable-{number:04}.part"
            session.write(f"SELECT {', '.join(NAMES)} FROM ({walk}) WHERE NOT impossible_speed", part)
            files.append(Kept((part.replace(file),)))
    return files


def usable(fixes: pl.DataFrame, *, as_at: datetime, limits: Limits | None = None) -> pl.DataFrame:
    """The usable fixes of a frame."""
    return flagged(fixes, as_at=as_at, limits=limits).filter("usable").select(NAMES)


def precision_sql(precision: str = "precision_m", mechanism: str = "mechanism") -> str:
    """SQL of the precision that a fix is taken to have: its own, or what is assumed of its mechanism."""
    assumed = " ".join(f"WHEN '{name}' THEN {metres!r}" for name, metres in ASSUMED_PRECISION.items())
    own = f"{precision} > 0 AND isfinite({precision})"
    return f"CASE WHEN {own} THEN {precision} ELSE CASE {mechanism} {assumed} ELSE {ASSUMED_OTHERWISE!r} END END"


def _flagged_sql(as_at: datetime, limits: Limits) -> str:
    """Every fix with its flags: those that could have a speed with it, the others as they are."""
    flags = ", ".join((*NAMES, *(flag for flag in FLAGS if flag != "impossible_speed")))
    placed = f"SELECT {flags}, impossible_speed FROM ({_walk_sql('single', limits)})"
    others = f"SELECT {flags}, false AS impossible_speed FROM single WHERE NOT {_PLACED}"
    wrong = " OR ".join(flag for flag in FLAGS if flag not in HARMLESS)
    told = f"SELECT {', '.join((*NAMES, *FLAGS))}, NOT ({wrong}) AS usable FROM ({placed} UNION ALL {others})"
    return f"WITH single AS ({_single_sql(as_at, limits)}) {told}"


def _single_sql(as_at: datetime, limits: Limits, *, where: str = "true") -> str:
    """Every fix, of all or of some tags, with the flags for which the row, and the one before it, are enough."""
    keys = ("time", "latitude", "longitude", "mechanism")
    same = " AND ".join(f"{name} IS NOT DISTINCT FROM lag({name}) {_ORDER}" for name in keys)
    duplicate = f"row_number() {_ORDER} > 1 AND {same} AS duplicate"
    return f"SELECT {', '.join(NAMES)}, {duplicate}, {_row_flags(as_at, limits)} FROM fixes WHERE {where}"


def _walk_sql(single: str, limits: Limits) -> str:
    """The fixes that were somewhere, with how fast the step to each was. The step back from a stray fix is no second stray: it
    agrees with the fix before that.
    """
    here = f"epoch_us(time) AS us, latitude AS y, longitude AS x, {precision_sql()} AS p"
    before = ", ".join(f"lag({name}, {n}) {_ORDER} AS {name}{n}" for n in (1, 2) for name in ("us", "y", "x", "p"))
    step, stray, whole = (_too_fast(*ends, limits) for ends in (("1", ""), ("2", "1"), ("2", "")))
    astray = f"coalesce({step}, false) AND NOT coalesce({stray} AND NOT {whole}, false) AS impossible_speed"
    return f"SELECT *, {astray} FROM (SELECT *, {before} FROM (SELECT *, {here} FROM {single} WHERE {_PLACED}))"


_ORDER = "OVER (PARTITION BY tag ORDER BY time, latitude, longitude, mechanism)"
_PLACED = f"NOT ({' OR '.join(flag for flag in FLAGS if flag not in (*HARMLESS, 'impossible_speed'))})"


def _row_flags(as_at: datetime, limits: Limits) -> str:
    """The flags that need the row alone."""
    south, north, west, east = AREA
    nowhere = "NOT coalesce(latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180, false)"
    away = f"NOT (latitude BETWEEN {south} AND {north} AND longitude BETWEEN {west} AND {east})"
    other = f"longitude BETWEEN {south} AND {north} AND latitude BETWEEN {west} AND {east}"
    now = f"TIMESTAMPTZ '{as_at.isoformat()}'"
    late = f"least(coalesce(uploaded_at, {now}), {now}) + INTERVAL {limits.early.total_seconds():g} SECOND"
    flags = {
        "no_position": nowhere, "out_of_area": f"NOT {nowhere} AND {away}", "swapped": f"coalesce({other}, false)",
        "future": f"time > {late}",
        "outdated": f"coalesce(recorded_at > time + INTERVAL {limits.stale.total_seconds():g} SECOND, false)",
        "zero_precision": "coalesce(precision_m <= 0, false)",
        "unknown_mechanism": f"mechanism NOT IN ({', '.join(repr(name) for name in MECHANISMS)}) AND mechanism IS NOT NULL",
    }  # fmt: skip
    return ", ".join(f"coalesce({sql}, false) AS {name}" for name, sql in flags.items())


def _too_fast(a: str, b: str, limits: Limits) -> str:
    """SQL: from `a` to `b` in less time than the fastest takes for the way that is left when both are as far off as may be."""
    way = f"{metres_sql(f'y{a}', f'x{a}', f'y{b}', f'x{b}')} - p{a} - p{b}"
    seconds = f"greatest((us{b} - us{a}) / 1000000.0, 1.0)"
    return f"({way}) / {seconds} > {limits.fastest_kmh / 3.6!r}"
