"""The last months' figures as they are told today, to be kept: so that it is known later how far a provisional month moves."""

from collections.abc import Iterable, Iterator
from datetime import date

from throughcare.casework.figures.queries import Told
from throughcare.casework.frames import reading_once
from throughcare.core.contracts import Measure
from throughcare.core.dates import months_before
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.board import TOTALS
from throughcare.measures.calculate import Run, calculate
from throughcare.measures.caveats import caveats, is_provisional
from throughcare.measures.results import Result
from throughcare.measures.windows import window_of

MONTHS = 3
"""A month is looked at for so long after its end [decided]."""


def told_on(day: date, measures: Iterable[Measure], *, pilot: Pilot) -> Iterator[Told]:
    """Every figure of each of the last whole months of the pilot's life: its total, or all groups where it has none.

    A figure of a reference day, or of a named window, is of no month; nor is one whose service did not run in it.
    """
    monthly = [measure for measure in measures if not measure.reference_day and not measure.window]
    with reading_once():
        for n in range(MONTHS, 0, -1):
            month = months_before(day.replace(day=1), n)
            period = Period(start=month, end=months_before(day.replace(day=1), n - 1))
            if pilot.life.contains(month):
                yield from _of_month(monthly, pilot, period)


def _of_month(measures: list[Measure], pilot: Pilot, period: Period) -> Iterator[Told]:
    run = Run()
    for measure in measures:
        if window_of(measure, pilot=pilot, period=period).absent:
            continue
        provisional = is_provisional(caveats(measure, pilot=pilot, period=period))
        for r in totals(calculate(measure, pilot=pilot, period=period, run=run)):
            value = None if r.value is None else float(r.value)
            yield Told(slug=r.slug, group=r.group, month=period.start, value=value, provisional=provisional)


def totals(results: tuple[Result, ...]) -> tuple[Result, ...]:
    """The total of a figure, else all that it is published in."""
    return tuple(r for r in results if r.group in TOTALS)[-1:] or results
