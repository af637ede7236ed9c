"""The cells of a measure: its axes and the breakdowns asked for, crossed, each cell with the rows that belong to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from typing import NamedTuple

import polars as pl

from throughcare.core.contracts import Axis, Measure
from throughcare.core.dates import months_begun
from throughcare.core.errors import UserError
from throughcare.core.pilot import Period, Pilot

MONTH = "month of row"
NEEDS = "needs"
BREAKDOWNS = {
    "month": "on", "borough": "borough", "age_band": "age_band", "sex": "sex", "ethnicity": "ethnicity", "agency": "agency",
    "need": NEEDS, "provider": "provider", "court": "court",
}  # fmt: skip
KNOWN = {"borough": "boroughs", "court": "courts"}


class NoSuchBreakdown(UserError):
    """A breakdown was asked for that there is not, or that the rows of a measure do not have."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """One group of one axis, and its name in the cell's place ("" for the undivided total).

    Its rows are those with `value` in `column` (for NEEDS: in the list that stands there), or those for which `where`
    holds; where neither is named, every row.
    """

    axis: str
    label: str
    column: str = ""
    value: str | date = ""
    where: pl.Expr | None = None
    within: bool = False

    @cached_property
    def total(self) -> bool:
        return not self.column and self.where is None


@dataclass(frozen=True, kw_only=True)
class Places:
    """Parts of axes that hold at once, and what is told of them: worked out once, however many cells they are in."""

    parts: tuple[Part, ...]

    @cached_property
    def named(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.total)

    @cached_property
    def label(self) -> str:
        return "|".join(part.label for part in self.parts)

    @cached_property
    def labels(self) -> dict[str, str]:
        return {part.axis: part.label for part in self.named}

    @cached_property
    def within(self) -> frozenset[str]:
        return frozenset(part.axis for part in self.parts if part.within)


class Cell(NamedTuple):
    """One cell to calculate: `base` says which rows are its base, `hit` which of them it counts; all parts hold at once."""

    own: Places
    by: Places
    hit: tuple[Part, ...]

    @property
    def label(self) -> str:
        return self.own.label

    @property
    def within(self) -> frozenset[str]:
        return self.own.within

    @property
    def base(self) -> tuple[Part, ...]:
        return tuple([part for part in self.hit if not part.within]) if self.within else self.hit

    @property
    def place(self) -> frozenset[tuple[str, str]]:
        return frozenset([(part.axis, part.label) for part in self.hit])

    @property
    def breakdown(self) -> dict[str, str]:
        return self.by.labels

    @property
    def divided_twice(self) -> bool:
        """Whether an axis shows one value of the column by which the cell is divided too: 18-25 by age band."""
        return not self.own.labels.keys().isdisjoint(self.by.labels)


def refuse_unknown(by: Sequence[str]) -> None:
    """Refuses a breakdown that no measure can have."""
    unknown = [name for name in by if name not in BREAKDOWNS]
    if unknown:
        raise NoSuchBreakdown(
            what="There is no such breakdown", record=", ".join(unknown), expected=f"some of {', '.join(BREAKDOWNS)}",
            mend="name breakdowns of that list",
        )  # fmt: skip


def available(rows: pl.DataFrame) -> tuple[str, ...]:
    """The breakdowns for which the rows have a column."""
    return tuple(name for name, column in BREAKDOWNS.items() if column in rows.columns)


def cells(
    measure: Measure, base: pl.DataFrame, *, pilot: Pilot, window: Period, by: tuple[str, ...], apart: bool = False
) -> list[Cell]:
    """Every cell of the measure in the order of publication; with `by`, the undivided cells first, then the divided ones.

    `apart`: divided by each of `by` on its own, not by one within another; those for which the rows have no column are left out.
    To be divided by month, `base` has the first day of each row's month in the column MONTH. A breakdown by which the
    measure is divided already adds nothing, nor does one named twice. Refuses one for which the rows have no column.
    """
    refuse_unknown(by)
    wanted = [name for name in dict.fromkeys(by) if name not in whole_axes(measure)]
    missing = [name for name in wanted if name not in available(base)]
    if apart:
        wanted = [name for name in wanted if name not in missing]
    elif missing:
        raise NoSuchBreakdown(
            what="The figure cannot be divided so", record=f"{measure.slug} by {', '.join(missing)}",
            expected=f"some of {', '.join(available(base)) or 'none: its rows have no breakdowns'}",
            mend="leave the breakdown out, or ask for it with other figures",
        )  # fmt: skip
    axes = [axis_parts(axis, f"axis {number}", base, pilot) for number, axis in enumerate(measure.axes, 1)]
    by_column = [breakdown_parts(name, base, pilot=pilot, window=window) for name in wanted]
    divided = [(), *((part,) for parts in by_column for part in parts if not part.total)] if apart else product(*by_column)
    undivided = [Places(parts=parts) for parts in product(*axes)]
    divisions = [Places(parts=parts) for parts in divided]
    crossed = [Cell(own, further, own.named + further.named) for further in divisions for own in undivided]
    shown = {axis.column for axis in measure.axes}
    return [cell for cell in crossed if not cell.divided_twice] if shown & set(wanted) else crossed


def whole_axes(measure: Measure) -> set[str | None]:
    """The columns by which the measure is published in all their values: to be divided by one again adds nothing."""
    return {axis.column for axis in measure.axes if not axis.only}


def axis_parts(axis: Axis, name: str, base: pl.DataFrame, pilot: Pilot) -> list[Part]:
    """The groups of an axis in their order, the total last. A group without a condition is a total too."""
    name = axis.column or name
    parts = [Part(axis=name, label=g.label, where=g.where, within=axis.within) for g in axis.groups]
    if axis.column is not None:
        values = axis.only or (pilot.values(axis.known) if axis.known else _found(base, axis.column))
        parts += [Part(axis=name, label=v, column=axis.column, value=v, within=axis.within) for v in values]
    if axis.total:
        parts.append(Part(axis=name, label=axis.total, within=axis.within))
    return parts


def breakdown_parts(name: str, base: pl.DataFrame, *, pilot: Pilot, window: Period) -> list[Part]:
    """The undivided rows, then each value: months of the window and the pilot's boroughs and courts even where nothing is."""
    whole = Part(axis=name, label="")
    if name == "month":
        months = months_of(window)
        return [whole, *(Part(axis=name, label=m.strftime("%Y-%m"), column=MONTH, value=m) for m in months)]
    if name == "need":
        values = sorted(base[NEEDS].explode().drop_nulls().unique().to_list())
        return [whole, *(Part(axis=name, label=v, column=NEEDS, value=v) for v in values)]
    known = pilot.values(KNOWN[name]) if name in KNOWN else ()
    values = [*known, *(v for v in _found(base, BREAKDOWNS[name]) if v not in known)]
    return [whole, *(Part(axis=name, label=v, column=BREAKDOWNS[name], value=v) for v in values)]


def months_of(window: Period) -> list[date]:
    """The first days of the calendar months begun in the window; the month of its first day is one of them."""
    return months_begun(window.start, window.end)


def _found(base: pl.DataFrame, column: str) -> tuple[str, ...]:
    if column not in base.columns:
        return ()
    return tuple(sorted(str(v) for v in base[column].drop_nulls().unique().to_list()))
