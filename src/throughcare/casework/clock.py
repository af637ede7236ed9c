"""The instant at which a page of a day is looked at: now, or on another day at the time of day that it is now."""

from datetime import UTC, date, datetime

from throughcare.core.clock import london_date


def instant_on(day: date) -> datetime:
    """The instant on that London day; a demonstration stands still on its day, and its clock on the wall goes on."""
    real = datetime.now(UTC)
    return real if london_date(real) == day else datetime.combine(day, real.timetz())
