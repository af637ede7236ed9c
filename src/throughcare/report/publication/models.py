"""Drafts and publications of the report: the cut of the figures that they rest on, their chapters, who approved them.

No table holds a row about a person. The cut holds the counts as they were before small numbers were withheld: it is shown to
nobody, and is kept so that the same report can be made again, and so that later publications protect what this one withheld.
"""

from datetime import date, timedelta

from django.db import models

from throughcare.casework.access.models import Account
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import words

GOVERNANCE, PUBLIC = "governance", "public"


class Edition(Record):
    """One version of the report of a period for an audience: a draft until `forward_at`, then what two people approve.

    cut: the frozen figures and all that stands around them. files: by name the SHA-256 of each file that was put forward, as
    JSON; sha256: of all of them. why: what changed since the version before, and why. embargo_on: nobody outside sees it
    before 9:30 London time of that day. ended_at: when it was withdrawn, with the notice that is left in its place.
    """

    start = models.DateField()
    end = models.DateField()
    audience = models.CharField(max_length=12)
    version = models.IntegerField()
    made_at = models.DateTimeField()
    made_by = words(100)
    cut = models.TextField()
    cut_at = models.DateTimeField()
    cut_by = words(100)
    files = models.TextField(default="", blank=True)
    sha256 = words(64)
    forward_at = models.DateTimeField(null=True)
    forward_by = words(100)
    embargo_on = models.DateField(null=True)
    why = models.TextField(default="", blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = words(100)
    notice = models.TextField(default="", blank=True)

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.end - timedelta(days=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["start", "end", "audience", "version"], name="one_edition_a_version"),)

    class Privacy:
        plain = (
            "id", "start", "end", "audience", "version", "made_at", "made_by", "cut", "cut_at", "cut_by", "files", "sha256",
            "forward_at", "forward_by", "embargo_on", "why", "ended_at", "ended_by", "notice",
        )  # fmt: skip


class Chapter(Record):
    """One version of a chapter's text. The last counts; one that was undone is followed by the text before it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="chapters")
    slug = models.SlugField(max_length=60)
    number = models.IntegerField()
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = words(100)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["edition", "slug", "number"], name="one_text_a_number"),)

    class Privacy:
        plain = ("id", "edition", "slug", "number", "text", "at", "by")


class Approval(Record):
    """Somebody approved these very files: of others, made since, it is no approval."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="approvals")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    sha256 = words(64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["edition", "account", "sha256"], name="one_approval_a_person"),)

    class Privacy:
        plain = ("id", "edition", "account", "sha256", "at")
