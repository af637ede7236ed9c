"""Every few minutes, in the background: links and reminders that are due go out, and waves that are over are closed."""

from datetime import datetime

from throughcare.core.clock import london_date
from throughcare.strands.surveys.answering.actions import close_due
from throughcare.strands.surveys.asking.actions import send_due


def post(by: str, at: datetime) -> None:
    """Closes first: no reminder goes of a wave that is over."""
    day = london_date(at)
    close_due(by=by, day=day)
    send_due(by=by, day=day)


ROUNDS = (post,)
