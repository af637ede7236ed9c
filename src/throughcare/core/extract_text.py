"""Extracts as an agency would send them: the columns of a feed in its order, every cell text."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from throughcare.core.contracts import Feed


def extract(feed: Feed, rows: pl.DataFrame, *, lives: Iterable[Any] = ()) -> pl.DataFrame:
    """`rows` as an extract of the feed: dates as ISO, booleans as yes and no, nothing for null.

    With `lives`, a column `life` (number) gives the identifiers that the feed asks for and is dropped. A column of the
    feed that `rows` lacks stays empty; any other column that the feed does not have raises ValueError.
    """
    wanted = [column.name for column in feed.columns]
    if "life" in rows.columns:
        rows = rows.join(_identifiers(lives, feed.identifiers), on="life", how="left", maintain_order="left").drop("life")
    unknown = set(rows.columns) - set(wanted)
    if unknown:
        raise ValueError(f"the feed {feed.slug} has no column {sorted(unknown)}")
    return rows.select(_text(name, rows) for name in wanted)


def _identifiers(lives: Iterable[Any], names: tuple[str, ...]) -> pl.DataFrame:
    known = [(life.number, *(getattr(life, name) for name in names)) for life in lives]
    return pl.DataFrame(known, schema={"life": pl.Int64, **dict.fromkeys(names, pl.String)}, orient="row")


def _text(name: str, rows: pl.DataFrame) -> pl.Expr:
    if name not in rows.columns:
        return pl.lit("").alias(name)
    if rows.schema[name] == pl.Boolean:
        return pl.when(name).then(pl.lit("yes")).when(~pl.col(name)).then(pl.lit("no")).otherwise(pl.lit("")).alias(name)
    return pl.col(name).cast(pl.String).fill_null("").alias(name)


def numbered(prefix: str, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with a record_id of their own: the prefix and the place in the frame, from 1."""
    number = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(4)
    return rows.with_columns(record_id=pl.lit(f"{prefix}-") + number)
