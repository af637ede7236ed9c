"""Boroughs' months for a study by a design: treated or compared, and since when, from the pilot file; what was recorded from the
calculator, as every figure. About nobody, so that there are no pseudonyms and no key.
"""

from collections.abc import Mapping
from datetime import date
from typing import TypeGuard

import polars as pl

from throughcare.casework.imports.queries import last_loads
from throughcare.core.contracts import Measure
from throughcare.core.pilot import Period, Pilot
from throughcare.evaluation.columns import MONTHS, codebook, columns
from throughcare.evaluation.errors import NotOfTheStore
from throughcare.measures.all_measures import all_measures
from throughcare.measures.calculate import Run, calculate
from throughcare.measures.groups import months_of
from throughcare.measures.results import Result
from throughcare.stats.any_study import AnyProtocol
from throughcare.stats.design_protocol import COMPARED, RECORDED, DesignProtocol, DesignRows

ELSEWHERE = "_elsewhere"
"""What the slug of a measure of the pilot's boroughs ends in for that of the boroughs beside them."""
NOT_TOLD = "month of which not every borough is told yet"


def of_months(protocol: AnyProtocol) -> TypeGuard[DesignProtocol]:
    """Whether the study is of such rows."""
    return isinstance(protocol.rows, DesignRows)


def asked_of(protocol: DesignProtocol) -> DesignRows:
    assert isinstance(protocol.rows, DesignRows), "a study of boroughs' months"
    return protocol.rows


def treated_of(asked: DesignRows, pilot: Pilot) -> tuple[str, ...]:
    return tuple(name for name in pilot.boroughs if not asked.boroughs or name in asked.boroughs)


def check_asked(protocol: DesignProtocol, *, pilot: Pilot) -> None:
    """Refuses boroughs that are not of the pilot, that began in different months or of which no start is told, a start outside
    the months, and a comparison without boroughs to compare."""
    asked = asked_of(protocol)
    if unknown := [name for name in asked.boroughs if name not in pilot.boroughs]:
        raise NotOfTheStore(what=f"{unknown[0]!r} is no borough of the pilot", record="[rows] boroughs",
                            expected=", ".join(pilot.boroughs), mend="correct the name")  # fmt: skip
    starts = {pilot.crime.began(name) for name in treated_of(asked, pilot)}
    if None in starts:
        raise NotOfTheStore(what="The pilot file does not say when the boroughs began", record="[crime] start", mend="add it",
                            expected="the first month in which it may show")  # fmt: skip
    if len(starts) > 1:
        raise NotOfTheStore(
            what="The boroughs began in different months", record="[rows] boroughs",
            expected="boroughs of one start, as the design has one", mend="name those that began together",
        )  # fmt: skip
    (start,) = starts
    if not asked.since < start < asked.until:  # type: ignore[operator]
        raise NotOfTheStore(what="There are no months before the start, or none after it", record="[rows] since, until",
                            expected=f"months on both sides of {start}", mend="correct since or until")  # fmt: skip
    compares = protocol.design.method == "differences" or protocol.design.control == COMPARED
    if compares and not pilot.crime.compared:
        raise NotOfTheStore(what="The pilot file names no borough to compare with", record="[crime] compared",
                            expected="boroughs beside the pilot", mend="name them there")  # fmt: skip


def made(protocol: DesignProtocol, *, pilot: Pilot) -> pl.DataFrame:
    """The rows without what was recorded: id, borough, month, period (0, 1, 2 …), treated, after."""
    asked = asked_of(protocol)
    treated = treated_of(asked, pilot)
    months = months_of(Period(start=asked.since, end=asked.until))
    compared = pilot.crime.compared if protocol.design.method == "differences" or protocol.design.control else ()
    began = {name: pilot.crime.began(name) or asked.until for name in treated}
    rows = [
        (f"{name} {month:%Y-%m}", name, f"{month:%Y-%m}", place, int(name in began),
         int(month >= began[name]) if name in began else None)
        for name in sorted((*treated, *compared)) for place, month in enumerate(months)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


SCHEMA = {"id": pl.String, "borough": pl.String, "month": pl.String, "period": pl.Int64, "treated": pl.Int64, "after": pl.Int64}


def book_of(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """The codebook of the rows, or of what was recorded."""
    return codebook(columns(MONTHS), frame).select(pl.lit(table).alias("table"), pl.all())


def recorded(protocol: DesignProtocol, frozen: pl.DataFrame, *, as_at: date, pilot: Pilot) -> pl.DataFrame:
    """id, recorded: of frozen rows what the calculator gives of the borough and month, as it is told now; empty of a month that
    was not over by the day, or of which nothing is told."""
    told = [
        (f"{r.breakdown['borough']} {r.breakdown['month']}", None if r.value is None else float(r.value))
        for r in _results(asked_of(protocol), pilot, until=as_at.replace(day=1))
    ]
    found = pl.DataFrame(told, schema={"id": pl.String, RECORDED: pl.Float64}, orient="row").drop_nulls().unique("id")
    return frozen.select("id").join(found, on="id", how="left", maintain_order="left")


def _results(asked: DesignRows, pilot: Pilot, *, until: date) -> list[Result]:
    """The figures of boroughs' months before `until`, of the pilot's boroughs and of those compared."""
    period, run = Period(start=asked.since, end=max(asked.since, min(asked.until, until))), Run()
    both = (_measure(asked.measure), _measure(asked.measure + ELSEWHERE))
    found = [r for each in both for r in calculate(each, pilot=pilot, period=period, by=("borough", "month"), run=run)]
    return [r for r in found if r.group == asked.group and len(r.breakdown) == 2]


def _measure(slug: str) -> Measure:
    return next(measure for measure in all_measures() if measure.slug == slug)


def for_the_engine(
    protocol: DesignProtocol, frozen: pl.DataFrame, told: pl.DataFrame
) -> tuple[DesignProtocol, pl.DataFrame, Mapping[str, int]]:
    """The protocol with the columns that the service makes, its frame, and how many rows are left out, by why.

    Months at the end of which not every borough is told yet are left out. For a series, a row a month: the mean of the treated,
    and of the compared where they are asked for.
    """
    joined = frozen.join(told, on="id", how="left", maintain_order="left")
    whole = joined.group_by("period").agg(pl.col(RECORDED).is_not_null().all()).filter(RECORDED)["period"]
    last: int = whole.max() if len(whole) else -1  # type: ignore[assignment]
    inside = joined.filter(pl.col("period") <= last)
    out = joined.height - inside.height
    start = inside.filter(pl.col("after") == 1)["period"].min()
    if start is None:
        start = joined.filter(pl.col("after") == 1)["period"].min()
    asked = protocol.design
    made_here = {"period": "period", "label": "month", "start": start}
    if asked.method == "interrupted":
        worth = pl.col(RECORDED)
        inside = inside.sort("borough", "period").group_by("period", "month").agg(
            worth.filter(pl.col("treated") == 1).mean(), worth.filter(pl.col("treated") == 0).mean().alias(COMPARED)
        ).sort("period")  # fmt: skip
    else:
        made_here |= {"unit": "borough", "treated": "treated"}
    filled = protocol.model_copy(update={"design": asked.model_copy(update=made_here)})
    return filled, inside, {NOT_TOLD: out} if out else {}


def told_months(protocol: DesignProtocol, *, day: date, pilot: Pilot) -> pl.DataFrame:
    """The rows with `told`: whether something is recorded of them by the day. What it is, nobody looks at."""
    rows = made(protocol, pilot=pilot)
    known = recorded(protocol, rows, as_at=day, pilot=pilot)
    return rows.with_columns(told=known[RECORDED].is_not_null())


def no_feed(day: date) -> tuple[tuple[str, str], ...]:
    """What is recorded, and its feed, where it has never come."""
    (column,) = [column for column in columns(MONTHS) if column.name == RECORDED]
    came = last_loads()
    return () if any(feed in came for feed in column.feeds) else ((column.name, ", ".join(column.feeds)),)
