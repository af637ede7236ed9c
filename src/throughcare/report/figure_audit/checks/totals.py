"""A total of a table, in its last or first row or column, or under a head of its own, against what it totals."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from throughcare.report.figure_audit.alarm import Alarm, said_in
from throughcare.report.figure_audit.document import Document, Table

KIND = "total"
TOTAL = re.compile(r"^(?:grand\s+|sub-?)?total\b|^(?:all|overall|sum)$", re.I)


def check(document: Document) -> Iterator[Alarm]:
    for table in document.tables:
        yield from _rows(table)
        yield from _columns(table)
        yield from _groups(table)


def total_at(labels: Sequence[str]) -> int | None:
    """Where the one total stands, at either end; None where there is none, or more than one."""
    found = [number for number, label in enumerate(labels) if TOTAL.match(label)]
    return found[0] if len(found) == 1 and found[0] in (0, len(labels) - 1) and len(labels) > 2 else None


def _rows(table: Table) -> Iterator[Alarm]:
    """The total column: each row's cells add to it."""
    at = total_at(table.columns)
    if at is None or table.groups:
        return
    for number, row in enumerate(table.rows):
        parts = [cell for column, cell in enumerate(row.cells) if column != at]
        whole = row.cells[at]
        if any(cell.value is None or cell.percent for cell in (*parts, whole)) or re.search(
            r"average|mean|rate|median|%", row.label, re.I
        ):
            continue
        yield from _judged(table, number, at, [cell.value for cell in parts if cell.value is not None], number)


def _columns(table: Table) -> Iterator[Alarm]:
    """The total row: each column's cells add to it."""
    at = total_at([row.label for row in table.rows])
    if at is None:
        return
    for column, head in enumerate(table.columns):
        cells = [row.cells[column] for number, row in enumerate(table.rows) if number != at]
        whole = table.rows[at].cells[column]
        if any(cell.value is None or cell.percent for cell in (*cells, whole)) or re.search(
            r"average|mean|rate|median|%", head, re.I
        ):
            continue
        yield from _judged(table, at, column, [cell.value for cell in cells if cell.value is not None], 0 if at else 1)


def _groups(table: Table) -> Iterator[Alarm]:
    """Heads in two storeys: under the group "Total" stands the sum of the same head in all groups."""
    if not table.groups or not TOTAL.match(table.groups[-1]):
        return
    for number, row in enumerate(table.rows):
        for column, head in enumerate(table.columns):
            if not TOTAL.match(table.groups[column]) or row.cells[column].value is None:
                continue
            parts = [
                cell.value for cell, name, group in zip(row.cells, table.columns, table.groups, strict=True)
                if name == head and not TOTAL.match(group) and cell.value is not None and not cell.percent
            ]  # fmt: skip
            if len(parts) > 1:
                yield from _judged(table, number, column, parts, number)


def _judged(table: Table, row: int, column: int, parts: Sequence[Decimal], other: int) -> Iterator[Alarm]:
    whole = table.rows[row].cells[column].value
    if whole is None or sum(parts) == whole:
        return
    decimals = max(cell.decimals for cell in table.rows[row].cells if cell.value is not None)
    if decimals and abs(sum(parts) - whole) <= Decimal(len(parts) + 1) / 2 / 10**decimals:
        return
    yield Alarm(
        kind=KIND, what=f"the total {whole} is not the sum of its parts, {sum(parts)}",
        one=said_in(whole, table, row, column), other=said_in(sum(parts), table, other),
        working=f"{' + '.join(map(str, parts))} = {sum(parts)}",
    )  # fmt: skip
