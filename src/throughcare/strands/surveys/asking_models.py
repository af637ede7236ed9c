"""A survey asked in the service: its questions by version, its waves, its links, and what was written in free words.

No table ties an answer to a link, and none keeps when somebody answered. docs/adr/0033-asking-without-knowing-who.md.
"""

from django.db import models

from throughcare.casework.access.models import Account
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import words

TO_SEND, SENDING, SENT, FAILED, BY_HAND = "to send", "sending", "sent", "failed", "by hand"


class Survey(Record):
    """What is asked, wave after wave, and why."""

    title = models.CharField(max_length=100)
    purpose = models.TextField()

    class Privacy:
        plain = ("id", "title", "purpose")


class Version(Record):
    """The questions of a survey as JSON (`asking.questions`). Once a wave of it has an answer it stays as it is."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    questions = models.TextField(default="[]")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["survey", "number"], name="a_version_a_number"),)

    class Privacy:
        plain = ("id", "survey", "number", "questions")


class SurveyWave(Record):
    """One time of asking, open on [opens_on, closes_on). `sent`: its links go out, and nobody is added. `answered`: it has an
    answer, so that its version is frozen. `closed`: its links are forgotten, and its results may be read.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="waves")
    number = models.IntegerField()
    slug = models.CharField(max_length=20, unique=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    sent = models.BooleanField(default=False)
    answered = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(closes_on__gt=models.F("opens_on")), name="a_wave_closes_after_it_opens"),
        )

    class Privacy:
        plain = ("id", "version", "number", "slug", "opens_on", "closes_on", "sent", "answered", "closed")


class Invitation(Record):
    """One link: of which kind of respondent, of which organisation and borough, and whether it was used; never when.

    id: drawn, and drawn anew when the wave closes. account or address: where it goes; neither where it is handed out. nonce:
    what its link is made of. All three are taken out when the wave closes. reminders: how many were due and taken up.
    fault: the class of what went wrong in sending.
    """

    id = models.BigIntegerField(primary_key=True)
    wave = models.ForeignKey(SurveyWave, on_delete=models.PROTECT, related_name="invitations")
    group = words(20)
    organisation = words(60)
    borough = words(60)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField(default="", blank=True)
    nonce = models.CharField(max_length=40, default="", blank=True, db_index=True)
    state = models.CharField(max_length=10, default=TO_SEND)
    reminders = models.IntegerField(default=0)
    fault = words(60)
    used = models.BooleanField(default=False)

    class Privacy:
        personal = ("account", "address", "nonce")
        plain = ("id", "wave", "group", "organisation", "borough", "state", "reminders", "fault", "used")


class Comment(Record):
    """What somebody wrote in answer to a question in free words: kept apart from their other answers, in no order."""

    id = models.BigIntegerField(primary_key=True)
    wave = words(20)
    question = words(40)
    group = words(20)
    text = models.TextField()

    class Privacy:
        personal = ("text",)
        plain = ("id", "wave", "question", "group")
