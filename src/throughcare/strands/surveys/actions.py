"""Writing responses that come by another way than the survey tool's extract."""

from collections.abc import Mapping
from datetime import date

from throughcare.casework.audit.actions import recording
from throughcare.strands.surveys.errors import ResponseRefused
from throughcare.strands.surveys.models import Answer, Response
from throughcare.strands.surveys.waves import GROUPS, NOT_IN_BASE, Wave, waves


def record_response(
    *, by: str, wave: str, group: str, organisation: str, answered_on: date, answers: Mapping[str, str]
) -> Response:
    """Keeps one response. `answers` gives the code of each question answered; questions left out were not answered.

    Refused: an unknown wave or group, a day on which the wave was not open, a question that was not asked of the group
    or organisation, an answer that is not on the question's scale.
    """
    asked = {w.slug: w for w in waves()}.get(wave)
    if asked is None:
        raise _refuse(f"wave {wave}", f"one of {', '.join(w.slug for w in waves())}", "name a wave that has a file")
    if group not in GROUPS:
        raise _refuse(f"group {group}", f"one of {', '.join(GROUPS)}", "name the kind of respondent")
    if not asked.opened_on <= answered_on < asked.closed_on:
        inside = f"a day from {asked.opened_on} and before {asked.closed_on}"
        raise _refuse(str(answered_on), inside, "correct the day or the wave")
    for question, answer in answers.items():
        check(asked, group, organisation, question, answer)
    with recording(by=by, verb="surveys.record_response") as entry:
        response = Response(wave=wave, group=group, organisation=organisation, answered_on=answered_on)
        response.save()
        Answer.objects.bulk_create(Answer(response=response, question=q, answer=a) for q, a in answers.items())
        entry.about(response)
        entry.details = {"wave": wave, "answers": len(answers)}
    return response


def check(wave: Wave, group: str, organisation: str, slug: str, answer: str) -> None:
    """Refuses an answer to what was not asked of the group, or that is not on the question's scale."""
    question = wave.question(slug)
    if question is None or not question.asks(group, organisation):
        by = f"{group}s of {organisation or 'no organisation named'}" if question and question.organisations else f"{group}s"
        raise _refuse(f"question {slug}", f"a question asked of {by} in wave {wave.slug}", "leave the question out")
    codes = (*wave.codes(question), *NOT_IN_BASE)
    if answer not in codes:
        raise _refuse(f"{slug}: {answer}", f"one of {', '.join(codes)}", "give an answer of the scale")


def _refuse(record: str, expected: str, mend: str) -> ResponseRefused:
    return ResponseRefused(what="The response cannot be kept", record=record, expected=expected, mend=mend)
