"""Proven reoffending (definitions.md, "Reoffending"): an offence committed in the follow-up, and proven in it or the wait after.

Pure expressions over frames, for measures and studies alike. Calendar time: custody is not taken out, but where it says so.
"""

import polars as pl

from throughcare.rules.ogrs3 import OFFENCE_GROUPS
from throughcare.rules.ogrs3.offences import group_of_code

WAITING = 6
"""Months after the follow-up in which an offence may still be proven."""
BREACH_GROUPS = ("absconding_bail",)
"""OGRS3 groups whose codes are breaches of bail or of an order: they are counted apart and are no reoffence."""


def proven(rows: pl.DataFrame, convictions: pl.DataFrame, *, months: int, waiting: int = WAITING) -> pl.DataFrame:
    """Of rows (row, person, on): the offences proven of each, as row, committed_on, convicted_on, offence_code, on.

    Committed in [on, on + months), dealt with before on + months + waiting. One on the first day counts; one whose day is not
    known does not, as it cannot be told to be later.
    """
    end, proven_by = (pl.col("on").dt.offset_by(f"{more}mo") for more in (months, months + waiting))
    later = rows.select("row", "person", "on").join(convictions, on="person")
    inside = (pl.col("committed_on") >= pl.col("on")) & (pl.col("committed_on") < end) & (pl.col("convicted_on") < proven_by)
    return later.filter(inside).select("row", "on", "committed_on", "convicted_on", "offence_code")


def is_breach(code: pl.Expr) -> pl.Expr:
    """Whether the Home Office code is of a breach of bail or of an order."""
    numbers = [OFFENCE_GROUPS.index(group) for group in BREACH_GROUPS]
    return group_of_code(code).is_in(numbers).fill_null(value=False)


def at_risk(rows: pl.DataFrame, stays: pl.DataFrame) -> pl.Series:
    """Of rows (row, person, on, until): the days of [on, until) outside custody. `stays`: person, start, end (null: goes on).

    Stays of one person do not overlap. In the order of the rows.
    """
    held = rows.select("row", "person", "on", "until").join(stays, on="person")
    begin = pl.max_horizontal("on", "start")
    end = pl.min_horizontal("until", pl.col("end").fill_null(pl.col("until")))
    inside = pl.max_horizontal((end - begin).dt.total_days(), pl.lit(0))
    lost = held.select("row", inside=inside).group_by("row").agg(pl.col("inside").sum())
    told = rows.join(lost, on="row", how="left", maintain_order="left")
    return told.select(days=(pl.col("until") - pl.col("on")).dt.total_days() - pl.col("inside").fill_null(0))["days"]
