"""The calculator: from the definition of a measure to its results. Nothing else in the product aggregates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from operator import add
from typing import Any

import polars as pl

from throughcare.casework.frames import nothing_collected, reading_once
from throughcare.core.contracts import Measure, Scope
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.disclosure import suppress
from throughcare.measures.groups import MONTH, NEEDS, Cell, Part, available, cells, months_of, refuse_unknown, whole_axes
from throughcare.measures.results import Result
from throughcare.measures.windows import Window, window_of

Rows = Callable[[Scope], pl.DataFrame]
Number = float | int | None
NOTHING = "nothing to work it out from"
NEAREST = 5
"""To the nearest multiple of which counts of a protected measure are told where the pilot file rounds none: else periods of a
month more or less would be subtracted [decided]."""
HIT, VALUE = "counted as hit", "value of row"


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the rows of a cell give; what the statistic does not need stays at its default.

    base: rows of a share's base; rows: that it counts; valued: with a value; worth: the sum or the statistic itself; at: with
    that value.
    """

    base: int = 0
    rows: int = 0
    valued: int = 0
    worth: Number = None
    at: int = 0


Cut = tuple[tuple[str, ...], tuple[Part, ...]]
"""A way to cut cells out of the rows: the columns that they stand in, and the conditions that hold."""
Key = tuple[str | date, ...]
"""What stands in those columns."""


def _cut(parts: tuple[Part, ...]) -> tuple[Cut, Key]:
    """How the cell of these parts is cut out, and which of the cells so cut it is."""
    at = [part for part in parts if part.column]
    cut = tuple([part.column for part in at]), tuple([part for part in parts if part.where is not None])
    return cut, tuple([part.value for part in at])


@dataclass(kw_only=True)
class Tally:
    """The numbers of every cell, from one grouping of the base for each way in which cells are cut out of it.

    Cells that stand in the same columns, under the same conditions, are cut out in one way: work grows with the rows,
    not with the cells. Where rows are only counted, one grouping does for all ways: a larger cell is the sum of smaller ones.
    """

    base: pl.DataFrame
    wanted: dict[str, pl.Expr]
    kept: dict[Cut, dict[Key, Numbers]] = field(default_factory=dict)

    def work_out(self, asked: Iterable[Cut]) -> None:
        """All these groupings at once."""
        cuts = list(dict.fromkeys(asked))
        if self._counts_alone and not any(NEEDS in columns for columns, _ in cuts):
            self._add_up(cuts)
            return
        for cut, found in zip(cuts, pl.collect_all([self._grouped(*cut) for cut in cuts]), strict=True):
            keys = len(cut[0])
            self.kept[cut] = {row[:keys]: self._numbers(row[keys:]) for row in found.iter_rows()}

    def of(self, cut: Cut, key: Key) -> Numbers:
        """The numbers of the rows of a cell that is so cut. Worked out already."""
        return self.kept[cut].get(key) or self._of_no_row

    def _add_up(self, cuts: list[Cut]) -> None:
        columns = list(dict.fromkeys([column for named, _ in cuts for column in named]))
        conditions = list(dict.fromkeys([part for _, holding in cuts for part in holding]))
        keys = [pl.col(column).alias(f"key {i}") for i, column in enumerate(columns)]
        keys += [part.where.alias(f"condition {i}") for i, part in enumerate(conditions) if part.where is not None]
        found = self.base.group_by(keys).agg(**self.wanted) if keys else self.base.select(**self.wanted)
        smallest = [(row, row[len(keys) :]) for row in found.iter_rows()]
        for named, holding in cuts:
            at = [columns.index(column) for column in named]
            only = [len(columns) + conditions.index(part) for part in holding]
            sums: dict[Key, tuple[int, ...]] = {}
            for row, counts in smallest:
                if only and not all(row[i] for i in only):
                    continue
                key = tuple([row[i] for i in at])
                sums[key] = tuple(map(add, sums[key], counts)) if key in sums else counts
            self.kept[named, holding] = {key: self._numbers(added) for key, added in sums.items()}

    def _grouped(self, columns: tuple[str, ...], conditions: tuple[Part, ...]) -> pl.LazyFrame:
        rows = self.base.lazy()
        if conditions:
            rows = rows.filter(pl.all_horizontal([part.where for part in conditions]))
        if NEEDS in columns:
            rows = rows.with_columns(pl.col(NEEDS).list.unique()).explode(NEEDS)
        keys = [pl.col(column).alias(f"key {i}") for i, column in enumerate(columns)]
        return rows.group_by(keys).agg(**self.wanted) if keys else rows.select(**self.wanted)

    @property
    def _counts_alone(self) -> bool:
        return self.wanted.keys() <= {"base", "rows"}

    @cached_property
    def _of_no_row(self) -> Numbers:
        if self._counts_alone:
            return Numbers()
        return self._numbers(self.base.clear().select(**self.wanted).row(0))

    def _numbers(self, row: tuple[Any, ...]) -> Numbers:
        return Numbers(**dict(zip(self.wanted, row, strict=True)))


@dataclass(kw_only=True)
class Run:
    """One reckoning over many measures: rows are asked for once for each function and scope. That of a reading is `held(Run)`."""

    kept: dict[tuple[Rows, date, date, date], pl.DataFrame] = field(default_factory=dict)

    def rows(self, function: Rows, scope: Scope) -> pl.DataFrame:
        key = (function, scope.period.start, scope.period.end, scope.as_at)
        if key not in self.kept:
            self.kept[key] = function(scope)
        return self.kept[key]


def calculate(
    measure: Measure, *, pilot: Pilot, period: Period, by: tuple[str, ...] = (), apart: bool = False, run: Run | None = None
) -> tuple[Result, ...]:
    """The measure's results over the period, one a cell, in the order of publication.

    Rows are counted by their date `on` in the period as cut (see `windows`), those of a reference day all of them. A null
    condition does not hold; a null value is not in a mean. An empty base gives a value of None and a note, except that a
    count is 0. `by` adds the same cells divided by further breakdowns; one that the rows lack raises `NoSuchBreakdown`. `apart`:
    by each of them on its own, as far as the rows have it. Of a protected measure small numbers are withheld and counts rounded
    already, whoever asks.
    """
    refuse_unknown(by)
    window = window_of(measure, pilot=pilot, period=period)
    if window.absent:
        return _absent(measure, window, pilot)
    rows = (run or Run()).rows(measure.rows, window.scope)
    base = _base(measure, rows, window, by)
    asked = cells(measure, base, pilot=pilot, window=window.scope.period, by=by, apart=apart)
    found = _results(measure, asked, base, window)
    return tuple(_protected(result, pilot) for result in found) if measure.protected else found


def _protected(result: Result, pilot: Pilot) -> Result:
    """Withheld where it is small itself, and else rounded: each cell by itself, so that it is told alike whatever is asked beside
    it, and what is withheld cannot be worked out of others, which are rounded too."""
    (safe,) = suppress([result], smallest=pilot.smallest_published, rounding=pilot.rounding or NEAREST)
    return safe


def calculate_all(measures: Iterable[Measure], *, pilot: Pilot, period: Period, by: tuple[str, ...] = ()) -> tuple[Result, ...]:
    """Results of many measures. One whose rows lack a breakdown asked for is given undivided by it, and says so."""
    refuse_unknown(by)
    run = Run()
    with reading_once(), nothing_collected():
        return tuple([r for measure in measures for r in _as_far_as_possible(measure, pilot, period, by, run)])


def _as_far_as_possible(measure: Measure, pilot: Pilot, period: Period, by: tuple[str, ...], run: Run) -> tuple[Result, ...]:
    window = window_of(measure, pilot=pilot, period=period)
    if window.absent:
        return calculate(measure, pilot=pilot, period=period)
    rows = run.rows(measure.rows, window.scope)
    own = whole_axes(measure)
    can = tuple(name for name in by if name in available(rows) and (name != "month" or window.by_date))
    lacking = [name for name in by if name not in can and name not in own]
    results = calculate(measure, pilot=pilot, period=period, by=can, run=run)
    if not lacking:
        return results
    words = f"not divided by {', '.join(lacking)}"
    return tuple(replace(r, note=f"{r.note}; {words}" if r.note else words) for r in results)


def _base(measure: Measure, rows: pl.DataFrame, window: Window, by: tuple[str, ...]) -> pl.DataFrame:
    """The rows counted, with what each is worth: `hit`, `value` and month are worked out once for all cells."""
    period, by_date = window.scope.period, window.by_date and "on" in rows.columns
    inside = (pl.col("on") >= period.start) & (pl.col("on") < period.end) if by_date else pl.lit(value=True)
    hit = pl.lit(value=True) if measure.hit is None else measure.hit
    value = pl.lit(None, dtype=pl.Int64) if measure.value is None else measure.value
    months = [pl.col("on").dt.month_start().alias(MONTH)] if "month" in by and "on" in rows.columns else []
    counted = rows.lazy().filter(inside, measure.counted)
    return counted.with_columns(hit.alias(HIT), value.alias(VALUE), *months).collect()


def _results(measure: Measure, asked: list[Cell], base: pl.DataFrame, window: Window) -> tuple[Result, ...]:
    tally = Tally(base=base, wanted=_wanted(measure))
    cuts = [(_cut(cell.hit), _cut(cell.base)) if cell.within else (_cut(cell.hit),) for cell in asked]
    tally.work_out(cut for several in cuts for cut, _ in several)
    return tuple([_result(measure, cell, _numbers(tally, *cut), window) for cell, cut in zip(asked, cuts, strict=True)])


def _numbers(tally: Tally, hit: tuple[Cut, Key], base: tuple[Cut, Key] | None = None) -> Numbers:
    """`base`: how the base is cut, where it is not as the hits are."""
    numbers = tally.of(*hit)
    return numbers if base is None else replace(numbers, base=tally.of(*base).base)


def _wanted(measure: Measure) -> dict[str, pl.Expr]:
    """What the statistic needs to know of the rows of a cell."""
    if measure.statistic == "share":
        return {"base": pl.len(), "rows": pl.col(HIT).sum()}
    if measure.statistic in ("count", "monthly"):
        return {"rows": pl.len()}
    value = pl.col(VALUE)
    if measure.statistic == "mean":  # as a list, summed in the order of the rows: the last bit does not hang on the threads
        return {"valued": value.count(), "worth": value.implode().list.sum()}
    if measure.statistic == "median":
        return {"valued": value.count(), "worth": value.median()}
    worth = value.min() if measure.statistic == "minimum" else value.max()
    return {"valued": value.count(), "worth": worth, "at": (value == worth).sum()}


def _result(measure: Measure, cell: Cell, numbers: Numbers, window: Window) -> Result:
    value, numerator, denominator, cases = _worth(measure, cell, numbers, window)
    return _told(measure, cell, window, value=value, numerator=numerator, denominator=denominator, cases=cases)


def _worth(measure: Measure, cell: Cell, n: Numbers, window: Window) -> tuple[Number, Number, int | None, int]:
    """Value, numerator, denominator, and how many people or events the value is of."""
    match measure.statistic:
        case "count":
            return n.rows, n.rows, None, n.rows
        case "share":
            return (100 * n.rows / n.base if n.base else None), n.rows, n.base, n.base
        case "mean":
            return (n.worth / n.valued if n.worth is not None and n.valued else None), n.worth, n.valued, n.valued
        case "median":
            return n.worth, None, n.valued, n.valued
        case "minimum" | "maximum":
            return n.worth, None, n.valued, n.at
        case "monthly":
            months = 1 if "month" in cell.breakdown else len(months_of(window.scope.period))
            return n.rows / months, n.rows, months, n.rows


def _told(
    measure: Measure, cell: Cell, window: Window, *, value: Number, numerator: Number, denominator: int | None, cases: int
) -> Result:
    group, base = cell.label, "0" if denominator is None else str(denominator)
    return Result(
        slug=measure.slug, group=group.replace("{denominator}", base) if "{" in group else group, title=measure.title,
        value=value, numerator=numerator, denominator=denominator, cases=cases, unit=measure.unit, statistic=measure.statistic,
        digits=measure.digits, target=measure.target, period=window.scope.period, as_at=window.scope.as_at,
        period_note=window.note, note=window.absent or (NOTHING if value is None else ""),
        breakdown=cell.breakdown, place=cell.place, within=cell.within, by_date=window.by_date,
    )  # fmt: skip


def _absent(measure: Measure, window: Window, pilot: Pilot) -> tuple[Result, ...]:
    """The measure's cells without a value: those that are known without rows."""
    asked = cells(measure, pl.DataFrame(), pilot=pilot, window=window.scope.period, by=())
    return tuple(_told(measure, c, window, value=None, numerator=None, denominator=None, cases=0) for c in asked)
