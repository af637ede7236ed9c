"""The audit: who did what to which record, when; a chain of hashes that nobody can alter or shorten unseen.

`Record` is the base of every model: it refuses to be written outside an action's `recording` block, so that no write can
happen without its audit entry in the same transaction.
"""

from contextvars import ContextVar
from typing import Any

from django.db import models

writing: ContextVar[bool] = ContextVar("writing", default=False)


class WriteOutsideAction(RuntimeError):
    """A model was saved or deleted outside an action. Write a verb in an actions.py, with `audit.actions.recording`."""


def check_writing(model: type[models.Model], verb: str) -> None:
    """Refuses, with `WriteOutsideAction`, a write outside an action's `recording` block."""
    if not writing.get():
        raise WriteOutsideAction(
            f"{model._meta.label} cannot be {verb} directly: call the action that does it, "
            "which keeps the audit entry in the same transaction"
        )


class RecordQuerySet(models.QuerySet):
    """A query set whose writes obey the same rule as the model's."""

    def update(self, **fields: Any) -> int:
        check_writing(self.model, "updated")
        return super().update(**fields)

    def delete(self) -> tuple[int, dict[str, int]]:
        check_writing(self.model, "deleted")
        return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> Any:
        check_writing(self.model, "created")
        return super().bulk_create(objs, *args, **options)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        check_writing(self.model, "updated")
        return super().bulk_update(objs, fields, batch_size=batch_size)


class Record(models.Model):
    """Base of every model of Throughcare. `Privacy` names each field once: personal or plain."""

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    class Privacy:
        personal: tuple[str, ...] = ()
        plain: tuple[str, ...] = ()

    def save(self, *args: Any, **options: Any) -> None:
        check_writing(type(self), "saved")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> Any:
        check_writing(type(self), "deleted")
        return super().delete(*args, **options)


class Entry(Record):
    """One write (or, from the web service on, one view of a person). Append-only by database trigger.

    `details` holds identifiers, codes and field names, never names of people. `hash` covers the entry and the hash
    before it.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=100)
    person_id = models.BigIntegerField(null=True, db_index=True)
    details = models.TextField()
    hash = models.CharField(max_length=64)

    class Privacy:
        personal = ("person_id", "subject_id")
        plain = ("id", "at", "actor", "verb", "subject_type", "details", "hash")


class Head(Record):
    """The last entry's number and hash: one row. An entry removed from the end no longer agrees with it."""

    id = models.IntegerField(primary_key=True)
    entries = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Privacy:
        plain = ("id", "entries", "hash")
