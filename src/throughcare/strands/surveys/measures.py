"""Figures of the survey. The base of a percentage is those who answered the question, in the last wave of the period.

`of_wave` gives the same figures of one wave, whichever it is, and those of it by kind of respondent, organisation and borough.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import polars as pl

from throughcare.core.contracts import Axis, Group, Measure, Scope
from throughcare.strands.surveys.queries import answers, answers_to, asked_of, responses, responses_to
from throughcare.strands.surveys.waves import Question, Wave, code, waves

WHY = "Staff and providers see first what works and what does not."
BASE = "Of those who answered the question; \"not applicable\" and \"no answer\" are not in the base."
SAYS = {
    "agreement": "Agree or strongly agree", "usefulness": "Found useful or very useful",
    "quality": "Good or very good", "ticked": "Say yes",
}  # fmt: skip


Rows = Callable[[Scope], pl.DataFrame]
WAYS = {"group": "Kind of respondent", "organisation": "Organisation", "said_borough": "Borough"}
"""The ways in which the answers to a wave are divided, by column."""


def _positive(question: Question, rows: Rows = answers) -> Measure:
    return Measure(
        slug=f"survey.{question.slug}", title=f"{SAYS[question.scale]}: {question.text}", why=WHY, unit="percent",
        statistic="share", rows=rows, counted=pl.col("question") == question.slug, hit=pl.col("positive"), definition=BASE,
    )  # fmt: skip


def _table(wave: Wave, question: Question, rows: Rows = answers) -> Measure:
    """All answers of one question, each a share of those who answered."""
    groups = tuple(Group(label=a, where=pl.col("answer") == code(a)) for a in wave.scales[question.scale])
    return Measure(
        slug=question.table or f"survey.answers.{question.slug}", title=f"Answers: {question.text}", why=WHY, unit="percent",
        statistic="share", rows=rows, counted=pl.col("question") == question.slug, hit=pl.lit(value=True), digits=1,
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


@dataclass(frozen=True, kw_only=True)
class OfQuestion:
    """The figures of one question: all answers; those that agree (None where none of the answers is agreeing); how many answered.

    The last two by `WAYS` too.
    """

    question: Question
    table: Measure
    positive: Measure | None
    base: Measure
    divided: dict[str, tuple[Measure | None, Measure]]


@dataclass(frozen=True, kw_only=True)
class OfWave:
    """The figures of one wave: responses; of a wave asked in the service, how many were asked, and of them who answered."""

    responses: Measure
    asked: Measure
    answered: Measure
    questions: tuple[OfQuestion, ...]


def of_wave(wave: Wave) -> OfWave:
    """The measures over the rows of one wave. They are calculated over its own days."""

    def rows(scope: Scope) -> pl.DataFrame:
        return answers_to(wave)

    def asked(scope: Scope) -> pl.DataFrame:
        return asked_of(wave)

    by_kind = (Axis(column="group", total="all"),)
    return OfWave(
        responses=replace(RESPONSES, rows=lambda scope: responses_to(wave), axes=by_kind),
        asked=Measure(slug="survey.asked", title="Asked to answer the survey", why=WHY, unit="people", statistic="count",
                      rows=asked, axes=by_kind, definition="Links made for the wave, each for one respondent."),
        answered=Measure(slug="survey.answered", title="Answered the survey, of those asked", why=WHY, unit="percent",
                         statistic="share", rows=asked, hit=pl.col("used"), axes=by_kind,
                         definition="Links that were used, of those made for the wave."),
        questions=tuple(_of_question(wave, question, rows) for question in wave.questions),
    )  # fmt: skip


def _of_question(wave: Wave, question: Question, rows: Rows) -> OfQuestion:
    base = Measure(
        slug=f"survey.base.{question.slug}", title=f"Answered: {question.text}", why=WHY, unit="people", statistic="count",
        rows=rows, counted=pl.col("question") == question.slug, definition=BASE,
    )  # fmt: skip
    positive = _positive(question, rows) if question.scale in SAYS else None
    divided = {}
    for column in WAYS:
        axes = (Axis(column=column, total="all"),)
        divided[column] = (replace(positive, axes=axes) if positive else None, replace(base, axes=axes))
    return OfQuestion(question=question, table=_table(wave, question, rows), positive=positive, base=base, divided=divided)
