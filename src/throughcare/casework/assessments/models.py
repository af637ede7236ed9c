"""Scores of assessments that are made again."""

from django.db import models

from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words


class ScoredAssessment(Fact):
    """What somebody scored on a scale of an instrument on a day. `assessor`: the organisation that assessed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    instrument = words(40)
    scale = words(40)
    assessed_on = models.DateField()
    score = models.FloatField()
    assessor = words(60)

    class Meta:
        app_label = "assessments"
        constraints = one_a_source("scored_assessment")

    class Privacy:
        personal = ("instrument", "scale", "assessed_on", "score", "assessor")
        plain = ("id", "source", "person")
