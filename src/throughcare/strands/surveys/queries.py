"""Reading the survey: its waves, frames for measures, and responses that say nothing."""

from datetime import date

import polars as pl

from throughcare.casework.findings import finding_of
from throughcare.casework.frames import read
from throughcare.core.contracts import Finding, Owner, Scope
from throughcare.strands.surveys.asking_models import Invitation, SurveyWave
from throughcare.strands.surveys.made.questions import read as read_questions
from throughcare.strands.surveys.made.questions import wave_of
from throughcare.strands.surveys.models import Answer, Response
from throughcare.strands.surveys.waves import NOT_IN_BASE, Wave, waves


def told(wave: SurveyWave) -> Wave:
    """A wave of the service as the files tell waves."""
    survey = wave.version.survey
    return wave_of(wave.slug, f"{survey.title}, wave {wave.number}", wave.opens_on, wave.closes_on,
                   read_questions(wave.version.questions))  # fmt: skip


def all_waves() -> list[Wave]:
    """The waves that are files, and those of the service that are closed, the earliest first."""
    closed = SurveyWave.objects.filter(closed=True).select_related("version__survey")
    return sorted([*waves(), *(told(wave) for wave in closed)], key=lambda w: (w.opened_on, w.slug))


def waves_out() -> list[Wave]:
    """The waves of the service whose links are out and that are not closed, the earliest first."""
    found = SurveyWave.objects.filter(sent=True, closed=False).select_related("version__survey")
    return [told(wave) for wave in found.order_by("opens_on", "pk")]


def number_of(slug: str) -> int | None:
    """The number of a wave of the service; None of one that is a file."""
    return SurveyWave.objects.filter(slug=slug).values_list("pk", flat=True).first()


def latest(start: date, end: date) -> Wave | None:
    """The last wave that opened in [start, end); figures are of one wave, never of two put together."""
    return next((w for w in reversed(all_waves()) if start <= w.opened_on < end), None)


def asked_of(wave: Wave) -> pl.DataFrame:
    """on, group, organisation, borough, used: a row for each who was asked in the service; none for a wave that is a file."""
    found = Invitation.objects.filter(wave__slug=wave.slug).order_by("pk")
    return read(found, on="wave__opens_on", group="group", organisation="organisation", borough="borough", used="used")


def responses(scope: Scope) -> pl.DataFrame:
    """on, group, organisation, said_borough: the responses to the last wave that opened in the period."""
    return responses_to(latest(scope.period.start, scope.period.end))


def responses_to(wave: Wave | None) -> pl.DataFrame:
    """on, group, organisation, said_borough: the responses to a wave; none to none."""
    found = Response.objects.filter(wave=wave.slug if wave else None).order_by("pk")
    return read(found, on="answered_on", group="group", organisation="organisation", said_borough="borough")


def answers(scope: Scope) -> pl.DataFrame:
    """The answers in the base, those to the last wave that opened in the period."""
    return answers_to(latest(scope.period.start, scope.period.end))


def answers_to(wave: Wave | None) -> pl.DataFrame:
    """on, group, organisation, said_borough, question, answer, positive: the answers to a wave that are in the base.

    "Not applicable" and "no answer" are not in the base. `positive` is agreeing, finding useful, or saying yes. The borough is
    that of the respondent, by which no figure of the pilot is divided.
    """
    found = Answer.objects.filter(response__wave=wave.slug if wave else None).exclude(answer__in=NOT_IN_BASE).order_by("pk")
    frame = read(found, on="response__answered_on", group="response__group", organisation="response__organisation",
                 said_borough="response__borough", question="question", answer="answer")  # fmt: skip
    pairs = [(q.slug, code) for q in (wave.questions if wave else ()) for code in wave.positive_codes(q)]
    positive = pl.DataFrame(pairs, schema={"question": pl.String, "answer": pl.String}, orient="row")
    positive = positive.with_columns(positive=pl.lit(value=True))
    frame = frame.join(positive, on=["question", "answer"], how="left", maintain_order="left")
    return frame.with_columns(pl.col("positive").fill_null(value=False))


def findings(scope: Scope) -> tuple[Finding, ...]:
    """Responses in which no question was answered: they count as responses and are in no base."""
    wave = latest(scope.period.start, scope.period.end)
    silent = Response.objects.filter(wave=wave.slug if wave else None, answers=None).order_by("pk")
    told = read(silent, record="source__record_id", number="pk", on="answered_on")
    named = told.with_columns(name=pl.coalesce("record", pl.col("number").cast(pl.String)))
    return tuple(finding_of(
        named, slug="survey.no_answers", title="Responses without any answer", owner=Owner(role="analyst"),
        mend="ask the survey tool for the answers, or withdraw the response",
    ))  # fmt: skip
