"""What day it is for whoever is at the screen: London's, or the day on which a demonstration stands still."""

from datetime import UTC, date, datetime, time

from django.conf import settings

from throughcare.core.clock import LONDON, london_date

OPENS, CLOSES = time(9, 30), time(16, 30)
"""The hours, London's, within which a demonstration stands: its extracts came at dawn; at night too its day is shown."""


def today() -> date:
    return settings.DEMONSTRATION or london_date(datetime.now(UTC))


def now() -> datetime:
    """The instant; on the demonstration's day, at the time of day that it is, kept within its hours."""
    real = datetime.now(UTC)
    if not settings.DEMONSTRATION:
        return real
    hour = min(max(real.astimezone(LONDON).time(), OPENS), CLOSES)
    return datetime.combine(settings.DEMONSTRATION, hour, tzinfo=LONDON).astimezone(UTC)
