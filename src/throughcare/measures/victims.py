"""Victims of the crimes of members: what the police's victim records and their events tell together, as no strand can alone.

A crime is a member's where an event of the same reference says that somebody was arrested, charged or convicted for it who was a
member on the day it was recorded. Figures alone, small ones withheld from every audience: nobody's page names a victim.
"""

import polars as pl

from throughcare.casework.cohort.queries import memberships
from throughcare.core.contracts import Axis, Measure, Scope
from throughcare.strands.crime.queries import victims
from throughcare.strands.policing.picture.queries import suspected


def of_members(scope: Scope) -> pl.DataFrame:
    """A row a victim, crime and member arrested, charged or convicted for it: record, person (the member), on (the day it was
    recorded), offence_group, borough (where it was recorded), first (of the members of the victim's crime)."""
    held = memberships().select("person", "start", "end")
    inside = (pl.col("start") <= pl.col("on")) & (pl.col("end").is_null() | (pl.col("end") > pl.col("on")))
    linked = victims().join(suspected().select(crime="event", person="person"), on="crime").join(held, on="person").filter(inside)
    told = linked.unique(["record", "person"]).sort("record", "person")
    first = pl.col("person") == pl.col("person").min().over("record")
    return told.select("record", "person", "on", "offence_group", "borough", first=first)


MEASURES = (
    Measure(
        slug="victims.of_members", title="Victims of crimes for which a member was arrested, charged or convicted",
        why="Whether fewer people are harmed by members of the cohort.", unit="victims", statistic="count", rows=of_members,
        counted=pl.col("first"), axes=(Axis(column="offence_group", total="all"),), protected=True,
        definition="Victims by the day on which the crime was recorded, each crime's once, where an event of the same reference "
                   "tells of the arrest, charge or conviction of somebody who was a member on that day",
    ),
    Measure(
        slug="victims.by_member", title="Victims of members' crimes, once for each member", why="What a study of people counts.",
        unit="victims", statistic="count", rows=of_members, axes=(Axis(column="offence_group", total="all"),), protected=True,
        definition="The same, where several members were arrested, charged or convicted for one crime its victims once for each",
    ),
)  # fmt: skip
