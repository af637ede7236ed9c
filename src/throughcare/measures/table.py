"""Results written down as rows: for a terminal, as CSV, as JSON, and as the `figures.csv` of a report.

A value is written unrounded (at most six decimals), for the counts beside it to be checked against; only the terminal
shows it as published. An empty cell is absence: no denominator, no target, no value (then `note` or `suppressed` says why).
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from throughcare.core.rounding import half_up
from throughcare.measures.results import Result

AFTER_BREAKDOWNS = ("value", "unit", "numerator", "denominator", "target", "suppressed", "note")
FIGURES = ("id", "group", "value", "unit", "numerator", "denominator", "suppressed")


def columns(by: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns of a listing: what the figure is, where it stands, what it is."""
    return ("id", "group", *by, *AFTER_BREAKDOWNS)


def rows(results: Iterable[Result], *, by: Sequence[str] = ()) -> list[dict[str, str]]:
    """One row a result, all cells as text; an undivided cell has nothing under its breakdowns."""
    return [{"id": r.slug, "group": r.group} | {b: r.breakdown.get(b, "") for b in by} | _figures(r) for r in results]


def as_csv(results: Iterable[Result], *, by: Sequence[str] = ()) -> str:
    return _csv(columns(by), rows(results, by=by))


def figures_csv(results: Iterable[Result]) -> str:
    """The figures of a report, one row for each figure and group; cells divided further are left to `as_csv`."""
    return _csv(FIGURES, rows(r for r in results if not r.breakdown))


def as_json(results: Iterable[Result], *, by: Sequence[str] = ()) -> str:
    """A list of objects with numbers as numbers, absence as null; each with its period, as cut."""
    told = [
        {
            "id": r.slug, "title": r.title, "group": r.group, **{b: r.breakdown.get(b) for b in by},
            "value": r.value, "unit": r.unit, "numerator": r.numerator, "denominator": r.denominator, "target": r.target,
            "suppressed": r.suppressed, "note": r.note, "from": r.period.start.isoformat(), "to": r.period.end.isoformat(),
            "period": r.period_note, "as_at": r.as_at.isoformat(),
        }
        for r in results
    ]  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def as_text(results: Iterable[Result], *, by: Sequence[str] = ()) -> str:
    """Columns of even width for a terminal, values as published."""
    found = list(results)
    listed = [row | {"value": _shown(r)} for row, r in zip(rows(found, by=by), found, strict=True)]
    names = columns(by)
    widths = {name: max(len(name), *(len(row[name]) for row in listed), 0) for name in names}
    lines = [{name: name for name in names}, {name: "-" * widths[name] for name in names}, *listed]
    return "\n".join("  ".join(line[name].ljust(widths[name]) for name in names).rstrip() for line in lines) + "\n"


def _figures(r: Result) -> dict[str, str]:
    return {
        "value": number(r.value), "unit": r.unit, "numerator": number(r.numerator), "denominator": number(r.denominator),
        "target": number(r.target), "suppressed": r.suppressed, "note": "; ".join(n for n in (r.period_note, r.note) if n),
    }  # fmt: skip


def _shown(r: Result) -> str:
    if r.shown is None:
        return "suppressed" if r.suppressed else ""
    return str(r.shown)


def number(value: float | int | Decimal | None) -> str:
    """A number as text without needless zeros: 53, 4.4, 38.222222; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    text = f"{half_up(value, 6):f}"
    return text.rstrip("0").rstrip(".")


def _csv(names: Sequence[str], listed: Iterable[Mapping[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(listed)
    return out.getvalue()
