"""Family members with whom a provider works, and what was done with each: no people of the pilot, and never searched for.

They come into the store by their own consent alone, and their name goes out of it when they withdraw it.
"""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import words
from throughcare.casework.referrals.models import Referral


class FamilyMember(Record):
    """Somebody's relation who agreed on a day that this provider works with them; withdrawn on a day: no more from then on.

    relation, how: codes of `family.codes`. manager_too: they agreed that the offender manager may know who they are. Of who has
    withdrawn, name and telephone are empty.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    relation = words(20)
    name = words(60)
    telephone = words(30)
    how = words(20)
    manager_too = models.BooleanField(default=False)
    agreed_on = models.DateField()
    by = words(100)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = words(100)

    class Meta:
        app_label = "programmes"

    class Privacy:
        personal = ("relation", "name", "telephone", "how", "manager_too", "agreed_on", "withdrawn_on")
        plain = ("id", "referral", "by", "withdrawn_by")


class FamilyWork(Record):
    """What was done with a family member on a day: kind, a code of `family.codes`, and a line. Taken back, it stays on record."""

    member = models.ForeignKey(FamilyMember, on_delete=models.PROTECT, related_name="work")
    on = models.DateField()
    kind = words(20)
    line = words(300)
    by = words(100)
    taken_back = models.BooleanField(default=False)

    class Meta:
        app_label = "programmes"

    class Privacy:
        personal = ("on", "kind", "line")
        plain = ("id", "member", "by", "taken_back")
