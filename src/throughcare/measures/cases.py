"""The cases behind a figure: the very rows that the calculator counts of one of its groups. Who may see them, the page asks."""

import polars as pl

from throughcare.core.contracts import Measure
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.calculate import Run
from throughcare.measures.groups import Cell, cells
from throughcare.measures.own import PERSON, Own, cut
from throughcare.measures.windows import window_of

HIT = "counted as hit"
NONE = pl.DataFrame(schema={PERSON: pl.Int64, "on": pl.Date, HIT: pl.Boolean})


def cases(measure: Measure, group: str, own: Own | None, *, pilot: Pilot, period: Period, run: Run) -> pl.DataFrame:
    """person, on, hit: a row a case in the base of the group, of one's own rows (None: of all); `on` is null where it has no day.

    None where the measure is absent, its rows are not about people or do not say whose they are, or it has no such group. Of a
    group that only says which are hits, the base is that of all.
    """
    window = window_of(measure, pilot=pilot, period=period)
    if window.absent:
        return NONE
    rows = run.rows(measure.rows, window.scope)
    theirs = measure if own is None else cut(measure, own, rows.columns)
    if theirs is None or PERSON not in rows.columns:
        return NONE
    cut_to = window.scope.period
    if window.by_date and "on" in rows.columns:
        rows = rows.filter((pl.col("on") >= cut_to.start) & (pl.col("on") < cut_to.end))
    base = rows.filter(theirs.counted)
    cell = next((each for each in cells(measure, base, pilot=pilot, window=cut_to, by=()) if each.label == group), None)
    if cell is None:
        return NONE
    hit = pl.lit(value=True) if measure.hit is None else measure.hit.fill_null(value=False)
    told = base.filter(_belongs(cell)).with_columns(hit.alias(HIT))
    day = pl.col("on") if "on" in told.columns else pl.lit(None, dtype=pl.Date).alias("on")
    return told.select(PERSON, day, HIT)


def _belongs(cell: Cell) -> pl.Expr:
    parts = [part.where if part.where is not None else pl.col(part.column) == part.value for part in cell.base]
    return pl.all_horizontal(parts) if parts else pl.lit(value=True)
