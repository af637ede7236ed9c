from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.errors import DateError
from throughcare.core.working_days import (
    add_working_days,
    is_working_day,
    last_working_day_on_or_before,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        (date(2016, 6, 6), True, "Monday"),
        (date(2016, 6, 10), True, "Friday"),
        (date(2016, 6, 11), False, "Saturday"),
        (date(2016, 6, 12), False, "Sunday"),
        (date(2016, 3, 25), False, "Good Friday"),
        (date(2016, 3, 28), False, "Easter Monday"),
        (date(2016, 5, 2), False, "early May bank holiday"),
        (date(2016, 8, 1), True, "a bank holiday in Scotland only"),
        (date(2016, 8, 29), False, "summer bank holiday"),
        (date(2016, 12, 26), False, "Boxing Day"),
        (date(2016, 12, 27), False, "in place of Christmas Day, a Sunday"),
        (date(2017, 1, 2), False, "in place of New Year's Day, a Sunday"),
        (date(2017, 1, 3), True, "a bank holiday in Scotland only"),
        (date(2022, 5, 30), True, "the spring bank holiday was moved to Thursday"),
        (date(2022, 6, 2), False, "and fell here"),
        (date(2022, 6, 3), False, "Platinum Jubilee"),
        (date(2022, 9, 19), False, "funeral of Queen Elizabeth II"),
        (date(2023, 5, 8), False, "coronation of King Charles III"),
    ],
)
def test_is_working_day(day: date, works: bool, why: str) -> None:
    assert is_working_day(day) is works, why


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2016, 12, 22), date(2016, 12, 28), 2),  # definitions: 23 and 28; 26 and 27 are holidays
        (date(2016, 6, 6), date(2016, 6, 6), 0),
        (date(2016, 6, 6), date(2016, 6, 7), 1),
        (date(2016, 6, 6), date(2016, 6, 11), 4),
        (date(2016, 6, 6), date(2016, 6, 12), 4),
        (date(2016, 6, 11), date(2016, 6, 13), 1),  # from a Saturday
        (date(2016, 6, 7), date(2016, 6, 6), -1),  # delivered before the plea
    ],
)
def test_working_days_between(start: date, end: date, days: int) -> None:
    assert working_days_between(start, end) == days


@pytest.mark.parametrize(
    ("day", "number", "then"),
    [
        (date(2016, 12, 22), 2, date(2016, 12, 28)),
        (date(2016, 6, 6), 5, date(2016, 6, 13)),
        (date(2016, 6, 10), 1, date(2016, 6, 13)),
        (date(2016, 6, 11), 0, date(2016, 6, 11)),  # none to add: the day itself
    ],
)
def test_add_working_days(day: date, number: int, then: date) -> None:
    assert add_working_days(day, number) == then


def test_refuses_to_add_a_negative_number() -> None:
    with pytest.raises(DateError, match="0 or more working days"):
        add_working_days(date(2016, 6, 6), -1)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2016, 6, 6), date(2016, 6, 6)),
        (date(2016, 6, 12), date(2016, 6, 10)),
        (date(2016, 12, 27), date(2016, 12, 23)),
        (date(2017, 1, 2), date(2016, 12, 30)),
    ],
)
def test_last_working_day_on_or_before(day: date, last: date) -> None:
    assert last_working_day_on_or_before(day) == last


DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2030, 12, 31))


@given(DAYS, st.integers(0, 60))
def test_what_is_added_is_what_is_counted(day: date, number: int) -> None:
    then = add_working_days(day, number)
    assert working_days_between(day, then) == number
    assert number == 0 or is_working_day(then)


@given(DAYS, st.integers(0, 200), st.integers(0, 200))
def test_two_stretches_make_the_whole(day: date, first: int, second: int) -> None:
    middle, end = day + timedelta(days=first), day + timedelta(days=first + second)
    assert working_days_between(day, middle) + working_days_between(middle, end) == working_days_between(day, end)


@given(DAYS, st.integers(0, 800))
def test_the_count_is_what_walking_from_day_to_day_finds(day: date, length: int) -> None:
    walked = sum(is_working_day(day + timedelta(days=number)) for number in range(1, length + 1))
    assert working_days_between(day, day + timedelta(days=length)) == walked
