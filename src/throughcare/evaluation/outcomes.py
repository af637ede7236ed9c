"""The outcomes of a study of people, each a named measure with its definition and its feed; what nobody has told is empty.

An outcome is known once its follow-up (and where it must be proven, the wait after) has passed by the day of matching.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.people import queries as people
from throughcare.casework.people.models import Charge
from throughcare.casework.people.queries import stays
from throughcare.evaluation.columns import PEOPLE, names
from throughcare.rules.reoffending import WAITING, at_risk, is_breach, proven

YEAR, HALF = 12, 6
BEFORE = "before_clock"
REOFFENDED_BEFORE = "reoffended before the clock"
OTHERWISE: Mapping[str, str] = {
    "attitudes": 'attitudes and needs are told by measure = "attitudes.later", group = the title of a scale',
    "victims": 'victims of a person\'s crimes are told by measure = "victims.by_member"',
    "borough_crime": 'recorded crime by borough and month is the outcome of a design: [rows] kind = "borough_months"',
}
"""Outcomes of the interim evaluation's section 2 that are no columns of people, and how a protocol asks for them."""


def outcome_rows(found: pl.DataFrame, *, as_at: date, severity: pl.DataFrame | None = None) -> pl.DataFrame:
    """Of rows (row, person, index_on, on: the clock's start) the outcomes known by `as_at`, in their order. `severity`:
    offence_code, weight, valid_from: of each code the last weight in force on the day of the offence counts."""
    rows = found.select("row", "person", "on")
    convictions = people.convictions().filter(pl.col("convicted_on") <= as_at)
    again = proven(rows, convictions, months=YEAR)
    told = _proven_columns(rows, again.filter(~is_breach(pl.col("offence_code"))), as_at, severity)
    breaches = again.filter(is_breach(pl.col("offence_code"))).group_by("row").agg(breaches=pl.len())
    by_proof = ("reoffended", "reoffences", "severity", "breaches")
    told = _known(_joined(told, breaches, "breaches"), by_proof, YEAR + WAITING, as_at)
    early = pl.col("row").is_in(before_clock(found, convictions)).cast(pl.Int64)
    told = _happened(told, rows, as_at).with_columns(early.alias(BEFORE))
    return told.select("row", *names(PEOPLE, "after"), BEFORE)


def before_clock(found: pl.DataFrame, convictions: pl.DataFrame) -> list[int]:
    """Of rows (row, person, index_on, on: the clock's start) those of whom an offence between the two is proven, in the 6 months
    after: the landmark's own exclusion. It is of the time before the clock, and no outcome."""
    mine = found.select("row", "person", "index_on", "on").join(convictions, on="person")
    inside = (pl.col("committed_on") >= pl.col("index_on")) & (pl.col("committed_on") < pl.col("on"))
    in_time = pl.col("convicted_on") < pl.col("on").dt.offset_by(f"{WAITING}mo")
    found_ = mine.filter(inside & in_time & ~is_breach(pl.col("offence_code")))
    return found_["row"].unique().to_list()


def _joined(told: pl.DataFrame, table: pl.DataFrame, *counts: str) -> pl.DataFrame:
    found = told.join(table, on="row", how="left", maintain_order="left")
    return found.with_columns(pl.col(*counts).fill_null(0).cast(pl.Int64)) if counts else found


def _known(told: pl.DataFrame, names: tuple[str, ...], months: int, as_at: date) -> pl.DataFrame:
    """Empties what cannot be known yet."""
    over = pl.col("on").dt.offset_by(f"{months}mo") <= as_at
    return told.with_columns(pl.when(over).then(pl.col(name)).alias(name) for name in names)


def _proven_columns(rows: pl.DataFrame, again: pl.DataFrame, as_at: date, severity: pl.DataFrame | None) -> pl.DataFrame:
    counts = again.group_by("row").agg(reoffences=pl.len(), first_on=pl.col("committed_on").min())
    told = _joined(_joined(rows, counts), pl.DataFrame(schema={"row": rows.schema["row"]}), "reoffences")
    told = told.with_columns(reoffended=(pl.col("reoffences") > 0).cast(pl.Int64))
    told = _joined(told, _weighed(again, severity)) if severity is not None else told.with_columns(
        severity=pl.lit(None, dtype=pl.Float64))  # fmt: skip
    if severity is not None:
        told = told.with_columns(pl.col("severity").fill_null(0.0))
    first = again.sort("committed_on", "convicted_on").unique("row", keep="first").select("row", dealt_on="convicted_on")
    in_custody = people.sentences().filter(pl.col("kind") == "custody").select("person", dealt_on="imposed_on").unique()
    told = _joined(told, first).join(in_custody.with_columns(held=pl.lit(1)), on=("person", "dealt_on"), how="left",
                                     maintain_order="left")  # fmt: skip
    sentence = pl.when(pl.col("dealt_on").is_not_null() & (pl.col("dealt_on") <= as_at)).then(pl.col("held").fill_null(0))
    return _times(told.with_columns(reoffence_custody=sentence.cast(pl.Int64)), as_at)


def _weighed(again: pl.DataFrame, severity: pl.DataFrame) -> pl.DataFrame:
    """row, severity. A code without a weight adds nothing to it: the codebook's reader is told how many there are."""
    weights = severity.select("offence_code", "weight", "valid_from").sort("valid_from")
    weighed = again.sort("committed_on").join_asof(
        weights, left_on="committed_on", right_on="valid_from", by="offence_code", strategy="backward", check_sortedness=False
    )  # fmt: skip
    return weighed.group_by("row").agg(severity=pl.col("weight").fill_null(0).sum())


def _times(told: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """Days at risk to the first proven reoffence or the end of what can be known; of nobody before a day can be."""
    year = pl.col("on").dt.offset_by(f"{YEAR}mo")
    seen_until = pl.min_horizontal(year, pl.lit(as_at).dt.offset_by(f"-{WAITING}mo"))
    came = (pl.col("first_on") < seen_until).fill_null(value=False)
    until = pl.when(came).then(pl.col("first_on")).otherwise(seen_until)
    told = told.with_columns(reoffence_came=came.cast(pl.Int64), until=until)
    there = pl.col("until") >= pl.col("on")
    told = told.with_columns(until=pl.when(there).then(pl.col("until")).otherwise(pl.col("on")))
    held = stays().select("person", start="stay_start", end="stay_end").drop_nulls("start").sort("person", "start")
    told = told.with_columns(days_to_reoffence=at_risk(told, held))
    watched = seen_until > pl.col("on")
    return told.with_columns(pl.when(watched).then(pl.col(name)).alias(name) for name in ("days_to_reoffence", "reoffence_came"))


def _happened(told: pl.DataFrame, rows: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """What is counted by its own day, without a wait: arrests, charges, custody, contacts."""
    charged = read(Charge.objects.order_by("pk"), person="person", at="charged_on")
    arrested = people.arrests().select("person", at="arrested_on")
    sentences = people.sentences()
    imposed = sentences.select("person", at="imposed_on").unique()
    in_custody = sentences.filter(pl.col("kind") == "custody").select("person", at="imposed_on")
    received = stays().select("person", at="stay_start").drop_nulls("at")
    counted = (
        ("arrests_6m", arrested, HALF), ("charges_6m", charged, HALF), ("custody_12m", in_custody, YEAR),
        ("contacts_12m", pl.concat([arrested, imposed, received]), YEAR),
    )  # fmt: skip
    for name, events, months in counted:
        inside = rows.join(events, on="person").filter(
            pl.col("at") >= pl.col("on"), pl.col("at") < pl.col("on").dt.offset_by(f"{months}mo"))  # fmt: skip
        told = _known(_joined(told, inside.group_by("row").agg(pl.len().alias(name)), name), (name,), months, as_at)
    return told.with_columns((pl.col("custody_12m") > 0).cast(pl.Int64))
