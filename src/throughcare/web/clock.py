"""What day it is for whoever is at the screen: London's, or the day on which a demonstration stands still."""

from datetime import UTC, date, datetime

from django.conf import settings

from throughcare.casework.clock import instant_on
from throughcare.core.clock import london_date


def today() -> date:
    return settings.DEMONSTRATION or london_date(datetime.now(UTC))


def now() -> datetime:
    """The instant; in a demonstration, that on its day."""
    return instant_on(today())
