"""A court case of a person, the pleas in it, the reports on it, what was imposed, and the day's court list.

One case is one person, court and set of offences dealt with together; its pleas are those to the qualifying offence.
"""

from django.db import models

from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words
from throughcare.strands.courts.reports.models import (  # noqa: F401 - Django finds an app's tables here
    Enquiry,
    QualityAnswer,
    QualityCheck,
    ReportSection,
    ReportText,
)

PLEAS = ("guilty", "not_guilty", "found_guilty")
REPORT_KINDS = ("oral", "fast", "standard")
NO_REPORT_REASONS = ("sentenced_without", "adjourned", "committed_to_crown", "trial_elsewhere", "other")
LATE_REASONS = ("learned_too_late", "sent_to_crown", "failed_to_attend", "assessment", "other")
ASSESSMENT_KINDS = ("DRR", "ATR")
REQUIREMENT_KINDS = (
    "rehabilitation_activity", "enhanced_activity", "drug_rehabilitation", "alcohol_treatment", "mental_health_treatment",
    "programme", "unpaid_work", "curfew",
)  # fmt: skip
SENTENCE_KINDS = ("custody", "suspended", "community", "fine", "other")
"""The most severe first: a case with several sentences counts by the first of these."""


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
