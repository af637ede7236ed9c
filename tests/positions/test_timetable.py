"""A weekly timetable in London time, on the nights on which the clocks change among others.

26 March 2017 (a Sunday): at 01:00 the clocks show 02:00. 29 October 2017 (a Sunday): at 02:00 they show 01:00 again.
"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.positions.made import table
from throughcare.core.clock import LONDON
from throughcare.positions.timetable import Line, TimetableError, every_day, joined, windows

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)

# night beginning on | times in London | window in UTC
NIGHTS = """
2017-03-22 | 19:00 07:00 | 22 19:00 .. 23 07:00
2017-03-25 | 19:00 07:00 | 25 19:00 .. 26 06:00
2017-03-26 | 19:00 07:00 | 26 18:00 .. 27 06:00
2017-10-28 | 19:00 07:00 | 28 18:00 .. 29 07:00
2017-10-29 | 19:00 07:00 | 29 19:00 .. 30 07:00
2017-03-26 | 00:30 01:30 | 26 00:30 .. 26 01:00
2017-03-26 | 01:30 03:00 | 26 01:00 .. 26 02:00
2017-03-26 | 01:10 01:50 | -
2017-10-29 | 00:30 01:30 | 28 23:30 .. 29 00:30
2017-10-29 | 01:30 02:30 | 29 00:30 .. 29 02:30
2017-06-01 | 00:00 00:00 | 31 23:00 .. 01 23:00
2017-06-01 | 09:00 17:00 | 01 08:00 .. 01 16:00
"""


@pytest.mark.parametrize("line", NIGHTS.strip().splitlines())
def test_a_window_in_utc(line):
    ((day, times, expected),) = table(line)
    start, end = (time.fromisoformat(part) for part in times.split())
    on = date.fromisoformat(day)
    found = windows([Line(weekday=on.weekday(), start=start, end=end)], opens=ALWAYS, closes=None, first=on, last=on)
    assert [f"{a:%d %H:%M} .. {b:%d %H:%M}" for a, b in found] == ([] if expected == "-" else [expected])


def test_lines_that_touch_over_a_night_of_changing_clocks_leave_no_hole():
    for day in (date(2017, 3, 26), date(2017, 10, 29)):
        lines = [Line(weekday=6, start=time(0), end=time(1, 30)), Line(weekday=6, start=time(1, 30), end=time(7))]
        (one,) = windows(lines, opens=ALWAYS, closes=None, first=day, last=day)
        assert one == windows([Line(weekday=6, start=time(0), end=time(7))], opens=ALWAYS, closes=None, first=day, last=day)[0]


def test_windows_are_cut_to_the_condition():
    opens, closes = datetime(2017, 3, 22, 20, tzinfo=UTC), datetime(2017, 3, 24, 5, tzinfo=UTC)
    found = windows(every_day(time(19), time(7)), opens=opens, closes=closes, first=date(2017, 3, 20), last=date(2017, 3, 30))
    assert [f"{a:%d %H} .. {b:%d %H}" for a, b in found] == ["22 20 .. 23 07", "23 19 .. 24 05"]


def test_without_a_timetable_it_is_always_in_force():
    found = windows([], opens=ALWAYS, closes=datetime(2017, 6, 2, 12, tzinfo=UTC), first=date(2017, 6, 1), last=date(2017, 6, 3))
    assert found == [(datetime(2017, 5, 31, 23, tzinfo=UTC), datetime(2017, 6, 2, 12, tzinfo=UTC))]


def test_a_weekday_or_an_end_that_cannot_be_is_refused():
    with pytest.raises(TimetableError):
        Line(weekday=7, start=time(1), end=time(2))
    with pytest.raises(TimetableError):
        windows([], opens=ALWAYS, closes=ALWAYS, first=date(2017, 1, 1), last=date(2017, 1, 1))


def plainly_in_force(lines, instant):
    """Minute by minute on the clock: what London's clocks show, and whether that time has already been once that night."""
    shown = instant.astimezone(LONDON)
    for line in lines:
        for back in (0, 1):
            day = shown.date() - timedelta(days=back)
            if day.weekday() != line.weekday:
                continue
            start, end = datetime.combine(day, line.start), datetime.combine(day, line.end)
            end += timedelta(days=1) if line.end <= line.start else timedelta(0)
            begun = reached(instant, start)
            if begun and not reached(instant, end):
                return True
    return False


def reached(instant, shown_as):
    """Whether the clocks have shown that time, or a later one of the same or a later day, by then: the first time counts."""
    earliest = instant - timedelta(hours=2)
    return any((earliest + timedelta(minutes=m)).astimezone(LONDON).replace(tzinfo=None) >= shown_as for m in range(0, 121))


times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 59)))
a_line = st.builds(Line, weekday=st.integers(0, 6), start=times, end=times)
around = st.sampled_from((date(2017, 3, 25), date(2017, 10, 28), date(2017, 6, 10)))


@given(st.lists(a_line, min_size=1, max_size=4), around, st.integers(0, 3 * 24 * 4))
def test_windows_are_those_of_the_plain_clock(lines, day, quarters):
    instant = datetime.combine(day, time(0), tzinfo=UTC) + timedelta(minutes=15 * quarters)
    first, last = day - timedelta(days=2), day + timedelta(days=5)
    found = windows(lines, opens=ALWAYS, closes=None, first=first, last=last)
    assert any(a <= instant < b for a, b in found) == plainly_in_force(lines, instant)
    assert all(a < b for a, b in found) and found == joined(found)
