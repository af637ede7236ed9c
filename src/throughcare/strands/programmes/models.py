"""Sessions that providers hold with people, and appointments with the offender manager."""

from django.db import models

from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words
from throughcare.casework.referrals.models import Referral


class Session(Fact):
    """A session of a referral on a day; whose it is, the referral says. `outcome` is a code of `attendance`, "" unknown."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    attended = models.BooleanField()
    outcome = words(4)

    class Meta:
        constraints = one_a_source("session")

    class Privacy:
        personal = ("held_on", "attended", "outcome")
        plain = ("id", "source", "referral")


class Appointment(Fact):
    """An appointment with the offender manager: due on a day, held on that or another (null: it did not take place).

    `manager` is the agency's code of the offender manager, "" unknown. Attended means attended by the person.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    held_on = models.DateField(null=True)
    attended = models.BooleanField()
    outcome = words(4)
    manager = words()

    class Meta:
        constraints = one_a_source("appointment")

    class Privacy:
        personal = ("due_on", "held_on", "attended", "outcome", "manager")
        plain = ("id", "source", "person")
