"""What is counted of recorded crime and of its victims. Of crime a borough's month is the unit, so that divided by borough and
month a mean is the number.

Outcomes of the pilot's evaluation (GtO interim evaluation, MOPAC 2017, section 2); definitions as the police publish recorded
crime. By borough it is open data, about nobody. Of victims there are figures alone, small ones withheld from every audience.
"""

from collections.abc import Callable
from functools import partial

import polars as pl

from throughcare.core.contracts import Axis, Measure, Scope
from throughcare.strands.crime.queries import borough_months, victims

WHY = "Whether crime falls where the pilot is, beside where it is not."
BY_GROUP = (Axis(column="offence_group"),)


def crime_rows(scope: Scope, *, compared: bool = False) -> pl.DataFrame:
    """A row a month, group of offences and borough of the pilot, or of those that are compared: number, per_1000 residents."""
    wanted = scope.pilot.crime.compared if compared else scope.pilot.boroughs
    rate = 1000 * pl.col("number") / pl.col("population")
    return borough_months().filter(pl.col("borough").is_in(wanted)).with_columns(per_1000=rate)


Rows = Callable[[Scope], pl.DataFrame]
COMPARED = partial(crime_rows, compared=True)


def _number(slug: str, title: str, rows: Rows, whose: str) -> Measure:
    return Measure(
        slug=slug, title=title, why=WHY, unit="crimes", statistic="mean", rows=rows, value=pl.col("number"), axes=BY_GROUP,
        digits=1,
        definition=f"Recorded crimes of a borough and month, on average over {whose} and the months; by the month of recording, "
                   "as last revised",
    )  # fmt: skip


def _rate(slug: str, title: str, rows: Rows, whose: str) -> Measure:
    return Measure(
        slug=slug, title=title, why=WHY, unit="crimes per 1,000 residents", statistic="mean", rows=rows, value=pl.col("per_1000"),
        counted=pl.col("population").is_not_null(), axes=BY_GROUP, digits=2,
        definition=f"Recorded crimes of a borough and month for each 1,000 of its residents, on average over {whose} and the "
                   "months whose residents are told",
    )  # fmt: skip


def victim_rows(scope: Scope) -> pl.DataFrame:
    """A row a victim and crime recorded in a borough of the pilot, on the day of recording."""
    return victims().filter(pl.col("borough").is_in(scope.pilot.boroughs))


VICTIMS = (
    Measure(
        slug="victims.recorded", title="Victims of recorded crime in the boroughs of the pilot", why="What crime does to people.",
        unit="victims", statistic="count", rows=victim_rows, axes=(Axis(column="offence_group", total="all"),), protected=True,
        definition="Victims by the day on which the crime was recorded; who was the victim of two crimes counts twice",
    ),
    Measure(
        slug="victims.repeat", title="Share of victims who had been victims in the year before", unit="percent",
        statistic="share", why="Whether people are protected who were harmed before.", rows=victim_rows, hit=pl.col("repeat"),
        axes=(Axis(column="offence_group", total="all"),), protected=True,
        definition="Of the victims by the day on which the crime was recorded, those whom the police tell to have been victims "
                   "in the year before",
    ),
    Measure(
        slug="victims.satisfied", title="Share of victims satisfied with how the police dealt with it", unit="percent",
        statistic="share", why="Whether victims are served.", rows=victim_rows, counted=pl.col("satisfaction") != "",
        hit=pl.col("satisfaction") == "satisfied", protected=True,
        definition="Of the victims who were asked, by the day on which the crime was recorded, those who were satisfied",
    ),
)  # fmt: skip

OWN, OTHERS = "the boroughs of the pilot", "the boroughs that the pilot file compares"
MEASURES = (
    _number("crime.recorded", "Recorded crime of a borough in a month", crime_rows, OWN),
    _number("crime.recorded_elsewhere", "Recorded crime of a compared borough in a month", COMPARED, OTHERS),
    _rate("crime.rate", "Recorded crime of a borough in a month, per 1,000 residents", crime_rows, OWN),
    _rate("crime.rate_elsewhere", "Recorded crime of a compared borough in a month, per 1,000 residents", COMPARED, OTHERS),
    *VICTIMS,
)
