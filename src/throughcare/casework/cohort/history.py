"""The histories of those eligible on the day of the first pull: arrests and convictions, as the interim evaluation gave them.

A conviction is an offence convicted of; a caution is none. First arrest and first conviction are at any age from 10.
"""

import polars as pl

from throughcare.casework.cohort.queries import eligible_on
from throughcare.casework.frames import only
from throughcare.casework.people.queries import arrests, convictions, people, with_breakdowns
from throughcare.core.contracts import Measure, Scope
from throughcare.core.dates import months_before
from throughcare.rules.ogrs3.ages import completed_years

YOUNGEST = 10
WHO = "People eligible by the rule on the day of the first pull."


def eligible_with_history(scope: Scope) -> pl.DataFrame:
    """A row a person eligible on the day, with what had happened by then.

    arrests, convictions (numbers), age_first_arrest, age_first_conviction (completed years, null: none), and whether
    convicted_1y, convicted_3y: at least one day of conviction after the day less one or three years and on or before it.
    """
    day = scope.as_at
    found = eligible_on(day, scope.pilot).with_columns(on=pl.lit(day))
    with only(*found["person"]):
        arrested, convicted = arrests(), convictions()
    arrested = arrested.filter(pl.col("arrested_on") <= day).select("person", at="arrested_on")
    convicted = convicted.filter((pl.col("convicted_on") <= day) & (pl.col("disposal") == "conviction"))
    convicted = convicted.select("person", at="convicted_on")
    within = [(pl.col("at").max() > months_before(day, 12 * n)).alias(f"convicted_{n}y") for n in (1, 3)]
    tables = (
        arrested.group_by("person").agg(arrests=pl.len()),
        convicted.group_by("person").agg(pl.len().alias("convictions"), *within),
        _age_at_first(arrested, "age_first_arrest"), _age_at_first(convicted, "age_first_conviction"),
    )  # fmt: skip
    for table in tables:
        found = found.join(table, on="person", how="left", maintain_order="left")
    never = pl.col("convicted_1y", "convicted_3y").fill_null(value=False)
    found = found.with_columns(pl.col("arrests", "convictions").fill_null(0), never)
    return with_breakdowns(found).drop("on")


def _age_at_first(events: pl.DataFrame, name: str) -> pl.DataFrame:
    """person and the completed years at the first of the events; those before the tenth birthday are a slip and left out."""
    with only(*events["person"].unique()):
        born = people().select("person", "date_of_birth")
    aged = events.join(born, on="person").select("person", age=completed_years(pl.col("date_of_birth"), pl.col("at")))
    return aged.filter(pl.col("age") >= YOUNGEST).group_by("person").agg(pl.col("age").min().alias(name))


def _mean(slug: str, title: str, value: str, unit: str, definition: str) -> Measure:
    return Measure(
        slug=f"history.{slug}", title=title, why="How long and how much the people have been offending.", unit=unit,
        statistic="mean", rows=eligible_with_history, value=pl.col(value), reference_day="first_pull",
        definition=f"{WHO} {definition}",
    )  # fmt: skip


def _share(slug: str, title: str, hit: pl.Expr, counted: pl.Expr, definition: str) -> Measure:
    return Measure(
        slug=f"history.{slug}", title=title, why="How long and how much the people have been offending.", unit="percent",
        statistic="share", rows=eligible_with_history, counted=counted, hit=hit, reference_day="first_pull",
        definition=f"{WHO} {definition}",
    )  # fmt: skip


ARREST, CONVICTION, EVERYBODY = pl.col("age_first_arrest"), pl.col("age_first_conviction"), pl.lit(value=True)

HISTORY = (
    _mean("arrests_mean", "Mean number of arrests per eligible person", "arrests", "arrests",
          "Arrest events on or before the day, whatever came of them."),
    _mean("age_first_arrest_mean", "Mean age at first arrest", "age_first_arrest", "years",
          "Completed years, from 10 up, of those with an arrest."),
    _share("first_arrest_under_16", "Share first arrested before 16", ARREST < 16, ARREST.is_not_null(),
           "Of those with an arrest."),
    _mean("convictions_mean", "Mean number of prior convictions", "convictions", "convictions",
          "Offences convicted of on or before the day; cautions are not counted."),
    _share("first_conviction_under_16", "Share first convicted before 16", CONVICTION < 16, EVERYBODY,
           "Completed years, from 10 up."),
    _share("convicted_last_1y", "Share with a new conviction in the last year", pl.col("convicted_1y"), EVERYBODY,
           "At least one day of conviction after the same day a year before."),
    _share("convicted_last_3y", "Share with a new conviction in the last three years", pl.col("convicted_3y"), EVERYBODY,
           "At least one day of conviction after the same day three years before."),
)  # fmt: skip
