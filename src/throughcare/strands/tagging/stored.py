"""The positions of tags, read from the store under the home for a check or a page; never kept anywhere else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from django.conf import settings

from throughcare.core.clock import LONDON
from throughcare.positions.fixes import NAMES, SCHEMA
from throughcare.positions.gaps import EVENT_SCHEMA
from throughcare.positions.quality import flagged
from throughcare.positions.store import fixes
from throughcare.strands.tagging import models as m


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What had come by an instant: `usable` fixes; `unplaced`, those without a place (tag, time); `received`, all (tag, time);
    `events` of the equipment (tag, time, kind).
    """

    usable: pl.DataFrame
    unplaced: pl.DataFrame
    received: pl.DataFrame
    events: pl.DataFrame


def folder() -> Path:
    return Path(settings.HOME) / "positions"


def heard(tags: Collection[str], start: datetime, end: datetime, at: datetime) -> Heard:
    """What these tags sent of [start, end), and had been received by `at`. A fix without a time of upload counts by its own."""
    days = start.astimezone(UTC).date(), end.astimezone(UTC).date()
    found = fixes(folder(), first=days[0], last=days[1], tags=sorted(tags)) if tags else pl.DataFrame(schema=SCHEMA)
    within = (pl.col("time") >= start) & (pl.col("time") < end) & (pl.coalesce("uploaded_at", "time") <= at)
    known = flagged(found.filter(within).select(NAMES), as_at=at)
    return Heard(
        usable=known.filter("usable").select(NAMES), unplaced=known.filter("no_position").select("tag", "time"),
        received=known.select("tag", "time"), events=_events(tags, start, end, at),
    )  # fmt: skip


def _events(tags: Collection[str], start: datetime, end: datetime, at: datetime) -> pl.DataFrame:
    told = m.TagEvent.objects.filter(tag__in=sorted(tags), at__gte=start, at__lt=min(end, at)).order_by("tag", "at", "pk")
    return pl.DataFrame(list(told.values_list("tag", "at", "kind")), schema=EVENT_SCHEMA, orient="row")


def clock(at: datetime) -> str:
    """The time on London's clocks, as 01:40."""
    return f"{at.astimezone(LONDON):%H:%M}"
