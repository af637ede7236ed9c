"""Misses of the last day: how many, whether somebody said why, and which reasons there are."""

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import ALL, Axis, Measure, Scope
from throughcare.rules.report_clock import alerts, clock_day, running
from throughcare.strands.courts import models as m
from throughcare.strands.courts.queries import pleas_by_case

SERVICE = "court_reports"
BY_COURT = (Axis(column="court", known="courts", total="total"),)


def miss_rows(scope: Scope) -> pl.DataFrame:
    """A row a report whose last day was missed, on the first day on which it was late: delivered later, or not by the end of
    the period. One that is not delivered in a case that needs none any more misses nothing. With `late_reason`, "" where none.
    """
    reports = m.Report.objects.filter(requested_on__lte=scope.as_at).order_by("pk")
    found = read(
        reports, report="pk", case="case", person="case__person", court="case__court", delivered_on="delivered_on",
        late_reason="late_reason", no_report_reason="case__no_report_reason",
    )  # fmt: skip
    courts = scope.pilot.service(SERVICE).courts
    found = found.filter(pl.col("court").is_in(courts)) if courts else found
    sentenced = m.CaseSentence.objects.filter(sentenced_on__lte=scope.as_at).values_list("case", flat=True)
    not_yet = pl.col("delivered_on").is_null() | (pl.col("delivered_on") > scope.as_at)
    needless = (pl.col("no_report_reason") != "") | pl.col("case").is_in(sorted(set(sentenced)))
    found = found.filter(~(not_yet & needless))
    pleas, limit = pleas_by_case(), scope.pilot.targets.reports_within_days
    missed = []
    for case, delivered_on in found.select("case", "delivered_on").iter_rows():
        until = min(delivered_on or scope.as_at, scope.as_at)
        clock = running(pleas[case], as_at=until, limit=limit) if clock_day(pleas[case], as_at=until) else None
        missed.append(alerts(clock).missed if clock and clock.overdue else None)
    return with_breakdowns(found.with_columns(on=pl.Series(missed, dtype=pl.Date)).drop_nulls("on"))


def _measures() -> tuple[Measure, ...]:
    limit = current_pilot().targets.reports_within_days
    late = f"Reports not delivered by day {limit}, by the day after it; those delivered later and those still to be delivered"
    return (
        Measure(
            slug="psr.misses", title=f"Reports whose day {limit} was missed", unit="reports", statistic="count", rows=miss_rows,
            why="A report that is late is late before it is delivered", axes=BY_COURT, service=SERVICE,
            definition=late,
        ),
        Measure(
            slug="psr.misses_without_reason", title="Share of the misses without a reason", unit="percent", statistic="share",
            rows=miss_rows, hit=pl.col("late_reason") == "", axes=ALL, service=SERVICE,
            why="What nobody has said cannot be mended", definition=f"{late}. Of these, those without a coded reason",
        ),
        Measure(
            slug="psr.miss_reasons", title="Why reports were late: share of the misses", unit="percent", statistic="share",
            rows=miss_rows, axes=(Axis(column="late_reason", only=m.LATE_REASONS, within=True),), service=SERVICE,
            why="Says what to mend", definition=f"{late}. Of these, those with each reason",
        ),
    )  # fmt: skip


MEASURES = _measures()
