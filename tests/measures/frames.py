"""Small tables of rows, set out to be read."""

import polars as pl


def table(text: str, **types: type[pl.DataType]) -> pl.DataFrame:
    """A frame from columns set out in a table; `on` is a date, other columns text unless said; "-" is absence."""
    header, *lines = [line.split() for line in text.strip().splitlines()]
    frame = pl.DataFrame(lines, schema=dict.fromkeys(header, pl.String), orient="row").with_columns(pl.all().replace("-", None))
    days = [pl.col("on").str.to_date()] if "on" in header else []
    return frame.with_columns(*days, *(pl.col(name).cast(dtype) for name, dtype in types.items()))
