"""A time on a London clock as an instant, and back: kept in UTC, right on the nights on which the clocks change."""

from datetime import UTC, date, datetime, time

from throughcare.core.clock import LONDON
from throughcare.core.errors import UserError


class NoSuchTime(UserError):
    """A time of day that the clocks skip on that night in March."""


def instant(day: date, at: time) -> datetime:
    """When the clocks in London show that time on that day, in UTC. A time that comes twice, in October, is the first of the two.

    Refused: a time that the clocks skip.
    """
    local = datetime.combine(day, at, tzinfo=LONDON)
    found = local.astimezone(UTC)
    if found.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(
            what=f"There is no {at:%H:%M} on that night: the clocks go forward", record=f"{day} {at:%H:%M}",
            expected="a time that there is", mend="choose an earlier or a later one",
        )  # fmt: skip
    return found


def london_time(at: datetime) -> time:
    """The time of day on the clocks in London."""
    return at.astimezone(LONDON).time()


def time_in_words(at: datetime | time) -> str:
    """As it is said: 10am, 2:30pm, midday. A time without a day is one on the clocks in London."""
    told = london_time(at) if isinstance(at, datetime) else at
    if (told.hour, told.minute) in ((0, 0), (12, 0)):
        return "midday" if told.hour else "midnight"
    half = "am" if told.hour < 12 else "pm"
    minutes = f":{told:%M}" if told.minute else ""
    return f"{(told.hour - 1) % 12 + 1}{minutes}{half}"
