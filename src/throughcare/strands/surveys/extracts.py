"""The extract of the survey tool: one row a response, one column a question.

A question not asked of the respondent's group or organisation, or not in the wave, stays empty (or says not_applicable): an
answer there is a fault, for it would widen the base of a percentage.
"""

import polars as pl

from throughcare.casework.imports.actions import linked, stores
from throughcare.casework.people.columns import RECORD
from throughcare.core.contracts import Column, Feed, RowRule
from throughcare.strands.surveys.models import Answer, Response
from throughcare.strands.surveys.waves import GROUPS, NOT_IN_BASE, Question, questions, waves

SLUGS = tuple(q.slug for q in questions())
IN_WAVE = {w.slug: (w.opened_on, w.closed_on) for w in waves()}


def _choices(question: Question) -> tuple[str, ...]:
    """The codes of the question's scales over all waves, then those that stand outside the base."""
    asked = [w.codes(q) for w in waves() if (q := w.question(question.slug))]
    return (*dict.fromkeys(code for codes in asked for code in codes), *NOT_IN_BASE)


def _column(question: Question) -> Column:
    choices = _choices(question)
    return Column(name=question.slug, kind="choice", meaning=question.text, example=choices[-3], choices=choices)


def _not_asked(question: Question) -> RowRule:
    """Wrong where a respondent answers what their group or organisation was not asked, in the wave that the row names."""
    answered = pl.col(question.slug).is_not_null() & ~pl.col(question.slug).is_in(NOT_IN_BASE)
    asked = pl.lit(value=False)
    for wave in waves():
        of_wave = wave.question(question.slug)
        asked = asked | ((pl.col("wave") == wave.slug) & _routed(of_wave)) if of_wave else asked
    rule = f"{question.slug} was asked of this group and organisation in this wave"
    return answered & ~asked, question.slug, rule, "leave the cell empty, or correct the group or the organisation"


def _routed(question: Question) -> pl.Expr:
    """Whether the row's respondent was asked; an organisation that is not on record is none of those named."""
    group = pl.col("group").is_in(question.asked_of)
    if not question.organisations:
        return group
    return group & pl.col("organisation").is_in(question.organisations).fill_null(value=False)


def _outside_wave() -> RowRule:
    inside = pl.lit(value=False)
    for slug, (opened_on, closed_on) in IN_WAVE.items():
        inside = inside | ((pl.col("wave") == slug) & (pl.col("answered_on") >= opened_on) & (pl.col("answered_on") < closed_on))
    return ~inside, "answered_on", "the response was given while the wave was open", "correct the day or the wave"


def _keep_answers(frame: pl.DataFrame) -> None:
    """A row an answer given, tied to its response."""
    rows = linked(Response, frame, by="source", to="response")
    stores(Answer, reshape=_one_an_answer, key=("source", "question"))(rows)


def _one_an_answer(frame: pl.DataFrame) -> pl.DataFrame:
    long = frame.unpivot(on=list(SLUGS), index=["source", "response"], variable_name="question", value_name="answer")
    return long.filter(pl.col("answer").is_not_null())


RESPONSES = Feed(
    slug="survey-responses",
    agency="evaluation",
    title="Responses to the survey of staff and providers, without names",
    columns=(
        RECORD,
        Column(name="wave", kind="choice", meaning="the wave", example=waves()[0].slug, required=True, choices=tuple(IN_WAVE)),
        Column(name="answered_on", kind="date", meaning="day of the response", example="2016-09-14", required=True),
        Column(name="group", kind="choice", meaning="kind of respondent", example="practitioner", required=True, choices=GROUPS),
        Column(name="organisation", kind="text", meaning="kind of organisation, never a person or a team", example="CRC"),
        *(_column(q) for q in questions()),
    ),
    rules=(_outside_wave(), *(_not_asked(q) for q in questions())),
    loads=(stores(Response), _keep_answers),
)

FEEDS = (RESPONSES,)
