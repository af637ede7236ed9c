"""Rows or columns of percentages that should add to 100: answers on a scale, or where the table's other rows do.

Each share may be half a unit of its last decimal off, so that a row of five with one decimal may add to 99.8 or 100.2.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from throughcare.report.figure_audit.alarm import Alarm, Said, said_in
from throughcare.report.figure_audit.document import Cell, Document, Table

KIND = "hundred"
_SCALE = re.compile(
    r"\b(?:agree|disagree|satisfied|dissatisfied|neutral|neither|useful|likely|unlikely|good|poor|don’t know|not sure)\b", re.I
)
_LEFT_OUT = re.compile(r"\b(?:total|all|n|base|overall|mean)\b", re.I)


def check(document: Document) -> Iterator[Alarm]:
    for table in document.tables:
        kept = [column for column, head in enumerate(table.columns) if not _LEFT_OUT.search(head)]
        rows = [[row.cells[column] for column in kept] for row in table.rows]
        for number in _off(rows, _is_scale(table.columns)):
            yield _alarm(table, rows[number], said_in("", table, number))
        lines = [number for number, row in enumerate(table.rows) if not _LEFT_OUT.search(row.label)]
        columns = [[table.rows[number].cells[column] for number in lines] for column in range(len(table.columns))]
        for number in _off(columns, _is_scale([row.label for row in table.rows])):
            head = Said(value="", place=table.at(table.rows[0], number), words=" | ".join(cell.text for cell in columns[number]))
            yield _alarm(table, columns[number], head)


def _is_scale(labels: Sequence[str]) -> bool:
    """Whether three labels or more are answers ("Strongly agree"), and none a statement to be answered."""
    return sum(1 for label in labels if _SCALE.search(label) and len(label.split()) <= 4) >= 3


def _off(lines: Sequence[Sequence[Cell]], scale: bool) -> list[int]:
    """The lines of shares that do not add to 100, where they should: three shares or more, and most others do."""
    shares = {
        number: line for number, line in enumerate(lines)
        if len(line) >= 3 and all(cell.value is not None and (cell.percent or not cell.value) for cell in line)
        and any(cell.percent for cell in line)
    }  # fmt: skip
    fits = [number for number, line in shares.items() if _adds(line)]
    if not (scale or len(fits) * 2 > len(shares)):
        return []
    return [number for number in shares if number not in fits]


def _sum(line: Sequence[Cell]) -> Decimal:
    return sum((cell.value for cell in line if cell.value is not None), Decimal(0))


def _adds(line: Sequence[Cell]) -> bool:
    decimals = max(cell.decimals for cell in line if cell.percent)
    return abs(_sum(line) - 100) <= Decimal(len(line)) / 2 / 10**decimals


def _alarm(table: Table, line: Sequence[Cell], where: Said) -> Alarm:
    total = _sum(line)
    return Alarm(
        kind=KIND, what=f"the shares add to {total}%, not 100%",
        one=Said(value=f"{total}%", place=where.place, words=where.words),
        other=Said(value="100%", place=table.place, words=table.title or table.name or "table"),
        working=f"{' + '.join(str(cell.value) for cell in line)} = {total}",
    )  # fmt: skip
