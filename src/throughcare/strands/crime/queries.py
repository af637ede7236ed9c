"""Reading recorded crime: by borough and month, its victims, and what a file would tell a second time."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from throughcare.casework.frames import read
from throughcare.core.contracts import Finding, Scope
from throughcare.core.dates import months_begun
from throughcare.strands.crime import models as m
from throughcare.strands.crime.boroughs import offence_group, spelt

EVERYTHING = "All recorded crime"
"""The groups of a borough and month together."""
A_DAY = timedelta(days=1)
KEY = ("borough", "month", "offence_group")


def borough_months() -> pl.DataFrame:
    """A row a borough, month and group of offences, and one of all groups together: borough, on (the month's first day),
    offence_group, number, population (null where no row of the month tells it).
    """
    found = read(
        m.BoroughCrime.objects.order_by("pk"), borough="borough", on="month", offence_group="offence_group", number="number",
        population="population",
    )  # fmt: skip
    parts = [found, found.with_columns(offence_group=pl.lit(EVERYTHING))]
    named = ("borough", "on", "offence_group")
    return pl.concat(parts).group_by(named).agg(pl.col("number").sum(), pl.col("population").max()).sort(named)


def victims() -> pl.DataFrame:
    """A row a victim and crime: record (its number here), crime, offence_group, on (the day of recording), borough, repeat,
    satisfaction ("" where nobody asked). Never the pseudonym: no figure needs it."""
    return read(
        m.VictimRecord.objects.order_by("pk"), record="pk", crime="crime", offence_group="offence_group", on="recorded_on",
        borough="borough", repeat="repeat", satisfaction="satisfaction",
    )  # fmt: skip


def told_by_another(frame: pl.DataFrame) -> pl.Series:
    """Rows that another record has told, or tells further up: the same offence twice, or a group beside its own kinds."""
    offence = pl.col("offence").fill_null("").str.to_lowercase()
    mine = frame.select("record_id", "month", borough=spelt(), offence_group=offence_group(), offence=offence)
    months = mine["month"].drop_nulls().unique().to_list()
    there = read(
        m.BoroughCrime.objects.filter(month__in=months), record="source__record_id", borough="borough", month="month",
        offence_group="offence_group", offence="offence",
    )  # fmt: skip
    there = there.with_columns(pl.col("offence").str.to_lowercase()).filter(~pl.col("record").is_in(mine["record_id"].to_list()))
    rows = mine.with_row_index("row")
    above = rows.select(*KEY, "offence", "row", record="record_id")
    stored = there.select(*KEY, "offence", row=pl.lit(0, dtype=rows.schema["row"]), record="record")
    both = rows.join(pl.concat([above, stored.select(above.columns)]), on=KEY, suffix="_other")
    other_record = pl.col("record") != pl.col("record_id")
    earlier = (pl.col("row_other") < pl.col("row")) | ~pl.col("record").is_in(mine["record_id"].to_list())
    same = (pl.col("offence") == pl.col("offence_other")) | (pl.col("offence") == "") | (pl.col("offence_other") == "")
    wrong = both.filter(other_record, earlier, same)["row"].unique()
    return rows.select(pl.col("row").is_in(wrong.to_list()).alias("wrong")).to_series()


def findings(scope: Scope) -> Sequence[Finding]:
    """By borough of the pilot or compared: months of the period without a row, up to the last month of which anything is told."""
    found = borough_months().filter(pl.col("offence_group") == EVERYTHING).select("borough", "on")
    last: date | None = found["on"].max()  # type: ignore[assignment]
    first: date | None = found["on"].min()  # type: ignore[assignment]
    if last is None or first is None:
        return ()
    there = set(found.iter_rows())
    months = months_begun(max(first, scope.period.start), min(last + A_DAY, scope.period.end))
    boroughs = (*scope.pilot.boroughs, *scope.pilot.crime.compared)
    lacking = {name: [on for on in months if (name, on) not in there] for name in boroughs}
    return [
        Finding(slug="crime.no_month", title="Months without recorded crime of a borough", group=name,
                records=tuple(f"{on:%Y-%m}" for on in days), mend="the police send the borough's month")
        for name, days in lacking.items() if days
    ]  # fmt: skip
