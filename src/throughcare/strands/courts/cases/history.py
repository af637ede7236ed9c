"""What the clock of a case did: every fact that starts, stops, moves or ends it, and those that leave it running, in words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.casework.imports.models import SupersededRow
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.core.dates import day_in_words
from throughcare.rules import report_clock
from throughcare.strands.courts import models as m
from throughcare.strands.courts.extracts import PLEAS as PLEA_COLUMNS
from throughcare.strands.courts.queries import pleas_of
from throughcare.strands.courts.words import ENTERED, LATE, event_in_words


@dataclass(frozen=True, kw_only=True)
class Line:
    """What happened on a day, and what the clock did then; `by`: who corrected or took back, as the audit names them."""

    on: date
    what: str
    clock: str = ""
    by: str = ""


def history(case: m.CourtCase, *, as_at: date) -> list[Line]:
    """The case's lines until the day, oldest first. Nothing is left out because it was corrected or taken back later."""
    pleas = pleas_of(case.pk)
    lines = [*_pleas(case, pleas), *_corrections(case), *_events(case), *_reports(case, pleas, as_at)]
    return sorted((line for line in lines if line.on <= as_at), key=lambda line: line.on)


def _pleas(case: m.CourtCase, told: Sequence[report_clock.Plea]) -> Iterator[Line]:
    for plea in m.Plea.objects.filter(case=case).order_by("entered_on", "pk"):
        if plea.vacated_on == plea.entered_on:
            yield Line(on=plea.entered_on, what=f"{ENTERED[plea.plea]}: entered by mistake, it never stood")
            continue
        if plea.plea not in report_clock.STARTS_THE_CLOCK:
            did = "It starts no clock"
        elif report_clock.clock_day(told, as_at=plea.entered_on) == plea.entered_on:
            did = "The clock starts: day 0"
        else:
            did = "The clock runs already, from the earlier plea"
        yield Line(on=plea.entered_on, what=ENTERED[plea.plea], clock=did)
        if plea.vacated_on:
            left = report_clock.clock_day(told, as_at=plea.vacated_on)
            did = "" if plea.plea == "not_guilty" else f"The clock is that of {day_in_words(left)}" if left else "The clock stops"
            yield Line(on=plea.vacated_on, what=f"The plea of {day_in_words(plea.entered_on)} vacated", clock=did)


def _corrections(case: m.CourtCase) -> Iterator[Line]:
    """Corrections typed here, and those that came with another version of an extract's row."""
    for each in m.PleaCorrection.objects.filter(case=case).order_by("on", "pk"):
        was_then = _until_then(each.was, each.entered_on, each.vacated_on)
        yield Line(on=each.on, what=f"A plea was corrected: {each.why}", clock=was_then, by=each.by)
    sources = m.Plea.objects.filter(case=case).exclude(source=None).values("source")
    names = [column.name for column in PLEA_COLUMNS]
    for old in SupersededRow.objects.filter(source__in=sources).select_related("replaced_by").order_by("pk"):
        was: Mapping[str, str] = dict(zip(names, json.loads(old.values), strict=False))
        on = london_date(old.replaced_by.loaded_at)
        vacated = date.fromisoformat(was["vacated_on"]) if was.get("vacated_on") else None
        yield Line(on=on, what="A plea was corrected by its agency's extract", by=old.replaced_by.loaded_by,
                   clock=_until_then(was["plea"], date.fromisoformat(was["entered_on"]), vacated))  # fmt: skip


def _until_then(plea: str, entered_on: date, vacated_on: date | None) -> str:
    ended = f", vacated on {day_in_words(vacated_on)}" if vacated_on else ""
    return f"Until then it was: {ENTERED[plea].lower()} on {day_in_words(entered_on)}{ended}"


def _events(case: m.CourtCase) -> Iterator[Line]:
    for event in m.CaseEvent.objects.filter(case=case).order_by("on", "pk"):
        yield Line(on=event.on, what=event_in_words(event), clock="" if event.taken_back_on else "The clock runs on", by=event.by)
        if event.taken_back_on:
            yield Line(on=event.taken_back_on, what=f"Taken back: {event_in_words(event)}", by=event.taken_back_by)


def _reports(case: m.CourtCase, pleas: Sequence[report_clock.Plea], as_at: date) -> Iterator[Line]:
    limit = current_pilot().targets.reports_within_days
    for report in m.Report.objects.filter(case=case).order_by("requested_on", "pk"):
        kind = report.kind.capitalize()
        yield Line(on=report.requested_on, what=f"{kind} report asked for")
        if report.started_on:
            yield Line(on=report.started_on, what=f"{kind} report begun")
        yield from _missed(report, pleas, as_at, limit)
        if report.delivered_on:
            time = report_clock.delivery(pleas, delivered_on=report.delivered_on, limit=limit)
            yield Line(on=report.delivered_on, what=f"{kind} report delivered", clock=delivered_in_words(time, limit))


def _missed(report: m.Report, pleas: Sequence[report_clock.Plea], as_at: date, limit: int) -> Iterator[Line]:
    until = min(report.delivered_on, as_at) if report.delivered_on else as_at
    clock = report_clock.running(pleas, as_at=until, limit=limit)
    if clock is not None and clock.overdue:
        why = LATE.get(report.late_reason, "no reason is given yet")
        words = f": {report.late_text}" if report.late_text else ""
        yield Line(on=clock.due_on + timedelta(days=1), what=f"The last day was missed: {why.lower()}{words}",
                   clock=f"Day {limit + 1}, counted from {day_in_words(clock.clock_on)}")  # fmt: skip


def delivered_in_words(time: report_clock.Delivery | None, limit: int) -> str:
    if time is None:
        return "No clock ran that day"
    within = "on the day" if time.on_the_day else f"within {limit} days" if time.within_limit else f"later than {limit} days"
    return f"Day {time.days}, {time.working_days} working days after {day_in_words(time.clock_on)}: {within}"
