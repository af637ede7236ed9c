"""When a feed is due: the clock on the wall in London, working days, changes of the clocks."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.clock import LONDON
from throughcare.core.errors import DateError
from throughcare.core.pilot import WEEKDAYS, FeedExpectation
from throughcare.core.working_days import is_working_day
from throughcare.rules.pilot_feeds import counts_from, expected_by, is_short, usual_rows


def feed(every: str, by: str = "08:00", on: str | int | None = None) -> FeedExpectation:
    return FeedExpectation(slug="crc-appointments", every=every, by=by, on=on, owner="CRC data team")


def london(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


DUE = [
    # every          by       on          now                 last due            next due
    ("day",          "08:00", None,     "2016-06-14 09:00", "2016-06-14 08:00", "2016-06-15 08:00"),
    ("day",          "08:00", None,     "2016-06-14 07:59", "2016-06-13 08:00", "2016-06-14 08:00"),
    ("day",          "08:00", None,     "2016-06-14 08:00", "2016-06-14 08:00", "2016-06-15 08:00"),   # due now is due
    ("working day",  "08:00", None,     "2016-06-12 12:00", "2016-06-10 08:00", "2016-06-13 08:00"),   # Sunday
    ("working day",  "08:00", None,     "2016-03-26 12:00", "2016-03-24 08:00", "2016-03-29 08:00"),   # Easter
    ("week",         "09:00", "Monday", "2016-06-14 12:00", "2016-06-13 09:00", "2016-06-20 09:00"),
    ("week",         "09:00", "Monday", "2016-05-30 12:00", "2016-05-23 09:00", "2016-05-31 09:00"),   # spring bank holiday
    ("week",         "09:00", "Friday", "2016-03-25 12:00", "2016-03-18 09:00", "2016-03-29 09:00"),   # Good Friday, to Tuesday
    ("week",         "09:00", "Sunday", "2016-06-14 12:00", "2016-06-12 09:00", "2016-06-19 09:00"),   # a Sunday stays
    ("month",        "12:00", 5,        "2016-06-05 13:00", "2016-05-05 12:00", "2016-06-06 12:00"),   # 5 June is a Sunday
    ("month",        "12:00", 1,        "2016-01-02 13:00", "2015-12-01 12:00", "2016-01-04 12:00"),   # New Year, then a weekend
    ("day",          "08:00", None,     "2016-03-27 08:30", "2016-03-27 08:00", "2016-03-28 08:00"),   # the clocks went forward
    ("day",          "08:00", None,     "2016-10-30 08:30", "2016-10-30 08:00", "2016-10-31 08:00"),   # and back
]  # fmt: skip


@pytest.mark.parametrize(("every", "by", "on", "now", "last", "following"), DUE)
def test_when_a_feed_was_and_will_be_due(every, by, on, now, last, following):
    assert expected_by(feed(every, by, on), london(now)) == (london(last).astimezone(UTC), london(following).astimezone(UTC))


@pytest.mark.parametrize(
    ("night", "in_utc"),
    [
        ("2016-03-27", "2016-03-27 01:30"),  # there is no 01:30: it is 02:30 in summer time
        ("2016-10-30", "2016-10-30 00:30"),  # there are two: the first, still in summer time
    ],
)
def test_a_due_time_in_the_hour_of_the_change(night, in_utc):
    last, _ = expected_by(feed("day", "01:30"), london(f"{night} 12:00"))
    assert f"{last:%Y-%m-%d %H:%M}" == in_utc


EXPECTATIONS = st.one_of(
    st.tuples(st.sampled_from(["day", "working day"]), st.none()),
    st.tuples(st.just("week"), st.sampled_from(WEEKDAYS)),
    st.tuples(st.just("month"), st.integers(1, 28)),
)
TIMES = st.times(min_value=time(0, 0)).map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None))
INSTANTS = st.datetimes(datetime(2015, 1, 1), datetime(2018, 1, 1), timezones=st.just(UTC))


@given(EXPECTATIONS, TIMES, INSTANTS)
def test_due_times_enclose_now_follow_each_other_and_are_on_the_clock(every_on, by, now):
    every, on = every_on
    expectation = feed(every, by.isoformat(), on)
    last, following = expected_by(expectation, now)
    assert last <= now < following
    assert expected_by(expectation, last) == (last, following)
    assert expected_by(expectation, following)[0] == following
    for due in (last, following):
        local = due.astimezone(LONDON)
        assert local.time() == by or local.time().hour == by.hour + 1 == 2  # the hour that is left out in March
        if every in ("working day", "month"):
            assert is_working_day(local.date())
    assert following - last <= timedelta(days={"day": 2, "working day": 6, "week": 12, "month": 37}[every])
    assert last < counts_from(expectation, following) < following


@pytest.mark.parametrize(
    ("every", "on", "due", "counts"),
    [
        ("day",         None,     "2016-06-14 08:00", "2016-06-13 20:00"),   # half-way
        ("working day", None,     "2016-06-13 08:00", "2016-06-11 20:00"),   # half-way through the weekend
        ("week",        "Monday", "2016-06-13 08:00", "2016-06-10 08:00"),   # three days at most
    ],
)  # fmt: skip
def test_from_when_a_file_is_the_one_that_is_due_and_not_the_last_one_late(every, on, due, counts):
    assert counts_from(feed(every, on=on), london(due)) == london(counts)


@pytest.mark.parametrize(
    ("rows", "before", "share", "short"),
    [
        (49, [100, 90, 110], 0.5, True),
        (50, [100, 90, 110], 0.5, False),    # half of the median is enough
        (0, [100, 90], 0.5, False),          # two loads are too few to say what is usual
        (0, [100, 90, 110], 0, False),       # nothing is short where no share is asked for
        (400, [12_000, 100, 90, 110], 0.5, False),  # one large first load does not make the others short
    ],
)
def test_a_load_is_short_below_a_share_of_the_median(rows, before, share, short):
    assert is_short(rows, usual_rows(before), share) is short


def test_a_weekly_feed_without_its_day_is_refused_and_not_looked_for_for_ever():
    with pytest.raises(DateError, match="is never due"):
        expected_by(feed("week"), london("2016-06-14 09:00"))


@pytest.mark.parametrize(("due", "since"), [
    ("2016-06-14T07:00", "2016-06-13T15:00"),  # Tuesday 08:00 in London: from Monday 16:00
    ("2016-06-13T07:00", "2016-06-10T15:00"),  # Monday: from Friday 16:00, not half-way over the weekend
])  # fmt: skip
def test_where_the_file_says_from_when_what_comes_then_is_the_next(due, since):
    lists = FeedExpectation(slug="court-hearings", every="working day", by=time(8), next_from=time(16), owner="courts")
    assert counts_from(lists, datetime.fromisoformat(f"{due}+00:00")) == datetime.fromisoformat(f"{since}+00:00")


def test_what_comes_by_the_time_it_is_due_is_not_the_next():
    with pytest.raises(ValueError, match="next_from is after by"):
        FeedExpectation(slug="court-hearings", every="working day", by=time(8), next_from=time(8), owner="courts")
