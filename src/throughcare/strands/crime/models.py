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


SATISFIED = ("satisfied", "neither", "dissatisfied")


class VictimRecord(Fact):
    """That somebody was the victim of a recorded crime: under a pseudonym of the police's, never with a name or a number.

    victim: the same for whoever was a victim before. crime: the force's reference of the crime record. repeat: had been a victim
    in the year before, as the police tell it. satisfaction: with how the police dealt with it, "" where nobody asked.
    """

    victim = words(64)
    crime = words(40)
    offence_group = words(80)
    recorded_on = models.DateField()
    borough = words(60)
    repeat = models.BooleanField()
    satisfaction = words(12)

    class Meta:
        app_label = "crime"
        constraints = one_a_source("victim_record")
        indexes = (models.Index(fields=["crime"], name="victims_of_a_crime"),)

    class Privacy:
        personal = ("victim", "crime", "offence_group", "recorded_on", "borough", "repeat", "satisfaction")
        plain = ("id", "source")
