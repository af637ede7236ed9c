"""What came in: files, their rows as given, rows since corrected, and rows kept for correction (quarantine)."""

from django.db import models

from throughcare.casework.audit.models import Record


class FileLoad(Record):
    """One file, loaded in one transaction: what it was and what it brought.

    `corrects`: the file of which this is one row, corrected here; null for what an agency sent.
    """

    feed = models.CharField(max_length=60)
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=100)
    rows = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    same = models.IntegerField(default=0)
    quarantined = models.IntegerField(default=0)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        plain = (
            "id",
            "feed",
            "name",
            "digest",
            "loaded_at",
            "loaded_by",
            "rows",
            "new",
            "changed",
            "same",
            "quarantined",
            "corrects",
        )


class SourceRow(Record):
    """One row of an agency's extract as it stands now: `values` is the row as given, in JSON.

    `file` is the load that last changed it, `seen_in` the number of the load that last contained it. `named_by` is the
    number of the person's identifier by which the row was given to its person; null where it is about nobody.
    """

    id = models.BigIntegerField(primary_key=True)
    feed = models.CharField(max_length=60)
    record_id = models.CharField(max_length=80)
    digest = models.CharField(max_length=32)
    file = models.ForeignKey(FileLoad, on_delete=models.PROTECT, related_name="+")
    line = models.IntegerField()
    seen_in = models.BigIntegerField()
    named_by = models.BigIntegerField(null=True)
    values = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["feed", "record_id"], name="one_row_a_record"),)

    class Privacy:
        personal = ("record_id", "values")
        plain = ("id", "feed", "digest", "file", "line", "seen_in", "named_by")


class SupersededRow(Record):
    """A source row as it stood before a corrected file replaced it."""

    source = models.ForeignKey(SourceRow, on_delete=models.PROTECT, related_name="superseded")
    values = models.TextField()
    file = models.ForeignKey(FileLoad, on_delete=models.PROTECT, related_name="+")
    replaced_by = models.ForeignKey(FileLoad, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        personal = ("values",)
        plain = ("id", "source", "file", "replaced_by")


class QuarantinedRow(Record):
    """One fault of one row that could not be loaded; the row is kept as given.

    `mended_by` is the load that brought the record in a form that could be loaded, or another faulty form in its place.
    `set_aside`: the code of the reason why it will never be loaded ("" while it may be), with who said so and when.
    """

    file = models.ForeignKey(FileLoad, on_delete=models.PROTECT, related_name="quarantine")
    feed = models.CharField(max_length=60)
    line = models.IntegerField()
    record_id = models.CharField(max_length=80, db_index=True)
    column = models.CharField(max_length=60)
    value = models.TextField()
    rule = models.TextField()
    mend = models.TextField()
    row = models.TextField()
    mended_by = models.ForeignKey(FileLoad, null=True, on_delete=models.PROTECT, related_name="+")
    set_aside = models.CharField(max_length=30, default="", blank=True)
    set_aside_note = models.TextField(default="", blank=True)
    set_aside_by = models.CharField(max_length=100, default="", blank=True)
    set_aside_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("record_id", "value", "row", "set_aside_note")
        plain = ("id", "file", "feed", "line", "column", "rule", "mend", "mended_by", "set_aside", "set_aside_by", "set_aside_at")


class Adopted(Record):
    """A fact typed here that an extract then told too: row `row` of `table` has `source` since, and is not overwritten by it.

    `typed`: the names of the fields that were typed; `differing`: of those, the ones in which the extract says something else.
    Both in JSON.
    """

    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    source = models.ForeignKey(SourceRow, on_delete=models.PROTECT, related_name="+")
    typed = models.TextField()
    differing = models.TextField(default="[]")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["table", "row"], name="adopted_once"),)

    class Privacy:
        plain = ("id", "table", "row", "source", "typed", "differing")


class FeedTold(Record):
    """Those in whose charge a feed is were told `at` that it was "late" or "short" at a due time. `emailed_at`: its owner too."""

    feed = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    emailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["feed", "due_at", "state"], name="a_feed_is_told_once_a_due_time"),)

    class Privacy:
        plain = ("id", "feed", "due_at", "state", "at", "emailed_at")


class Fact(Record):
    """Base of every fact that may come from an agency. `source` is the row it came from; none where typed here."""

    source = models.ForeignKey(SourceRow, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True
