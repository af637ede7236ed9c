"""Court cases with a guilty plea or a finding, for the study of court reports: those with one, without, earlier, elsewhere.

Days are numbers for [time_zero]: a report counts from the morning of its day, a sentence at the day's end, so that a sentence
on the very day of the report comes after it, in steps of half a day. Who gets a report is not random: the longer a case waits,
the more likely one is, and so only cases still unsentenced after as long a wait may be compared.
"""

from datetime import date

import polars as pl

from throughcare.casework.people import queries as people
from throughcare.casework.people.queries import with_breakdowns
from throughcare.core.pilot import Pilot
from throughcare.evaluation.columns import CASES, names
from throughcare.rules.history import inputs_at
from throughcare.rules.ogrs3 import score
from throughcare.stats.protocol import Rows
from throughcare.strands.courts.queries import cases

SERVICE = "court_reports"
UNNAMED = "not named"
NOT_ASKED = {
    "pilot": "without a report, at the service's courts: the protocol compares with others",
    "earlier": "earlier, at the service's courts: the protocol compares with others",
    "elsewhere": "at a comparison court: the protocol compares with others",
}  # fmt: skip
RESULT_WITHIN = 60
"""Days for which every case is followed [decided]. One without a sentence on record after them is taken for one whose result was
never sent: it is in neither group, for it would stand as a case that waits for ever."""


def case_rows(rows: Rows, *, as_at: date, pilot: Pilot) -> pl.DataFrame:
    """A row a case whose clock started in the window: `person`, `case`, the columns above. Who is in neither group says why."""
    service = pilot.service(SERVICE)
    found = cases(as_at=as_at).filter(
        pl.col("clock_on") >= rows.since, pl.col("clock_on") < rows.until, pl.col("clock_on") <= as_at)  # fmt: skip
    here = pl.col("court").is_in(list(service.courts)) if service.courts else pl.lit(value=True)
    there = pl.col("court").is_in(list(pilot.comparison_courts))
    where = pl.when(there).then(pl.lit("elsewhere")).when(~here).then(pl.lit(UNNAMED))
    where = where.when(pl.col("clock_on") < service.start).then(pl.lit("earlier"))
    started = pl.when(pl.col("with_report") | pl.col("sentenced_on").is_null()).then(pl.col("reported_on"))
    number = {name: (pl.col(day) - pl.lit(rows.since)).dt.total_days().cast(pl.Float64) for name, day in (
        ("eligible_day", "clock_on"), ("started_day", "started_on"), ("event_day", "sentenced_on"))}  # fmt: skip
    found = found.with_columns(
        where_when=where.otherwise(pl.lit("pilot")), started_on=started, plea=pl.col("pleaded_guilty").cast(pl.Int64),
        days_known=pl.max_horizontal((pl.col("clock_on") - pl.col("attention_on")).dt.total_days(), pl.lit(0)),
        charge="offence_group",
    ).with_columns(**number, treated=pl.col("started_on").is_not_null().cast(pl.Int64)).with_columns(
        pl.col("event_day") + 1, until_day=pl.lit(float((as_at - rows.since).days + 1)),
        days_to_sentence=(pl.col("sentenced_on") - pl.col("clock_on")).dt.total_days(),
        custody=_kind("custody"), community=_kind("community", "suspended"),
    )  # fmt: skip
    known = not_compared(rows)
    early = pl.when(known != "").then(known)
    early = early.when(pl.col("sentenced_on") < pl.col("clock_on")).then(pl.lit("sentenced before the plea or finding"))
    early = early.when(pl.col("started_on") < pl.col("clock_on")).then(pl.lit("reported before the plea or finding"))
    old = (pl.lit(as_at) - pl.col("clock_on")).dt.total_days() >= RESULT_WITHIN
    early = early.when(~old).then(pl.lit(f"not followed for {RESULT_WITHIN} days yet"))
    early = early.when(pl.col("sentenced_on").is_null()).then(pl.lit(f"no sentence on record after {RESULT_WITHIN} days"))
    found = _history(found.with_columns(why_out=early.otherwise(pl.lit(""))))
    return found.sort("clock_on", "case").select("person", "case", *names(CASES))


def not_compared(rows: Rows) -> pl.Expr:
    """Why a case without a report is in neither group whatever its sentence: the court is not named, or the protocol compares
    with others; "" where it may be compared, or had a report.
    """
    where, without = pl.col("where_when"), pl.col("treated") == 0
    why = pl.when(where == UNNAMED).then(pl.lit("at a court that the pilot file does not name"))
    if rows.compare:
        other = without & ~where.is_in(list(rows.compare))
        why = why.when(other).then(where.replace_strict(NOT_ASKED, default="", return_dtype=pl.String))
    return why.otherwise(pl.lit(""))


def _kind(*kinds: str) -> pl.Expr:
    return pl.when(pl.col("sentenced_on").is_not_null()).then(pl.col("sentence").is_in(list(kinds)).cast(pl.Int64))


def _history(found: pl.DataFrame) -> pl.DataFrame:
    inputs = inputs_at(
        people.convictions(), people.sentences(), people.people(), moments=found.select("person", as_at="clock_on"))  # fmt: skip
    scored = score(inputs).select(score="percent_2y")
    told = pl.concat([found, scored, inputs.select("sanctions")], how="horizontal")
    return with_breakdowns(told, on="clock_on")
