"""Figures of a part of the pilot: one borough, one provider, the people of a post. The same definitions over fewer rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

import polars as pl

from throughcare.core.contracts import Measure
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.calculate import Run, calculate
from throughcare.measures.results import Result
from throughcare.measures.windows import window_of

PERSON = "person"
Condition = tuple[str, frozenset[str | int]]
"""A column, and its values."""


@dataclass(frozen=True, kw_only=True)
class Own:
    """Which rows are one's own: those of which all conditions of any of `parts` hold. No parts: none.

    `services`: those whose measures are one's own altogether, of whomever. `without`: people who are kept from the reader, and so
    are in none of its figures.
    """

    parts: tuple[tuple[Condition, ...], ...] = ()
    without: frozenset[int] = frozenset()
    services: frozenset[str] = frozenset()

    def among(self, columns: Iterable[str]) -> tuple[tuple[Condition, ...], ...]:
        """The parts that rows with these columns can tell."""
        known = set(columns)
        return tuple(part for part in self.parts if {column for column, _ in part} <= known)


def within(own: Own | None, chosen: Mapping[str, str]) -> Own | None:
    """Of one's own rows, or of all, those that have each of these values in its column; nothing chosen changes nothing."""
    if not chosen:
        return own
    asked = tuple((column, frozenset({value})) for column, value in sorted(chosen.items()))
    kept = own or Own(parts=((),))
    return replace(kept, parts=tuple((*part, *asked) for part in kept.parts), services=frozenset())


def cut(measure: Measure, own: Own, columns: Iterable[str]) -> Measure | None:
    """The measure over one's own rows alone; None where its rows, of these columns, do not say whose they are."""
    parts = ((),) if measure.service in own.services else own.among(columns)
    if not parts:
        return None
    theirs = reduce(pl.Expr.or_, (_all(part) for part in parts))
    if own.without and PERSON in set(columns):
        theirs = theirs & ~pl.col(PERSON).is_in(list(own.without))
    return replace(measure, counted=measure.counted & theirs)


def calculate_own(
    measure: Measure, own: Own | None, *, pilot: Pilot, period: Period, by: tuple[str, ...] = (), apart: bool = False, run: Run
) -> tuple[Result, ...]:
    """The measure's results over one's own rows; None as `own`: over all. No results where the rows do not say whose they are."""
    if own is None:
        return calculate(measure, pilot=pilot, period=period, by=by, apart=apart, run=run)
    window = window_of(measure, pilot=pilot, period=period)
    if window.absent:
        return calculate(measure, pilot=pilot, period=period, run=run)
    theirs = cut(measure, own, run.rows(measure.rows, window.scope).columns)
    return calculate(theirs, pilot=pilot, period=period, by=by, apart=apart, run=run) if theirs else ()


def _all(part: tuple[Condition, ...]) -> pl.Expr:
    if not part:
        return pl.lit(value=True)
    return pl.all_horizontal([pl.col(column).is_in(list(values)).fill_null(value=False) for column, values in part])
