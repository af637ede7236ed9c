"""Of many people, each on a day of their own: who was no member, and whom the rule did not find eligible. Reads only.

For questions about happenings (a case, a consultation, a task) on many days, which `queries` would answer a day at a time.
"""

import polars as pl

from throughcare.casework.cohort.queries import fitting, memberships
from throughcare.core.pilot import Pilot

PAIR = ["person", "on"]


def not_members(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows (person, on, anything else) whose person was not a member on the day, in their order.

    Membership runs over [start, end): the day of leaving is a day outside.
    """
    spans = memberships().select("person", "start", "end")
    held = rows.select(PAIR).unique().join(spans, on="person")
    held = held.filter(pl.col("start") <= pl.col("on"), pl.col("end").is_null() | (pl.col("on") < pl.col("end")))
    return rows.join(held, on=PAIR, how="anti", maintain_order="left")


def not_eligible(rows: pl.DataFrame, *, pilot: Pilot) -> pl.DataFrame:
    """The rows (person, on, anything else) whose person the rule did not find eligible on the day, in their order.

    The same answer as `queries.decisions` of each day. Somebody whom no record names is not eligible.
    """
    found = fitting(rows.select(PAIR).unique(maintain_order=True), pilot=pilot)
    return rows.join(found, on=PAIR, how="anti", maintain_order="left")
