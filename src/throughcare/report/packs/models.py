"""Governance packs as they were frozen, and their files."""

from datetime import date, timedelta

from django.db import models

from throughcare.casework.audit.models import Record


class Pack(Record):
    """The pack of the days [start, end), frozen once and never changed.

    state: the number of the last entry of the audit chain when its figures were read, and state_hash that entry's hash: the
    store as it then stood. supersedes: the pack of the same days before it. small: how many of its figures are under the smallest
    number that may be published. sha256: of its files' digests, in the order of their names.
    """

    start = models.DateField()
    end = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    state = models.BigIntegerField()
    state_hash = models.CharField(max_length=64)
    small = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")

    class Privacy:
        plain = ("id", "start", "end", "at", "by", "state", "state_hash", "small", "sha256", "supersedes")

    @property
    def last(self) -> date:
        """The last of its days."""
        return self.end - timedelta(days=1)

    @property
    def is_superseded(self) -> bool:
        return hasattr(self, "superseded_by")


class PackFile(Record):
    """One form of a pack, as it was."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["pack", "name"], name="one_file_a_name_of_a_pack"),)

    class Privacy:
        plain = ("id", "pack", "name", "sha256", "content")
