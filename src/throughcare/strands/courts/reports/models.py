"""The words of reports by version, the enquiries before them, and the checks of their quality."""

from django.db import models

from throughcare.casework.access.models import Account
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import words

LONGEST = 20_000
"""The longest that a section can be, in characters."""

VERDICTS = {"met": "Met", "partly": "Partly", "not": "Not met"}
ITEMS = {
    "offence_analysis": "It says what happened and why, and not only what the charge is",
    "risk": "It says what the risk is, to whom, and what it rests on",
    "proposal": "The proposal is clear, and follows from the rest",
    "requirements": "Each requirement proposed is named, with its length",
    "in_time": "It was with the court in time",
    "enquiries": "The enquiries were asked, and what came back is in it",
}
"""What a report is checked for."""


class ReportText(Record):
    """A version of a report's words: a draft until it is signed, and never changed after.

    `head`: what stands above and below the sections once it is signed (design.paper), "" before. `why`: what version 2 and
    later correct. `signed_on`: the day of the signature. A version is superseded by the next one that is signed.
    Of an oral report: what the screen said that it was spoken from; `asked_at_once`: it was asked for in the same act.
    """

    report = models.ForeignKey("courts.Report", on_delete=models.PROTECT, related_name="texts")
    version = models.IntegerField()
    began_by = words(100)
    began_at = models.DateTimeField()
    why = words(300)
    head = models.TextField(default="", blank=True)
    signed_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = words(100)
    signer = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at_once = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["report", "version"], name="one_text_a_version"),
            models.UniqueConstraint(fields=["report"], condition=models.Q(signed_at=None), name="one_draft_a_report"),
        )

    class Privacy:
        personal = ("why", "head", "signed_on")
        plain = ("id", "report", "version", "began_by", "began_at", "signed_at", "signed_by", "signer", "asked_at_once")


class ReportSection(Record):
    """A section of a version. `row`: the row of the access policy that a reader of it needs; `place`: its place in the order.

    `body`: what it says; `prefilled`: what was last put in from the record, by which is seen that it says something else now.
    `revision`: goes up with each change, so that of two who write at once the later is told. `done`: the author's word.
    """

    text = models.ForeignKey(ReportText, on_delete=models.PROTECT, related_name="sections")
    slug = words(30)
    title = words(100)
    row = words(40)
    place = models.IntegerField()
    body = models.TextField(default="", blank=True)
    prefilled = models.TextField(default="", blank=True)
    done = models.BooleanField(default=False)
    revision = models.IntegerField(default=0)
    kept_at = models.DateTimeField()
    kept_by = words(100)
    writer = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["text", "slug"], name="a_section_once_a_text"),)

    class Privacy:
        personal = ("body", "prefilled")
        plain = ("id", "text", "slug", "title", "row", "place", "done", "revision", "kept_at", "kept_by", "writer")


class Enquiry(Record):
    """Something asked of others about the person of a case. `whom`: by its slug in the pilot file.

    `answered_on` is null until there is an answer; `nothing_known`: that was the answer. `chased_on`: the last day on which
    they were reminded. `withdrawn`: asked by mistake, it counts nowhere.
    """

    case = models.ForeignKey("courts.CourtCase", on_delete=models.PROTECT, related_name="enquiries")
    whom = words(30)
    question = words(300)
    asked_on = models.DateField()
    asked_by = words(100)
    chased_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    nothing_known = models.BooleanField(default=False)
    answer = models.TextField(default="", blank=True)
    answered_by = words(100)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "whom"], condition=models.Q(answered_on=None, withdrawn=False), name="one_open_enquiry_of_each"
            ),
        )

    class Privacy:
        personal = ("question", "asked_on", "chased_on", "answered_on", "nothing_known", "answer")
        plain = ("id", "case", "whom", "asked_by", "answered_by", "withdrawn")


class QualityCheck(Record):
    """A report of the month's sample, read by somebody who did not write it, against the short list."""

    report = models.OneToOneField("courts.Report", on_delete=models.PROTECT, related_name="quality")
    version = models.IntegerField()
    checked_on = models.DateField()
    checked_by = words(100)
    checker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(default="", blank=True)

    class Privacy:
        personal = ("note",)
        plain = ("id", "report", "version", "checked_on", "checked_by", "checker")


class QualityAnswer(Record):
    """One item of a check, and whether it is met."""

    check_of = models.ForeignKey(QualityCheck, on_delete=models.PROTECT, related_name="answers")
    item = words(30)
    verdict = words(10)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["check_of", "item"], name="an_item_once_a_check"),)

    class Privacy:
        plain = ("id", "check_of", "item", "verdict")
