"""One extract that somebody sent: where it is kept until it is loaded, how far it is, what became of it."""

from django.db import models

from throughcare.casework.access.models import Account
from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import FileLoad

WAITING, READING, LINKING, DONE, FAILED = "waiting", "reading", "linking", "done", "failed"
UNDER_WAY = (WAITING, READING, LINKING)


class Upload(Record):
    """An extract that an account sent. It is waiting, then reading, then linking; then done, or failed with what and the mend.

    feed: "" where its name says none. folder: the name of its folder in the home's uploads, gone once the rows are in or it is
    refused. told_rows: the lines of the file less its heading: about its rows. attempts: how often loading it was begun. load:
    what came of it, null until its rows are in.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    sent_by = models.CharField(max_length=100)
    sent_at = models.DateTimeField()
    name = models.CharField(max_length=255)
    feed = models.CharField(max_length=60, default="", blank=True)
    digest = models.CharField(max_length=64, default="", blank=True)
    folder = models.CharField(max_length=40, default="", blank=True)
    told_rows = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, db_index=True)
    attempts = models.IntegerField(default=0)
    load = models.ForeignKey(FileLoad, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.TextField(default="", blank=True)
    mend = models.TextField(default="", blank=True)
    finished_at = models.DateTimeField(null=True)

    class Privacy:
        plain = (
            "id", "account", "sent_by", "sent_at", "name", "feed", "digest", "folder", "told_rows", "state", "attempts", "load",
            "what", "mend", "finished_at",
        )  # fmt: skip

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def kept(self) -> bool:
        """Whether it failed by no fault of the file, which is still here: it can be tried again."""
        return self.state == FAILED and bool(self.folder)
