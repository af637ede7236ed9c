"""Notices, and which account has seen which."""

from django.db import models

from throughcare.casework.access.models import Account, Post
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import Person


class Notice(Record):
    """That something happened: told to a post, whoever holds it, or to an account. `words` tell nothing of anybody.

    key: what happened; each addressee is told of it once. address: where to read more, behind its own guard. person: whom it
    is about, null where it is about nobody; row: the row of the access policy that the words disclose of the person, "" for none.
    off_on: the day of what is off, where that is what is told: it stands on Today until then or until it is seen.
    """

    key = models.CharField(max_length=150)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=400)
    address = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField(db_index=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    row = models.CharField(max_length=60, default="", blank=True)
    off_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key", "post"], name="a_post_is_told_once"),
            models.UniqueConstraint(fields=["key", "account"], name="an_account_is_told_once"),
            models.CheckConstraint(
                condition=models.Q(post=None, account__isnull=False) | models.Q(post__isnull=False, account=None),
                name="a_notice_is_for_a_post_or_an_account",
            ),
        )

    class Privacy:
        personal = ("words",)
        plain = ("id", "key", "post", "account", "address", "at", "person", "row", "off_on")


class Seen(Record):
    """An account has seen a notice. Another holder of the same post has not."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="seen")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["notice", "account"], name="a_notice_is_seen_once"),)

    class Privacy:
        plain = ("id", "notice", "account", "at")
