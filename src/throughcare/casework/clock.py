"""What day it is, and the instant at which a page of a day is looked at: on another day than today's, in office hours."""

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings

from throughcare.core.clock import LONDON, london_date

OPENS, CLOSES = timedelta(hours=9, minutes=30), timedelta(hours=16, minutes=30)
"""London's hours in which a day that is not today is looked at: its extracts came at dawn, and at night too it is shown whole."""
SLOWER = 60
"""How much slower its clock goes at other hours, some minutes before and after these: what is done first is first then too."""


def today() -> date:
    """London's day, or that on which a demonstration stands still."""
    return settings.DEMONSTRATION or london_date(datetime.now(UTC))


def instant_on(day: date) -> datetime:
    """The instant on that London day; a demonstration stands still on its day, and its clock goes on about these hours."""
    real = datetime.now(UTC)
    if london_date(real) == day:
        return real
    hour = real.astimezone(LONDON).replace(tzinfo=None) - datetime.combine(london_date(real), time.min)
    within = min(max(hour, OPENS), CLOSES)
    shown = datetime.combine(day, time.min) + within + (hour - within) / SLOWER
    return shown.replace(tzinfo=LONDON).astimezone(UTC)
