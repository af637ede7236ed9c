"""Of many people, each on a day of their own: who was no member, and whom the rule did not find eligible. Reads only.

For questions about happenings (a case, a consultation, a task) on many days, which `queries` would answer a day at a time.
"""

from dataclasses import fields

import polars as pl

from throughcare.casework.cohort.facts import Frames, facts_of
from throughcare.casework.cohort.queries import everybody, memberships
from throughcare.core.pilot import Pilot
from throughcare.rules.eligibility.decide import holds

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
    asked = rows.select(PAIR).unique(maintain_order=True).with_row_index("asked")
    if asked.is_empty():
        return rows
    known = facts_of(_as_of_each_day(everybody(), asked), as_at=asked["on"].max(), pilot=pilot)
    met = [
        number for number, on in asked.select("asked", "on").iter_rows()
        if number in known and holds(known[number], as_at=on, pilot=pilot)
    ]  # fmt: skip
    found = asked.filter(pl.col("asked").is_in(met))
    return rows.join(found, on=PAIR, how="anti", maintain_order="left")


def _as_of_each_day(known: Frames, asked: pl.DataFrame) -> Frames:
    """The records of each pair asked about, numbered as a person of its own, as they stood on its day.

    The score is taken once for all, as at the last day: so what was later than its own day is taken out here. A release
    later than the day has not happened; custody without a planned release is followed up from the day itself.
    """
    frames = {}
    for field in fields(Frames):
        frame = asked.join(getattr(known, field.name), on="person", maintain_order="left_right")
        frames[field.name] = frame.with_columns(person=pl.col("asked").cast(pl.Int64))
    day, released = pl.col("on"), pl.col("released_on")
    frames["convictions"] = frames["convictions"].filter(pl.col("convicted_on") <= day)
    frames["sentences"] = frames["sentences"].filter(pl.col("imposed_on") <= day).with_columns(
        released_on=pl.when(released <= day).then(released), release_planned_on=pl.coalesce("release_planned_on", day)
    )  # fmt: skip
    return Frames(**{name: frame.drop("asked", "on") for name, frame in frames.items()})
