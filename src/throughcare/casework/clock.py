"""What day it is, and the instant at which a page of a day is looked at: on another day than today's, in office hours."""

from datetime import UTC, date, datetime, time

from django.conf import settings

from throughcare.core.clock import LONDON, london_date

OPENS, CLOSES = time(9, 30), time(16, 30)
"""London's hours in which a day that is not today is looked at: its extracts came at dawn, and at night too it is shown whole."""


def today() -> date:
    """London's day, or that on which a demonstration stands still."""
    return settings.DEMONSTRATION or london_date(datetime.now(UTC))


def instant_on(day: date) -> datetime:
    """The instant on that London day; a demonstration stands still on its day, and its clock goes on within these hours."""
    real = datetime.now(UTC)
    if london_date(real) == day:
        return real
    hour = min(max(real.astimezone(LONDON).time(), OPENS), CLOSES)
    return datetime.combine(day, hour, tzinfo=LONDON).astimezone(UTC)
