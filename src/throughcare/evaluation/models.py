"""Studies: the protocol and its amendments, the frozen copies and what was added to them, the runs; and value models.

No table holds a row about a person: those are in the files of the copy, under pseudonyms whose key lies apart.
"""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import words


class Study(Record):
    """A registered study. `seen_before`: its outcomes had been opened before it was registered, and how; "": they had not. It
    is never taken back. `opened_at`: when outcomes were first opened under it."""

    slug = models.SlugField(max_length=60, unique=True)
    title = words(200)
    registered_at = models.DateTimeField()
    registered_by = words(100)
    seen_before = models.TextField(default="", blank=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = words(100)

    class Privacy:
        plain = ("id", "slug", "title", "registered_at", "registered_by", "seen_before", "opened_at", "opened_by")


class Version(Record):
    """The protocol as registered (number 1), and each amendment of it. `after_opening`: made when outcomes had been seen."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    text = models.TextField()
    sha256 = words(64)
    at = models.DateTimeField()
    by = words(100)
    why = models.TextField(default="", blank=True)
    after_opening = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["study", "number"], name="one_version_a_number"),)

    class Privacy:
        plain = ("id", "study", "number", "text", "sha256", "at", "by", "why", "after_opening")


class Copy(Record):
    """A frozen copy: its files under the home, their digest, until when it is kept and who holds the key. `destroyed_at`: its
    files and key are no more; that there was a copy stays on record."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="copies")
    number = models.IntegerField()
    at = models.DateTimeField()
    as_at = models.DateField()
    by = words(100)
    sha256 = words(64)
    rows = models.IntegerField()
    last_index_on = models.DateField(null=True)
    keep_until = models.DateField()
    key_holder = words(100)
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = words(100)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["study", "number"], name="one_copy_a_number"),)

    class Privacy:
        plain = (
            "id", "study", "number", "at", "as_at", "by", "sha256", "rows", "last_index_on", "keep_until", "key_holder",
            "destroyed_at", "destroyed_by",
        )  # fmt: skip


class Addition(Record):
    """Outcomes matched to a copy by its key, as they were known on a day. None replaces another."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="additions")
    as_at = models.DateField()
    at = models.DateTimeField()
    by = words(100)
    sha256 = words(64)
    matched = models.IntegerField()

    class Privacy:
        plain = ("id", "copy", "as_at", "at", "by", "sha256", "matched")


class StudyRun(Record):
    """One run of a study and what it found, with the digests of protocol and data. `addition`: null where data were a file."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="runs")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    addition = models.ForeignKey(Addition, null=True, on_delete=models.PROTECT, related_name="+")
    as_at = models.DateField()
    at = models.DateTimeField()
    by = words(100)
    data_sha256 = words(64)
    results = models.TextField()

    class Privacy:
        plain = ("id", "study", "version", "addition", "as_at", "at", "by", "data_sha256", "results")


class ValueModel(Record):
    """One version of a cost-benefit model and what it came to; the last of a slug counts."""

    slug = models.SlugField(max_length=60, db_index=True)
    title = words(200)
    text = models.TextField()
    sha256 = words(64)
    at = models.DateTimeField()
    by = words(100)
    results = models.TextField()

    class Privacy:
        plain = ("id", "slug", "title", "text", "sha256", "at", "by", "results")
