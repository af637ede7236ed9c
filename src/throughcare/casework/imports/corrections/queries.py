"""One row in quarantine as a person corrects it: its cells by column, and all its faults together."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from throughcare.casework.imports.models import FileLoad, QuarantinedRow
from throughcare.core.contracts import Column, Feed


@dataclass(frozen=True, kw_only=True)
class RowToMend:
    """A row of a file with all its faults. `id`: the number of its first fault, by which `corrections.actions` know it.

    `cells`: what each column of the feed holds as given; `surplus`: cells beyond the last column. `faults`: those that wait.
    """

    id: int
    file: FileLoad
    feed: str
    line: int
    record_id: str
    columns: tuple[Column, ...]
    cells: Mapping[str, str]
    surplus: tuple[str, ...]
    faults: tuple[QuarantinedRow, ...]


def faults_of(row: QuarantinedRow) -> QuerySet[QuarantinedRow]:
    """All faults of the row of that fault, in the order in which they were found."""
    return QuarantinedRow.objects.filter(file=row.file_id, line=row.line, row=row.row).order_by("pk")


def row_to_mend(number: int, feeds: Mapping[str, Feed]) -> RowToMend | None:
    """The row of a fault, with what waits of it; none where there is no such fault or no such feed."""
    row = QuarantinedRow.objects.select_related("file").filter(pk=number).first()
    if row is None or row.feed not in feeds:
        return None
    return _gathered(list(faults_of(row).filter(mended_by=None, set_aside="")) or [row], feeds[row.feed])


def rows_to_mend(feeds: Mapping[str, Feed], *, feed: str = "", set_aside: bool = False) -> list[RowToMend]:
    """The rows that wait, or those that were set aside, by feed, file and line; each once, with all its faults."""
    found = QuarantinedRow.objects.filter(mended_by=None, feed__in=[feed] if feed else list(feeds)).select_related("file")
    found = (found.exclude(set_aside="") if set_aside else found.filter(set_aside="")).order_by("feed", "file", "line", "pk")
    rows: dict[tuple[int, int, str], list[QuarantinedRow]] = {}
    for fault in found:
        rows.setdefault((fault.file_id, fault.line, fault.row), []).append(fault)
    return [_gathered(faults, feeds[faults[0].feed]) for faults in rows.values() if faults[0].feed in feeds]


def rows_still_wrong(load: int, feeds: Mapping[str, Feed]) -> list[RowToMend]:
    """The rows of one load (`Outcome.load`) that wait: what a correction left wrong, with the values that were typed."""
    return [row for row in rows_to_mend(feeds) if row.file.pk == load]


def _gathered(faults: Sequence[QuarantinedRow], feed: Feed) -> RowToMend:
    first = faults[0]
    cells, surplus = cells_of(first, feed)
    return RowToMend(id=first.pk, file=first.file, feed=first.feed, line=first.line, record_id=first.record_id,
                     columns=feed.columns, cells=cells, surplus=surplus, faults=tuple(faults))  # fmt: skip


def cells_of(row: QuarantinedRow, feed: Feed) -> tuple[dict[str, str], tuple[str, ...]]:
    """The row's cells by column, "" where it has too few, and the cells it has too many."""
    names = [column.name for column in feed.columns]
    given = [str(cell) for cell in json.loads(row.row)]
    filled = [*given, *[""] * (len(names) - len(given))]
    return dict(zip(names, filled, strict=False)), tuple(given[len(names) :])
