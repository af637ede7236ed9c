"""A clock that runs in whole London days, may be paused, and says when something is due.

Instants are kept in UTC; a limit in days is counted between London dates, never in hours, so that a due date does not
move by an hour when the clocks change.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from throughcare.core.errors import ClockError
from throughcare.core.spans import Span, union
from throughcare.core.working_days import is_working_day, working_days_between

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
_CODE = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


class ClockUnit(StrEnum):
    """What a limit is counted in."""

    CALENDAR_DAYS = "calendar"
    WORKING_DAYS = "working"


def london_date(instant: datetime) -> date:
    """The date on the wall in London at that instant. Refuses an instant without a time zone."""
    _refuse_naive(instant)
    return instant.astimezone(LONDON).date()


def london_day(day: date) -> tuple[datetime, datetime]:
    """The London day as [start, end) in UTC: 24 hours, but 23 in March and 25 in October when the clocks change."""
    midnights = (datetime.combine(each, time.min, tzinfo=LONDON) for each in (day, day + ONE_DAY))
    start, end = (midnight.astimezone(UTC) for midnight in midnights)
    return start, end


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Time that does not run, from `start` to `end` (None: still paused), for a coded `reason` (as "plea_vacated").

    In days: those from the London date of the start up to and not including that of the end. A pause within one day
    takes no time out. Refuses an end on or before the start, instants without a time zone, and a reason that is not
    a code.
    """

    start: datetime
    end: datetime | None = None
    reason: str

    def __post_init__(self) -> None:
        for instant in (self.start, self.end):
            if instant is not None:
                _refuse_naive(instant)
        if self.end is not None and self.end <= self.start:
            raise ClockError(
                what="The pause ends on or before its start",
                record=f"the pause from {self.start} to {self.end}",
                expected="an end after the start",
                mend="correct the end, or leave it out while the pause lasts",
            )
        if not _CODE.fullmatch(self.reason):
            raise ClockError(
                what="The reason of a pause is not a code",
                record=repr(self.reason),
                expected="lower-case words joined by _ or -, as plea_vacated",
                mend="give one of the listed reasons",
            )

    @property
    def days(self) -> Span | None:
        """The London days taken out; None where it starts and ends on one day."""
        first = london_date(self.start)
        if self.end is None:
            return Span(start=first)
        end = london_date(self.end)
        return Span(start=first, end=end) if end > first else None


@dataclass(frozen=True, kw_only=True)
class Elapsed:
    """Days since a clock started, in its unit: `total`, of which `running` counted and `paused` did not."""

    total: int
    running: int
    paused: int


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A limit of days from the instant it started, less its pauses.

    Day 0 is the London date of the start, or the first day after it that is not paused. The limit-th day after it that
    is not paused (and is a working day, where that is the unit) is the due date, and is still in time. Pauses may
    overlap: a day is taken out once. So a pause never moves the due date earlier, and one that reaches no further than
    days that would not count anyway leaves it where it is.

    Refuses a negative limit, an instant without a time zone, a pause that starts before the clock, and one that starts
    on a day when the limit is already passed: what is overdue cannot be mended by stopping the clock.
    """

    started: datetime
    limit: int
    unit: ClockUnit = ClockUnit.CALENDAR_DAYS
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        _refuse_naive(self.started)
        if self.limit < 0:
            raise ClockError(
                what="The limit of a clock is negative",
                record=f"the clock started on {self.started}",
                expected="0 days or more",
                mend="correct the limit",
            )
        in_order = sorted(self.pauses, key=lambda pause: pause.start)
        for number, pause in enumerate(in_order):
            self._refuse_pause(pause, earlier=tuple(in_order[:number]))

    @property
    def due_on(self) -> date | None:
        """The London date by whose end it is due; None while it is paused, for then nobody can know."""
        return self._due_after(self.pauses)

    @property
    def due_by(self) -> datetime | None:
        """The instant, in UTC, at which it becomes overdue: the London midnight that ends the due date."""
        return None if self.due_on is None else london_day(self.due_on)[1]

    def is_overdue(self, as_at: date) -> bool:
        """Whether the due date is before that London date. Never while a pause goes on."""
        return self.due_on is not None and self.due_on < as_at

    def elapsed(self, as_at: date) -> Elapsed:
        """Days from the start to that London date, in the clock's unit; all 0 before the start and on its day.

        The day on which a pause begins is paused, the day on which it ends runs.
        """
        first = london_date(self.started)
        total, running = self._after(first, as_at), 0
        taken_out = _days_taken_out(self.pauses)
        held = next((span for span in taken_out if span.contains(first)), None)
        day_0 = held.end if held else first
        if day_0 is not None:
            running = self._after(day_0, as_at)
            for span in taken_out:
                last = as_at if span.end is None else min(span.end - ONE_DAY, as_at)
                running -= self._after(max(span.start - ONE_DAY, day_0), last)
        return Elapsed(total=total, running=running, paused=total - running)

    def _after(self, start: date, end: date) -> int:
        """The days that count after `start`, up to and with `end`; 0 where it is no later."""
        if end <= start:
            return 0
        return (end - start).days if self.unit is ClockUnit.CALENDAR_DAYS else working_days_between(start, end)

    def _counts(self, day: date) -> bool:
        return self.unit is ClockUnit.CALENDAR_DAYS or is_working_day(day)

    def _due_after(self, pauses: tuple[Pause, ...]) -> date | None:
        """The due date as those pauses leave it; None while one of them goes on."""
        if any(pause.end is None for pause in pauses):
            return None
        day, left = london_date(self.started), self.limit
        taken_out = _days_taken_out(pauses)
        while any(span.contains(day) for span in taken_out):
            day += ONE_DAY
        while left:
            day += ONE_DAY
            if self._counts(day) and not any(span.contains(day) for span in taken_out):
                left -= 1
        return day

    def _refuse_pause(self, pause: Pause, earlier: tuple[Pause, ...]) -> None:
        if pause.start < self.started:
            raise ClockError(
                what="The pause starts before the clock",
                record=f"the pause from {pause.start} ({pause.reason})",
                expected=f"a start at or after {self.started}",
                mend="start the pause with the clock",
            )
        due = self._due_after(earlier)
        if due is not None and due < london_date(pause.start):
            raise ClockError(
                what="The pause starts when the limit is already passed",
                record=f"the pause from {pause.start} ({pause.reason})",
                expected=f"a start on or before the due date, {due}",
                mend="record why it is late instead of pausing",
            )


def _days_taken_out(pauses: tuple[Pause, ...]) -> tuple[Span, ...]:
    return union(span for pause in pauses if (span := pause.days) is not None)


def _refuse_naive(instant: datetime) -> None:
    if instant.utcoffset() is None:
        raise ClockError(
            what="An instant has no time zone",
            record=str(instant),
            expected="an instant with a time zone",
            mend="give it in UTC, or say that it is London time",
        )
