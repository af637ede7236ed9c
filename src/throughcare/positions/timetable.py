"""A weekly timetable in London time as spans of instants, right on the nights on which the clocks change.

A line from 19:00 to 07:00 ends on the next day: 12 hours on the clock, 11 on the night in March and 13 on that in October. A
time that comes twice in October is the first of the two (core.times); one that the clocks skip in March is the instant of that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from throughcare.core.clock import london_date, london_day
from throughcare.core.errors import UserError
from throughcare.core.times import NoSuchTime, instant

Window = tuple[datetime, datetime]
"""[start, end) in UTC."""

DAY = timedelta(days=1)


class TimetableError(UserError):
    """A line of a timetable, or a span, that cannot be."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One weekday (Monday is 0) from a time on London's clocks to another; one that is not later is of the next day, so that from
    a time to the same time is a day round.
    """

    weekday: int
    start: time
    end: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise TimetableError(what="no such weekday", record=str(self.weekday), expected="0 (Monday) to 6 (Sunday)",
                                 mend="correct it")  # fmt: skip


def every_day(start: time, end: time) -> tuple[Line, ...]:
    """The same times on all seven days."""
    return tuple(Line(weekday=weekday, start=start, end=end) for weekday in range(7))


def windows(
    lines: Sequence[Line], *, opens: datetime, closes: datetime | None, first: date, last: date
) -> list[Window]:  # fmt: skip
    """The spans in which it is in force, of those that begin on the London days from `first` to `last`; cut to [opens, closes).

    No lines: always in force, told day by day as one span. Spans that overlap or touch become one.
    """
    if closes is not None and closes <= opens:
        raise TimetableError(what="it ends before it begins", record=f"{opens} to {closes}", expected="an end after the start",
                             mend="correct the dates")  # fmt: skip
    days = [first + number * DAY for number in range((last - first).days + 1)]
    if lines:
        spans = [_span(line, day) for day in days for line in lines if line.weekday == day.weekday()]
    else:
        spans = [(london_day(days[0])[0], london_day(days[-1])[1])] if days else []
    cut = ((max(start, opens), end if closes is None else min(end, closes)) for start, end in spans)
    return joined((start, end) for start, end in cut if start < end)


def joined(spans: Iterable[Window]) -> list[Window]:
    """The same instants as the fewest spans, in order."""
    told: list[Window] = []
    for start, end in sorted(spans):
        if told and start <= told[-1][1]:
            told[-1] = (told[-1][0], max(told[-1][1], end))
        else:
            told.append((start, end))
    return told


def days_of(start: datetime, end: datetime) -> tuple[date, date]:
    """The London days whose windows may reach into a span of instants: a window of the day before may end in it."""
    return london_date(start) - DAY, london_date(end)


def _span(line: Line, day: date) -> Window:
    return clock(day, line.start), clock(day if line.end > line.start else day + DAY, line.end)


def clock(day: date, at: time) -> datetime:
    """When the clocks in London show that time, or skip it: then the instant at which they do, 01:00 UTC by law (Summer Time Act
    1972).
    """
    try:
        return instant(day, at)
    except NoSuchTime:
        return datetime.combine(day, time(1), tzinfo=UTC)
