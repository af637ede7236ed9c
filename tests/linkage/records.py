"""Builders for the tests of the linkage: records in a few words, pairs that are looked at whatever they share, a model whose
weights are known, and made-up people with the slips of a bad month.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

import polars as pl

from throughcare.core.identifiers import make_cro, make_pnc
from throughcare.linkage import scoring
from throughcare.linkage.blocking import Rule
from throughcare.linkage.cleaning import RECORD, clean
from throughcare.linkage.frequencies import SCHEMA, Frequencies
from throughcare.linkage.parameters import Parameters, load
from throughcare.linkage.scoring import Model, score
from throughcare.synthetic.names import forename, surname

Record = Mapping[str, Any]
NO_FLOOR = -1_000.0
PARAMETERS = load()
PNC, OTHER_PNC, CRO, OTHER_CRO = "1979/0163001B", "2002/0073319Z", "065656/91H", "029906/12J"
CORE_PNC, CORE_CRO = make_pnc(2012, 443841), make_cro(2012, 443841)
"""The six digits 443841 in a PNC ID and in a CRO number."""


WHOLE: Record = {
    "forename": "Gorren", "middle_names": "Ilka", "surname": "Falashaw", "date_of_birth": date(1963, 8, 9), "sex": "M",
    "pnc": PNC, "cro": CRO, "prison_number": "A9999ZZ", "crn": "Z999999", "postcodes": ["ZE1 0AA"], "other_forenames": ["Gor"],
    "other_surnames": ["Falaby"], "sentence_dates": [date(2001, 1, 2)], "offence_dates": [date(2000, 1, 2)],
}  # fmt: skip
"""A record that tells all that can be told."""


def given(*records: Record) -> pl.DataFrame:
    """Records as an agency gives them, one a row; what is not said is null."""
    return pl.DataFrame([{**dict.fromkeys(RECORD), **record} for record in records], schema=RECORD)


def cleaned(*records: Record, ids: Iterable[int] | None = None) -> pl.DataFrame:
    """The forms that are compared, with `id` from 1 in the order told, or as in `ids`."""
    numbers = pl.Series("id", range(1, len(records) + 1) if ids is None else ids, dtype=pl.Int64)
    return clean(given(*records)).insert_column(0, numbers)


def model(
    *, records: int = 10_000, people: int = 0, counts: Sequence[tuple[str, str, int]] = (), parameters: Parameters = PARAMETERS
) -> Model:
    """The published parameters, with every name as frequent as they say, but for `counts` (column, value, people)."""
    known = Frequencies(counts=pl.DataFrame(list(counts), schema=SCHEMA, orient="row"), people=people, records=records)
    return Model(parameters=parameters, frequencies=known)


def looked_at(pairs: Sequence[tuple[Record, Record]], *, by: Model | None = None) -> list[dict[str, Any]]:
    """Each pair as `scoring.score` tells it, in the order given: all of them are looked at, and nobody else.

    A pair of whole records is added and left out again, so that every comparison is made.
    """
    records = cleaned(*(record for pair in [*pairs, (WHOLE, WHOLE)] for record in pair))
    marked = records.with_columns(pair=(pl.col("id") - 1) // 2)
    with patch.object(scoring, "rules_for", lambda *_: (Rule(slug="pair", equal=("pair",)),)):
        found = score(marked, by or model(), floor=NO_FLOOR)
    told = found.sort("left").to_dicts()[:-1]
    assert [(row["left"], row["right"]) for row in told] == [(2 * n + 1, 2 * n + 2) for n in range(len(pairs))]
    return told


def both_ways(pairs: Sequence[tuple[Record, Record]], *, by: Model | None = None) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each pair as it is told, and as it is told with its records the other way round."""
    told = looked_at([*pairs, *((two, one) for one, two in pairs)], by=by)
    return list(zip(told[: len(pairs)], told[len(pairs) :], strict=True))


def without_ids(row: Mapping[str, Any]) -> dict[str, Any]:
    """A scored pair without its ids, weights to nine places: what must not depend on the order of the two records."""
    rounded = {name: round(value, 9) if isinstance(value, float) else value for name, value in row.items()}
    return {name: value for name, value in rounded.items() if name not in ("left", "right")}


def edges(*pairs: tuple[int, int, float] | tuple[int, int, float, bool]) -> pl.DataFrame:
    """Scored pairs for `grouping.group`: left, right, weight, and bar (False where not said)."""
    schema = {"left": pl.Int64, "right": pl.Int64, "weight": pl.Float64, "bar": pl.Boolean}
    return pl.DataFrame([(*pair, False)[:4] for pair in pairs], schema=schema, orient="row")


def as_people(groups: pl.DataFrame, person: str = "group") -> set[frozenset[int]]:
    """The sets of ids that are one person."""
    return {frozenset(ids) for ids in groups.group_by(person).agg("id")["id"].to_list()}


def population(seed: int, people: int) -> tuple[list[dict[str, Any]], list[int]]:
    """Records of made-up people, one to four each with slips, in no order; and whose each is. Among them are twins and
    parents with children of their name.
    """
    rng = Random(seed)
    persons = [_person(rng, n) for n in range(people)]
    for n in range(0, people - 2, 10):
        persons[n + 1] |= {name: persons[n][name] for name in ("surname", "date_of_birth", "postcodes")}
        child = persons[n]["date_of_birth"] + timedelta(days=rng.randint(6_000, 9_000))
        persons[n + 2] |= {"surname": persons[n]["surname"], "forename": persons[n]["forename"], "date_of_birth": child}
    records = [(_slipped(rng, person), n) for n, person in enumerate(persons) for _ in range(rng.choice((1, 2, 2, 3, 4)))]
    rng.shuffle(records)
    return [record for record, _ in records], [n for _, n in records]


def _person(rng: Random, number: int) -> dict[str, Any]:
    sex = rng.choice("MMMF")
    day = date(1955, 1, 1) + timedelta(days=rng.randrange(16_000))
    return {
        "forename": forename(rng, sex), "middle_names": forename(rng, sex) if rng.random() < 0.4 else None,
        "surname": surname(rng), "date_of_birth": day, "sex": sex, "pnc": make_pnc(rng.randint(1985, 2015), 10_000 + number),
        "cro": make_cro(rng.randint(85, 99), 500_000 + number), "prison_number": f"A{1_000 + number}BC",
        "crn": f"X{100_000 + number}", "postcodes": [f"E{rng.randint(1, 9)} {rng.randint(1, 9)}A{rng.choice('ABDEFGH')}"],
        "sentence_dates": [date(2014, 1, 1) + timedelta(days=rng.randrange(900))],
    }  # fmt: skip


def _slipped(rng: Random, person: Record) -> dict[str, Any]:
    """One agency's record of the person: something is left out, and often something is written wrongly."""
    record = dict(person)
    for name, share in (("pnc", 0.4), ("cro", 0.6), ("prison_number", 0.6), ("crn", 0.6), ("middle_names", 0.3), ("sex", 0.1),
                        ("postcodes", 0.3), ("sentence_dates", 0.3), ("date_of_birth", 0.03)):  # fmt: skip
        if rng.random() < share:
            record[name] = None
    if rng.random() < 0.2:
        text, place = record["surname"], rng.randrange(1, len(record["surname"]))
        record["surname"] = text[:place] + rng.choice("aeiou") + text[place + 1 :]
    if rng.random() < 0.05:
        record["forename"], record["surname"] = record["surname"], record["forename"]
    born = record["date_of_birth"]
    if born and born.day <= 12 and rng.random() < 0.1:
        record["date_of_birth"] = date(born.year, born.day, born.month)
    return record
