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
from throughcare.evaluation.columns import Column
from throughcare.rules.history import inputs_at
from throughcare.rules.ogrs3 import score
from throughcare.stats.protocol import Rows
from throughcare.strands.courts.queries import cases

PLEAS, REPORTS, RESULTS = "court-pleas", "court-reports", "court-results"
COLUMNS = (
    Column(name="clock_on", when="who", feeds=(PLEAS,), meaning="the first guilty plea to the qualifying offence, or the finding"),
    Column(name="where_when", when="who", feeds=("court-cases",), meaning="pilot: a court of the service since it began; earlier: "
           "before; elsewhere: another court"),
    Column(name="court", when="before", feeds=("court-cases",), meaning="the court"),
    Column(name="charge", when="before", feeds=("court-cases",), meaning="group of the qualifying offence"),
    Column(name="plea", when="before", feeds=(PLEAS,), meaning="1: a guilty plea stands; 0: found guilty"),
    Column(name="days_known", when="before", feeds=("court-lists",), meaning="days from coming to attention to the clock, not below 0"),
    Column(name="sex", when="before", feeds=("police-people",), meaning="M, F or not known"),
    Column(name="age", when="before", feeds=("police-people",), meaning="completed years on the clock's day"),
    Column(name="score", when="before", feeds=("police-convictions",), meaning="OGRS3 over two years, a whole percent, on the clock's day"),
    Column(name="sanctions", when="before", feeds=("police-convictions",), meaning="days of conviction or caution up to the current one"),
    Column(name="eligible_day", when="before", meaning="the clock's day as a number from the window's first day"),
    Column(name="started_day", when="treatment", feeds=(REPORTS,), meaning="the day a report was delivered, at its morning, as such a number"),
    Column(name="started_on", when="treatment", feeds=(REPORTS,), meaning="the day a report was delivered"),
    Column(name="treated", when="treatment", feeds=(REPORTS,), meaning="1: a report was delivered by the sentence"),
    Column(name="why_out", when="treatment", meaning="why the case is in neither group; empty: is in the study"),
    Column(name="event_day", when="after", feeds=(RESULTS,), meaning="the end of the day of sentence, as such a number"),
    Column(name="until_day", when="after", meaning="the last day known, as such a number"),
    Column(name="days_to_sentence", when="after", feeds=(RESULTS,), meaning="days from the clock to the sentence"),
    Column(name="custody", when="after", feeds=(RESULTS,), meaning="1: sentenced to custody; empty: not sentenced yet"),
    Column(name="community", when="after", feeds=(RESULTS,), meaning="1: a community or suspended sentence order"),
)  # fmt: skip
SERVICE = "court_reports"
RESULT_WITHIN = 60
"""Days after which a case without a sentence on record is taken for one whose result was never sent [decided]: it is in neither
group, for it would stand as a case that waits for ever."""


def case_rows(rows: Rows, *, as_at: date, pilot: Pilot) -> pl.DataFrame:
    """A row a case whose clock started in the window: `person`, `case`, the columns above. Who is in neither group says why."""
    service = pilot.service(SERVICE)
    found = cases(as_at=as_at).filter(
        pl.col("clock_on") >= rows.since, pl.col("clock_on") < rows.until, pl.col("clock_on") <= as_at)  # fmt: skip
    here = pl.col("court").is_in(list(service.courts)) if service.courts else pl.lit(value=True)
    where = pl.when(~here).then(pl.lit("elsewhere")).when(pl.col("clock_on") < service.start).then(pl.lit("earlier"))
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
    early = pl.when(pl.col("sentenced_on") < pl.col("clock_on")).then(pl.lit("sentenced before the plea or finding"))
    early = early.when(pl.col("started_on") < pl.col("clock_on")).then(pl.lit("reported before the plea or finding"))
    old = pl.col("sentenced_on").is_null() & ((pl.lit(as_at) - pl.col("clock_on")).dt.total_days() > RESULT_WITHIN)
    early = early.when(old).then(pl.lit(f"no sentence on record after {RESULT_WITHIN} days"))
    found = _history(found.with_columns(why_out=early.otherwise(pl.lit(""))))
    return found.sort("clock_on", "case").select("person", "case", *(column.name for column in COLUMNS))


def _kind(*kinds: str) -> pl.Expr:
    return pl.when(pl.col("sentenced_on").is_not_null()).then(pl.col("sentence").is_in(list(kinds)).cast(pl.Int64))


def _history(found: pl.DataFrame) -> pl.DataFrame:
    inputs = inputs_at(
        people.convictions(), people.sentences(), people.people(), moments=found.select("person", as_at="clock_on"))  # fmt: skip
    scored = score(inputs).select(score="percent_2y")
    told = pl.concat([found, scored, inputs.select("sanctions")], how="horizontal")
    return with_breakdowns(told, on="clock_on")
