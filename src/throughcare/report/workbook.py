"""The tables and charts of a report as an accessible workbook: cover, contents, notes, one table a sheet, then all figures.

After the Government Analysis Function's guidance on accessible spreadsheets: numbers are numbers as published, shorthand stands
where there is none ([c] withheld, [x] no figure, [z] does not apply), and no cell is left empty.
"""

import io
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from textwrap import shorten

import gptables
import pandas as pd

from throughcare.core.rounding import half_up
from throughcare.measures.results import Result
from throughcare.measures.windows import last_day
from throughcare.report.content import Chart, Drawing, Report, Said, Table
from throughcare.report.figures import Figures
from throughcare.report.html import data_of
from throughcare.report.sentences import UNKNOWN, WITHHELD, cell

NONE = "[z]"
SHORTHAND = {
    WITHHELD: "not published, to protect small numbers", UNKNOWN: "no figure, as there is nothing to work it out from",
    NONE: "does not apply",
}  # fmt: skip
ALL = "All figures"
UNITS = {"£": "pounds"}
INSTRUCTIONS = "This sheet has one table. Notes are on the sheet Notes."
Value = str | int | float


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet with its name, the table on it, and the numbers of the notes on it."""

    name: str
    table: Table
    notes: tuple[str, ...]


def workbook(report: Report, figures: Figures) -> bytes:
    """The workbook as XLSX. The same report gives the same bytes: it is dated on the last day of the period."""
    notes: dict[str, str] = {}
    sheets = {sheet.name: _gptable(n, sheet, notes) for n, sheet in enumerate(_sheets(report), start=1)}
    sheets[ALL] = _all(figures, notes)
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # gptables warns of what it has itself filled in
        made = gptables.produce_workbook(
            out, sheets, cover=_cover(report), workbook_options={"in_memory": True},
            notes_table=pd.DataFrame([(ref, words) for words, ref in notes.items()], columns=["Note reference", "Note text"]),
            notesheet_options={"instructions": "This sheet has one table: the notes that other sheets refer to."},
            contentsheet_options={"title": "Contents", "instructions": "This sheet has one table: the sheets of this workbook."},
        )  # fmt: skip
    day = datetime.combine(max(figures.period.start, figures.period.end), time())
    made.set_properties({"title": f"{report.title}, {report.subtitle}", "author": "Throughcare", "created": day})
    made.close()
    return out.getvalue()


def _cover(report: Report) -> gptables.Cover:
    marks = [f"{mark} means: {meaning}." for mark, meaning in SHORTHAND.items()]
    return gptables.Cover(
        title=report.title, intro=[f"{report.subtitle[:1].upper()}{report.subtitle[1:]}."],
        about=["Tables and charts of the report, a sheet each, as the report has them. A percentage stands without its sign.",
               f"The sheet {ALL} has every figure with its id and group, as published.", *marks],
    )  # fmt: skip


def _sheets(report: Report) -> list[Sheet]:
    found: list[Sheet] = []
    for block in (block for section in report.sections for block in section.blocks):
        if isinstance(block, Table | Chart | Drawing) and (table := block if isinstance(block, Table) else data_of(block)).rows:
            caption = block.caption
            notes = tuple(f"{words.rstrip('.')}." for words in (*([table.note] if table.note else []), *block.caveats))
            name = _name(caption, {sheet.name for sheet in found})
            found.append(Sheet(name=name, table=_renamed(table, caption), notes=notes))
    return found


def _renamed(table: Table, caption: str) -> Table:
    return Table(caption=caption, first=table.first, columns=table.columns, rows=table.rows)


def _name(caption: str, taken: set[str]) -> str:
    """"Table 1" of "Table 1. Reports"; otherwise the first words of the caption, without what a sheet's name cannot have."""
    number = re.match(r"(?:Table|Figure) \d+", caption)
    name = number[0] if number else shorten(re.sub(r"[\[\]:*?/\\']", "", caption), 28, placeholder="").strip(" ,")
    if name not in taken:
        return name
    return next(f"{name} {letter}" for letter in "bcdefghijklmnopqrstuvwxyz" if f"{name} {letter}" not in taken)


def _gptable(number: int, sheet: Sheet, notes: dict[str, str]) -> gptables.GPTable:
    frame = _frame(sheet.table)
    bold = [n for n, row in enumerate(sheet.table.rows, start=1) if row.total]
    return gptables.GPTable(
        frame, table_name=f"table_{number}", title=f"{sheet.table.caption}{_called(sheet.notes, notes)}",
        instructions=INSTRUCTIONS, legend=_legend(frame), index_columns={2: 0},
        additional_formatting=[{"row": {"rows": bold, "format": {"bold": True}}}] if bold else [],
    )  # fmt: skip


def _frame(table: Table) -> pd.DataFrame:
    """The table with numbers alone in its cells: counts in two columns, the unit in the heading of the column or of the row."""
    columns: list[tuple[str, list[Value]]] = []
    shares: set[int] = set()
    for name, cells in zip(table.columns, zip(*(row.cells for row in table.rows), strict=True), strict=True):
        told = [c for c in cells if isinstance(c, Said)]
        if any(c.form == "counts" for c in told):
            columns.append((f"{name}: number", [_value(c, "numerator") for c in cells]))
            columns.append((f"{name}: out of", [_value(c, "denominator") for c in cells]))
            continue
        every = bool(told) and all(_is_share(c) for c in told)
        columns.append((f"{name} (%)" if every else name, [_value(c) for c in cells]))
        shares |= set() if every else {n for n, c in enumerate(cells) if _is_share(c)}
    rows = [f"{row.heading} (%)" if n in shares else _named(row.heading) for n, row in enumerate(table.rows)]
    frame = pd.DataFrame(dict(enumerate([rows, *(values for _, values in columns)])), dtype=object)
    frame.columns = _unlike([table.first or "Row", *(name for name, _ in columns)])
    return frame


def _is_share(c: Said | str) -> bool:
    return isinstance(c, Said) and c.form in ("value", "target") and c.result.unit == "percent"


def _value(c: Said | str, form: str = "") -> Value:
    if isinstance(c, str):
        return _named(c)
    r, form = c.result, form or c.form
    if form == "target":
        return NONE if r.target is None else r.target
    if r.value is None:
        return WITHHELD if r.suppressed else UNKNOWN
    if form in ("numerator", "denominator"):
        found = r.numerator if form == "numerator" else r.denominator
        return NONE if found is None else float(half_up(found, 9)) if isinstance(found, float) else found
    return _shown(r) if form == "value" else cell(c) or NONE


def _shown(r: Result) -> Value:
    """The number as published: whole where it is shown without decimals."""
    if r.shown is None:
        return WITHHELD if r.suppressed else UNKNOWN
    return float(r.shown) if r.digits else int(r.shown)


def _all(figures: Figures, notes: dict[str, str]) -> gptables.GPTable:
    """Every undivided figure of the report with its id and group."""
    head = ("id", "group", "title", "value", "unit", "numerator", "denominator", "target", "counted from", "counted to", "note")
    rows = [_told(r) for r in figures.results if not r.breakdown]
    frame = pd.DataFrame(rows, columns=list(head), dtype=object)
    called = _called([f"{mark}: {meaning}." for mark, meaning in SHORTHAND.items()], notes)
    return gptables.GPTable(
        frame, table_name="all_figures", title=f"{ALL}{called}", instructions=INSTRUCTIONS, legend=_legend(frame),
        index_columns={2: 0},
    )  # fmt: skip


def _told(r: Result) -> tuple[Value, ...]:
    said = Said(result=r)
    counted_to = last_day(r.period)
    return (
        r.slug, _named(r.group), r.title, _shown(r), _named(UNITS.get(r.unit, r.unit)), _value(said, "numerator"),
        _value(said, "denominator"), _value(said, "target"), r.period.start.isoformat(), counted_to.isoformat(),
        "; ".join(words for words in (r.period_note, r.note or r.suppressed) if words) or NONE,
    )  # fmt: skip


def _named(words: str) -> str:
    """Words that have letters or figures; shorthand for what has neither, which a screen reader would pass over."""
    return words if re.search("[A-Za-z0-9]", words) else NONE


def _called(words: Iterable[str], notes: dict[str, str]) -> str:
    """The calls of these notes, as gptables has them; a note that several tables have is one."""
    return "".join(f"$${notes.setdefault(each, f'note {len(notes) + 1}')}$$" for each in words)


def _legend(frame: pd.DataFrame) -> list[str]:
    """The shorthand that the sheet has."""
    there = {value for column in frame.columns for value in frame[column] if isinstance(value, str)}
    return [f"{mark}: {meaning}" for mark, meaning in SHORTHAND.items() if mark in there]


def _unlike(names: Sequence[str]) -> list[str]:
    """Headings of a sheet's table must differ, whatever their case."""
    found: list[str] = []
    for name in names:
        like = sum(other.lower() == name.lower() for other in names[: len(found)])
        found.append(f"{name} ({like + 1})" if like else name)
    return found
