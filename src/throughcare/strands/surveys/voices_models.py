"""Interviews, focus groups and case studies: conversations, the codebook of themes, and quotations without the person."""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import words


class Conversation(Record):
    """One conversation: the day, its kind, and the organisation of who spoke; never who. `told`: the number of people in it.

    source: its reference in the coding software, so that a second import finds it. A conversation with somebody whom the pilot
    serves has the organisation "participant".
    """

    kind = words(20)
    on = models.DateField()
    organisation = words(60)
    told = models.IntegerField(default=1)
    source = words(80)

    class Privacy:
        personal = ("organisation",)
        plain = ("id", "kind", "on", "told", "source")


class Consent(Record):
    """What the speaker agreed to, as it was said: the last one counts. `covers`: quoting, the analysis alone, or nothing."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="consents")
    on = models.DateField()
    covers = words(20)

    class Privacy:
        plain = ("id", "conversation", "on", "covers")


class Theme(Record):
    """A theme of the codebook. `source`: its identifier in the coding software."""

    title = models.CharField(max_length=100)
    meaning = models.TextField(default="", blank=True)
    source = words(80)

    class Privacy:
        plain = ("id", "title", "meaning", "source")


class Quotation(Record):
    """Words of a conversation under a theme. `for_report`: chosen for the report. `looked`: somebody saw what may tell who
    is meant and left it, as it tells nobody.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="quotations")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="quotations")
    text = models.TextField()
    looked = models.BooleanField(default=False)
    for_report = models.BooleanField(default=False)

    class Privacy:
        personal = ("text",)
        plain = ("id", "conversation", "theme", "looked", "for_report")
