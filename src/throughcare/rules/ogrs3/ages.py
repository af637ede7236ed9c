"""Completed years of age between two columns of dates, fast enough for millions of rows.

The days that count are those from `FIRST_DAY` to before `END`; a date outside them is a slip or a stand-in for "never",
and whoever has one gets no age.
"""

from datetime import date
from functools import cache

import polars as pl

FIRST_DAY = date(1800, 1, 1)
END = date(2200, 1, 1)


def completed_years(born: pl.Expr, on: pl.Expr) -> pl.Expr:
    """Whole years lived on a day. The birthday counts; one of 29 February is reached on 1 March in common years.

    The same rule as `core.dates.completed_years`, which takes one person. A day before the birth gives a negative
    number, which the caller refuses; a date that is absent or out of range gives null.
    """
    # Of the numbers 20000229 and 20180301, the whole ten-thousands between them are the birthdays between the dates.
    return (_as_number(on) - _as_number(born)) // 10_000


def out_of_range(day: pl.Expr) -> pl.Expr:
    """Whether a date is not one of the days that count."""
    return (day < FIRST_DAY) | (day >= END)


def _as_number(day: pl.Expr) -> pl.Expr:
    """The date as the number 20151231, looked up: to take year, month and day out of each takes ten times longer."""
    place = (day.to_physical() - _days_since_1970(FIRST_DAY)).cast(pl.UInt32, strict=False)
    return pl.lit(_numbers()).gather(place, null_on_oob=True)


@cache
def _numbers() -> pl.Series:
    days = pl.select(day=pl.date_range(FIRST_DAY, END, closed="left"))["day"]
    return days.dt.year() * 10_000 + days.dt.month().cast(pl.Int32) * 100 + days.dt.day()


def _days_since_1970(day: date) -> int:
    return (day - date(1970, 1, 1)).days
