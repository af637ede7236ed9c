"""What day it is for whoever is at the screen: London's, or the day on which a demonstration stands still."""

from datetime import UTC, date, datetime

from django.conf import settings

from throughcare.core.clock import london_date


def today() -> date:
    return settings.DEMONSTRATION or london_date(datetime.now(UTC))


def now() -> datetime:
    """The instant; on the demonstration's day, at the time of day that it is."""
    real = datetime.now(UTC)
    day = settings.DEMONSTRATION
    return real.replace(year=day.year, month=day.month, day=day.day) if day else real
