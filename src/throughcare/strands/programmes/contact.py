"""How often people who have been released see their offender manager.

Weekly contact: attended appointments divided by the weeks from release to the window's end or return to custody, at
least one week. Fortnightly contact: no gap over the limit between attended appointments, release, and the end of
supervision, of liberty or of the time observed, whichever is first. All by day; the day of release counts, the end does not.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from throughcare.casework.people.queries import joined_up
from throughcare.core.pilot import Targets

DAYS_OF_WEEK = 7
A_DAY = timedelta(days=1)


def releases(custody: pl.DataFrame) -> pl.DataFrame:
    """A row a release: person, on (the first day at liberty), back_on (return to custody; null: none known).

    `custody` has person, start, end. Spells that touch or overlap are one stay: a move between prisons is no release. A
    stay that goes on gives none.
    """
    stays = joined_up(custody).with_columns(back_on=pl.col("start").shift(-1).over("person"))
    return stays.drop_nulls("end").select("person", pl.col("end").alias("on"), "back_on")


def weekly(released: pl.DataFrame, attended: pl.DataFrame, *, end: date) -> pl.DataFrame:
    """Adds attended, weeks and per_week to each release (person, on, back_on), observed before `end`.

    `attended` has person and held_on, a row an attended appointment.
    """
    watched = released.with_row_index("release").with_columns(until=pl.min_horizontal("back_on", pl.lit(end)))
    days = (pl.col("until") - pl.col("on")).dt.total_days()
    seen = _seen(watched, attended).group_by("release").agg(attended=pl.len())
    return (
        watched.join(seen, on="release", how="left", maintain_order="left")
        .with_columns(attended=pl.col("attended").fill_null(0), weeks=pl.max_horizontal(days / DAYS_OF_WEEK, pl.lit(1.0)))
        .with_columns(per_week=pl.col("attended") / pl.col("weeks"))
        .drop("release", "until")
    )  # fmt: skip


def fortnightly(released: pl.DataFrame, attended: pl.DataFrame, *, end: date, longest: int) -> pl.DataFrame:
    """Adds longest_gap (days) and kept (not over `longest`) to each release (person, on, back_on, supervised_until)."""
    until = pl.min_horizontal("back_on", "supervised_until", pl.lit(end))
    watched = released.with_row_index("release").with_columns(until=until)
    marks = pl.concat([
        watched.select("release", day="on"),
        _seen(watched, attended).select("release", day="held_on"),
        watched.select("release", day=pl.max_horizontal("until", "on")),
    ]).sort("release", "day")  # fmt: skip
    gaps = (
        marks.with_columns(gap=pl.col("day").diff().over("release").dt.total_days())
        .group_by("release")
        .agg(longest_gap=pl.col("gap").max())
    )
    return (
        watched.join(gaps, on="release", how="left", maintain_order="left")
        .with_columns(kept=pl.col("longest_gap") <= longest)
        .drop("release", "until")
    )  # fmt: skip


def _seen(watched: pl.DataFrame, attended: pl.DataFrame) -> pl.DataFrame:
    """The attended appointments of each release, from its day to before `until`."""
    pairs = watched.select("release", "person", "on", "until").join(attended.select("person", "held_on"), on="person")
    return pairs.filter((pl.col("held_on") >= pl.col("on")) & (pl.col("held_on") < pl.col("until")))


def expected_every(released_on: date, on: date, targets: Targets) -> int:
    """The most days expected between appointments on a day: weekly for the first weeks from release, then fortnightly."""
    if on < released_on + timedelta(weeks=targets.weekly_contact_weeks):
        return int(DAYS_OF_WEEK / targets.weekly_contact_per_week)
    return targets.fortnightly_gap_days


def expected(released: pl.DataFrame, attended: pl.DataFrame, *, end: date, targets: Targets) -> pl.DataFrame:
    """A row a contact expected of each release (person, on, back_on, supervised_until): person, on (its last day), kept.

    From release, one in each stretch of `expected_every` days; kept where an appointment was attended in it. A stretch that
    return to custody, the end of supervision or `end` cuts short expects none.
    """
    until = pl.min_horizontal("back_on", "supervised_until", pl.lit(end))
    seen: dict[int, list[date]] = defaultdict(list)
    for person, held_on in attended.select("person", "held_on").iter_rows():
        seen[person].append(held_on)
    rows = [
        (person, last, any(first <= held_on <= last for held_on in seen[person]))
        for person, on, over in released.select("person", "on", until.alias("until")).iter_rows()
        for first, last in stretches(on, over, targets)
    ]
    return pl.DataFrame(rows, schema={"person": pl.Int64, "on": pl.Date, "kept": pl.Boolean}, orient="row")


def stretches(on: date, until: date, targets: Targets) -> Iterator[tuple[date, date]]:
    """The first and last day of each whole stretch from release to before `until`."""
    first = on
    while (following := first + timedelta(days=expected_every(on, first, targets))) <= until:
        yield first, following - A_DAY
        first = following


def met(released: pl.DataFrame, attended: pl.DataFrame, *, end: date) -> pl.DataFrame:
    """person, on: a row an appointment attended after a release (person, on, back_on, supervised_until), while it is watched."""
    until = pl.min_horizontal("back_on", "supervised_until", pl.lit(end))
    seen = _seen(released.with_row_index("release").with_columns(until=until), attended)
    return seen.select("person", on="held_on").unique(maintain_order=True)
