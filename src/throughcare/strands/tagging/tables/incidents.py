"""Incidents: tables of the strand."""

from django.db import models

from throughcare.casework.access.models import Account
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import words


class Incident(Record):
    """What may be happening to one order now, as a person is to look at it: its findings say what.

    `harm`: 1 (a victim's zone) to 4, of its worst finding. `raised_at`: when the first of them was found. `taken_by`: who has it;
    null: nobody yet. `escalated_at`: nobody took it in time, and others were told. `outcome`: a code, once it is closed.
    """

    order = models.ForeignKey("tagging.Order", on_delete=models.PROTECT, related_name="incidents")
    harm = models.PositiveSmallIntegerField()
    kind = words(20)
    raised_at = models.DateTimeField()
    taken_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = words(12)

    class Meta:
        app_label = "tagging"
        indexes = (models.Index(fields=["closed_at", "harm"], name="incidents_open"),)

    class Privacy:
        personal = ("harm", "kind", "outcome")
        plain = ("id", "order", "raised_at", "taken_by", "taken_at", "escalated_at", "closed_at")


class IncidentStep(Record):
    """What was done about an incident: never changed. `step`: taken, called, noted, handed_over, escalated, closed, reopened."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="steps")
    step = words(12)
    text = words(500)
    at = models.DateTimeField()
    by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("step", "text")
        plain = ("id", "incident", "at", "by")
