"""The scales of the pilot file: which one a row is of, and whether its score can be."""

import polars as pl

from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Pilot

KEY = ("instrument", "scale")


def scales_of(pilot: Pilot) -> pl.DataFrame:
    """A row a scale: instrument and scale as the pilot file spells them, title, lowest, highest, better, reliable."""
    names = {"instrument": pl.String, "scale": pl.String, "title": pl.String, "lowest": pl.Float64, "highest": pl.Float64,
             "better": pl.String, "reliable": pl.Float64}  # fmt: skip
    return pl.DataFrame([each.model_dump() for each in pilot.change.scales], schema=names)


def of_scales(frame: pl.DataFrame, pilot: Pilot) -> pl.DataFrame:
    """The rows with the columns of their scale, found whatever the case; null where the pilot file has no such scale."""
    known = scales_of(pilot).with_columns(*(pl.col(name).str.to_lowercase().alias(f"{name}_key") for name in KEY))
    known = known.rename({name: f"{name}_told" for name in KEY})
    keys = [pl.col(name).str.to_lowercase() for name in KEY]
    return frame.join(known, left_on=keys, right_on=[f"{name}_key" for name in KEY], how="left", maintain_order="left")


def spelt(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with instrument and scale in the pilot file's spelling."""
    return of_scales(frame, current_pilot()).with_columns(instrument="instrument_told", scale="scale_told")


def no_such_scale(frame: pl.DataFrame) -> pl.Series:
    found = of_scales(frame, current_pilot())
    return found.select((pl.col("title").is_null() & pl.all_horizontal(pl.col(*KEY).is_not_null())).alias("wrong")).to_series()


def out_of_range(frame: pl.DataFrame) -> pl.Series:
    inside = pl.col("score").is_between(pl.col("lowest"), pl.col("highest"))
    return of_scales(frame, current_pilot()).select((~inside).fill_null(value=False).alias("wrong")).to_series()
