"""What each person had of the services, when and how much: every referral, every session; and who counts as treated."""

from datetime import date

import polars as pl

from throughcare.casework.cohort.queries import memberships
from throughcare.casework.frames import once
from throughcare.casework.referrals.queries import referrals
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period, Pilot
from throughcare.registry.parts import treatments
from throughcare.stats.protocol import Rows

HAD = "had"
DAYS = {"sent_on": "referred", "accepted_on": "accepted", "started_on": "started", "completed_on": "completed",
        "declined_on": "declined", "withdrawn_on": "withdrawn"}  # fmt: skip


@once
def treatment_rows(*, as_at: date, pilot: Pilot) -> pl.DataFrame:
    """person, service, kind, on: each step of each referral and each time of any service, by `as_at`."""
    sent = referrals().filter(~pl.col("in_error"))
    steps = [sent.select("person", "service", kind=pl.lit(kind), on=day).drop_nulls("on") for day, kind in DAYS.items()]
    period = Period(start=pilot.life.start, end=max(pilot.life.end, as_at))
    had = treatments(Scope(pilot=pilot, period=period, as_at=as_at)).select("person", "service", kind=pl.lit(HAD), on="on")
    return pl.concat([*steps, had]).filter(pl.col("on") <= as_at).sort("person", "on", "service", "kind")


def treated(found: pl.DataFrame, told: pl.DataFrame, asked: Rows) -> pl.DataFrame:
    """Adds referred_on, started_on, dose, member_on, treated, served to rows with person, index_on and clock_on."""
    of_all = asked.treated == "membership"
    mine = told if of_all else told.filter(pl.col("service").is_in(list(asked.services)))
    begun = mine.filter(pl.col("kind").is_in([HAD, "started"])).group_by("person").agg(started_on=pl.col("on").min())
    sent = mine.filter(pl.col("kind") == "referred").group_by("person").agg(referred_on=pl.col("on").min())
    inside = mine.filter(pl.col("kind") == HAD).join(found.select("person", "index_on"), on="person")
    inside = inside.filter(pl.col("on") >= pl.col("index_on"), pl.col("on") < pl.col("index_on").dt.offset_by("12mo"))
    dose = inside.group_by("person").agg(dose=pl.len().cast(pl.Int64))
    inside = found.select("person", "clock_on").join(memberships(), on="person").filter(
        pl.col("start") <= pl.col("clock_on"), pl.col("end").is_null() | (pl.col("end") > pl.col("clock_on")))  # fmt: skip
    for table in (sent, begun, dose, inside.group_by("person").agg(member_on=pl.col("start").min())):
        found = found.join(table, on="person", how="left", maintain_order="left")
    served = (
        pl.when(pl.col("started_on").is_not_null()).then(pl.lit("served"))
        .when(pl.col("referred_on").is_not_null()).then(pl.lit("referred")).otherwise(pl.lit("unserved"))
    )  # fmt: skip
    by_then = pl.col("member_on").is_not_null() if of_all else (pl.col("started_on") <= pl.col("clock_on")).fill_null(value=False)
    return found.with_columns(pl.col("dose").fill_null(0), treated=by_then.cast(pl.Int64), served=served)
