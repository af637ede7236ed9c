"""Figures of the survey. The base of a percentage is those who answered the question, in the last wave of the period."""

import polars as pl

from throughcare.core.contracts import Axis, Group, Measure
from throughcare.strands.surveys.queries import answers, responses
from throughcare.strands.surveys.waves import Question, Wave, code, waves

WHY = "Staff and providers see first what works and what does not."
BASE = "Of those who answered the question; \"not applicable\" and \"no answer\" are not in the base."
SAYS = {
    "agreement": "Agree or strongly agree", "usefulness": "Found useful or very useful",
    "quality": "Good or very good", "ticked": "Say yes",
}  # fmt: skip


def _positive(question: Question) -> Measure:
    return Measure(
        slug=f"survey.{question.slug}", title=f"{SAYS[question.scale]}: {question.text}", why=WHY, unit="percent",
        statistic="share", rows=answers, counted=pl.col("question") == question.slug, hit=pl.col("positive"), definition=BASE,
    )  # fmt: skip


def _table(wave: Wave, question: Question) -> Measure:
    """All answers of one question, each a share of those who answered."""
    groups = tuple(Group(label=a, where=pl.col("answer") == code(a)) for a in wave.scales[question.scale])
    return Measure(
        slug=question.table or f"survey.answers.{question.slug}", title=f"Answers: {question.text}", why=WHY, unit="percent",
        statistic="share", rows=answers, counted=pl.col("question") == question.slug, hit=pl.lit(value=True), digits=1,
        axes=(Axis(groups=groups, within=True),),
        definition=f"{BASE} Rows may not add to 100 after rounding; the counts do.",
    )  # fmt: skip


RESPONSES = Measure(
    slug="survey.n", title="Responses to the survey", why=WHY, unit="responses", statistic="count", rows=responses,
    definition="Responses to the last wave that opened in the period, however many questions were answered.",
)  # fmt: skip

LATEST = {q.slug: (wave, q) for wave in waves() for q in wave.questions}

MEASURES = (
    RESPONSES,
    *(_positive(q) for _, q in LATEST.values()),
    *(_table(wave, q) for wave, q in LATEST.values()),
)
