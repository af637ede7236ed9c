"""The extracts of the court officers and of the courts: lists, cases, pleas, reports, assessments, results.

Pleas, reports and results name the record_id of their case, so that a correction of one date moves the figure.
"""

import polars as pl

from throughcare.casework.imports.actions import linked, stores
from throughcare.casework.imports.models import Adopted
from throughcare.casework.people.columns import CRN, OFFENCE, PNC, RECORD
from throughcare.core.contracts import Column, Feed
from throughcare.strands.courts import models as m
from throughcare.strands.courts.outcomes.actions import free_requirements

WHO = ("crn", "pnc")
COURT = Column(name="court", kind="text", meaning="the court", example="Thames", required=True, known="courts")
CASE = Column(name="case", kind="reference", to="court-cases", meaning="record_id of the case", example="C-1042", required=True)


def _day(name: str, meaning: str, *, required: bool = False, past: bool = True) -> Column:
    """A day of something that has happened; a hearing may be still to come."""
    return Column(name=name, kind="date", meaning=meaning, example="2016-06-06", required=required, past=past)


def _of_case(frame: pl.DataFrame) -> pl.DataFrame:
    return linked(m.CourtCase, frame, by="case_source", to="case")


def _requirements(frame: pl.DataFrame) -> pl.DataFrame:
    """A row a requirement imposed, with its days where the extract has them; a sentence without any gives none.

    A sentence that was typed or corrected here keeps the requirements typed with it.
    """
    frame = linked(m.CaseSentence, frame, by="source", to="sentence")
    typed = Adopted.objects.filter(table=m.CaseSentence._meta.label).values_list("row", flat=True)
    frame = frame.filter(~pl.col("sentence").is_in(list(typed)))
    days = pl.coalesce(
        pl.when(pl.col("kind") == kind).then(pl.col(f"{kind}_days")) for kind in ("rehabilitation_activity", "enhanced_activity")
    )
    index = ["source", "changed", "sentence", "rehabilitation_activity_days", "enhanced_activity_days"]
    made = frame.select(*index, *m.RESULT_KINDS).unpivot(
        on=list(m.RESULT_KINDS), index=index, variable_name="kind", value_name="imposed"
    )
    return made.filter("imposed").with_columns(days=days)


LISTS = (
    RECORD, CRN, PNC, COURT, _day("hearing_on", "day of the hearing", required=True, past=False),
    _day("received_on", "day on which the list reached the court officer", required=True),
)  # fmt: skip
CASES = (
    RECORD, CRN, PNC, COURT,
    _day("told_on", "day on which somebody told the court officer of the case; of one to be compared with, its first hearing"),
    _day("listed_on", "day on which a list match reached the court officer"),
    OFFENCE,
    Column(name="no_report_reason", kind="choice", meaning="why it has no report; empty where it has one or no reason is known",
           example="sentenced_without", choices=m.NO_REPORT_REASONS),
)  # fmt: skip
PLEAS = (
    RECORD, CASE, _day("entered_on", "day of the plea, or of the finding after trial", required=True),
    Column(name="plea", kind="choice", meaning="plea to the qualifying offence, or found guilty after trial", example="guilty",
           choices=m.PLEAS, required=True),
    _day("vacated_on", "day on which the plea was vacated"),
)  # fmt: skip
REPORTS = (
    RECORD, CASE, _day("requested_on", "day on which the court asked for the report", required=True),
    _day("delivered_on", "day on which the report was delivered to the court; empty until then"),
    Column(name="kind", kind="choice", meaning="kind of report", example="oral", choices=m.REPORT_KINDS, required=True),
    Column(name="author", kind="text", meaning="post of the author", example="Thames court officer"),
    Column(name="late_reason", kind="choice", meaning="why it was not delivered in time", example="learned_too_late",
           choices=m.LATE_REASONS),
)  # fmt: skip
ASSESSMENTS = (
    RECORD, CRN, PNC, COURT,
    Column(name="kind", kind="choice", meaning="assessed for drug rehabilitation (DRR) or alcohol treatment (ATR)", example="DRR",
           choices=m.ASSESSMENT_KINDS, required=True),
    _day("carried_out_on", "day of the assessment", required=True),
)  # fmt: skip
RESULTS = (
    RECORD, CASE, _day("sentenced_on", "day of the sentence", required=True),
    Column(name="kind", kind="choice", meaning="kind of sentence", example="community", choices=m.SENTENCE_KINDS, required=True),
    Column(name="months", kind="integer", meaning="length in months", example="12", minimum=0, maximum=1200),
    *(Column(name=kind, kind="boolean", meaning=f"requirement: {kind.replace('_', ' ')}", example="no", required=True)
      for kind in m.RESULT_KINDS),
    Column(name="rehabilitation_activity_days", kind="integer", meaning="days of rehabilitation activity ordered", example="20",
           minimum=0, maximum=365),
    Column(name="enhanced_activity_days", kind="integer", meaning="days of enhanced activity ordered", example="30",
           minimum=0, maximum=365),
)  # fmt: skip
ON_AN_ORDER = (
    pl.any_horizontal(*m.RESULT_KINDS) & ~pl.col("kind").is_in(["community", "suspended"]),
    "kind", "only a community or suspended sentence order has requirements", "correct the kind of sentence or the requirement",
)  # fmt: skip

FEEDS = (
    Feed(slug="court-lists", agency="HMCTS", title="Court lists, a person a row", columns=LISTS, identifiers=WHO,
         loads=(stores(m.ListEntry),), order=40,
         rules=((pl.col("received_on") > pl.col("hearing_on"), "received_on", "a list is received by the day of its hearings",
                 "correct one of the two dates"),)),
    Feed(slug="court-cases", agency="NPS", title="Cases that came to the court officers", columns=CASES, identifiers=WHO,
         loads=(stores(m.CourtCase),), order=50,
         rules=((pl.col("told_on").is_null() & pl.col("listed_on").is_null(), "told_on",
                 "a case comes to attention by being told of or by a list match",
                 "give the day told, the day of the list match, or both"),)),
    Feed(slug="court-pleas", agency="NPS", title="Pleas and findings of guilt", columns=PLEAS,
         loads=(stores(m.Plea, reshape=_of_case, adopts=("case", "plea", "entered_on")),), order=60,
         rules=((pl.col("vacated_on") < pl.col("entered_on"), "vacated_on", "a plea is not vacated before it is entered",
                 "correct one of the two dates"),)),
    Feed(slug="court-reports", agency="NPS", title="Reports asked for and delivered", columns=REPORTS,
         loads=(stores(m.Report, reshape=_of_case, adopts=("case", "requested_on")),), order=60,
         rules=((pl.col("delivered_on") < pl.col("requested_on"), "delivered_on",
                 "a report is not delivered before it is asked for", "correct one of the two dates"),)),
    Feed(slug="court-assessments", agency="NPS", title="DRR and ATR assessments", columns=ASSESSMENTS, identifiers=WHO,
         loads=(stores(m.Assessment),), order=50),
    Feed(slug="court-results", agency="HMCTS", title="Sentences of the cases, with their requirements", columns=RESULTS,
         loads=(free_requirements, stores(m.CaseSentence, reshape=_of_case, adopts=("case",)),
                stores(m.CaseRequirement, reshape=_requirements, key=("source", "kind"))),
         rules=(ON_AN_ORDER,), order=60),
)  # fmt: skip
