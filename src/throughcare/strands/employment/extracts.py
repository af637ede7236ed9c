"""The employment broker's placements, a row a placement with its retention checks.

What was recorded here of a placement that came by extract stands: that it ended, and what was found in a week.
"""

import polars as pl

from throughcare.casework.imports.actions import linked, stores
from throughcare.casework.people.columns import RECORD
from throughcare.casework.referrals.models import Referral
from throughcare.core.contracts import Column, Feed, RowRule
from throughcare.strands.employment.models import CHECKED_AFTER, Placement, RetentionCheck
from throughcare.strands.employment.queries import ends_told, weeks_told

CHECKS = {f"in_work_week_{weeks}": weeks for weeks in CHECKED_AFTER}


def _placement(frame: pl.DataFrame) -> pl.DataFrame:
    rows = linked(Referral, frame, by="referral_source", to="referral")
    rows = rows.join(ends_told(), on="source", how="left", maintain_order="left")
    return rows.with_columns(ended_on=pl.coalesce("told_ended_on", "ended_on")).drop("told_ended_on")


def _one_a_check(frame: pl.DataFrame) -> pl.DataFrame:
    """A row a check made; an empty cell is a check not made."""
    rows = linked(Placement, frame, by="source", to="placement")
    rows = rows.unpivot(on=list(CHECKS), index=["source", "placement"], variable_name="weeks", value_name="in_work")
    rows = rows.drop_nulls("in_work").with_columns(pl.col("weeks").replace_strict(CHECKS, return_dtype=pl.Int64))
    return rows.join(weeks_told(), on=["placement", "weeks"], how="anti", maintain_order="left")


def _rules() -> tuple[RowRule, ...]:
    in_order: RowRule = (
        (pl.col("ended_on") <= pl.col("started_on")) | (pl.col("planned_end_on") <= pl.col("started_on")), "started_on",
        "a placement ends after it starts", "correct one of the dates (an end is the day after the last)",
    )  # fmt: skip
    return (in_order, *(
        (pl.col(name) & (pl.col("ended_on") <= pl.col("started_on") + pl.duration(weeks=weeks)), name,
         f"nobody is in a placement at week {weeks} that ended before", "correct the check or the end")
        for name, weeks in CHECKS.items()
    ))  # fmt: skip


PLACEMENTS = Feed(
    slug="employment-placements", agency="employment", title="Placements in work", order=60,
    columns=(
        RECORD,
        Column(name="referral", kind="reference", to="provider-referrals", meaning="record_id of the referral",
               example="BS-0007", required=True),
        Column(name="employer", kind="text", meaning="who employs the person", example="Groundwork Ltd"),
        Column(name="job", kind="text", meaning="the job", example="grounds maintenance"),
        Column(name="started_on", kind="date", meaning="first day in work", example="2016-10-03", required=True),
        Column(name="planned_end_on", kind="date", meaning="planned end, six months on", example="2017-04-03", required=True),
        Column(name="ended_on", kind="date", meaning="the day after the last; empty while it goes on", example="2016-11-02"),
        *(Column(name=name, kind="boolean", meaning=f"in the placement {weeks} weeks after its start; empty: not checked",
                 example="yes") for name, weeks in CHECKS.items()),
    ),
    rules=_rules(),
    loads=(
        stores(Placement, reshape=_placement),
        stores(RetentionCheck, reshape=_one_a_check, key=("source", "weeks")),
    ),
)  # fmt: skip

FEEDS: tuple[Feed, ...] = (PLACEMENTS,)
