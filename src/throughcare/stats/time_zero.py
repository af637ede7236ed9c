"""The day the clock starts, for treated and compared alike, so that nobody is given days in which they could not fail.

Counting from eligibility gives the treated the days until their first session for free (immortal time; Suissa, American
Journal of Epidemiology 2008). Days are numbers from one fixed day; a day that never came is empty. `until` is the last day
on which somebody was watched. Out come rows with `time` (days from the new start to the event, or to the last day watched),
`event` (1 where it came), `waited` (days from eligibility to the new start) and `treated`.
"""

from dataclasses import dataclass

import polars as pl

from throughcare.stats.mistakes import DataRefused
from throughcare.stats.sample import column


@dataclass(frozen=True, kw_only=True)
class Days:
    """The columns that hold the day of eligibility, of the first session, of the event, and the last day watched."""

    eligible: str
    started: str
    event: str
    until: str


def landmark(frame: pl.DataFrame, days: Days, *, after: float) -> pl.DataFrame:
    """Those still watched and without the event `after` days from eligibility; treated if they had started by then.

    Who started later is compared, as they were that day. Who had the event before is in neither group.
    """
    data = _measured(frame, days)
    alive = (pl.col("_end") > after) & (pl.col("_event").is_null() | (pl.col("_event") > after))
    begun = pl.col("_started").le(after).fill_null(value=False)
    return _told(data.filter(alive).with_columns(_start=pl.lit(float(after)), treated=begun))


def risk_sets(frame: pl.DataFrame, days: Days, *, every: float) -> pl.DataFrame:
    """A row a treated person at the step in which they started, and a row for each who then was still waiting (column `trial`).

    One person may be compared in several steps, and be treated in a later one: then the clock as compared stops there.
    Exact matching on `trial` makes the pairs. A step is [k * every, (k + 1) * every), its clock starts at its end.
    """
    data = _measured(frame, days).with_columns(_step=(pl.col("_started") / every).floor())
    steps = data.filter(pl.col("_step").is_not_null())["_step"].unique().sort()
    parts = []
    for step in steps:
        start = (step + 1) * every
        free = (pl.col("_end") > start) & (pl.col("_event").is_null() | (pl.col("_event") > start))
        mine = pl.col("_step") == step
        waiting = pl.col("_started").is_null() | (pl.col("_started") >= start)
        stop = pl.when(mine).then(pl.col("_end")).otherwise(pl.min_horizontal("_end", "_started"))
        parts.append(
            data.filter(free & (mine | waiting)).with_columns(
                _start=pl.lit(start), treated=mine.fill_null(False), trial=pl.lit(int(step)), _end=stop
            )
        )
    if not parts:
        raise DataRefused(what="Nobody started", record=days.started, expected="a day on some rows", mend="fill the column")
    return _told(pl.concat(parts))


def _measured(frame: pl.DataFrame, days: Days) -> pl.DataFrame:
    """The days counted from each person's own eligibility. Refuses a start before it, and an event before it."""
    for name in (days.eligible, days.until):
        if column(frame, name).null_count():
            raise DataRefused(what="A day is missing", record=name, expected="a day on every row", mend="fill the column")
    for name in (days.started, days.event):
        column(frame, name)
    begin = pl.col(days.eligible).cast(pl.Float64)
    data = frame.with_columns(
        _started=pl.col(days.started).cast(pl.Float64) - begin, _event=pl.col(days.event).cast(pl.Float64) - begin,
        _end=pl.col(days.until).cast(pl.Float64) - begin,
    )  # fmt: skip
    if data.filter((pl.col("_started") < 0) | (pl.col("_event") < 0) | (pl.col("_end") < 0)).height:
        raise DataRefused(
            what="Somebody starts, has the event or is last watched before being eligible", record=days.eligible,
            expected="days on or after eligibility", mend="correct the days, or leave the person out",
        )  # fmt: skip
    return data


def _told(data: pl.DataFrame) -> pl.DataFrame:
    seen = pl.col("_event").is_not_null() & (pl.col("_event") <= pl.col("_end"))
    told = data.with_columns(
        time=pl.when(seen).then(pl.col("_event")).otherwise(pl.col("_end")) - pl.col("_start"),
        event=seen.cast(pl.Int8), waited=pl.col("_start"), treated=pl.col("treated").cast(pl.Int8),
    )  # fmt: skip
    return told.drop("_started", "_event", "_end", "_start", *(["_step"] if "_step" in told.columns else []))
