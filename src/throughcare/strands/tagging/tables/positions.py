"""Why positions are looked at, evidence taken from them, and their deletion: tables of the strand. No position stands in any."""

from django.db import models

from throughcare.casework.access.models import Account
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import Person, words


class Look(Record):
    """Why somebody looks at the positions of an order, said before any is shown: good for that account, order, span and day."""

    order = models.ForeignKey("tagging.Order", on_delete=models.PROTECT, related_name="looks")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    purpose = words(20)
    text = words(300)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    at = models.DateTimeField()
    on = models.DateField()
    by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("purpose", "text", "starts_at", "ends_at", "on")
        plain = ("id", "order", "account", "at", "by")


class EvidencePack(Record):
    """An evidence pack of a match: what was asked for and by whom, on what it rests, and the SHA-256 of the PDF.

    The PDF is not kept, since it holds positions: it is made again from the same fixes, and its hash says whether it is the same.
    `inputs`: SHA-256 of its fixes. `told`: JSON of what was typed for it.
    """

    match = models.ForeignKey("tagging.Match", on_delete=models.PROTECT, related_name="packs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    told = models.TextField()
    program = words(40)
    inputs = words(64)
    digest = words(64)
    at = models.DateTimeField()
    on = models.DateField()
    by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("told", "on")
        plain = ("id", "match", "person", "program", "inputs", "digest", "at", "by")


class Deletion(Record):
    """A deletion of positions that may be kept no longer, with its proof: the counts of the store before and after.

    `as_at`: what may be kept on that day. `ended_at`: null until it is done; one that was cut off is done again by the next.
    """

    as_at = models.DateField()
    kept_days = models.PositiveIntegerField()
    before = models.PositiveBigIntegerField()
    to_go = models.PositiveBigIntegerField()
    after = models.PositiveBigIntegerField(null=True)
    left = models.PositiveBigIntegerField(null=True)
    parts = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        plain = ("id", "as_at", "kept_days", "before", "to_go", "after", "left", "parts", "began_at", "ended_at", "by")


class DeletedFixes(Record):
    """How many fixes of one order a deletion was to delete. Those of no order are in its sum alone."""

    deletion = models.ForeignKey(Deletion, on_delete=models.PROTECT, related_name="orders")
    order = models.ForeignKey("tagging.Order", on_delete=models.PROTECT, related_name="+")
    fixes = models.PositiveBigIntegerField()

    class Meta:
        app_label = "tagging"

    class Privacy:
        plain = ("id", "deletion", "order", "fixes")
