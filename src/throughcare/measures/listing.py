"""Results written down as rows: for a terminal, as CSV or JSON, and as the `figures.csv` of a report.

A value is written unrounded, for the counts beside it to be checked against; only the terminal shows it as published.
Absence is None, an empty cell: no denominator, no target, no value (then `note` or `suppressed` says why).
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from throughcare.core.rounding import half_up
from throughcare.measures.results import Result

FIGURES = ("id", "group", "value", "unit", "numerator", "denominator", "suppressed")
Row = dict[str, str | int | float | None]


def as_rows(results: Iterable[Result]) -> list[Row]:
    """One row a result, its breakdowns as columns after the group; an undivided cell has nothing under them."""
    found = list(results)
    by = tuple(dict.fromkeys(name for r in found for name in r.breakdown))
    return [{"id": r.slug, "group": r.group, **{name: r.breakdown.get(name) for name in by}, **_told(r)} for r in found]


def as_csv(results: Iterable[Result]) -> str:
    """The rows as CSV with their header; nothing at all where there is no result."""
    listed = as_rows(results)
    return _csv(tuple(listed[0]), listed) if listed else ""


def figures_csv(
    results: Iterable[Result], *, more: Sequence[str] = (), of: Callable[[Result], Mapping[str, object]] = lambda r: {}
) -> str:
    """The figures of a report, one row for each figure and group; cells that are divided further are not in it.

    `more`: further columns after the first, which `of` gives for each.
    """
    found = [r for r in results if not r.breakdown]
    return _csv((*FIGURES, *more), [{**row, **of(r)} for row, r in zip(as_rows(found), found, strict=True)])


def as_text(results: Iterable[Result]) -> str:
    """Columns of even width for a terminal, values as published."""
    found = list(results)
    listed = [row | {"value": _shown(r)} for row, r in zip(as_rows(found), found, strict=True)]
    if not listed:
        return "no figures\n"
    cells = [{name: "" if value is None else str(value) for name, value in row.items()} for row in listed]
    widths = {name: max(len(name), *(len(row[name]) for row in cells)) for name in cells[0]}
    lines = [{name: name for name in widths}, {name: "-" * width for name, width in widths.items()}, *cells]
    return "".join("  ".join(line[name].ljust(width) for name, width in widths.items()).rstrip() + "\n" for line in lines)


def _told(r: Result) -> Row:
    return {
        "value": _number(r.value), "unit": r.unit, "numerator": _number(r.numerator), "denominator": r.denominator,
        "target": r.target, "suppressed": r.suppressed, "note": "; ".join(note for note in (r.period_note, r.note) if note),
    }  # fmt: skip


def _shown(r: Result) -> str:
    if r.shown is None:
        return "suppressed" if r.suppressed else "none"
    return str(r.shown)


def _number(value: float | int | None) -> float | int | None:
    """Nine decimals at most: the last bits of a float tell nothing."""
    return float(half_up(value, 9)) if isinstance(value, float) else value


def _csv(names: Sequence[str], listed: Iterable[Mapping[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(listed)
    return out.getvalue()
