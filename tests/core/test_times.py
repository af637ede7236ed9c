"""A time on a London clock, kept in UTC: the nights on which the clocks change, and how it is said."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.times import NoSuchTime, instant, london_time, time_in_words


@pytest.mark.parametrize(
    ("day", "at", "utc", "said"),
    [
        (date(2017, 3, 1), time(10), "2017-03-01 10:00", "10am"),
        (date(2017, 7, 1), time(10), "2017-07-01 09:00", "10am"),
        (date(2017, 3, 25), time(23, 30), "2017-03-25 23:30", "11:30pm"),  # the night before the clocks go forward
        (date(2017, 3, 26), time(0, 30), "2017-03-26 00:30", "12:30am"),
        (date(2017, 3, 26), time(2), "2017-03-26 01:00", "2am"),
        (date(2016, 10, 30), time(1, 30), "2016-10-30 00:30", "1:30am"),  # it comes twice: the first
        (date(2016, 10, 30), time(14, 5), "2016-10-30 14:05", "2:05pm"),
        (date(2017, 3, 1), time(12), "2017-03-01 12:00", "midday"),
        (date(2017, 3, 1), time(0), "2017-03-01 00:00", "midnight"),
    ],
)
def test_the_instant_and_how_it_is_said(day, at, utc, said):
    found = instant(day, at)
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert time_in_words(found) == said


@pytest.mark.parametrize("at", [time(1), time(1, 30), time(1, 59)])
def test_a_time_that_the_clocks_skip_is_refused(at):
    with pytest.raises(NoSuchTime):
        instant(date(2017, 3, 26), at)


@given(st.datetimes(datetime(2015, 1, 1), datetime(2020, 1, 1)))
def test_the_clock_shows_again_what_was_typed(local):
    try:
        found = instant(local.date(), local.time())
    except NoSuchTime:
        assert local.month == 3 and local.hour == 1
    else:
        assert london_time(found) == local.time()
