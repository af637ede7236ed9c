"""Recorded crime by borough and month, and victims of crime under pseudonyms: tables of the strand."""

from django.db import models

from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import one_a_source, words


class BoroughCrime(Fact):
    """How many crimes of a kind the police recorded in a borough in a month (its first day): about nobody.

    `offence_group` and, where told, the kind of `offence` in it. population: residents of the borough, null where not told.
    """

    month = models.DateField()
    borough = words(60)
    offence_group = words(80)
    offence = words(80)
    number = models.IntegerField()
    population = models.IntegerField(null=True)

    class Meta:
        app_label = "crime"
        constraints = one_a_source("borough_crime")
        indexes = (models.Index(fields=["month", "borough"], name="crime_of_a_month"),)

    class Privacy:
        plain = ("id", "source", "month", "borough", "offence_group", "offence", "number", "population")
