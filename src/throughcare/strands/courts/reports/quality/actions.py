"""Checking a report of the sample."""

from collections.abc import Mapping

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.strands.courts.models import QualityAnswer, QualityCheck, Report
from throughcare.strands.courts.reports.errors import NotChecked
from throughcare.strands.courts.reports.items import ITEMS, VERDICTS
from throughcare.strands.courts.reports.quality.draw import first_of
from throughcare.strands.courts.reports.quality.queries import sample
from throughcare.strands.courts.reports.queries import written_by


def check(*, reader: Reader, report: Report, verdicts: Mapping[str, str], note: str) -> QualityCheck:
    """What somebody found who read it. `verdicts`: every item of the short list.

    Refused: of a report that is not in its month's sample, or whose month is not over; one that the checker wrote or signed;
    a second time; with an item left out, or a verdict that is none.
    """
    if set(verdicts) != set(ITEMS) or not set(verdicts.values()) <= set(VERDICTS):
        raise _refused(report, "Every item has one verdict", "met, partly or not, of each item", "answer every item")
    with recording(by=reader.by, verb="courts.check_quality") as entry:
        found = Report.objects.select_for_update(of=("self",)).select_related("case").get(pk=report.pk)
        month = first_of(found.delivered_on) if found.delivered_on else None
        if month is None or month >= first_of(reader.day) or found.pk not in sample(month).get(found.case.court, []):
            raise _refused(found, "The report is not in the sample", "one drawn, of a month that is over", "choose from the list")
        if written_by(found, reader.account):
            raise _refused(found, "Nobody checks their own report", "one that somebody else wrote", "leave it to a colleague")
        if QualityCheck.objects.filter(report=found).exists():
            raise _refused(found, "The report is checked already", "one that waits", "look at what was found")
        last = found.texts.exclude(signed_at=None).order_by("-version").values_list("version", flat=True).first()
        made = QualityCheck(
            report=found, version=last, checked_on=reader.day, checked_by=reader.by, checker=reader.account, note=note.strip()
        )
        made.save()
        for item in ITEMS:
            QualityAnswer(check_of=made, item=item, verdict=verdicts[item]).save()
        entry.about(made, person_id=found.case.person_id)
        entry.details = {"report": found.pk, **verdicts}
    return made


def _refused(report: Report, what: str, expected: str, mend: str) -> NotChecked:
    return NotChecked(what=what, record=f"report {report.pk}", expected=expected, mend=mend)
