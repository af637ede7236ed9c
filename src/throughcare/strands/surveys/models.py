"""Responses to the survey and their answers. Who responded is never kept: no name, no account, no address."""

from django.db import models

from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import one_a_source, words
from throughcare.strands.surveys.asking_models import Comment, Invitation, Survey, SurveyWave, Version
from throughcare.strands.surveys.voices_models import Consent, Conversation, Quotation, Theme

__all__ = [
    "Answer", "Comment", "Consent", "Conversation", "Invitation", "Quotation", "Response", "Survey", "SurveyWave", "Theme",
    "Version",
]  # fmt: skip


class Response(Fact):
    """One response to one wave: the kind of respondent, the kind of organisation, the day. Not about a supervised person.

    Of a wave asked in the service the day is that on which the wave opened, and the number is drawn: when somebody answered,
    and after whom, is not kept. organisation and borough: only where enough share them (`asking.crowd`).
    """

    wave = words(20)
    group = words(20)
    organisation = words(60)
    borough = words(60)
    answered_on = models.DateField()

    class Meta:
        constraints = one_a_source("survey_response")

    class Privacy:
        personal = ("organisation", "borough")
        plain = ("id", "source", "wave", "group", "answered_on")


class Answer(Fact):
    """The answer to one question, as a code of its scale. A question left empty has no row."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = words(40)
    answer = words(30)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "question"], name="one_answer_a_source"),
            models.UniqueConstraint(fields=["response", "question"], name="one_answer_a_question"),
        )

    class Privacy:
        personal = ("answer",)
        plain = ("id", "source", "response", "question")
