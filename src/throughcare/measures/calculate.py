"""The calculator: from the definition of a measure to its results. Nothing else in the product aggregates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from throughcare.core.contracts import Measure, Scope
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.groups import Cell, available, cells, months_of, refuse_unknown
from throughcare.measures.results import Result
from throughcare.measures.windows import Window, window_of

Rows = Callable[[Scope], pl.DataFrame]
NOTHING = "nothing to work it out from"


@dataclass(kw_only=True)
class Run:
    """One reckoning over many measures: rows are asked for once for each function and scope."""

    kept: dict[tuple[Rows, date, date, date], pl.DataFrame] = field(default_factory=dict)

    def rows(self, function: Rows, scope: Scope) -> pl.DataFrame:
        key = (function, scope.period.start, scope.period.end, scope.as_at)
        if key not in self.kept:
            self.kept[key] = function(scope)
        return self.kept[key]


def calculate(
    measure: Measure, *, pilot: Pilot, period: Period, by: tuple[str, ...] = (), run: Run | None = None
) -> tuple[Result, ...]:
    """The measure's results over the period, one a cell, in the order of publication.

    Rows are counted by their date `on` in the period as cut (see `windows`), those of a reference day all of them. A null
    condition does not hold; a null value is not in a mean. An empty base gives a value of None and a note, except that a
    count is 0. `by` adds the same cells divided by further breakdowns; one that the rows lack raises `NoSuchBreakdown`.
    """
    refuse_unknown(by)
    window = window_of(measure, pilot=pilot, period=period)
    if window.absent:
        return _absent(measure, window, pilot)
    rows = (run or Run()).rows(measure.rows, window.scope)
    base = _base(measure, rows, window)
    asked = cells(measure, base, pilot=pilot, window=window.scope.period, by=by)
    return tuple(_result(measure, cell, base, window) for cell in asked)


def calculate_all(
    measures: Iterable[Measure], *, pilot: Pilot, period: Period, by: tuple[str, ...] = ()
) -> tuple[Result, ...]:
    """Results of many measures. One whose rows lack a breakdown asked for is given undivided by it, and says so."""
    refuse_unknown(by)
    run = Run()
    return tuple(r for measure in measures for r in _as_far_as_possible(measure, pilot, period, by, run))


def _as_far_as_possible(
    measure: Measure, pilot: Pilot, period: Period, by: tuple[str, ...], run: Run
) -> tuple[Result, ...]:
    raise NotImplementedError
