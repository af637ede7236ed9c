"""What the mental-health practitioners do: with other professionals, and directly with a person."""

from django.db import models

from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words

WITH_WHOM = ("offender_manager", "other_professional")
INTERVENTIONS = (
    "motivational interviewing", "psycho-education", "supportive programmes", "mood management", "anger management",
    "brief intervention on coping strategies", "crisis management", "problem solving", "resilience", "anxiety management",
)  # fmt: skip
"""The kinds of direct intervention, in the words and the order of the GtO interim evaluation (MOPAC 2017)."""


class Consultation(Fact):
    """A practitioner's consultation about a person, with the offender manager or another professional.

    It is an event: two on one day are two. It needs no referral.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    with_whom = words(20)

    class Meta:
        constraints = one_a_source("health_consultation")

    class Privacy:
        personal = ("held_on", "with_whom")
        plain = ("id", "source", "person")


class Assessment(Fact):
    """An assessment of the person, counted when it starts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField()

    class Meta:
        constraints = one_a_source("health_assessment")

    class Privacy:
        personal = ("started_on",)
        plain = ("id", "source", "person")


class CarePlan(Fact):
    """A care plan, counted when it starts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField()

    class Meta:
        constraints = one_a_source("health_care_plan")

    class Privacy:
        personal = ("started_on",)
        plain = ("id", "source", "person")


class Intervention(Fact):
    """Direct work of one kind with a person, under the person's care plan; counted once a person and kind."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = words()
    started_on = models.DateField()

    class Meta:
        constraints = one_a_source("health_intervention")

    class Privacy:
        personal = ("kind", "started_on")
        plain = ("id", "source", "person")
