"""The clocks of a referral: two working days to acknowledge, five to decide. Monday 6 June 2016 is day 0.

A stop "8-10 answer" is [8 June, 10 June), "8- answer" goes on.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.working_days import working_days_between
from throughcare.rules.referral_clock import Standing, Stop, clocks, standing

SENT = date(2016, 6, 6)


def day(number: str) -> date | None:
    return None if number in ("", "-") else date(2016, 6, int(number))


def stops_of(told: str) -> list[Stop]:
    made = []
    for each in filter(None, (part.strip() for part in told.split(","))):
        days, reason = each.split()
        start, end = days.split("-")
        made.append(Stop(start=day(start), end=day(end), reason=reason))
    return made


# as at | decided | stops | state | days | paused | last working day
TABLE = """
6  | -  |                             | running | 0 | 0 | 13
7  | -  |                             | running | 1 | 0 | 13
13 | -  |                             | running | 5 | 0 | 13
14 | -  |                             | missed  | 6 | 0 | 13
13 | 13 |                             | met     | 5 | 0 | 13
20 | 14 |                             | missed  | 6 | 0 | 13
10 | 13 |                             | running | 4 | 0 | 13
8  | -  | 8- answer                   | paused  | 1 | 1 | -
15 | -  | 8- answer                   | paused  | 1 | 6 | -
10 | -  | 8-10 answer                 | running | 2 | 2 | 15
8  | -  | 8-8 answer                  | running | 2 | 0 | 13
15 | -  | 8-10 answer                 | running | 5 | 2 | 15
16 | -  | 8-10 answer                 | missed  | 6 | 2 | 15
16 | 15 | 8-10 answer                 | met     | 5 | 2 | 15
20 | 9  | 8- answer                   | met     | 2 | 1 | 14
20 | 9  | 8-15 answer                 | met     | 2 | 1 | 14
20 | 9  | 9- answer                   | met     | 3 | 0 | 13
20 | 9  | 10- answer                  | met     | 3 | 0 | 13
9  | -  | 8-10 answer                 | paused  | 1 | 2 | -
7  | -  | 8-10 answer                 | running | 1 | 0 | 13
10 | -  | 7-9 answer, 8-10 document   | running | 1 | 3 | 16
8  | -  | 6-8 custody                 | running | 0 | 2 | 15
14 | -  | 14- answer                  | missed  | 6 | 0 | 13
15 | -  | 3- answer                   | missed  | 7 | 0 | 13
13 | -  | 11-13 answer                | running | 5 | 0 | 13
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_the_clock_of_the_decision(line):
    as_at, decided, stops, state, days, paused, last = (cell.strip() for cell in line.split("|"))
    found = standing(sent_on=SENT, done_on=day(decided), stops=stops_of(stops), limit=5, as_at=day(as_at))
    assert (found.state, found.days, found.paused, found.last_day) == (state, int(days), int(paused), day(last))
    assert (found.stopped is not None) == (state == "paused")
    assert found.all_days == int(days) + int(paused)


# as at | acknowledged | decided | stops | acknowledge | decide
BOTH = """
8  | - | -  |                | running | running
9  | - | -  |                | missed  | running
9  | 8 | -  |                | met     | running
9  | - | 8  |                | met     | met
15 | - | -  | 9- answer      | missed  | paused
15 | 9 | 15 |                | missed  | missed
9  | - | -  | 8- not_reached | paused  | paused
"""


@pytest.mark.parametrize("line", BOTH.strip().splitlines())
def test_both_clocks_and_that_a_decision_acknowledges(line):
    as_at, acknowledged, decided, stops, first, second = (cell.strip() for cell in line.split("|"))
    found = clocks(sent_on=SENT, acknowledged_on=day(acknowledged), decided_on=day(decided), stops=tuple(stops_of(stops)),
                   acknowledge_within=2, decide_within=5, as_at=day(as_at))  # fmt: skip
    assert (found.acknowledge.state, found.decide.state) == (first, second)


def test_bank_holidays_and_weekends_do_not_count():
    """Sent on Thursday 22 December 2016: the 23rd, the 28th, 29th, 30th and 3 January are its five days."""
    found = standing(sent_on=date(2016, 12, 22), done_on=None, stops=(), limit=5, as_at=date(2017, 1, 2))
    assert (found.state, found.days, found.last_day) == ("running", 4, date(2017, 1, 3))
    late = standing(sent_on=SENT, done_on=None, stops=(), limit=4, as_at=date(2016, 6, 12))
    assert (late.state, late.last_day) == ("running", date(2016, 6, 10)), "not late before the next working day"


DAYS = st.integers(min_value=0, max_value=40).map(lambda n: SENT + timedelta(days=n))
STOPS = st.builds(
    lambda start, length: Stop(start=start, end=None if length is None else start + timedelta(days=length), reason="answer"),
    DAYS, st.none() | st.integers(min_value=0, max_value=12),
)  # fmt: skip
MANY, LIMITS = st.lists(STOPS, max_size=4), st.integers(min_value=1, max_value=12)


LATER = st.integers(min_value=0, max_value=20).map(lambda n: timedelta(days=n))


def begins(stop: Stop, on: date) -> Stop:
    """The stop as long as it was, from that day."""
    return replace(stop, start=on, end=None if stop.end is None else on + (stop.end - stop.start))


def at(stops: list[Stop], limit: int, as_at: date, done_on: date | None = None) -> Standing:
    return standing(sent_on=SENT, done_on=done_on, stops=stops, limit=limit, as_at=as_at)


@given(stops=MANY, limit=LIMITS, as_at=DAYS)
def test_counted_and_stopped_are_all(stops, limit, as_at):
    found = at(stops, limit, as_at)
    assert found.days + found.paused == found.all_days == working_days_between(SENT, as_at)
    assert min(found.days, found.paused) >= 0


@given(stops=MANY, more=STOPS, limit=LIMITS, as_at=DAYS)
def test_a_stop_never_shortens_the_time(stops, more, limit, as_at):
    before, after = at(stops, limit, as_at), at([*stops, more], limit, as_at)
    assert after.days <= before.days
    assert after.last_day is None or (before.last_day is not None and after.last_day >= before.last_day)


@given(stops=MANY, limit=LIMITS, as_at=DAYS, data=st.data())
def test_the_order_in_which_stops_are_told_does_not_matter(stops, limit, as_at, data):
    assert at(data.draw(st.permutations(stops)), limit, as_at) == at(stops, limit, as_at)


@given(stops=MANY, more=STOPS, limit=LIMITS, done=DAYS, later=LATER, begun=LATER)
def test_a_stop_from_the_decision_on_changes_nothing(stops, more, limit, done, later, begun):
    as_at, more = done + later, begins(more, done + begun)
    assert at([*stops, more], limit, as_at, done) == at(stops, limit, as_at, done)


@given(stops=MANY, limit=LIMITS, done=DAYS, later=st.integers(min_value=0, max_value=60))
def test_a_decision_stands_as_it_was_made(stops, limit, done, later):
    assert at(stops, limit, done + timedelta(days=later), done) == at(stops, limit, done, done)


@given(stops=MANY, more=STOPS, limit=LIMITS, as_at=DAYS, begun=LATER)
def test_what_is_late_is_not_mended_by_a_later_stop(stops, more, limit, as_at, begun):
    if at(stops, limit, as_at).state == "missed":
        more = begins(more, as_at + begun)
        assert at([*stops, more], limit, more.start).state == "missed"
