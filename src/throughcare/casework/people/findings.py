"""What does not fit together in what agencies told of people, with the records concerned."""

from collections.abc import Sequence

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.people.models import Arrest, Conviction, CustodySpell, Person, Supervision
from throughcare.core.contracts import Finding, Scope
from throughcare.rules.ogrs3.ages import completed_years
from throughcare.rules.ogrs3.offences import group_of_code

OF_AGE = 10


def findings(scope: Scope) -> Sequence[Finding]:
    """Arrests and convictions before the tenth birthday, offence codes that no score knows; prison spells that another fact
    contradicts by the last day: a licence that begins within one, another prison at the same time.
    """
    born = read(Person.objects.filter(merged_into=None), person="pk", born="date_of_birth")
    arrests = read(Arrest.objects.all(), person="person", day="arrested_on", record="source__record_id")
    convictions = read(
        Conviction.objects.all(), person="person", day="convicted_on", record="source__record_id", code="offence_code"
    )
    unknown = convictions.filter(group_of_code(pl.col("code")).is_null())["record"]
    found = [
        _found("people.too_young", "Arrests before the tenth birthday", "arrests", _too_young(arrests, born),
               "Correct the date of birth or the day of the arrest"),
        _found("people.too_young", "Convictions and cautions before the tenth birthday", "convictions",
               _too_young(convictions, born), "Correct the date of birth or the day of the conviction"),
        _found("people.unknown_offence", "Convictions of an offence code that the score does not know", "convictions",
               sorted(unknown.to_list()), "Correct the offence code: such a conviction gives no score while it is the latest"),
        *_of_custody(scope),
    ]  # fmt: skip
    return [finding for finding in found if finding.records]


def _of_custody(scope: Scope) -> list[Finding]:
    """A spell from its second day on: who comes and is released, or moves, on one day is in both by its dates alone."""
    spells = read(
        CustodySpell.objects.filter(start__lte=scope.as_at), person="person", spell="pk", prison="prison",
        start="start", end="end", record="source__record_id",
    )  # fmt: skip
    licences = read(
        Supervision.objects.filter(kind="licence", start__lte=scope.as_at), person="person", day="start", until="end",
        record="source__record_id",
    )  # fmt: skip
    within = (pl.col("start") < pl.col("day")) & (pl.col("end").is_null() | (pl.col("end") > pl.col("day")))
    lasts = pl.col("until").is_null() | (pl.col("until") > pl.col("day"))
    released = licences.join(spells, on="person", suffix="_spell").filter(within, lasts)
    others = spells.select("person", day="start", other="spell", prison_other="prison")
    twice = spells.join(others, on="person").filter(within, pl.col("spell") != pl.col("other"))
    return [
        _found("people.licence_in_custody", "Released on licence, but still in custody", "supervision", _names(released),
               "End the prison spell on the day of the release, or correct the day on which the licence began"),
        _found("people.two_prisons", "In two prisons at the same time", "spells",
               _names(twice.filter(pl.col("prison") != pl.col("prison_other"))), "End the first spell on the day of the move"),
    ]  # fmt: skip


def _names(rows: pl.DataFrame) -> list[str]:
    """The records of the agencies; what was typed here has none, and is refused at once instead."""
    return sorted(rows["record"].drop_nulls().unique().to_list())


def _found(slug: str, title: str, group: str, records: list[str], mend: str) -> Finding:
    return Finding(slug=slug, title=title, group=group, records=tuple(records), mend=mend)


def _too_young(facts: pl.DataFrame, born: pl.DataFrame) -> list[str]:
    age = completed_years(pl.col("born"), pl.col("day"))
    return sorted(facts.join(born, on="person").filter(age < OF_AGE)["record"].to_list())
