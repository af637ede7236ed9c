"""The cases behind a figure: the very rows that the calculator counts of one of its groups. Who may see them, the page asks."""

import polars as pl

from throughcare.core.contracts import Measure
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.calculate import Run
from throughcare.measures.groups import NEEDS, Cell, Part, cells
from throughcare.measures.own import PERSON, Own, cut
from throughcare.measures.windows import window_of

HIT, BASE = "counted as hit", "{denominator}"
NONE = pl.DataFrame(schema={PERSON: pl.Int64, "on": pl.Date, HIT: pl.Boolean})


def cases(measure: Measure, group: str, own: Own | None, *, pilot: Pilot, period: Period, run: Run) -> pl.DataFrame:
    """person, on, hit: a row a case in the base of the group, of one's own rows (None: of all); `on` is null where it has no day.

    As many rows as the figure's denominator, or, of a count, as its numerator; with hits as many as its numerator where it is a
    share. None where the measure is absent or protected, its rows are not about people or do not say whose they are, or it has no
    such group.
    Of a group that only says which are hits, the base is that of all. `person` is null where a case is of nobody known.
    """
    window = window_of(measure, pilot=pilot, period=period)
    if window.absent or measure.protected:
        return NONE
    rows = run.rows(measure.rows, window.scope)
    theirs = measure if own is None else cut(measure, own, rows.columns)
    if theirs is None or PERSON not in rows.columns:
        return NONE
    cut_to = window.scope.period
    if window.by_date and "on" in rows.columns:
        rows = rows.filter((pl.col("on") >= cut_to.start) & (pl.col("on") < cut_to.end))
    base = rows.filter(theirs.counted)
    cell = next((each for each in cells(measure, base, pilot=pilot, window=cut_to, by=()) if _named(each, group)), None)
    if cell is None:
        return NONE
    hit = pl.lit(value=True) if measure.hit is None else measure.hit.fill_null(value=False)
    told = base.filter(_belongs(cell.base)).with_columns((hit & _belongs(cell.hit)).alias(HIT))
    if measure.value is not None:
        told = told.filter(measure.value.is_not_null())
    day = pl.col("on") if "on" in told.columns else pl.lit(None, dtype=pl.Date).alias("on")
    return told.select(PERSON, day, HIT)


def _named(cell: Cell, group: str) -> bool:
    """Whether the group is the cell's: a label may have the number of its base in it."""
    start, *rest = cell.label.split(BASE)
    return group.startswith(start) and group.endswith(rest[0]) if rest else cell.label == group


def _belongs(parts: tuple[Part, ...]) -> pl.Expr:
    """Whether a row belongs to all of these, as the calculator has it: a row of a list is of each that stands in it."""
    return pl.all_horizontal([_of(part).fill_null(value=False) for part in parts]) if parts else pl.lit(value=True)


def _of(part: Part) -> pl.Expr:
    if part.where is not None:
        return part.where
    column = pl.col(part.column)
    return column.list.contains(part.value) if part.column == NEEDS else column == part.value
