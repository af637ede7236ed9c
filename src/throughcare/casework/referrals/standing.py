"""For whom a service is, of many people at once: how each stands on a day, and which of them a service is intended for."""

from collections.abc import Sequence

import polars as pl

from throughcare.casework.cohort.queries import memberships, ratings
from throughcare.casework.people.queries import supervision, with_breakdowns
from throughcare.core.pilot import Pilot, Service
from throughcare.rules.eligibility.services import Standing, fits

KEY = ["person", "on"]


def intended_for(services: Sequence[Service], days: pl.DataFrame, *, pilot: Pilot) -> pl.DataFrame:
    """person, on, service (slug): a row a service that is intended for that person on that day, as the pilot file says.

    `days` has person and on, each pair once. Eligibility for the cohort without membership is not looked at: a proposal
    is no membership until somebody decides.
    """
    told = list(zip(days["person"], days["on"], standings(days.select(KEY)), strict=True))
    found = [
        (person, on, service.slug)
        for service in services
        for person, on, standing in told
        if fits(service, standing, as_at=on, pilot=pilot).met
    ]
    return pl.DataFrame(found, schema={"person": pl.Int64, "on": pl.Date, "service": pl.String}, orient="row")


def standings(days: pl.DataFrame) -> list[Standing]:
    """How each person of the frame (person, on) stands on the day, in its order."""
    told = with_breakdowns(days)
    told = told.join(_running(days), on=KEY, how="left", maintain_order="left")
    told = told.join(_members(days), on=KEY, how="left", maintain_order="left")
    told = told.join(_ratings(days), on=KEY, how="left", maintain_order="left")
    wanted = told.select("sex", "age", "member", "rag", "statuses", "borough", "agency")
    return [
        Standing(
            sex=sex, age=age, member=bool(member), rag=rag or "", statuses=tuple(statuses or ()), borough=borough, agency=agency
        )
        for sex, age, member, rag, statuses, borough, agency in wanted.iter_rows()
    ]


def _on_the_day(days: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """The spans [start, end) that hold the day."""
    ends_later = pl.col("end").is_null() | (pl.col("on") < pl.col("end"))
    return days.join(spans, on="person").filter((pl.col("start") <= pl.col("on")) & ends_later)


def _running(days: pl.DataFrame) -> pl.DataFrame:
    return _on_the_day(days, supervision()).group_by(KEY).agg(statuses=pl.col("kind").unique().sort())


def _members(days: pl.DataFrame) -> pl.DataFrame:
    return (
        _on_the_day(days, memberships().select("person", "start", "end"))
        .select(KEY)
        .unique()
        .with_columns(member=pl.lit(value=True))
    )


def _ratings(days: pl.DataFrame) -> pl.DataFrame:
    return _on_the_day(days, ratings()).select(*KEY, "rag")
