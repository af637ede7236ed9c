"""Reading cases for the screen: what each waits for, misses without a reason, the court's results to confirm."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from throughcare.casework.imports.models import Adopted
from throughcare.casework.pilot import current_pilot
from throughcare.rules import report_clock
from throughcare.rules.report_clock import Alerts, Running, alerts, running
from throughcare.rules.report_state import Asked, State, state
from throughcare.strands.courts import models as m
from throughcare.strands.courts.cases.actions import late
from throughcare.strands.courts.queries import cases_of, pleas_by_case, with_court_now
from throughcare.strands.courts.reach import AFTER


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a case stands on a day. `clock` is None where none runs, or none is run for any more: delivered, or not needed.

    `unexplained`: its reports whose last day was missed and that have no reason yet. `to_confirm`: sentences that came with the
    court's results and that nobody has looked at.
    """

    case: m.CourtCase
    state: State
    clock_on: date | None
    clock: Running | None
    alerts: Alerts | None
    unexplained: tuple[m.Report, ...]
    to_confirm: bool

    @property
    def court(self) -> str:
        return self.case.court_now


def standings(cases: QuerySet, day: date) -> list[Standing]:
    """How these cases (annotated with `court_now`) stand on the day, by the last working day of their clock."""
    found = list(cases)
    numbers = [case.pk for case in found]
    limit = current_pilot().targets.reports_within_days
    pleas, reports, sentenced = pleas_by_case(numbers), _reports(numbers), _sentenced(numbers, day)
    confirm = set(to_confirm(day).filter(case__in=numbers).values_list("case", flat=True))
    lines = [_standing(c, pleas[c.pk], reports[c.pk], sentenced.get(c.pk), c.pk in confirm, day, limit) for c in found]
    return sorted(lines, key=lambda s: (s.alerts is None, s.alerts.last if s.alerts else day, s.case.pk))


def _standing(
    case: m.CourtCase, pleas: list[report_clock.Plea], reports: list[m.Report], sentenced_on: date | None, confirm: bool,
    day: date, limit: int,
) -> Standing:  # fmt: skip
    clock_on = report_clock.clock_day(pleas, as_at=day)
    asked = [Asked(requested_on=r.requested_on, started_on=r.started_on, delivered_on=r.delivered_on) for r in reports]
    stands = state(asked, clock_on=clock_on, not_needed=bool(case.no_report_reason), sentenced_on=sentenced_on, as_at=day)
    open_ = stands in ("needed", "requested", "in_progress")
    clock = running(pleas, as_at=day, limit=limit) if open_ else None
    missed = tuple(r for r in reports if not r.late_reason and _missed(r, pleas, stands, day, limit))
    return Standing(
        case=case, state=stands, clock_on=clock_on, clock=clock, alerts=alerts(clock) if clock else None,
        unexplained=missed, to_confirm=confirm,
    )  # fmt: skip


def _missed(report: m.Report, pleas: list[report_clock.Plea], stands: State, day: date, limit: int) -> bool:
    """Late, but for one that is not delivered and not needed any more: it misses nothing."""
    waits = report.delivered_on is None or report.delivered_on > day
    return report.requested_on <= day and not (waits and stands == "not_needed") and late(report, pleas, as_at=day, limit=limit)


def _reports(cases: Sequence[int]) -> defaultdict[int, list[m.Report]]:
    found: defaultdict[int, list[m.Report]] = defaultdict(list)
    for report in m.Report.objects.filter(case__in=cases).order_by("requested_on", "pk"):
        found[report.case_id].append(report)
    return found


def _sentenced(cases: Sequence[int], day: date) -> dict[int, date]:
    """By case, the day of its first sentence by the day."""
    told = m.CaseSentence.objects.filter(case__in=cases, sentenced_on__lte=day).order_by("-sentenced_on")
    return dict(told.values_list("case", "sentenced_on"))


def recent(day: date) -> QuerySet:
    """Cases of which something happened in the time that reports are told of (the pilot file's), and those with a report that
    is still to be delivered or was missed without a reason, however long ago. With `court_now`.
    """
    since = day - timedelta(days=current_pilot().today.reports_for)
    lately = m.CourtCase.objects.filter(told_on__range=(since, day)) | m.CourtCase.objects.filter(listed_on__range=(since, day))
    of_plea = m.Plea.objects.filter(entered_on__range=(since, day)).values("case")
    of_sentence = m.CaseSentence.objects.filter(sentenced_on__range=(since, day)).values("case")
    open_ = m.Report.objects.filter(requested_on__lte=day).exclude(delivered_on__lte=day).values("case")
    found = set(lately.values_list("pk", flat=True)) | {report.case_id for report in misses_without_reason((), day)}
    for cases in (of_plea, of_sentence, open_):
        found |= set(cases.values_list("case", flat=True))
    return with_court_now(m.CourtCase.objects.filter(pk__in=found)).order_by("pk")


def not_asked_for(courts: Sequence[str], day: date) -> list[Standing]:
    """Cases of these courts in which guilt is settled and no report is asked for, while a clock can be met, and as long after it.

    Those whose last working day comes first, first.
    """
    limit = current_pilot().targets.reports_within_days
    since = day - timedelta(days=2 * limit)
    settled = m.Plea.objects.filter(plea__in=report_clock.STARTS_THE_CLOCK, entered_on__range=(since, day))
    lately = cases_of(courts).filter(pk__in=settled.values("case"), no_report_reason="")
    return [each for each in standings(lately, day) if each.state == "needed"]


def misses_without_reason(courts: Sequence[str], day: date) -> list[m.Report]:
    """Reports of these courts' cases, or of all, whose last day was missed by the day, delivered or not, without a reason.

    Oldest first.
    """
    reports = m.Report.objects.filter(requested_on__lte=day, late_reason="").select_related("case")
    reports = reports.filter(case__in=cases_of(courts)) if courts else reports
    unexplained = list(reports.order_by("requested_on", "pk"))
    limit, pleas = current_pilot().targets.reports_within_days, pleas_by_case([r.case_id for r in unexplained])
    sentenced = _sentenced([r.case_id for r in unexplained], day)
    return [
        r for r in unexplained
        if late(r, pleas[r.case_id], as_at=day, limit=limit)
        and (r.delivered_on is not None or not (r.case.no_report_reason or r.case_id in sentenced))
    ]  # fmt: skip


def to_confirm(day: date) -> QuerySet:
    """Sentences of the last month that came with the court's results and that nobody confirmed or corrected as they stand.

    One typed here that the results tell alike is confirmed by them. A row that the court corrected since is to be confirmed anew.
    """
    looked_at = m.OutcomeCheck.objects.filter(sentence=OuterRef("pk"), load=OuterRef("source__file"))
    alike = Adopted.objects.filter(table=m.CaseSentence._meta.label, row=OuterRef("pk"), differing__in=("", "[]"))
    came = m.CaseSentence.objects.exclude(source=None).filter(sentenced_on__range=(day - AFTER, day))
    return came.filter(~Exists(looked_at), ~Exists(alike))


def outcomes_to_confirm(courts: Sequence[str], day: date) -> list[m.CaseSentence]:
    """Of these courts' cases, the sentences to confirm or correct, oldest first, with their case."""
    found = to_confirm(day).filter(case__in=cases_of(courts)).select_related("case").order_by("sentenced_on", "pk")
    return list(found)


def one(number: int) -> m.CourtCase:
    """A case, with `court_now`. KeyError where there is none."""
    found = with_court_now(m.CourtCase.objects.filter(pk=number)).first()
    if found is None:
        raise KeyError(number)
    return found
