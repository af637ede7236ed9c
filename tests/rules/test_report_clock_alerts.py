"""When somebody is told of a clock: by worked examples, and for every weekday and bank holiday of twenty years."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.clock import LONDON, london_date
from throughcare.core.working_days import is_working_day, working_days_between
from throughcare.rules.report_clock import Plea, alerts, clock_day, delivery, running

LIMIT = 5
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
ONE = timedelta(days=1)


def clock(plea: date, *, limit: int = LIMIT, as_at: date | None = None):
    found = running([Plea(entered_on=plea, plea="guilty")], as_at=as_at or plea, limit=limit)
    assert found is not None
    return found


# plea | due | last working day | alert before it | missed
WORKED = """
Mon 2016-06-06 | Sat 2016-06-11 | Fri 2016-06-10 | Thu 2016-06-09 | Sun 2016-06-12
Tue 2016-06-07 | Sun 2016-06-12 | Fri 2016-06-10 | Thu 2016-06-09 | Mon 2016-06-13
Wed 2016-06-08 | Mon 2016-06-13 | Mon 2016-06-13 | Fri 2016-06-10 | Tue 2016-06-14
Thu 2016-06-09 | Tue 2016-06-14 | Tue 2016-06-14 | Mon 2016-06-13 | Wed 2016-06-15
Fri 2016-06-10 | Wed 2016-06-15 | Wed 2016-06-15 | Tue 2016-06-14 | Thu 2016-06-16
Sat 2016-06-11 | Thu 2016-06-16 | Thu 2016-06-16 | Wed 2016-06-15 | Fri 2016-06-17
Thu 2016-03-24 | Tue 2016-03-29 | Tue 2016-03-29 | Thu 2016-03-24 | Wed 2016-03-30
Sat 2016-03-26 | Thu 2016-03-31 | Thu 2016-03-31 | Wed 2016-03-30 | Fri 2016-04-01
Sat 2016-05-28 | Thu 2016-06-02 | Thu 2016-06-02 | Wed 2016-06-01 | Fri 2016-06-03
Thu 2016-12-22 | Tue 2016-12-27 | Fri 2016-12-23 | Thu 2016-12-22 | Wed 2016-12-28
Sat 2016-12-24 | Thu 2016-12-29 | Thu 2016-12-29 | Wed 2016-12-28 | Fri 2016-12-30
Tue 2022-05-31 | Sun 2022-06-05 | Wed 2022-06-01 | Tue 2022-05-31 | Mon 2022-06-06
"""


def day(told: str) -> date:
    weekday, iso = told.split()
    found = date.fromisoformat(iso)
    assert f"{found:%a}" == weekday
    return found


@pytest.mark.parametrize("line", WORKED.strip().splitlines())
def test_the_days_of_alert_by_hand(line):
    """The Saturdays are of Easter, of the late May holiday and of Christmas; the last line is of the Platinum Jubilee."""
    plea, due, last, early, missed = (day(cell.strip()) for cell in line.split("|"))
    told = alerts(clock(plea))
    assert (clock(plea).due_on, told.last, told.early, told.missed) == (due, last, early, missed)


@given(DAYS)
def test_an_alert_falls_on_a_working_day_before_the_last_chance(plea):
    told = alerts(clock(plea))
    assert told.early is not None and is_working_day(told.early) and is_working_day(told.last)
    assert plea <= told.early < told.last <= clock(plea).due_on < told.missed
    assert working_days_between(told.early, told.last) == 1


def test_so_it_is_for_every_day_of_twenty_years():
    plea = date(2015, 1, 1)
    while plea.year < 2035:
        told = alerts(clock(plea))
        assert told.early is not None and is_working_day(told.early) and plea <= told.early < told.last, plea
        plea += ONE


@given(DAYS, st.integers(0, 30))
def test_with_any_limit_the_alerts_are_in_order_and_what_is_delivered_before_the_miss_is_in_time(plea, limit):
    told = alerts(clock(plea, limit=limit))
    assert plea <= told.last < told.missed
    assert told.early is None or (plea <= told.early < told.last and is_working_day(told.early))
    for on, in_time in ((told.last, True), (told.missed - ONE, True), (told.missed, False)):
        done = delivery([Plea(entered_on=plea, plea="guilty")], delivered_on=on, limit=limit)
        assert done is not None and done.within_limit is in_time


@given(DAYS, st.integers(-2, 12))
def test_each_alert_holds_until_the_next(plea, after):
    told, on = alerts(clock(plea)), plea + after * ONE
    held = told.due(on)
    assert (held == "missed") == (on > clock(plea).due_on)
    order = ["", "early", "last", "missed"]
    assert order.index(told.due(on + ONE)) >= order.index(held)


@given(DAYS, DAYS)
def test_a_corrected_plea_date_gives_the_alerts_of_the_new_date_alone(wrong, right):
    told = [Plea(entered_on=wrong, plea="guilty"), Plea(entered_on=right, plea="guilty")]
    both = running(told, as_at=max(wrong, right), limit=LIMIT)
    assert both is not None and both.clock_on == min(wrong, right)
    corrected = [Plea(entered_on=wrong, plea="guilty", vacated_on=wrong), told[1]]
    assert clock_day(corrected, as_at=None) == right
    now = running(corrected, as_at=right, limit=LIMIT)
    assert now is not None and alerts(now) == alerts(clock(right))


# in London, a plea at | the London day
MIDNIGHT = """
2016-06-06 23:59 | 2016-06-06
2016-06-07 00:00 | 2016-06-07
2016-03-26 23:59 | 2016-03-26
2016-03-27 00:30 | 2016-03-27
2016-03-27 23:59 | 2016-03-27
2016-10-29 23:59 | 2016-10-29
2016-10-30 00:30 | 2016-10-30
2016-10-30 23:59 | 2016-10-30
"""


@pytest.mark.parametrize("line", MIDNIGHT.strip().splitlines())
def test_the_day_of_a_plea_is_londons_up_to_midnight_and_when_the_clocks_change(line):
    """In summer London's midnight is 23:00 of the day before in UTC: a plea at 00:00 is a day later than UTC says."""
    at, on = (cell.strip() for cell in line.split("|"))
    local = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    assert london_date(local.astimezone(UTC)) == date.fromisoformat(on)


@pytest.mark.parametrize("plea", [date(2016, 3, 24), date(2016, 3, 27), date(2016, 10, 27), date(2016, 10, 30)])
def test_a_week_with_a_day_of_23_or_25_hours_has_five_days_too(plea):
    assert (clock(plea).due_on - plea).days == LIMIT
