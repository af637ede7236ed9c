"""What day and instant it is for whoever is at the screen: London's, or the day on which a demonstration stands still."""

from datetime import datetime

from throughcare.casework.clock import instant_on, today

__all__ = ["now", "today"]


def now() -> datetime:
    """The instant; in a demonstration, that on its day."""
    return instant_on(today())
