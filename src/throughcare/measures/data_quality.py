"""How good the data are that came in: by feed and column how complete, by month how timely, and how many rows were refused.

A row is counted in the month of its fact (the first date column that is filled); a feed without a date has no trend. Timely is
the days from the fact to the load that last brought or changed the row, as earlier loads of a corrected row are not its own.
What an agency must fill is complete by rule, as a row without it is refused: it is counted among the refused instead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.imports.models import FileLoad, QuarantinedRow, SourceRow
from throughcare.core.contracts import Column, Feed
from throughcare.core.rounding import percent

DATES, BIRTH = ("date", "datetime"), "date_of_birth"
CELL = "cell "  # so that no column of a feed has the name of one made here


@dataclass(frozen=True, kw_only=True)
class Filled:
    """How many of `rows` have a value. `share` is a percentage, None of no rows."""

    filled: int
    rows: int

    @property
    def share(self) -> str | None:
        value = percent(self.filled, self.rows)
        return None if value is None else str(value)


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column of a feed: over all, and by month."""

    name: str
    meaning: str
    required: bool
    whole: Filled
    months: tuple[tuple[date, Filled], ...]

    @property
    def change(self) -> int | None:
        """Points by which the last month is above the month before; None where either has no row."""
        last = [told.share for _, told in self.months[-2:] if told.share is not None]
        return int(last[1]) - int(last[0]) if len(last) == 2 else None


@dataclass(frozen=True, kw_only=True)
class Month:
    """The rows of a month's facts, and how long after the fact half of them (nine of ten) were loaded, in days."""

    month: date
    rows: int
    median: int | None
    most: int | None


@dataclass(frozen=True, kw_only=True)
class FeedQuality:
    """One feed. `refused`: rows that were kept for correction, ever; `waiting`: of these, those that still wait."""

    feed: Feed
    rows: int
    dated: str
    fields: tuple[Field, ...]
    months: tuple[Month, ...]
    median: int | None
    refused: int
    waiting: int
    aside: int

    @property
    def optional(self) -> Filled:
        """All cells that may be empty, together."""
        told = [field.whole for field in self.fields if not field.required]
        return Filled(filled=sum(one.filled for one in told), rows=sum(one.rows for one in told))

    @property
    def refused_share(self) -> str | None:
        value = percent(self.refused, self.refused + self.rows, 1)
        return None if value is None else str(value)

    @property
    def least(self) -> Field | None:
        """The column that is filled least."""
        told = [field for field in self.fields if not field.required and field.whole.rows]
        return min(told, key=lambda field: field.whole.filled, default=None)


def data_quality(feeds: Iterable[Feed], *, months: Iterable[date]) -> tuple[FeedQuality, ...]:
    """Each feed, in the order given; the trend over the months given (their first days)."""
    shown = tuple(months)
    refused = _refused()
    return tuple(_feed(feed, shown, refused.get(feed.slug, (0, 0, 0))) for feed in feeds)


def _refused() -> dict[str, tuple[int, int, int]]:
    """By feed: rows ever refused, those that wait, those set aside. A row with several faults is one row."""
    rows = read(
        QuarantinedRow.objects.all(), feed="feed", file="file", line="line", mended="mended_by", aside="set_aside",
    )  # fmt: skip
    each = rows.group_by("feed", "file", "line").agg(
        waits=(pl.col("mended").is_null() & (pl.col("aside") == "")).any(), aside=(pl.col("aside") != "").any()
    )
    told = each.group_by("feed").agg(pl.len(), pl.col("waits").sum(), aside=(pl.col("aside") & ~pl.col("waits")).sum())
    return {feed: (rows, waits, aside) for feed, rows, waits, aside in told.iter_rows()}


def _feed(feed: Feed, months: tuple[date, ...], refused: tuple[int, int, int]) -> FeedQuality:
    cells = _cells(feed)
    dated = cells.with_columns(month=pl.col("on").dt.truncate("1mo"), days=(pl.col("loaded") - pl.col("on")).dt.total_days())
    timely = dated.filter(pl.col("days") >= 0)
    median = timely["days"].median()
    names = [column.name for column in _dates(feed)]
    return FeedQuality(
        feed=feed, rows=cells.height, dated=names[0] if names else "",
        median=None if median is None else round(float(median)),  # type: ignore[arg-type]
        fields=tuple(_field(column, dated, months) for column in feed.columns if column.name != "record_id"),
        months=_months(timely, months) if names else (), refused=refused[0], waiting=refused[1], aside=refused[2],
    )  # fmt: skip


def _dates(feed: Feed) -> list[Column]:
    """The columns that may date a row's fact: a birth is none."""
    return [column for column in feed.columns if column.kind in DATES and column.name != BIRTH]


def _cells(feed: Feed) -> pl.DataFrame:
    """A row a row: each column as text ("" for nothing) under `CELL` and its name; `on`, the day of its fact; `loaded`."""
    loads = read(FileLoad.objects.filter(feed=feed.slug), file="pk", at="loaded_at")
    rows = read(SourceRow.objects.filter(feed=feed.slug), values="values", file="file")
    cells = rows.join(loads, on="file", how="left").select(
        pl.col("values").str.json_decode(pl.List(pl.String)), loaded=pl.col("at").cast(pl.Date)
    )
    named = cells.with_columns(
        pl.col("values").list.get(place, null_on_oob=True).fill_null("").str.strip_chars().alias(CELL + column.name)
        for place, column in enumerate(feed.columns)
    )
    dates = [pl.col(CELL + column.name).str.slice(0, 10) for column in _dates(feed)]
    days = [text.str.to_date("%Y-%m-%d", strict=False) for text in dates]
    return named.with_columns(on=pl.coalesce(*days) if days else pl.lit(None, dtype=pl.Date)).drop("values")


def _field(column: Column, cells: pl.DataFrame, months: tuple[date, ...]) -> Field:
    filled = cells.select("month", filled=pl.col(CELL + column.name) != "")
    by = {month: (done, rows) for month, done, rows in filled.group_by("month").agg(pl.col("filled").sum(), pl.len()).iter_rows()}
    return Field(
        name=column.name, meaning=column.meaning, required=column.required,
        whole=Filled(filled=int(filled["filled"].sum()), rows=cells.height),
        months=tuple((month, Filled(filled=by.get(month, (0, 0))[0], rows=by.get(month, (0, 0))[1])) for month in months),
    )  # fmt: skip


def _months(timely: pl.DataFrame, months: tuple[date, ...]) -> tuple[Month, ...]:
    worked = timely.group_by("month").agg(
        pl.len(), median=pl.col("days").median(), most=pl.col("days").quantile(0.9, "higher")
    )
    by = {month: (rows, median, most) for month, rows, median, most in worked.iter_rows()}
    return tuple(
        Month(month=month, rows=by[month][0], median=round(by[month][1]), most=round(by[month][2]))
        if month in by else Month(month=month, rows=0, median=None, most=None)
        for month in months
    )  # fmt: skip
