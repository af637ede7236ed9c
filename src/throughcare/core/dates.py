"""Ages and calendar months, as definitions count them. Dates are London dates."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from throughcare.core.errors import DateError, StillToCome

AgeBand = Literal["under 18", "18-25", "26-34", "35 and over"]


def completed_years(born: date, on: date) -> int:
    """Whole years lived on a day. The birthday counts; one of 29 February is reached on 1 March in common years.

    Refuses a day before the birth.
    """
    if on < born:
        raise DateError(
            what="An age cannot be worked out",
            record=f"{on} for a person born on {born}",
            expected="a day on or after the birth",
            mend="correct the date of birth or the day",
        )
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_band(years: int) -> AgeBand:
    """The published band of an age in completed years: 18-25, 26-34, 35 and over; below them, under 18."""
    if years < 18:
        return "under 18"
    if years <= 25:
        return "18-25"
    return "26-34" if years <= 34 else "35 and over"


def months_after(day: date, months: int) -> date:
    """The same day of the month, `months` later; where that month is shorter, its last day.

    12 months after 29 February 2016 is 28 February 2017. A negative number goes back.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """The same day of the month, `months` earlier: 12 months before 29 February 2016 is 28 February 2015."""
    return months_after(day, -months)


def months_begun(start: date, end: date) -> list[date]:
    """The first days of the calendar months that have a day in [start, end): that of the first one may lie before `start`."""
    months, month = [], start.replace(day=1)
    while start < end and month < end:
        months.append(month)
        month = months_after(month, 1)
    return months


def last_days(start: date, end: date) -> list[date]:
    """The last day in [start, end) of each calendar month that has one there."""
    return [min(months_after(month, 1), end) - timedelta(days=1) for month in months_begun(start, end)]


@lru_cache(maxsize=4096)
def day_in_words(on: date) -> str:
    """A day as it is written in a sentence: 1 December 2015."""
    return f"{on.day} {on:%B %Y}"


@lru_cache(maxsize=4096)
def weekday_in_words(on: date) -> str:
    """A day where the weekday matters: Tuesday 1 December 2015."""
    return f"{on:%A} {day_in_words(on)}"


def has_come(on: date, *, today: date, record: str = "") -> date:
    """The day, where it has come. Refuses one after `today`: what is to come is not told as if it had happened."""
    if on > today:
        raise StillToCome(
            what="That day is still to come", record=record or str(on), expected=f"{today} or a day before",
            mend="give the day on which it happened, or do this on the day",
        )  # fmt: skip
    return on
