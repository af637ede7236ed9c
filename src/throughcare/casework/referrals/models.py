"""Referrals and what has happened to them. Facts are kept with their day and actor; the state follows from them."""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words

ROUTES = ("through_the_gate", "licence", "activity_requirement", "other")


class Referral(Fact):
    """A person sent to a service of the pilot file, and to a provider of it ("" where it has but one, or none is named).

    `days_ordered` and `days_done` are of an activity requirement; null where there is none or it is not known.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    service = words()
    provider = words()
    route = words(30)
    sent_on = models.DateField()
    sent_by = words(100)
    days_ordered = models.IntegerField(null=True)
    days_done = models.IntegerField(null=True)

    class Meta:
        constraints = one_a_source("referral")
        indexes = (models.Index(fields=["service", "sent_on"], name="referral_service_sent"),)

    class Privacy:
        personal = ("service", "provider", "route", "sent_on", "days_ordered", "days_done")
        plain = ("id", "source", "person", "sent_by")


class ReferralEvent(Fact):
    """A referral came into a state on a day. Never changed or deleted: a correction is another event, which replaces it.

    `on` is null in a correction that says it did not happen. `place` orders events of one day. `source` is the provider's
    row that told it; null where it was entered here.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="events")
    state = words(20)
    on = models.DateField(null=True)
    place = models.IntegerField()
    recorded_at = models.DateTimeField()
    by = words(100)
    reason = words(40)
    note = models.TextField(default="", blank=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")

    class Privacy:
        personal = ("state", "on", "reason", "note")
        plain = ("id", "source", "referral", "place", "recorded_at", "by", "replaced_by")


class Dismissal(Record):
    """A service that is for the person is not referred to now, for a coded reason, and is asked about again on the day `until`.

    It holds for whoever works with the person, from `on`; it ends by itself, or is `withdrawn`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    service = words()
    reason = words(40)
    note = models.TextField(default="", blank=True)
    on = models.DateField()
    until = models.DateField()
    by = words(100)
    withdrawn = models.BooleanField(default=False)

    class Privacy:
        personal = ("service", "reason", "note", "on", "until", "withdrawn")
        plain = ("id", "person", "by")


class ServiceVersion(Record):
    """What the directory said of a service from a day on: `told`, words by heading, as JSON. Never changed or deleted."""

    service = words()
    on = models.DateField()
    told = models.TextField()
    by = words(100)

    class Privacy:
        plain = ("id", "service", "on", "told", "by")
