"""Who has a case in court on a day, and what was typed at the court desk: tables of the strand, as those of `courts.models`."""

from django.db import models

from throughcare.casework.access.models import Account, Post
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import Person, words

TYPED_KINDS = ("note", "plea", "adjourned")


class CaseTaken(Record):
    """An officer's post has a person's case in court on that day, from `taken_at` until `ended_at` (null: has it still).

    Handed back or taken over, the row ends and stays. One post at a time has a case, whoever asks at the same moment:
    the person's row is locked. Of two people found to be one, both of whose cases are taken, who took the first has it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    court = words()
    sits_on = models.DateField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["sits_on", "court"], name="cases_taken_of_a_day"),)

    class Privacy:
        personal = ("court", "sits_on")
        plain = ("id", "person", "post", "taken_at", "ended_at")


class TypedAtDesk(Record):
    """What an officer typed at the court desk of a day, kept once however often it was sent: `key` is made where it is typed.

    kind: note, plea or adjourned. `word`: the plea. `at`: when it happened in court, as typed, London time; null where nothing
    was said of it. `made` and `made_id`: the record that came of it.
    """

    key = models.UUIDField(unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    court = words()
    sits_on = models.DateField()
    kind = words(10)
    word = words(12)
    at = models.TimeField(null=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    made = words(60)
    made_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=["sits_on", "court"], name="typed_at_desk_of_a_day"),)

    class Privacy:
        personal = ("court", "sits_on", "kind", "word", "at")
        plain = ("id", "key", "person", "account", "post", "kept_at", "made", "made_id")
