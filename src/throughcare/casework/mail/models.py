"""E-mails to accounts, and how each wants its digest."""

from django.db import models

from throughcare.casework.access.models import Account
from throughcare.casework.audit.models import Record

DAILY, OVERDUE, NONE = "daily", "overdue", "none"
DIGEST, OFF = "digest", "off"
TO_SEND, SENDING, SENT, FAILED = "to send", "sending", "sent", "failed"


class Choice(Record):
    """When an account wants its digest: every working morning, only where something is overdue, never. None kept: every one."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=10)

    class Privacy:
        plain = ("id", "account", "digest")


class Email(Record):
    """One e-mail to one account: what was said, why, when, whether it went. About the account's holder, and about no person.

    kind: the digest, or that something is off. key: what it tells; an account is sent it once. of_day: the day after which it is
    no news: the digest's own, or the day of what is off. address: where it went. state: "sending" is kept before it goes; where
    the program died just then it stays so, as nobody can know, and goes no more. tries: how often it was begun; fault: the class
    of the last error, never its words.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=150)
    of_day = models.DateField(db_index=True)
    subject = models.CharField(max_length=100)
    text = models.TextField()
    address = models.EmailField(default="", blank=True)
    state = models.CharField(max_length=10, db_index=True)
    tries = models.IntegerField(default=0)
    fault = models.CharField(max_length=60, default="", blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "key"], name="an_account_is_sent_it_once"),)

    class Privacy:
        personal = ("address",)
        plain = (
            "id", "account", "kind", "key", "of_day", "subject", "text", "state", "tries", "fault", "made_at", "sent_at",
        )  # fmt: skip
