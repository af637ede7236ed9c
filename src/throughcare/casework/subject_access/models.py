"""Requests to see what is held, whom we asked about them, what was decided of each item, and the documents signed off."""

from datetime import date

from django.db import models

from throughcare.casework.access.models import Account
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import Person, words
from throughcare.casework.subject_access import clock
from throughcare.casework.subject_access.states import OPEN, SHOWN

CAME_BY = {"letter": "Letter", "email": "Email", "spoken": "Spoken", "form": "Form", "agent": "Somebody who acts for them"}
PROOF = {
    "known": "Known to an officer who was asked", "document": "A document with a photograph",
    "authority": "Their signed authority for who acts for them", "answers": "Answers to what only they would know",
}  # fmt: skip
REASONS = {
    "crime": "Would harm the prevention or detection of crime (Data Protection Act 2018, section 45(4); Schedule 2, paragraph 2)",
    "third_party": "About or from somebody else, who has not agreed (Schedule 2, paragraph 16)",
    "harm": "Likely to cause serious harm to somebody's health, on a clinician's advice (Schedule 3, paragraph 5)",
    "privilege": "Legal advice, or for legal proceedings (Schedule 2, paragraph 19)",
    "not_theirs": "Not about this person",
}
GIVEN_BY = {"hand": "By hand", "post": "By post", "email": "By email, protected"}


class Request(Record):
    """One request. `name_given`, `numbers_given`, `asked_for`: as it came, whoever the person turned out to be.

    `person` is null until it is known who asked. `proof_asked_on`: proof of identity was asked for, and the time runs from
    `proof_on`. `redacted_by` and `signed_by` are accounts, which must differ.
    """

    name_given = words(200)
    numbers_given = words(200)
    asked_for = models.TextField(default="", blank=True)
    came_by = words(10)
    received_on = models.DateField()
    received_by = words(100)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="subject_access_requests")
    state = models.CharField(max_length=12, default="received")
    proof_asked_on = models.DateField(null=True)
    proof_on = models.DateField(null=True)
    proof = words(12)
    proof_by = words(100)
    longer_on = models.DateField(null=True)
    longer_why = words(10)
    redacted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    redacted_on = models.DateField(null=True)
    signed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True)
    given_on = models.DateField(null=True)
    given_how = words(10)
    closed_because = models.TextField(default="", blank=True)

    class Privacy:
        personal = ("name_given", "numbers_given", "asked_for", "proof", "closed_because")
        plain = (
            "id", "came_by", "received_on", "received_by", "person", "state", "proof_asked_on", "proof_on", "proof_by",
            "longer_on", "longer_why", "redacted_by", "redacted_on", "signed_by", "signed_on", "given_on", "given_how",
        )  # fmt: skip

    @property
    def number(self) -> str:
        return f"SA-{self.pk}"

    @property
    def shown(self) -> str:
        return SHOWN[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def due_on(self) -> date | None:
        """The last day in time; None while proof of identity is awaited, for the time does not run."""
        start = clock.starts_on(received=self.received_on, proof_asked=self.proof_asked_on, proof=self.proof_on)
        return clock.due_on(start, longer=self.longer_on is not None) if start else None


class Controller(Record):
    """Somebody who holds something on the person and was asked, by a day, what must be kept back and why."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="controllers")
    name = words(100)
    asked_on = models.DateField()
    answer_by = models.DateField()
    answered_on = models.DateField(null=True)
    answer = models.TextField(default="", blank=True)
    answered_by = words(100)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["request", "name"], name="a_controller_once_a_request"),)

    class Privacy:
        personal = ("answer",)
        plain = ("id", "request", "name", "asked_on", "answer_by", "answered_on", "answered_by")


class Ruling(Record):
    """What was decided of one item (`items.Item.key`): given, or withheld for a coded reason. The last one counts."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="rulings")
    item = words(100)
    given = models.BooleanField()
    reason = words(12)
    note = models.TextField(default="", blank=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["request", "item"], name="rulings_of_a_request"),)

    class Privacy:
        personal = ("given", "reason", "note")
        plain = ("id", "request", "item", "account", "on")


class Signed(Record):
    """The two documents as they were signed off: what the person is given, and the internal schedule of what was withheld."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="signed")
    pack = models.TextField()
    schedule = models.TextField()
    on = models.DateField()
    by = words(100)

    class Privacy:
        personal = ("pack", "schedule")
        plain = ("id", "request", "on", "by")
