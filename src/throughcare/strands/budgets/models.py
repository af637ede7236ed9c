"""A place with its allocation, and what is bought with it. Money is in whole pence, cash as paid."""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import one_a_source, words
from throughcare.casework.referrals.models import Referral


class Place(Record):
    """One of the service's places, taken by an accepted referral from `opened_on`, with its allocation in pence.

    It is free again when the referral has closed and no purchase is outstanding: that follows, and is not written down.
    """

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="+")
    allocation = models.IntegerField()
    opened_on = models.DateField()

    class Privacy:
        personal = ("opened_on",)
        plain = ("id", "referral", "allocation")


class Purchase(Fact):
    """Something to be bought for a person. Each step is a fact with its own day; null: it has not happened.

    `provider` sells it, in the budget's own words. `delivered_pence` is the worth of what was delivered, at most `pence`.
    `category`: one of the pilot file, "" not said. `result`: what it did for the person, as told on `result_on`; `outcome` the
    same as a code of `codes`, "" not told.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="purchases")
    description = words(200)
    provider = words(100)
    pence = models.IntegerField()
    asked_on = models.DateField()
    asked_by = words(100)
    approved_on = models.DateField(null=True)
    approved_by = words(100)
    ordered_on = models.DateField(null=True)
    delivered_on = models.DateField(null=True)
    delivered_pence = models.IntegerField(null=True)
    invoiced_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)
    category = words(60)
    result = words(500)
    outcome = words(20)
    result_on = models.DateField(null=True)

    class Meta:
        constraints = one_a_source("purchase")

    class Privacy:
        personal = (
            "description", "provider", "asked_on", "approved_on", "ordered_on", "delivered_on", "invoiced_on", "paid_on",
            "cancelled_on", "category", "result", "result_on", "outcome",
        )  # fmt: skip
        plain = ("id", "source", "place", "pence", "asked_by", "approved_by", "delivered_pence")
