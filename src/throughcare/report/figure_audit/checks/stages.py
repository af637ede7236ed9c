"""A part above its whole in a table: later stages of the same thing (received above requested), a group above all."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from throughcare.report.figure_audit.alarm import Alarm, said_in
from throughcare.report.figure_audit.checks.totals import TOTAL
from throughcare.report.figure_audit.document import Cell, Document, Table
from throughcare.report.figure_audit.words import ORDER, stage, stems, topic, without_stage

KIND = "part above whole"
Pair = tuple[int, int]


def check(document: Document) -> Iterator[Alarm]:
    for table in document.tables:
        for before, after in in_order([row.label for row in table.rows]):
            for column in range(len(table.columns)):
                yield from _judged(table, (before, column), (after, column))
        for before, after in (*in_order(table.columns), *_of_all(table)):
            for number in range(len(table.rows)):
                yield from _judged(table, (number, before), (number, after))


def in_order(labels: Sequence[str]) -> list[Pair]:
    """Neighbours in the order of stages: (before, after), where both count the same thing or the same people."""
    stages = [stage(label) for label in labels]
    about = [topic(stems(without_stage(label))) for label in labels]
    pairs = []
    for order in ORDER:
        found = [(order.index(name), number) for number, name in enumerate(stages) if name in order]
        found.sort()
        pairs += [
            (a, b) for (first, a), (second, b) in pairwise(found)
            if first < second and (about[a] == about[b] or not about[a] or not about[b])
        ]  # fmt: skip
    return pairs


def _of_all(table: Table) -> list[Pair]:
    """Within one upper head, "All" beside its parts."""
    if not table.groups:
        return []
    return [
        (column, other) for column, head in enumerate(table.columns) for other, part in enumerate(table.columns)
        if TOTAL.match(head) and not TOTAL.match(part) and table.groups[column] == table.groups[other]
    ]  # fmt: skip


def _judged(table: Table, whole: Pair, part: Pair) -> Iterator[Alarm]:
    a, b = _cell(table, whole), _cell(table, part)
    if a.value is None or b.value is None or a.percent or b.percent or b.value <= a.value:
        return
    names = [table.rows[row].label if whole[1] == part[1] else table.columns[column] for row, column in (whole, part)]
    yield Alarm(
        kind=KIND, what=f"{names[1]} ({b.text}) is above {names[0]} ({a.text})", one=said_in(a.text, table, *whole),
        other=said_in(b.text, table, *part), working=f"{b.text} > {a.text}, by {b.value - a.value}",
    )  # fmt: skip


def _cell(table: Table, at: Pair) -> Cell:
    return table.rows[at[0]].cells[at[1]]
