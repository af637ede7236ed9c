"""Cells of tables: the one number in each, and tables from rows of text."""

import re
from collections.abc import Sequence
from decimal import Decimal

from throughcare.report.figure_audit.document import Cell, Place, Row, Table
from throughcare.report.figure_audit.reading.prose import even

_VALUE = re.compile(r"[£$€]?\s*([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?)\s*(%)?$")
_DASH = re.compile(r"[-–—]$")
_NAME = re.compile(r"^\s*((?:Table|Figure|Chart)\s+[A-Z]?\d+(?:\.\d+)?)\s*[.:–-]?\s*(.*)$", re.S)


def cell(text: str) -> Cell:
    """A cell with its value; a dash is nought, anything but one number (and £ or %) has no value."""
    text = even(text).strip()
    if _DASH.match(text):
        return Cell(text=text, value=Decimal(0))
    match = _VALUE.match(text)
    return Cell(text=text, value=Decimal(match[1].replace(",", "")) if match else None, percent=bool(match and match[2]))


def named(caption: str) -> tuple[str, str]:
    """A caption as ("Table 2", its words)."""
    match = _NAME.match(even(caption))
    return (" ".join(match[1].split()), " ".join(match[2].split())) if match else ("", " ".join(caption.split()))


def table(lines: Sequence[Sequence[str]], *, caption: str, place: Place, first_line: int = 0) -> Table | None:
    """A table from rows of text: the first row heads it, the first column labels it. None without a number in a cell."""
    width = max((len(line) for line in lines), default=0)
    if width < 2 or len(lines) < 2:
        return None
    rows = [
        Row(
            label=" ".join(line[0].split()), line=first_line + number if first_line else 0,
            cells=tuple(cell(text) for text in [*line[1:], *[""] * (width - len(line))]),
        )
        for number, line in enumerate(lines[1:], 1) if line
    ]  # fmt: skip
    if not any(one.value is not None for row in rows for one in row.cells):
        return None
    heads = [" ".join(even(text).split()) for text in lines[0]]
    heads = heads[1:] if len(heads) == width else [""] * (width - 1)
    name, title = named(caption)
    return Table(name=name, title=title, columns=tuple(heads), rows=tuple(rows), place=place)
