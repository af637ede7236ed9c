"""Placements in work, and whether the person was still in it after 1, 4, 13 and 26 weeks."""

from django.db import models

from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import one_a_source, words
from throughcare.casework.referrals.models import Referral

CHECKED_AFTER = (1, 4, 13, 26)


class Placement(Fact):
    """A job that a referral led to, from its first day. `ended_on` is the day after the last; null while it goes on."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    employer = words(100)
    job = words(100)
    started_on = models.DateField()
    planned_end_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = one_a_source("placement")

    class Privacy:
        personal = ("employer", "job", "started_on", "planned_end_on", "ended_on")
        plain = ("id", "source", "referral")


class RetentionCheck(Fact):
    """Whether the person was in the placement when it was looked at, so many weeks after its start. No row: not looked at."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="checks")
    weeks = models.IntegerField()
    in_work = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["placement", "weeks"], name="one_check_a_week"),
            models.UniqueConstraint(fields=["source", "weeks"], name="check_one_a_source"),
        )

    class Privacy:
        personal = ("in_work",)
        plain = ("id", "source", "placement", "weeks")
