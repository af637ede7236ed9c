"""How long it takes to find a person among 250,000, how many misspelled are found, and what the search keys cost an import.

    python benchmarks/find.py [PEOPLE]                                      on SQLite
    python -m tests.postgres python benchmarks/find.py [PEOPLE]             on PostgreSQL

Made-up people are imported as probation and the police would send them, then looked for in each of the ways that people type.
`ratio` is to the naive way in the same run: `icontains` of each word in the names of persons and aliases. Searches from warm.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # read by Polars when it is first imported

import numpy as np
import polars as pl
from _machine import machine, peak_megabytes
from _records import _people

PEOPLE, SEARCHES, AMONG_SEARCHES, NAIVE_SEARCHES, SEED = 250_000, 200, 30, 10, 2016
ALIASES = 0.3
VOWELS = "AEIOU"


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as home:
        os.environ["THROUGHCARE_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "throughcare.config.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        print(json.dumps({"benchmark": "find", "people": people, "database": connection.vendor, "machine": machine()}))
        call_command("migrate", verbosity=0)
        made = made_up(people)
        print(json.dumps(imported(made, Path(home))), flush=True)
        measure(made)
        print(json.dumps({"peak_mb": peak_megabytes()}))


def made_up(count: int) -> pl.DataFrame:
    """One row a person, with an alias for some: another surname of the same people."""
    draw = np.random.default_rng(SEED)
    people = _people(count, draw, Random(SEED))
    other = people["surname"].gather(draw.integers(0, count, count))
    alias = pl.when(pl.Series(draw.random(count) < ALIASES)).then(other)
    return people.with_columns(alias=alias, forenames=pl.concat_str("forename", "middle_names", separator=" ").str.strip_chars())


def imported(made: pl.DataFrame, folder: Path) -> dict[str, object]:
    """Imports them; seconds, and the share of these that the search keys took."""
    from throughcare.casework.imports.actions import import_extracts
    from throughcare.casework.people import actions
    from throughcare.casework.people.extracts import FEEDS
    from throughcare.casework.people.models import SearchKey, Spelling

    rows = made.with_row_index("n").with_columns(record_id=pl.format("R{}", "n"), cro=pl.lit(""), ethnicity=pl.lit(""))
    rows = rows.rename({"born": "date_of_birth", "pnc_id": "pnc"})
    nps = ("record_id", "crn", "pnc", "cro", "prison_number", "forenames", "surname", "date_of_birth", "sex", "ethnicity")
    rows.select(nps).write_csv(folder / "nps-people.csv")
    aliases = rows.filter(pl.col("alias").is_not_null())
    aliases.select("record_id", "pnc", "forenames", surname="alias").write_csv(folder / "police-aliases.csv")
    took, plain = [], actions._keep_keys
    actions._keep_keys = lambda people: took.append(seconds(plain, people)[0])
    paths = [folder / "nps-people.csv", folder / "police-aliases.csv"]
    feeds = {feed.slug: feed for feed in FEEDS}
    whole, _ = seconds(lambda: import_extracts(by="benchmark", paths=paths, feeds=feeds, resolve=actions.resolve))
    actions._keep_keys = plain
    words = Spelling.objects.values("word").distinct()
    return {
        "rows": rows.height + aliases.height, "import_seconds": round(whole, 1), "of_it_keys": round(sum(took), 1),
        "share": round(sum(took) / whole, 3), "keys": len(SearchKey.objects.values_list("pk")), "words": len(words),
        "spellings": len(Spelling.objects.values_list("pk")),
    }  # fmt: skip


def measure(made: pl.DataFrame) -> None:
    """Prints a line for each way of searching."""
    from throughcare.casework.people.models import AgencyRecord, Identifier, Person
    from throughcare.casework.people.search import find

    owners = dict(Identifier.objects.filter(kind="crn").values_list("value", "person_id"))
    reached = AgencyRecord.objects.filter(agency="NPS").values("person_id")  # as a post's borough or prison reaches people
    shares = {share: Person.objects.filter(pk__in=reached.filter(pk__lte=made.height * share // 100)) for share in (10, 90)}
    rng = Random(SEED)
    find("warm")
    for name, typed in SEARCHED.items():
        cases = [(typed(row, rng), owners[row["crn"]]) for row in made.sample(SEARCHES, seed=SEED).iter_rows(named=True)]
        told = [(*seconds(find, words), person) for words, person in cases]
        among = {}
        for share, some in shares.items():
            within = [seconds(partial(find, among=some), words)[0] for words, _ in cases[:AMONG_SEARCHES]]
            among[f"among_{share}_percent_ms"] = ms(statistics.median(within))
        first = sum(bool(found.hits) and found.hits[0].person == person for _, found, person in told)
        page = sum(any(hit.person == person for hit in found.hits) for _, found, person in told)
        naive = statistics.median(seconds(naively, words)[0] for words, _ in cases[:NAIVE_SEARCHES])
        took = sorted(took for took, _, _ in told)
        print(
            json.dumps(
                {
                    "typed": name, "such_as": cases[0][0], "median_ms": ms(statistics.median(took)),
                    "p95_ms": ms(took[int(len(took) * 0.95)]), "most_ms": ms(took[-1]),
                    **among, "naive_ms": ms(naive), "ratio": round(naive / statistics.median(took), 1),
                    "on_the_page": page / len(cases), "first": first / len(cases),
                }
            ),
            flush=True,
        )  # fmt: skip


def naively(words: str) -> list[int]:
    from django.db.models import Q

    from throughcare.casework.people.models import Person

    wanted = Q()
    for word in words.split():
        wanted &= (
            Q(forenames__icontains=word) | Q(surname__icontains=word)
            | Q(aliases__forenames__icontains=word) | Q(aliases__surname__icontains=word)
        )  # fmt: skip
    return list(Person.objects.filter(wanted, merged_into=None).order_by("pk").distinct().values_list("pk", flat=True)[:21])


Row = dict[str, object]


def full(row: Row) -> str:
    return f"{row['forename']} {row['surname']}"


def slipped(kind: str) -> Callable[[Row, Random], str]:
    """The full name with one slip of a kind in the surname, not in its first letter."""

    def typed(row: Row, rng: Random) -> str:
        name = str(row["surname"])
        at = rng.randrange(1, len(name) - 1)
        letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
        made = {
            "dropped": name[:at] + name[at + 1 :], "doubled": name[:at] + name[at] + name[at:],
            "swapped": name[:at] + name[at + 1] + name[at] + name[at + 2 :], "replaced": name[:at] + letter + name[at + 1 :],
            "two": name[:at] + letter + name[at + 1 :] + rng.choice("aeiou"), "vowels": "".join(_vowels(name, rng)),
        }  # fmt: skip
        return f"{row['forename']} {made[kind]}"

    return typed


def _vowels(name: str, rng: Random) -> Iterator[str]:
    """Each vowel but the first letter another, as in Mohammed and Muhammad."""
    for n, letter in enumerate(name):
        yield rng.choice("aeiou") if n and letter in "aeiou" else letter


SEARCHED: dict[str, Callable[[Row, Random], str]] = {
    "full name": lambda row, rng: full(row),
    "surname first": lambda row, rng: f"{row['surname']}, {row['forename']}",
    "surname": lambda row, rng: str(row["surname"]),
    "forename": lambda row, rng: str(row["forename"]),
    "two letters": lambda row, rng: str(row["surname"])[:2],
    "forename and start of surname": lambda row, rng: f"{row['forename']} {str(row['surname'])[:3]}",
    "initial and surname": lambda row, rng: f"{str(row['forename'])[0]} {row['surname']}",
    "surname and year": lambda row, rng: f"{row['surname']} {row['born']:%Y}",
    "full name and birth": lambda row, rng: f"{full(row)} {row['born']:%d/%m/%Y}",
    "date of birth": lambda row, rng: f"{row['born']:%d/%m/%y}",
    "year of birth": lambda row, rng: f"{row['born']:%Y}",
    "alias": lambda row, rng: f"{row['forename']} {row['alias'] or row['surname']}",
    "CRN": lambda row, rng: str(row["crn"]).lower(),
    "PNC ID, short": lambda row, rng: str(row["pnc_id"])[2:],
    "letter dropped": slipped("dropped"),
    "letter doubled": slipped("doubled"),
    "letters swapped": slipped("swapped"),
    "letter replaced": slipped("replaced"),
    "replaced, and one more": slipped("two"),
    "other vowels": slipped("vowels"),
    "nobody": lambda row, rng: "Qwxzzk Vqqxj",
}


def seconds(action: Callable[..., object], *arguments: object) -> tuple[float, object]:
    began = time.perf_counter()
    found = action(*arguments)
    return time.perf_counter() - began, found


def ms(value: float) -> float:
    return round(value * 1000, 1)


if __name__ == "__main__":
    main()
