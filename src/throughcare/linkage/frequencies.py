"""How often each name, birth date and postcode occurs among people, so that sharing a rare one says more than a common one.

Frequencies belong to a model: they are worked out from the records once, kept with it and used for every pair until the
model is renewed, so that a pair weighs the same today as it did yesterday and a full relink agrees with the daily one.
"""

from dataclasses import dataclass

import polars as pl

from throughcare.linkage import thresholds as t
from throughcare.linkage.comparisons import COMPARISONS, RARITIES
from throughcare.linkage.parameters import Parameters

IDENTITY = ("full_name", "dob")
SCHEMA = {"column": pl.String, "value": pl.String, "people": pl.Int64}


@dataclass(frozen=True, kw_only=True)
class Frequencies:
    """`counts`: column, value, people (those with more than one name and birth date behind them, and common postcodes);
    `people`: how many names and birth dates there are in all; `records`: how many records they were taken from.
    """

    counts: pl.DataFrame
    people: int
    records: int

    @property
    def prior(self) -> float:
        """The chance that two records taken at random are of one person."""
        return 1 / min(max(self.records, t.PRIOR_SMALLEST_FILE), t.PRIOR_LARGEST_FILE)


def frequencies(cleaned: pl.DataFrame) -> Frequencies:
    """Counted by distinct names and birth dates, not by records: a person on record five times does not make a name common."""
    people = cleaned.select(*IDENTITY, *(c for c in RARITIES if c not in IDENTITY)).drop_nulls("full_name")
    people = people.unique(IDENTITY, keep="any")
    counts = []
    for column in RARITIES:
        found = people.select(pl.lit(column).alias("column"), pl.col(column).alias("value")).drop_nulls("value")
        counts.append(found.group_by("column", "value").agg(people=pl.len().cast(pl.Int64)).filter(pl.col("people") > 1))
    homes = cleaned.select("surname", value=pl.col("postcodes")).explode("value").drop_nulls().unique()
    at_home = homes.group_by("value").agg(people=pl.len().cast(pl.Int64)).filter(pl.col("people") > t.COMMON_POSTCODE)
    counts.append(at_home.select(pl.lit("postcodes").alias("column"), "value", "people"))
    told = pl.concat([pl.DataFrame(schema=SCHEMA), *counts]).sort("column", "value")
    return Frequencies(counts=told, people=people.height, records=cleaned.height)


def lookup(column: str, values: pl.Series, known: Frequencies, parameters: Parameters) -> pl.DataFrame:
    """column, tf_<column>: the frequency of each of the values among other people, as Splink takes it.

    A value that one person has is expected of nobody else, but for what the published frequency says: it is drawn towards
    that as by `KNOWN_FREQUENCY` people more.
    """
    told = values.drop_nulls().unique().alias(column).to_frame()
    counted = known.counts.filter(pl.col("column") == column).select(pl.col("value").alias(column), "people")
    told = told.join(counted, on=column, how="left")
    expected = t.KNOWN_FREQUENCY * _u_of_equal(column, parameters)
    others = pl.col("people").fill_null(1) - 1
    return told.select(column, ((others + expected) / (known.people + t.KNOWN_FREQUENCY)).alias(f"tf_{column}"))


def with_homes(cleaned: pl.DataFrame, known: Frequencies) -> pl.DataFrame:
    """Adds `homes`: the postcodes at which not many people are on record."""
    common = known.counts.filter(pl.col("column") == "postcodes")["value"].to_list()
    homes = pl.col("postcodes").list.set_difference(pl.lit(common, dtype=pl.List(pl.String))) if common else pl.col("postcodes")
    return cleaned.with_columns(homes.alias("homes"))


def _u_of_equal(column: str, parameters: Parameters) -> float:
    """The chance that two people agree on the column, by the level that is adjusted in full."""
    for comparison in COMPARISONS:
        for level in comparison.levels:
            if level.rarer == column and level.by == 1.0:
                return parameters.chances[comparison.slug][level.slug].u
    raise KeyError(column)
