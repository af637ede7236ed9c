"""When a feed is due by what the pilot file expects of it, and whether what came is that.

Due times are on the clock on the wall in London: 08:00 is 08:00 on both sides of a change of the clocks. A time that is not
on that night's clock is taken an hour later, one that is there twice is its first. A weekly day that is a bank holiday, and a
monthly day that is no working day, give way to the next working day; a week's Saturday or Sunday stays.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import assert_never

from throughcare.core.clock import LONDON, london_date, london_day
from throughcare.core.errors import DateError
from throughcare.core.pilot import WEEKDAYS, FeedExpectation
from throughcare.core.spans import Span
from throughcare.core.working_days import SATURDAY, add_working_days, is_working_day

ONE_DAY = timedelta(days=1)
AHEAD = timedelta(days=3)
"""How long before it is due a file may come at most and still be that file [decided]."""
LONGEST = 45
"""Days within which every feed is due again: a month, and the days off that may follow its day."""
ENOUGH = 3
"""How many loads there must have been before one is called usual [decided]."""
DOWN = 7
"""A feed of which nothing came for so many days after it was due was down [decided]; for fewer it was late."""


def expected_by(expectation: FeedExpectation, now: datetime) -> tuple[datetime, datetime]:
    """The last due time at or before `now` and the next one after it, in UTC. Refuses an instant without a time zone."""
    near = range(LONGEST)
    today = london_date(now)
    last = next((due for n in near if (due := _due_on(expectation, today - n * ONE_DAY)) and due <= now), None)
    following = next((due for n in near if (due := _due_on(expectation, today + n * ONE_DAY)) and due > now), None)
    if last is None or following is None:
        raise DateError(
            what=f"{expectation.slug} is never due", record=f"every {expectation.every} on {expectation.on!r}",
            expected="a weekday for a weekly feed, a day of the month for a monthly one", mend="correct the pilot file",
        )  # fmt: skip
    return last, following


def counts_from(expectation: FeedExpectation, due: datetime) -> datetime:
    """The instant from which a file that comes is the one due then: half-way since the due time before, at most three days.

    Where the pilot file says from when (`next_from`), then on the day of the due time before. What came earlier was the file
    before, late.
    """
    before, _ = expected_by(expectation, due - timedelta(microseconds=1))
    if expectation.next_from is not None:
        return datetime.combine(london_date(before), expectation.next_from, tzinfo=LONDON).astimezone(UTC)
    return due - min((due - before) / 2, AHEAD)


def first_due_from(expectation: FeedExpectation, day: date) -> datetime:
    """The first due time on that London day or later: what comes then tells of the days before it."""
    begin, _ = london_day(day)
    return expected_by(expectation, begin - timedelta(microseconds=1))[1]


def times_down(expectation: FeedExpectation, loads: Sequence[datetime]) -> tuple[Span, ...]:
    """From when to when nothing came, though due: [the day it was due, the day it came again), of at least `DOWN` days.

    loads: when it came, oldest first. Before the first nothing is said: it brought what had been. Nor after the last: what is
    not here yet is late.
    """
    spans = []
    for one, following in pairwise(loads):
        if following - one < timedelta(days=DOWN):
            continue
        _, due = expected_by(expectation, one)
        if one >= counts_from(expectation, due):  # it came ahead of that time
            _, due = expected_by(expectation, due)
        since, until = london_date(due), london_date(following)
        if (until - since).days >= DOWN:
            spans.append(Span(start=since, end=until))
    return tuple(spans)


def usual_rows(rows_before: list[int]) -> int | None:
    """The median rows of the loads before, rounded down; none where there have been fewer than three."""
    return int(median(rows_before)) if len(rows_before) >= ENOUGH else None


def is_short(rows: int, usual: int | None, least_share: float) -> bool:
    """Whether a load has fewer rows than that share of what is usual; never where nothing is usual yet."""
    return usual is not None and rows < usual * least_share


def _due_on(expectation: FeedExpectation, day: date) -> datetime | None:
    """The due time on that London day, in UTC; none where nothing is due on it."""
    if not _is_due(expectation, day):
        return None
    return datetime.combine(day, expectation.by, tzinfo=LONDON).astimezone(UTC)


def _is_due(expectation: FeedExpectation, day: date) -> bool:
    match expectation.every:
        case "day":
            return True
        case "working day":
            return is_working_day(day)
        case "week":
            return any(_of_week(on) == day for on in _days_to(day) if WEEKDAYS[on.weekday()] == expectation.on)
        case "month":
            return any(_working(on) == day for on in _days_to(day) if on.day == expectation.on)
        case _:
            assert_never(expectation.every)


def _days_to(day: date) -> list[date]:
    """The day and the week before it: no row of days off is longer."""
    return [day - timedelta(days=number) for number in range(8)]


def _of_week(on: date) -> date:
    return on if on.weekday() >= SATURDAY else _working(on)


def _working(on: date) -> date:
    return on if is_working_day(on) else add_working_days(on, 1)
