"""Reading the survey: frames for measures, and responses that say nothing."""

import polars as pl

from throughcare.casework.frames import read
from throughcare.core.contracts import Finding, Scope
from throughcare.strands.surveys.models import Answer, Response
from throughcare.strands.surveys.waves import NOT_IN_BASE, latest


def responses(scope: Scope) -> pl.DataFrame:
    """on, group, organisation: the responses to the last wave that opened in the period."""
    wave = latest(scope.period.start, scope.period.end)
    found = Response.objects.filter(wave=wave.slug if wave else None).order_by("pk")
    return read(found, on="answered_on", group="group", organisation="organisation")


def answers(scope: Scope) -> pl.DataFrame:
    """on, group, organisation, question, answer, positive: answers in the base, those to the last wave that opened in the period.

    "Not applicable" and "no answer" are not in the base. `positive` is agreeing, finding useful, or saying yes.
    """
    wave = latest(scope.period.start, scope.period.end)
    found = Answer.objects.filter(response__wave=wave.slug if wave else None).exclude(answer__in=NOT_IN_BASE).order_by("pk")
    frame = read(found, on="response__answered_on", group="response__group", organisation="response__organisation",
                 question="question", answer="answer")  # fmt: skip
    pairs = [(q.slug, code) for q in (wave.questions if wave else ()) for code in wave.positive_codes(q)]
    positive = pl.DataFrame(pairs, schema={"question": pl.String, "answer": pl.String}, orient="row")
    positive = positive.with_columns(positive=pl.lit(value=True))
    frame = frame.join(positive, on=["question", "answer"], how="left", maintain_order="left")
    return frame.with_columns(pl.col("positive").fill_null(value=False))


def findings(scope: Scope) -> tuple[Finding, ...]:
    """Responses in which no question was answered: they count as responses and are in no base."""
    wave = latest(scope.period.start, scope.period.end)
    silent = Response.objects.filter(wave=wave.slug if wave else None, answers=None).order_by("pk")
    records = tuple(str(r.source.record_id if r.source else r.pk) for r in silent.select_related("source"))
    if not records:
        return ()
    return (
        Finding(slug="survey.no_answers", title="Responses without any answer", group="all", records=records,
                mend="ask the survey tool for the answers, or withdraw the response"),
    )  # fmt: skip
