"""What court officers do in a case beside its pleas and reports: corrections, what became of the hearing, reasons for a miss."""

from datetime import date

from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.adoption.actions import typed_over
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.rules import report_clock
from throughcare.strands.courts import models as m
from throughcare.strands.courts.actions import CaseRefused, PleaRefused, ReportRefused, fits_a_miss, one_of
from throughcare.strands.courts.queries import pleas_of


class EventRefused(UserError):
    """An adjournment, transfer or committal that cannot be, or that cannot be taken back."""


def correct_plea(
    *, by: str, plea_id: int, plea: str, entered_on: date, vacated_on: date | None, why: str, on: date
) -> m.Plea:
    """The plea, its day or the day of its vacation was wrong: the clock moves, and what it said before stays in the history.

    A plea that came with an extract keeps what is corrected until its agency sends another version of that row.
    Refused: a word that is no plea; a vacation before the plea; without a reason; where nothing changes; where the case would
    have two pleas of guilt or findings that stand.
    """
    found = m.Plea.objects.select_related("case").get(pk=plea_id)
    record = f"the plea of {found.entered_on}"
    one_of(plea, m.PLEAS, PleaRefused, what="That is no plea", record=record)
    if vacated_on is not None and vacated_on < entered_on:
        raise PleaRefused(what="A plea is not vacated before it is entered", record=record,
                          expected="a vacation on or after the plea", mend="correct one of the two days")  # fmt: skip
    if (plea, entered_on, vacated_on) == (found.plea, found.entered_on, found.vacated_on):
        raise PleaRefused(what="Nothing is corrected", record=record, expected="another plea or another day",
                          mend="change what is wrong, or leave it as it is")  # fmt: skip
    if not why.strip():
        raise PleaRefused(what="A correction needs its reason", record=record, expected="how it came to be wrong",
                          mend="write why it is corrected")  # fmt: skip
    others = m.Plea.objects.filter(case=found.case, plea__in=report_clock.STARTS_THE_CLOCK, vacated_on=None).exclude(pk=plea_id)
    if plea in report_clock.STARTS_THE_CLOCK and vacated_on is None and others.exists():
        raise PleaRefused(what="A plea of guilt or a finding stands already", record=record, expected="one at a time",
                          mend="vacate or correct the other one first")  # fmt: skip
    with recording(by=by, verb="courts.correct_plea") as entry:
        m.PleaCorrection(
            case=found.case, plea=found, was=found.plea, entered_on=found.entered_on, vacated_on=found.vacated_on,
            why=why.strip(), on=on, by=by,
        ).save()  # fmt: skip
        found.plea, found.entered_on, found.vacated_on = plea, entered_on, vacated_on
        found.save()
        entry.about(found, person_id=found.case.person_id)
    return found


def plea_by_mistake(*, by: str, plea_id: int, why: str, on: date) -> m.Plea:
    """The plea was never entered: it is vacated on its own day, so that it never stood. Refused: one that never stood anyhow."""
    plea = m.Plea.objects.get(pk=plea_id)
    return correct_plea(
        by=by, plea_id=plea_id, plea=plea.plea, entered_on=plea.entered_on, vacated_on=plea.entered_on, why=why, on=on
    )


def record_event(
    *, by: str, case_id: int, kind: str, on: date, until: date | None = None, court: str = ""
) -> m.CaseEvent:
    """The case was adjourned until a day, transferred to another court, or committed to the Crown Court. No clock stops for it.

    Refused: another kind; an adjournment without a day after it; a transfer or committal without a court, or to the court
    where the case is.
    """
    case, record = m.CourtCase.objects.get(pk=case_id), f"case {case_id}"
    one_of(kind, m.EVENT_KINDS, EventRefused, what="That is nothing that happens to a case", record=record)
    if kind == "adjourned":
        if until is None or until <= on:
            raise EventRefused(what="An adjournment has a day to which it is", record=record,
                               expected=f"a day after {on}", mend="give the day of the next hearing")  # fmt: skip
        court = ""
    else:
        until, court = None, court.strip()
        if not court or court == _court_now(case):
            raise EventRefused(what="The case goes to another court", record=record, expected="the name of that court",
                               mend="name the court to which it goes")  # fmt: skip
    with recording(by=by, verb=f"courts.{kind}") as entry:
        event = m.CaseEvent(case=case, kind=kind, on=on, until=until, court=court, by=by)
        event.save()
        entry.about(event, person_id=case.person_id)
    return event


def _court_now(case: m.CourtCase) -> str:
    moved = m.CaseEvent.objects.filter(case=case, kind="transferred", taken_back_on=None).order_by("on", "pk").last()
    return moved.court if moved else case.court


def take_back_event(*, by: str, event_id: int, on: date) -> m.CaseEvent:
    """It did not happen: it stays on record as taken back. Refused: one taken back already."""
    event = m.CaseEvent.objects.select_related("case").get(pk=event_id)
    if event.taken_back_on is not None:
        raise EventRefused(what="That is taken back already", record=f"event {event_id}", expected="one that stands",
                           mend="look at the case again")  # fmt: skip
    with recording(by=by, verb="courts.take_back_event") as entry:
        event.taken_back_on, event.taken_back_by = on, by
        event.save()
        entry.about(event, person_id=event.case.person_id)
    return event


def record_late_reason(*, by: str, report_id: int, reason: str, text: str, as_at: date) -> m.Report:
    """Why the last day was missed: given at the miss, delivered or not. A later answer takes the place of an earlier one.

    Refused: a report that is not late by `as_at`; an unknown reason; "other" without words.
    """
    report = m.Report.objects.select_related("case").get(pk=report_id)
    record, limit = f"the report asked for on {report.requested_on}", current_pilot().targets.reports_within_days
    if not late(report, pleas_of(report.case_id), as_at=as_at, limit=limit):
        raise ReportRefused(what="The report is not late", record=record, expected=f"one more than {limit} days after the plea",
                            mend="leave the reason out")  # fmt: skip
    fits_a_miss(reason, text, what="That is no reason for a miss", record=record)
    with recording(by=by, verb="courts.record_late_reason") as entry:
        report.late_reason, report.late_text = reason, text.strip()
        report.save()
        typed_over(report, fields=["late_reason"])
        entry.about(report, person_id=report.case.person_id)
    return report


def late(report: m.Report, pleas: list[report_clock.Plea], *, as_at: date, limit: int) -> bool:
    """Whether the report was delivered late, or by the day `as_at` is not delivered and its clock has run over."""
    if report.delivered_on is not None and report.delivered_on <= as_at:
        time = report_clock.delivery(pleas, delivered_on=report.delivered_on, limit=limit)
        return time is not None and not time.within_limit
    clock = report_clock.running(pleas, as_at=as_at, limit=limit)
    return clock is not None and clock.overdue


def needed_after_all(*, by: str, case_id: int) -> m.CourtCase:
    """That the case needs no report is taken back. Refused: where nobody said so."""
    case = m.CourtCase.objects.get(pk=case_id)
    if not case.no_report_reason:
        raise CaseRefused(what="Nobody said that the report is not needed", record=f"case {case_id}",
                          expected="a case with such a reason", mend="look at the case again")  # fmt: skip
    with recording(by=by, verb="courts.needed_after_all") as entry:
        entry.details = {"was": case.no_report_reason}
        case.no_report_reason = ""
        case.save()
        entry.about(case)
    return case


def take_back_delivery(*, by: str, report_id: int) -> m.Report:
    """The report was not delivered after all: its clock runs on. The reason for a miss stays. Refused: one not delivered."""
    report = m.Report.objects.select_related("case").get(pk=report_id)
    if report.delivered_on is None:
        raise ReportRefused(what="The report is not delivered", record=f"the report asked for on {report.requested_on}",
                            expected="a delivered report", mend="look at the case again")  # fmt: skip
    with recording(by=by, verb="courts.take_back_delivery") as entry:
        entry.details = {"was": report.delivered_on.isoformat()}
        report.delivered_on = None
        report.save()
        typed_over(report, fields=["delivered_on"])
        entry.about(report, person_id=report.case.person_id)
    return report
