"""CSV: the `figures.csv` of a report, or any table with one head line."""

import csv
import io
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from throughcare.measures.listing import FIGURES
from throughcare.report.figure_audit.document import Document, Figure, Place
from throughcare.report.figure_audit.reading.cells import table


def read_csv(content: bytes, name: str) -> Document:
    """Figures, where the columns `id`, `group` and `value` are there; else one table."""
    text = content.decode("utf-8-sig")
    reader = csv.DictReader(io.StringIO(text), strict=True)
    if {"id", "group", "value"} <= set(reader.fieldnames or ()):
        return Document(name=name, figures=tuple(_figure(row, reader.line_num) for row in reader))
    lines = [line for line in csv.reader(io.StringIO(text), strict=True) if line]
    made = table(lines, caption="", place=Place(line=1), first_line=1)
    return Document(name=name, tables=(made,) if made else ())


def _figure(row: Mapping[str, str | None], line: int) -> Figure:
    told = {column: (row.get(column) or "").strip() for column in FIGURES}
    return Figure(
        id=told["id"], group=told["group"], unit=told["unit"], suppressed=told["suppressed"], line=line,
        **{column: _number(told[column]) for column in ("value", "numerator", "denominator")},
    )  # fmt: skip


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
