"""Working days of England and Wales: Monday to Friday less bank holidays, from the `holidays` package.

The two nations share their bank holidays. One-off ones (3 June 2022, 8 May 2023) are in it; those not
yet announced are not.
"""

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache

import holidays

from throughcare.core.errors import DateError

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@lru_cache(maxsize=256)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@lru_cache(maxsize=256)
def _weekdays_off(year: int) -> tuple[date, ...]:
    return tuple(sorted(day for day in _bank_holidays(year) if day.weekday() < SATURDAY))


def is_working_day(day: date) -> bool:
    """Whether the day is from Monday to Friday and no bank holiday of England and Wales."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def working_days_between(start: date, end: date) -> int:
    """Working days after `start`, up to and with `end`: the day the clock starts is day 0 and is not counted.

    Thu 22 December 2016 to Wed 28 December is 2: the 23rd and the 28th. An `end` before the start gives the same count
    the other way round, negative.
    """
    if end < start:
        return -working_days_between(end, start)
    years = map(_weekdays_off, range(start.year, end.year + 1))
    closed = sum(bisect_right(off, end) - bisect_right(off, start) for off in years)
    return _weekdays_up_to(end) - _weekdays_up_to(start) - closed


def _weekdays_up_to(day: date) -> int:
    """Mondays to Fridays since 1 January of the year 1, a Monday, with the day: without walking from day to day."""
    weeks, over = divmod(day.toordinal(), 7)
    return weeks * SATURDAY + min(over, SATURDAY)


def add_working_days(day: date, number: int) -> date:
    """The `number`-th working day after `day`; 0 is the day itself, a working day or not. Refuses a negative number.

    `working_days_between(day, add_working_days(day, number)) == number`.
    """
    if number < 0:
        raise DateError(
            what="Working days cannot be added",
            record=f"{number} to {day}",
            expected="0 or more working days",
            mend="give a number that is not negative",
        )
    for _ in range(number):
        day += ONE_DAY
        while not is_working_day(day):
            day += ONE_DAY
    return day


def last_working_day_on_or_before(day: date) -> date:
    """The day itself where it is a working day, else the nearest working day before it."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def next_working_day_on_or_after(day: date) -> date:
    """The day itself where it is a working day, else the nearest working day after it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day
