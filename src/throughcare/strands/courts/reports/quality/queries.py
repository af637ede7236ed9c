"""Reading the samples: which reports of a month are to be checked, which are, and what was found."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import polars as pl

from throughcare.casework.access.reader import Reader
from throughcare.casework.frames import read
from throughcare.casework.pilot import current_pilot
from throughcare.rules import report_clock
from throughcare.strands.courts.models import QualityAnswer, QualityCheck, Report, ReportText
from throughcare.strands.courts.queries import pleas_of
from throughcare.strands.courts.reports.enquiries.queries import enquiries
from throughcare.strands.courts.reports.known import TEXT
from throughcare.strands.courts.reports.quality.draw import drawn, first_of, month_before
from throughcare.strands.courts.reports.queries import written_by


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A report of the sample. `own`: the reader wrote it; `check`: None while it waits."""

    report: Report
    court: str
    month: date
    own: bool
    check: QualityCheck | None


def sample(month: date) -> dict[str, list[int]]:
    """By court, the reports of a month that are checked: of the written ones delivered in it, with a signed version here."""
    pilot, found = current_pilot(), defaultdict(list)
    ends = first_of(month.replace(day=28).fromordinal(month.replace(day=28).toordinal() + 4))
    signed = ReportText.objects.exclude(signed_at=None).values("report")
    written = Report.objects.filter(pk__in=signed, delivered_on__gte=month, delivered_on__lt=ends).exclude(kind="oral")
    for number, court in written.order_by("pk").values_list("pk", "case__court"):
        found[court].append(number)
    many = pilot.court_reports.sample
    return {
        court: list(drawn(those, seed=pilot.slug, court=court, month=month, many=many))
        for court, those in sorted(found.items())
    }  # fmt: skip


def to_check(reader: Reader, month: date) -> list[Drawn]:
    """The sample of a month, of the people whose reports the reader may read."""
    by_court = sample(month)
    wanted = [number for those in by_court.values() for number in those]
    found = Report.objects.filter(pk__in=wanted).select_related("case")
    allowed = reader.allowed(TEXT, {report.case.person_id for report in found})
    checks = {check.report_id: check for check in QualityCheck.objects.filter(report__in=wanted)}
    reports = {report.pk: report for report in found if report.case.person_id in allowed}
    return [
        Drawn(report=reports[number], court=court, month=month, own=written_by(reports[number], reader.account),
              check=checks.get(number))
        for court, those in by_court.items() for number in those if number in reports
    ]  # fmt: skip


def last_months(day: date, many: int = 3) -> list[date]:
    """The months that are over, the latest first: a month is drawn when it is over."""
    found = [month_before(day)]
    while len(found) < many:
        found.append(month_before(found[-1]))
    return found


def report_of(number: int) -> Report:
    """The report; KeyError where there is none."""
    found = Report.objects.filter(pk=number).select_related("case").first()
    if found is None:
        raise KeyError(number)
    return found


def person_of(report: int) -> int:
    """Whom a report is about."""
    return report_of(report).case.person_id


def suggested(report: Report) -> dict[str, str]:
    """What the record itself says of the short list: whether it was in time, and whether the enquiries were back."""
    if report.delivered_on is None:
        return {}
    limit = current_pilot().targets.reports_within_days
    time = report_clock.delivery(pleas_of(report.case_id), delivered_on=report.delivered_on, limit=limit)
    asked = enquiries().filter(pl.col("case") == report.case_id)
    back = asked.filter(pl.col("answered_on") <= report.delivered_on)
    told = {"in_time": "met" if time.within_limit else "not"} if time else {}
    if asked.height:
        told["enquiries"] = "met" if back.height == asked.height else "partly" if back.height else "not"
    return told


def answers() -> pl.DataFrame:
    """A row an item of a check: check, report, person, court, on (the day of delivery), checked_on, item, verdict."""
    return read(
        QualityAnswer.objects.order_by("pk"), check="check_of", report="check_of__report",
        person="check_of__report__case__person", court="check_of__report__case__court", on="check_of__report__delivered_on",
        checked_on="check_of__checked_on", item="item", verdict="verdict",
    )  # fmt: skip
