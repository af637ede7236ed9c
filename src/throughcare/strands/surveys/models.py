"""Responses to the survey and their answers. Who responded is never kept: no name, no account, no address."""

from django.db import models

from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import one_a_source, words


class Response(Fact):
    """One response to one wave: the kind of respondent, the kind of organisation, the day. Not about a supervised person."""

    wave = words(20)
    group = words(20)
    organisation = words(60)
    answered_on = models.DateField()

    class Meta:
        constraints = one_a_source("survey_response")

    class Privacy:
        personal = ("organisation",)
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
