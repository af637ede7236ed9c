"""The police's extracts of recorded crime by borough and month, and of its victims under pseudonyms.

The wide form is the Metropolitan Police's "Recorded crime: geographic breakdown", as the London Datastore publishes it: a row a
borough and kind of offence, a column a month.
"""

import polars as pl

from throughcare.casework.imports.actions import stores
from throughcare.casework.people.columns import RECORD, borough, choice, past_day, text, whole, yes_no
from throughcare.core.contracts import Column, Feed, Wide
from throughcare.strands.crime import boroughs
from throughcare.strands.crime import models as m
from throughcare.strands.crime.queries import told_by_another

BOROUGH_CRIME = (
    RECORD, borough("borough", "the borough in which it was recorded, by name or code (E09000012)", required=True),
    past_day("month", "the month, by its first day", "2016-05-01", required=True),
    text("offence_group", "group of offences, as the police publish them", "Burglary", required=True, longest=80),
    text("offence", "kind of offence in the group; empty where the row is of the whole group", "Burglary in a dwelling",
         longest=80),
    Column(name="number", kind="integer", meaning="how many crimes were recorded", example="214", required=True, minimum=0,
           maximum=1_000_000),
    whole("population", "residents of the borough, where known", "269000", maximum=10_000_000),
)  # fmt: skip


def _as_counted(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(boroughs.taken()).with_columns(borough=boroughs.spelt(), offence_group=boroughs.offence_group())


CRIME = Feed(
    slug="police-borough-crime", agency="police", title="Recorded crime by borough and month", columns=BOROUGH_CRIME,
    loads=(stores(m.BoroughCrime, reshape=_as_counted),), order=80,
    rules=(
        (boroughs.not_known, "borough", boroughs.RULE, boroughs.MEND),
        (pl.col("month").dt.day() != 1, "month", "a month is told by its first day", "write May 2016 as 2016-05-01"),
        (told_by_another, "record_id", "a borough's month and offence are told by one record, of a group or of its kinds",
         "send it under the record_id that told it before; send either groups or their kinds"),
        (pl.col("population") == 0, "population", "a borough has residents", "leave it empty where it is not known"),
    ),
    wide=Wide(
        names={"LookUp_BoroughName": "borough", "BoroughName": "borough", "MajorText": "offence_group", "MinorText": "offence"},
        month="month", value="number",
    ),
)  # fmt: skip

PSEUDONYM = r"^[0-9a-fA-F]{16,64}$"
VICTIM = (
    RECORD,
    text("victim", "the police's pseudonym of the victim, the same for whoever was one before: 16 to 64 hexadecimal digits, as "
         "of a keyed hash; never a name or a number of theirs", "9f2c4e71a0b35d68", required=True, longest=64),
    text("crime", "the force's reference of the crime record, as police-events has it", "CR-2016-004417", required=True,
         longest=40),
    text("offence_group", "group of offences, as the police publish them", "Burglary", required=True, longest=80),
    past_day("recorded_on", "day on which the crime was recorded", "2016-07-06", required=True),
    borough("borough", "the borough in which it was recorded, by name or code", required=True),
    yes_no("repeat", "had been a victim in the year before"),
    choice("satisfaction", "with how the police dealt with it, where it was asked", m.SATISFIED),
)  # fmt: skip


def _in_small_letters(frame: pl.DataFrame) -> pl.DataFrame:
    return _as_counted(frame).with_columns(pl.col("victim").str.to_lowercase())


VICTIMS = Feed(
    slug="police-victims", agency="police", title="Victims of recorded crime, under pseudonyms", columns=VICTIM,
    loads=(stores(m.VictimRecord, reshape=_in_small_letters),), order=81,
    rules=(
        (~pl.col("victim").str.contains(PSEUDONYM), "victim", "a victim has a pseudonym of 16 to 64 hexadecimal digits",
         "send the keyed hash, and set this row aside: what stands in it must not come here"),
        (boroughs.not_known, "borough", boroughs.RULE, boroughs.MEND),
    ),
)  # fmt: skip
FEEDS = (CRIME, VICTIMS)
