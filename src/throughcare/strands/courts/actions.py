"""What court officers do: open a case, enter and vacate pleas, ask for and deliver reports, record reasons and sentences."""

from collections.abc import Mapping
from datetime import date

from throughcare.casework.audit.actions import recording
from throughcare.casework.elsewhere.actions import owe
from throughcare.casework.imports.adoption.actions import typed_over
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.rules import report_clock
from throughcare.strands.courts import models as m
from throughcare.strands.courts.queries import pleas_of

FACT = "court_cases"
"""The kind of fact that a case, its pleas and its sentence are, in the pilot file's homes."""


class CaseRefused(UserError):
    """A court case that cannot be, as one that never came to attention."""


class PleaRefused(UserError):
    """A plea that cannot be, or that cannot be vacated."""


class ReportRefused(UserError):
    """A report that cannot be asked for or delivered, or a reason that does not fit."""


class SentenceRefused(UserError):
    """A sentence that cannot be imposed in that case."""


def open_case(
    *, by: str, person_id: int, court: str, offence_code: str, told_on: date | None = None, listed_on: date | None = None
) -> m.CourtCase:
    """A case that comes to attention: the officer was told of it, or the list match reached them; one day or both.

    Refused: without either day, at a court the service does not run in.
    """
    courts = current_pilot().service("court_reports").courts
    if told_on is None and listed_on is None:
        raise CaseRefused(
            what="The case never came to attention", record=f"the case at {court}",
            expected="the day told, or that of the list match", mend="give one of the two days",
        )  # fmt: skip
    if courts and court not in courts:
        raise CaseRefused(
            what="The service does not run in that court", record=court, expected=f"one of {', '.join(courts)}",
            mend="name the court, or leave the case to that court's own officers",
        )  # fmt: skip
    with recording(by=by, verb="courts.open_case") as entry:
        case = m.CourtCase(person_id=person_id, court=court, offence_code=offence_code, told_on=told_on, listed_on=listed_on)
        case.save()
        entry.about(case)
    return case


def open_case_from_list(*, by: str, entry_id: int, offence_code: str) -> m.CourtCase:
    """A case opened from an entry of a court list: it came to attention on the day the list was received."""
    listed = m.ListEntry.objects.get(pk=entry_id)
    return open_case(
        by=by, person_id=listed.person_id, court=listed.court, offence_code=offence_code, listed_on=listed.received_on
    )


def enter_plea(*, by: str, case_id: int, plea: str, entered_on: date) -> m.Plea:
    """A plea to the qualifying offence, or a finding of guilt after trial.

    Refused: a word that is no plea; a second plea of guilt, or a finding, while one stands.
    """
    record = f"case {case_id}"
    one_of(plea, m.PLEAS, PleaRefused, what="That is no plea", record=record)
    if plea in report_clock.STARTS_THE_CLOCK and report_clock.clock_day(pleas_of(case_id), as_at=None):
        raise PleaRefused(
            what="A plea of guilt or a finding stands already", record=record, expected="one at a time",
            mend="vacate the earlier one first",
        )  # fmt: skip
    with recording(by=by, verb="courts.enter_plea") as entry:
        made = m.Plea(case_id=case_id, plea=plea, entered_on=entered_on)
        made.save()
        entry.about(made, person_id=made.case.person_id)
    return made


def vacate_plea(*, by: str, plea_id: int, on: date) -> m.Plea:
    """The plea stands no longer from that day: the clock stops. Refused: before the plea, or twice."""
    plea = m.Plea.objects.select_related("case").get(pk=plea_id)
    if plea.vacated_on is not None or on < plea.entered_on:
        raise PleaRefused(
            what="The plea cannot be vacated on that day", record=f"the plea of {plea.entered_on}",
            expected="a plea that stands, and a day on or after it", mend="check the plea and the day",
        )  # fmt: skip
    with recording(by=by, verb="courts.vacate_plea") as entry:
        plea.vacated_on = on
        plea.save()
        typed_over(plea, fields=["vacated_on"])
        entry.about(plea, person_id=plea.case.person_id)
    return plea


def request_report(*, by: str, case_id: int, kind: str, author: str, requested_on: date) -> m.Report:
    """The court asks for a report. Refused: an unknown kind; while one asked for is still to be delivered."""
    record = f"case {case_id}"
    one_of(kind, m.REPORT_KINDS, ReportRefused, what="That is no kind of report", record=record)
    if m.Report.objects.filter(case=case_id, delivered_on=None).exists():
        raise ReportRefused(
            what="A report was asked for already", record=record, expected="one open request a case",
            mend="deliver that report",
        )  # fmt: skip
    with recording(by=by, verb="courts.request_report") as entry:
        report = m.Report(case_id=case_id, kind=kind, author=author, requested_on=requested_on)
        report.save()
        entry.about(report, person_id=report.case.person_id)
    return report


def start_report(*, by: str, report_id: int, on: date) -> m.Report:
    """Somebody has begun to write the report. Started already, it stays as it is. Refused: delivered; before it was asked for."""
    report = m.Report.objects.select_related("case").get(pk=report_id)
    if report.started_on is not None:
        return report
    if report.delivered_on is not None or on < report.requested_on:
        raise ReportRefused(
            what="The report cannot be begun on that day", record=f"the report asked for on {report.requested_on}",
            expected="a report still to be delivered, and a day on or after the request", mend="check the report and the day",
        )  # fmt: skip
    with recording(by=by, verb="courts.start_report") as entry:
        report.started_on = on
        report.save()
        typed_over(report, fields=[])
        entry.about(report, person_id=report.case.person_id)
    return report


def deliver_report(*, by: str, report_id: int, on: date, late_reason: str = "", late_text: str = "") -> m.Report:
    """The report is with the court. It empties a reason recorded for having no report.

    Refused: before it was asked for; twice; later than the limit without a reason, unless it was given at the miss; a reason
    where it is not late; "other" without words. A reason given now takes the place of the one given at the miss.
    """
    report = m.Report.objects.select_related("case").get(pk=report_id)
    record = f"the report asked for on {report.requested_on}"
    if report.delivered_on is not None or on < report.requested_on:
        raise ReportRefused(
            what="The report cannot be delivered on that day", record=record,
            expected="a report still to be delivered, and a day on or after the request", mend="check the report and the day",
        )  # fmt: skip
    limit = current_pilot().targets.reports_within_days
    time = report_clock.delivery(pleas_of(report.case_id), delivered_on=on, limit=limit)
    if time is not None and not time.within_limit:
        if late_reason or not report.late_reason:
            fits_a_miss(late_reason, late_text, what=f"It is more than {limit} days after the plea", record=record)
            report.late_reason, report.late_text = late_reason, late_text.strip()
    elif late_reason:
        raise ReportRefused(
            what="A reason for lateness does not fit", record=record, expected="no reason, since it is not late",
            mend="leave the reason out",
        )  # fmt: skip
    with recording(by=by, verb="courts.deliver_report") as entry:
        report.delivered_on = on
        report.save()
        typed_over(report, fields=["delivered_on", "late_reason"])
        m.CourtCase.objects.filter(pk=report.case_id).update(no_report_reason="")
        entry.about(report, person_id=report.case.person_id)
    return report


def fits_a_miss(reason: str, text: str, *, what: str, record: str) -> None:
    """Refuses what is no coded reason for a miss, and "other" without words."""
    one_of(reason, m.LATE_REASONS, ReportRefused, what=what, record=record)
    if reason == "other" and not text.strip():
        raise ReportRefused(
            what="Another reason needs words", record=record, expected="what happened, in a few words",
            mend="write what happened",
        )  # fmt: skip


def record_no_report(*, by: str, case_id: int, reason: str) -> m.CourtCase:
    """Why the case has no report. Refused: an unknown reason; where a report was delivered."""
    case = m.CourtCase.objects.get(pk=case_id)
    one_of(reason, m.NO_REPORT_REASONS, ReportRefused, what="That is no reason known", record=f"case {case_id}")
    if case.reports.exclude(delivered_on=None).exists():
        raise ReportRefused(
            what="The case has a report", record=f"case {case_id}", expected="a case without a delivered report",
            mend="correct the report first",
        )  # fmt: skip
    with recording(by=by, verb="courts.record_no_report") as entry:
        case.no_report_reason = reason
        case.save()
        entry.about(case)
    return case


def record_assessment(*, by: str, person_id: int, court: str, kind: str, carried_out_on: date) -> m.Assessment:
    """A DRR or ATR assessment done at a court. Refused: another kind."""
    one_of(kind, m.ASSESSMENT_KINDS, CaseRefused, what="That is no kind of assessment", record=f"{kind} at {court}")
    with recording(by=by, verb="courts.record_assessment") as entry:
        done = m.Assessment(person_id=person_id, court=court, kind=kind, carried_out_on=carried_out_on)
        done.save()
        entry.about(done)
    return done


def sentence(
    *, by: str, case_id: int, on: date, kind: str, months: int | None = None,
    requirements: Mapping[str, int | None] | None = None,
) -> m.CaseSentence:  # fmt: skip
    """A sentence imposed in the case, with its requirements (kind to days; None where not ordered in days).

    Refused: what `fits_a_sentence` refuses; while no plea of guilt or finding stands; in a case of which the court's results
    have brought the sentence, which is confirmed or corrected; where the pilot file says that results are never typed here.
    """
    record, asked, pilot = f"case {case_id}", dict(requirements or {}), current_pilot()
    fits_a_sentence(kind, asked, record=record)
    if m.CaseSentence.objects.filter(case=case_id).exclude(source=None).exists():
        raise SentenceRefused(
            what="The court's results have brought the sentence", record=record, expected="that sentence, confirmed or corrected",
            mend="confirm it or correct it",
        )  # fmt: skip
    if report_clock.clock_day(pleas_of(case_id), as_at=on) is None:
        raise SentenceRefused(
            what="Nobody is sentenced before guilt is settled", record=record,
            expected=f"a plea of guilt or a finding that stands on {on}", mend="enter the plea or the finding first",
        )  # fmt: skip
    with recording(by=by, verb="courts.sentence") as entry:
        made = m.CaseSentence(case_id=case_id, sentenced_on=on, kind=kind, months=months)
        made.save()
        for requirement, days in asked.items():
            m.CaseRequirement(sentence=made, kind=requirement, days=days).save()
        entry.about(made, person_id=made.case.person_id)
        owe(by=by, kind=FACT, record=made, person=made.case.person, on=on, pilot=pilot,
            text=f"Sentenced at {made.case.court} on {day_in_words(on)}: {kind.replace('_', ' ')}")  # fmt: skip
    return made


def fits_a_sentence(kind: str, requirements: Mapping[str, int | None], *, record: str) -> None:
    """Refuses an unknown kind of sentence or requirement, requirements on what is no order, and days below none."""
    one_of(kind, m.SENTENCE_KINDS, SentenceRefused, what="That is no kind of sentence", record=record)
    for requirement, days in requirements.items():
        one_of(requirement, m.REQUIREMENT_KINDS, SentenceRefused, what="That is no kind of requirement", record=record)
        if days is not None and days < 0:
            raise SentenceRefused(what="Days ordered are not below none", record=record, expected="0 days or more",
                                  mend="correct the days")  # fmt: skip
    if requirements and kind not in m.ORDERS:
        raise SentenceRefused(
            what="That sentence has no requirements", record=record, expected="a community or suspended sentence order",
            mend="correct the kind, or leave the requirements out",
        )  # fmt: skip


def one_of(word: str, known: tuple[str, ...], refused: type[UserError], *, what: str, record: str) -> None:
    """Refuses a word that is not one of those known, naming them."""
    if word not in known:
        raise refused(what=what, record=f"{record} ({word or 'nothing given'})", expected=f"one of {', '.join(known)}",
                      mend="give one of those words")  # fmt: skip
