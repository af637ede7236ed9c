"""What does not fit together in what agencies told of people, with the records concerned."""

from collections.abc import Sequence

import polars as pl

from throughcare.casework.findings import finding_of
from throughcare.casework.frames import read
from throughcare.casework.people.models import Arrest, Conviction, CustodySpell, Person, Supervision
from throughcare.core.contracts import Finding, Owner, Scope
from throughcare.rules.ogrs3.ages import completed_years
from throughcare.rules.ogrs3.offences import group_of_code

OF_AGE = 10


def findings(scope: Scope) -> Sequence[Finding]:
    """Arrests and convictions before the tenth birthday, offence codes that no score knows; prison spells that another fact
    contradicts by the last day: a licence that begins within one, another prison at the same time.
    """
    born = read(Person.objects.filter(merged_into=None), person="pk", born="date_of_birth")
    arrests = read(Arrest.objects.all(), person="person", on="arrested_on", name="source__record_id")
    convictions = read(
        Conviction.objects.all(), person="person", on="convicted_on", name="source__record_id", code="offence_code"
    )
    unknown = convictions.filter(group_of_code(pl.col("code")).is_null())
    of_arrests, of_convictions = Owner(feeds=("police-arrests",)), Owner(feeds=("police-convictions",))
    return [
        *finding_of(_too_young(arrests, born), slug="people.too_young", group="arrests", owner=of_arrests,
                    title="Arrests before the tenth birthday", mend="Correct the date of birth or the day of the arrest"),
        *finding_of(_too_young(convictions, born), slug="people.too_young", group="convictions", owner=of_convictions,
                    title="Convictions and cautions before the tenth birthday",
                    mend="Correct the date of birth or the day of the conviction"),
        *finding_of(unknown.sort("name"), slug="people.unknown_offence", group="convictions", owner=of_convictions,
                    title="Convictions of an offence code that the score does not know",
                    mend="Correct the offence code: such a conviction gives no score while it is the latest"),
        *_of_custody(scope),
    ]  # fmt: skip


def _of_custody(scope: Scope) -> list[Finding]:
    """A spell from its second day on: who comes and is released, or moves, on one day is in both by its dates alone."""
    spells = read(
        CustodySpell.objects.filter(start__lte=scope.as_at), person="person", spell="pk", prison="prison",
        start="start", end="end", name="source__record_id",
    )  # fmt: skip
    licences = read(
        Supervision.objects.filter(kind="licence", start__lte=scope.as_at), person="person", day="start", until="end",
        name="source__record_id",
    )  # fmt: skip
    within = (pl.col("start") < pl.col("day")) & (pl.col("end").is_null() | (pl.col("end") > pl.col("day")))
    lasts = pl.col("until").is_null() | (pl.col("until") > pl.col("day"))
    released = licences.join(spells, on="person", suffix="_spell").filter(within, lasts)
    others = spells.select("person", day="start", other="spell", prison_other="prison")
    twice = spells.join(others, on="person").filter(within, pl.col("spell") != pl.col("other"))
    prisons = Owner(feeds=("prison-spells",))
    return [
        *finding_of(_named(released), slug="people.licence_in_custody", group="supervision", owner=prisons,
                    title="Released on licence, but still in custody",
                    mend="End the prison spell on the day of the release, or correct the day on which the licence began"),
        *finding_of(_named(twice.filter(pl.col("prison") != pl.col("prison_other"))), slug="people.two_prisons",
                    group="spells", owner=prisons, title="In two prisons at the same time",
                    mend="End the first spell on the day of the move"),
    ]  # fmt: skip


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """name, on: the records of the agencies; what was typed here has none, and is refused at once instead."""
    told = rows.filter(pl.col("name").is_not_null()).group_by("name").agg(on=pl.col("day").min())
    return told.sort("name")


def _too_young(facts: pl.DataFrame, born: pl.DataFrame) -> pl.DataFrame:
    age = completed_years(pl.col("born"), pl.col("on"))
    return facts.join(born, on="person").filter(age < OF_AGE).sort("name")
