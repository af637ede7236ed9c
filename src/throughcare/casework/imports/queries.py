"""Reading what came in: source rows by their record_id, what waits in quarantine, when each feed last came and should have."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from django.db import models

from throughcare.casework.frames import read
from throughcare.casework.imports.arrivals import FeedState as FeedState
from throughcare.casework.imports.arrivals import feed_states as feed_states
from throughcare.casework.imports.models import Adopted, FileLoad, QuarantinedRow, SourceRow


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
    """Faults of rows that have neither been loaded since nor set aside, by feed, file and line."""
    return _kept(feed, mended_by=None, set_aside="")


def set_aside(feed: str | None = None) -> list[QuarantinedRow]:
    """Faults of rows that were set aside and will not be loaded, by feed, file and line."""
    return [row for row in _kept(feed, mended_by=None) if row.set_aside]


def _kept(feed: str | None, **which: object) -> list[QuarantinedRow]:
    rows = QuarantinedRow.objects.filter(**which).select_related("file").order_by("feed", "file", "line", "pk")
    return list(rows.filter(feed=feed) if feed else rows)


def last_loads() -> dict[str, FileLoad]:
    """The latest load of each feed; corrections made here are none."""
    return {load.feed: load for load in FileLoad.objects.filter(corrects=None).order_by("pk")}


def times_of_loads() -> Mapping[str, list[datetime]]:
    """By feed, when it came, oldest first; a feed that never came has none. Corrections made here are no loads."""
    loads = read(FileLoad.objects.filter(corrects=None).order_by("loaded_at", "pk"), feed="feed", at="loaded_at")
    found: dict[str, list[datetime]] = defaultdict(list)
    for feed, at in loads.iter_rows():
        found[feed].append(at)
    return found


def differing(model: type[models.Model]) -> dict[int, tuple[str, tuple[str, ...]]]:
    """By row of the table: the record_id of the extract's row, and the fields in which it contradicts what was typed here."""
    rows = Adopted.objects.filter(table=model._meta.label).exclude(differing="[]").order_by("row")
    told = rows.values_list("row", "source__record_id", "differing")
    return {row: (record_id, tuple(json.loads(fields))) for row, record_id, fields in told}
