"""What does not fit together in what agencies told of people, with the records concerned."""

from collections.abc import Sequence

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.people.models import Arrest, Conviction, Person
from throughcare.core.contracts import Finding, Scope
from throughcare.rules.ogrs3.ages import completed_years
from throughcare.rules.ogrs3.offences import group_of_code

OF_AGE = 10


def findings(scope: Scope) -> Sequence[Finding]:
    """Arrests and convictions before the tenth birthday, offence codes that no score knows."""
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
    ]  # fmt: skip
    return [finding for finding in found if finding.records]


def _found(slug: str, title: str, group: str, records: list[str], mend: str) -> Finding:
    return Finding(slug=slug, title=title, group=group, records=tuple(records), mend=mend)


def _too_young(facts: pl.DataFrame, born: pl.DataFrame) -> list[str]:
    age = completed_years(pl.col("born"), pl.col("day"))
    return sorted(facts.join(born, on="person").filter(age < OF_AGE)["record"].to_list())
