"""The outbox: what happened, kept in the transaction in which it happened, and which handlers have had it since."""

from django.db import models

from throughcare.casework.audit.models import Record


class Outbox(Record):
    """One event. `handled_at` is empty while a handler has still to have it; `last_error` is why, after `attempts` tries.

    `person_id` is a number and no foreign key: people are built upon events, not the other way round.
    """

    kind = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True, db_index=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    happened_on = models.DateField()
    details = models.TextField(default="{}")
    created_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.IntegerField(default=0)
    last_error = models.TextField(default="", blank=True)

    class Privacy:
        personal = ("person_id", "subject_id", "happened_on", "details", "last_error")
        plain = ("id", "kind", "subject_type", "created_at", "handled_at", "attempts")


class Handled(Record):
    """One handler has had one event: it is never given it again, even while another handler still fails."""

    event = models.ForeignKey(Outbox, on_delete=models.PROTECT, related_name="handled_by")
    handler = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["event", "handler"], name="an_event_once_a_handler"),)

    class Privacy:
        plain = ("id", "event", "handler", "at")
