"""When something happened that is only known to lie within a span of time: each hour of the week gets its share.

The method is the aoristic one (Ratcliffe, J. (2000) "Aoristic analysis: the spatial interpretation of unspecific temporal
events", International Journal of Geographical Information Science 14(7)): an offence weighs 1; of a span from 22:00 to 02:00
each of the four hours gets a quarter. Nothing is said of when in the span it was likelier.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from throughcare.core.clock import LONDON

HOUR = timedelta(hours=1)
Cell = tuple[int, int]
"""A weekday (0 is Monday) and an hour of the day (0 to 23), on the clocks in London."""


def shares(earliest: datetime, latest: datetime, *, widest: timedelta) -> Mapping[Cell, float]:
    """By weekday and hour the share of one offence that happened in [earliest, latest); together 1.

    The same instant twice is an hour that is known. A span longer than `widest` gives nothing: its hour is not known. Refuses
    an end before the start, and instants without a time zone.
    """
    if earliest.tzinfo is None or latest.tzinfo is None or latest < earliest:
        raise ValueError(f"a span of two instants in order is expected, not {earliest} to {latest}")
    start, end = earliest.astimezone(UTC), latest.astimezone(UTC)
    if end - start > widest:
        return {}
    if start == end:
        return {_cell(start): 1.0}
    found: dict[Cell, float] = {}
    while start < end:
        until = min(end, start.replace(minute=0, second=0, microsecond=0) + HOUR)
        cell = _cell(start)
        found[cell] = found.get(cell, 0.0) + (until - start) / (end - earliest)
        start = until
    return found


def _cell(at: datetime) -> Cell:
    local = at.astimezone(LONDON)
    return local.weekday(), local.hour
