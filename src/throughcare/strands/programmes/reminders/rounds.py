"""Every evening, in the background: people are reminded of tomorrow."""

from datetime import datetime

from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import LONDON, london_date
from throughcare.strands.programmes.contact import A_DAY
from throughcare.strands.programmes.reminders.actions import remind


def evening(by: str, at: datetime) -> None:
    """From the pilot file's time of the evening, by the clocks in London. What was kept before is not kept again."""
    if at.astimezone(LONDON).time() >= current_pilot().contact.remind_from:
        remind(by=by, day=london_date(at) + A_DAY, at=at)


ROUNDS = (evening,)
