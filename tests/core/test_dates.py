from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.dates import age_band, completed_years, last_days, months_after, months_before, months_begun
from throughcare.core.errors import DateError


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1998, 6, 6), date(2016, 6, 5), 17),  # 18 tomorrow
        (date(1998, 6, 6), date(2016, 6, 6), 18),  # the birthday counts
        (date(1996, 2, 29), date(2014, 2, 28), 17),
        (date(1996, 2, 29), date(2014, 3, 1), 18),  # a birthday of 29 February is reached on 1 March
        (date(1996, 2, 29), date(2016, 2, 28), 19),
        (date(1996, 2, 29), date(2016, 2, 29), 20),  # unless there is a 29th
        (date(2016, 1, 1), date(2016, 1, 1), 0),
    ],
)
def test_completed_years(born: date, on: date, years: int) -> None:
    assert completed_years(born, on) == years


def test_no_age_before_birth() -> None:
    with pytest.raises(DateError, match="2016-01-01 for a person born on 2016-01-02"):
        completed_years(date(2016, 1, 2), date(2016, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2016, 2, 29), 12, date(2015, 2, 28)),  # definitions: "12 months before 29 February" is 28 February
        (date(2015, 12, 1), 12, date(2014, 12, 1)),  # the burglaries of B and C
        (date(2015, 11, 30), 12, date(2014, 11, 30)),
        (date(2016, 3, 31), 1, date(2016, 2, 29)),
        (date(2017, 3, 31), 1, date(2017, 2, 28)),
        (date(2016, 1, 15), 1, date(2015, 12, 15)),
        (date(2016, 1, 15), 0, date(2016, 1, 15)),
    ],
)
def test_months_before(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2016, 3, 1), 12, date(2017, 3, 1)),  # the follow-up of an index on 1 March 2016
        (date(2016, 3, 1), 18, date(2017, 9, 1)),  # and the end of its waiting period
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 2, 29), 48, date(2020, 2, 29)),
        (date(2016, 8, 31), 6, date(2017, 2, 28)),
        (date(2016, 12, 31), 1, date(2017, 1, 31)),
    ],
)
def test_months_after(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2050, 12, 31))


@given(DAYS, st.integers(0, 600))
def test_going_back_undoes_going_on_but_for_the_days_lost_at_a_month_end(day: date, months: int) -> None:
    again = months_before(months_after(day, months), months)
    assert (again.year, again.month) == (day.year, day.month)
    assert again == day or (again < day and day.day > 28)


@given(DAYS, DAYS, st.integers(0, 600))
def test_later_days_stay_later(one: date, other: date, months: int) -> None:
    assert (one <= other) <= (months_after(one, months) <= months_after(other, months))


@pytest.mark.parametrize(
    ("years", "band"),
    [
        (0, "under 18"),
        (17, "under 18"),
        (18, "18-25"),
        (25, "18-25"),
        (26, "26-34"),
        (34, "26-34"),
        (35, "35 and over"),
        (90, "35 and over"),
    ],
)
def test_age_band(years: int, band: str) -> None:
    assert age_band(years) == band


@pytest.mark.parametrize(
    ("start", "end", "months", "last"),
    [
        ("2016-04-25", "2016-07-02", "2016-04-01 2016-05-01 2016-06-01 2016-07-01",
         "2016-04-30 2016-05-31 2016-06-30 2016-07-01"),
        ("2016-12-31", "2017-01-01", "2016-12-01", "2016-12-31"),
        ("2016-02-01", "2016-03-01", "2016-02-01", "2016-02-29"),
        ("2016-05-10", "2016-05-10", "", ""),
        ("2016-05-10", "2016-05-03", "", ""),
    ],
)  # fmt: skip
def test_months_of_a_period_and_their_last_days_in_it(start, end, months, last):
    asked = date.fromisoformat(start), date.fromisoformat(end)
    assert [str(day) for day in months_begun(*asked)] == months.split()
    assert [str(day) for day in last_days(*asked)] == last.split()
