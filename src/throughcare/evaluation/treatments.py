"""What each person had of the services, when and how much: every referral, every session; and who counts as treated."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from throughcare.casework.referrals.queries import referrals
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period, Pilot
from throughcare.registry.parts import treatments

HAD = "had"
DAYS = {"sent_on": "referred", "accepted_on": "accepted", "started_on": "started", "completed_on": "completed",
        "declined_on": "declined", "withdrawn_on": "withdrawn"}  # fmt: skip


def treatment_rows(*, as_at: date, pilot: Pilot) -> pl.DataFrame:
    """person, service, kind, on: each step of each referral and each time of any service, by `as_at`."""
    sent = referrals().filter(~pl.col("in_error"))
    steps = [sent.select("person", "service", kind=pl.lit(kind), on=day).drop_nulls("on") for day, kind in DAYS.items()]
    period = Period(start=pilot.life.start, end=max(pilot.life.end, as_at))
    had = treatments(Scope(pilot=pilot, period=period, as_at=as_at)).select("person", "service", kind=pl.lit(HAD), on="on")
    return pl.concat([*steps, had]).filter(pl.col("on") <= as_at).sort("person", "on", "service", "kind")


def treated(found: pl.DataFrame, told: pl.DataFrame, services: Sequence[str]) -> pl.DataFrame:
    """Adds referred_on, started_on, dose, treated, served to rows with person, index_on and clock_on."""
    mine = told.filter(pl.col("service").is_in(list(services)))
    begun = mine.filter(pl.col("kind").is_in([HAD, "started"])).group_by("person").agg(started_on=pl.col("on").min())
    sent = mine.filter(pl.col("kind") == "referred").group_by("person").agg(referred_on=pl.col("on").min())
    inside = mine.filter(pl.col("kind") == HAD).join(found.select("person", "index_on"), on="person")
    inside = inside.filter(pl.col("on") >= pl.col("index_on"), pl.col("on") < pl.col("index_on").dt.offset_by("12mo"))
    dose = inside.group_by("person").agg(dose=pl.len().cast(pl.Int64))
    for table in (sent, begun, dose):
        found = found.join(table, on="person", how="left", maintain_order="left")
    served = (
        pl.when(pl.col("started_on").is_not_null()).then(pl.lit("served"))
        .when(pl.col("referred_on").is_not_null()).then(pl.lit("referred")).otherwise(pl.lit("unserved"))
    )  # fmt: skip
    by_then = (pl.col("started_on") <= pl.col("clock_on")).fill_null(value=False).cast(pl.Int64)
    return found.with_columns(pl.col("dose").fill_null(0), treated=by_then, served=served)
