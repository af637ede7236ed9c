"""Reading what came in: source rows by their record_id, what waits in quarantine, when each feed last came."""

from collections.abc import Iterable, Iterator
from itertools import islice

from throughcare.casework.imports.models import FileLoad, QuarantinedRow, SourceRow


def parts_of(values: Iterable[object], size: int = 10_000) -> Iterator[list[object]]:
    """Values in lists of at most `size`: databases bound the number of parameters of a query."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def source_ids(feed: str, record_ids: list[str]) -> dict[str, int]:
    """Source row ids of the records of a feed that have been loaded; the others are left out."""
    found: dict[str, int] = {}
    for part in parts_of(record_ids):
        found.update(SourceRow.objects.filter(feed=feed, record_id__in=part).values_list("record_id", "pk"))
    return found


def waiting(feed: str | None = None) -> list[QuarantinedRow]:
    """Rows in quarantine that have not been loaded since, by feed, file and line."""
    rows = QuarantinedRow.objects.filter(mended_by=None).select_related("file").order_by("feed", "file", "line")
    return list(rows.filter(feed=feed) if feed else rows)


def last_loads() -> dict[str, FileLoad]:
    """The latest load of each feed."""
    return {load.feed: load for load in FileLoad.objects.order_by("pk")}
