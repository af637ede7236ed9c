"""Before, while and after a tag was worn: what is compared of each tagged person, month by month. For the study, not an effect.

A month here is 30 days, counted from the day on which the first tag was put on, backwards and forwards. While: from that day to
the last on which a tag was worn while an order asked for it. After begins on the next day. Only whole months that lie before
the day asked about are told, so a tag worn for less than thirty days has no month of its own [decided].
"""

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from throughcare.core.clock import london_date
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.queries import dates_of, whole

BEFORE, WHILE, AFTER = PHASES = ("before", "while tagged", "after")
MONTH, MONTHS = timedelta(days=30), 12
"""Before and after, twelve months at most."""
OF_A_MONTH = pl.Schema({"person": pl.Int64(), "phase": pl.String(), "opens": pl.Date(), "closes": pl.Date()})


def worn(as_at: date) -> dict[int, tuple[date, date]]:
    """By person the first day on which a tag was on while an order asked for it, and the day after the last, as known then."""
    found: dict[int, tuple[date, date]] = {}
    for order in whole(m.Order.objects.exclude(fittings=None)):
        if (dates := dates_of(order)) is None:
            continue
        for fitting in order.fittings.all():
            start, end = max(fitting.fitted_at, dates[0]), min(fitting.removed_at or dates[1], dates[1])
            first, last = london_date(start), min(london_date(end), as_at)
            if start < end and first <= as_at:
                known = found.get(order.person_id, (first, first))
                found[order.person_id] = min(known[0], first), max(known[1], last + timedelta(days=1))
    return found


def months_of(first: date, end: date, as_at: date) -> Iterator[tuple[str, date, date]]:
    """Phase, first day and the day after the last of each whole month; none reaches beyond the day asked about."""
    for back in range(MONTHS, 0, -1):
        yield BEFORE, first - back * MONTH, first - (back - 1) * MONTH
    for number in range((end - first) // MONTH):
        yield WHILE, first + number * MONTH, first + (number + 1) * MONTH
    for number in range(MONTHS):
        opens, closes = end + number * MONTH, end + (number + 1) * MONTH
        if closes <= as_at + timedelta(days=1):
            yield AFTER, opens, closes


def months(as_at: date) -> pl.DataFrame:
    """person, phase, opens, closes: a row a whole month of each person who was ever tagged by the day."""
    rows = [
        (person, *month) for person, (first, end) in sorted(worn(as_at).items()) for month in months_of(first, end, as_at)
    ]
    return pl.DataFrame(rows, schema=OF_A_MONTH, orient="row")


def happened(asked: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """The months with `times`: how many of the events (person, on) lie in each."""
    numbered = asked.with_row_index("month")
    inside = numbered.join(events, on="person").filter(pl.col("on") >= pl.col("opens"), pl.col("on") < pl.col("closes"))
    times = inside.group_by("month").agg(times=pl.len())
    told = numbered.join(times, on="month", how="left", maintain_order="left").drop("month")
    return told.with_columns(pl.col("times").fill_null(0))
