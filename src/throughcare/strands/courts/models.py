"""A court case of a person, the pleas in it, the reports on it, what was imposed, and the day's court list.

One case is one person, court and set of offences dealt with together; its pleas are those to the qualifying offence.
"""

from django.db import models

from throughcare.casework.access.models import Account
from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words
from throughcare.strands.courts.desk_tables import CaseTaken, TypedAtDesk  # noqa: F401  (tables of this app)
from throughcare.strands.courts.list_tables import (  # noqa: F401
    BAIL,
    MATCH_ANSWERS,
    MATCH_KINDS,
    Hearing,
    HearingMatch,
    ListReceived,
    UnreadLine,
)  # fmt: skip

PLEAS = ("guilty", "not_guilty", "found_guilty")
REPORT_KINDS = ("oral", "fast", "standard")
NO_REPORT_REASONS = ("sentenced_without", "adjourned", "committed_to_crown", "trial_elsewhere", "other")
LATE_REASONS = ("learned_too_late", "sent_to_crown", "failed_to_attend", "assessment", "other")
ASSESSMENT_KINDS = ("DRR", "ATR")
RESULT_KINDS = (
    "rehabilitation_activity", "enhanced_activity", "drug_rehabilitation", "alcohol_treatment", "mental_health_treatment",
    "programme", "unpaid_work", "curfew",
)  # fmt: skip
"""The requirements that the court's results have a column for."""
REQUIREMENT_KINDS = (*RESULT_KINDS, "electronic_monitoring")
EVENT_KINDS = ("adjourned", "transferred", "committed")
NOT_ENHANCED_REASONS = (
    "not_proposed", "not_suitable", "no_place", "other_requirement", "not_consented", "court_decided", "other",
)  # fmt: skip
SENTENCE_KINDS = ("custody", "suspended", "community", "fine", "other")
"""The most severe first: a case with several sentences counts by the first of these."""
ORDERS = ("community", "suspended")
"""Sentences that have requirements."""


class ListEntry(Fact):
    """One person on one court's list for one day; `received_on` is the day on which the list reached the court officer."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    court = words()
    hearing_on = models.DateField()
    received_on = models.DateField()

    class Meta:
        constraints = one_a_source("court_list_entry")
        indexes = (models.Index(fields=["hearing_on", "court"], name="court_list_of_a_day"),)

    class Privacy:
        personal = ("court", "hearing_on")
        plain = ("id", "source", "person", "received_on")


class CourtCase(Fact):
    """A case. It came to attention on the earlier of `told_on` and `listed_on`; at least one of them is there.

    `told_on`: somebody told the court officer. `listed_on`: the list match reached them. `no_report_reason` is empty
    where there is a report, or where no reason was recorded.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    court = words()
    told_on = models.DateField(null=True)
    listed_on = models.DateField(null=True)
    offence_code = words(5)
    no_report_reason = words(20)

    class Meta:
        constraints = one_a_source("court_case")

    class Privacy:
        personal = ("court", "told_on", "listed_on", "offence_code", "no_report_reason")
        plain = ("id", "source", "person")


class Plea(Fact):
    """A plea to the qualifying offence, or the finding after trial. It stands over [entered_on, vacated_on)."""

    case = models.ForeignKey(CourtCase, on_delete=models.PROTECT, related_name="pleas")
    entered_on = models.DateField()
    plea = words(12)
    vacated_on = models.DateField(null=True)

    class Meta:
        constraints = one_a_source("court_plea")

    class Privacy:
        personal = ("entered_on", "plea", "vacated_on")
        plain = ("id", "source", "case")


class PleaCorrection(Record):
    """A plea as it stood before somebody corrected it here: what the clock did until then stays to be seen.

    `plea` is null where an extract has taken the row away since. One corrected by its extract is kept with its source row.
    """

    case = models.ForeignKey(CourtCase, on_delete=models.PROTECT, related_name="corrections")
    plea = models.ForeignKey(Plea, null=True, on_delete=models.SET_NULL, related_name="+")
    was = words(12)
    entered_on = models.DateField()
    vacated_on = models.DateField(null=True)
    why = words(300)
    on = models.DateField()
    by = words(100)

    class Privacy:
        personal = ("was", "entered_on", "vacated_on", "why")
        plain = ("id", "case", "plea", "on", "by")


class CaseEvent(Record):
    """The case was adjourned `until` a day, transferred to another `court`, or committed to the Crown Court named there.

    It stops no clock. `taken_back_on` is null while it stands; an event entered by mistake is taken back and stays on record.
    """

    case = models.ForeignKey(CourtCase, on_delete=models.PROTECT, related_name="events")
    kind = words(12)
    on = models.DateField()
    until = models.DateField(null=True)
    court = words()
    by = words(100)
    taken_back_on = models.DateField(null=True)
    taken_back_by = words(100)

    class Privacy:
        personal = ("kind", "on", "until", "court")
        plain = ("id", "case", "by", "taken_back_on", "taken_back_by")


class Report(Fact):
    """A report asked for on a case; `delivered_on` is null until it is delivered. `author` is a post, not a name.

    `started_on` is null until somebody has begun to write it. `late_reason` is empty where the last day was not missed, or
    the reason is still to be given; `late_text` says what "other" was.
    """

    case = models.ForeignKey(CourtCase, on_delete=models.PROTECT, related_name="reports")
    requested_on = models.DateField()
    started_on = models.DateField(null=True)
    delivered_on = models.DateField(null=True)
    kind = words(10)
    author = words()
    late_reason = words(20)
    late_text = words(300)

    class Meta:
        constraints = one_a_source("court_report")

    class Privacy:
        personal = ("requested_on", "started_on", "delivered_on", "kind", "late_reason", "late_text")
        plain = ("id", "source", "case", "author")


class Assessment(Fact):
    """An assessment for a drug rehabilitation (DRR) or an alcohol treatment requirement (ATR), done at a court."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    court = words()
    kind = words(3)
    carried_out_on = models.DateField()

    class Meta:
        constraints = one_a_source("court_assessment")

    class Privacy:
        personal = ("court", "kind", "carried_out_on")
        plain = ("id", "source", "person")


class CaseSentence(Fact):
    """A sentence imposed in a case; a case may have several. `months` is null where the sentence has no length."""

    case = models.ForeignKey(CourtCase, on_delete=models.PROTECT, related_name="sentences")
    sentenced_on = models.DateField()
    kind = words(12)
    months = models.IntegerField(null=True)

    class Meta:
        constraints = one_a_source("court_sentence")

    class Privacy:
        personal = ("sentenced_on", "kind", "months")
        plain = ("id", "source", "case")


class CaseRequirement(Fact):
    """A requirement of a community or suspended sentence order; `days` is null where it is not ordered in days."""

    sentence = models.ForeignKey(CaseSentence, on_delete=models.PROTECT, related_name="requirements")
    kind = words(30)
    days = models.IntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "kind"], name="one_court_requirement_a_kind"),)

    class Privacy:
        personal = ("kind", "days")
        plain = ("id", "source", "sentence")


class OutcomeCheck(Record):
    """Somebody confirmed or corrected a sentence that came with the court's results. `load` is the file it had come with then:
    a row that the court corrects later is asked about anew. `was` is what the court said, in JSON, where it was corrected.
    """

    sentence = models.ForeignKey(CaseSentence, on_delete=models.CASCADE, related_name="checks")
    load = models.BigIntegerField()
    corrected = models.BooleanField(default=False)
    was = models.TextField(default="", blank=True)
    on = models.DateField()
    by = words(100)

    class Privacy:
        personal = ("was",)
        plain = ("id", "sentence", "load", "corrected", "on", "by")


class CaseOutcome(Record):
    """What is known of a case's outcome beside the sentence: why somebody for whom the enhanced activity requirement was open
    did not get it, and how many of the days of activity ordered are done, as at a day. Empty and null: not told.
    """

    case = models.OneToOneField(CourtCase, on_delete=models.PROTECT, related_name="outcome")
    not_enhanced = words(20)
    not_enhanced_text = words(300)
    days_done = models.IntegerField(null=True)
    days_done_on = models.DateField(null=True)

    class Privacy:
        personal = ("not_enhanced", "not_enhanced_text", "days_done", "days_done_on")
        plain = ("id", "case")


class ReportText(Record):
    """A version of a report's words: a draft until it is signed, and never changed after.

    `head`: what stands above and below the sections once it is signed (design.paper), "" before. `why`: what version 2 and
    later correct. `signed_on`: the day of the signature. A version is superseded by the next one that is signed.
    Of an oral report: what the screen said that it was spoken from; `asked_at_once`: it was asked for in the same act.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="texts")
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

    case = models.ForeignKey(CourtCase, on_delete=models.PROTECT, related_name="enquiries")
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

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="quality")
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
