"""What was found of an order on a day, and what somebody decided of it: tables of the strand."""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import words


class Check(Record):
    """A London day of an order as it was looked at last, at `at`. `until`: up to which instant it could be looked at.

    `verdict`: kept, broken, not_told (nobody can say), or open while the day goes on. `fixes`: usable ones, of `received` in all.
    `changed`: what later looks told otherwise than the first, line by line.
    """

    order = models.ForeignKey("tagging.Order", on_delete=models.PROTECT, related_name="checks")
    day = models.DateField()
    at = models.DateTimeField()
    until = models.DateTimeField()
    verdict = words(10)
    fixes = models.PositiveIntegerField()
    received = models.PositiveIntegerField()
    changed = models.TextField(default="", blank=True)
    by = words(100)

    class Meta:
        app_label = "tagging"
        constraints = (models.UniqueConstraint(fields=["order", "day"], name="a_day_of_an_order_once"),)

    class Privacy:
        personal = ("day", "until", "verdict", "fixes", "received", "changed")
        plain = ("id", "order", "at", "by")


class Finding(Record):
    """Something found in [starts_at, ends_at) of an order, with its evidence: times, numbers of fixes, metres; never the fixes.

    `kind`: a code of `checks.words`. `ends_at`: null while it goes on. `reason`: of a gap, its likely reason; otherwise what
    explains it (an absence that is expected, a dead spot), "" where nothing does. `gone_at`: a later check found it no more; it
    stays, because somebody had reviewed it. `incident`: what it was raised in.
    """

    order = models.ForeignKey("tagging.Order", on_delete=models.PROTECT, related_name="findings")
    condition = models.ForeignKey("tagging.Condition", null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = words(20)
    tag = words(40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    fixes = models.PositiveIntegerField(default=0)
    metres = models.FloatField(null=True)
    precision_m = models.FloatField(null=True)
    mechanism = words(10)
    reason = words(20)
    explained = words(200)
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    incident = models.ForeignKey("tagging.Incident", null=True, on_delete=models.PROTECT, related_name="findings")

    class Meta:
        app_label = "tagging"
        indexes = (models.Index(fields=["order", "day"], name="findings_of_a_day"),)

    class Privacy:
        personal = ("day", "kind", "tag", "starts_at", "ends_at", "fixes", "metres", "precision_m", "mechanism", "reason",
                    "explained", "gone_at")  # fmt: skip
        plain = ("id", "order", "condition", "found_at", "incident")


class Review(Record):
    """What somebody decided of a finding: data_fault, accepted, warning, court. The last one that is not undone holds.

    `acted_at`: somebody acted on it (the warning was given, the court was told); from then on it cannot be undone.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="reviews")
    decision = words(12)
    reason = words(300)
    at = models.DateTimeField()
    on = models.DateField()
    by = words(100)
    undone_at = models.DateTimeField(null=True)
    undone_by = words(100)
    acted_at = models.DateTimeField(null=True)
    acted_by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("decision", "reason", "on")
        plain = ("id", "finding", "at", "by", "undone_at", "undone_by", "acted_at", "acted_by")
