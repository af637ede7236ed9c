"""Intelligence development plans, from a borough's request to the hub's return, and the taskings carried out."""

from django.db import models

from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words
from throughcare.strands.policing.picture.models import EventPart, LinkDeed, StreetCrime  # noqa: F401  (tables of this app)

COMES_FROM = ("plan", "panel", "daily_meeting", "tactical_group")


class Plan(Fact):
    """A plan about a person. Null dates are what is not on record: a plan may be received without a recorded request.

    `requested_on`: the borough asked. `actioned_on`: the hub made it. `received_on`: it was back with the borough.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    borough = words(60)
    requested_on = models.DateField(null=True)
    actioned_on = models.DateField(null=True)
    received_on = models.DateField(null=True)

    class Meta:
        constraints = one_a_source("police_plan")

    class Privacy:
        personal = ("borough", "requested_on", "actioned_on", "received_on")
        plain = ("id", "source", "person")


class Tasking(Fact):
    """A tasking about a person, carried out by a borough's police. `plan` only where it comes from one that is on record."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="taskings")
    borough = words(60)
    carried_out_on = models.DateField()
    comes_from = words(20)

    class Meta:
        constraints = one_a_source("police_tasking")

    class Privacy:
        personal = ("borough", "carried_out_on", "comes_from")
        plain = ("id", "source", "person", "plan")
