"""Which pairs are looked at: for each rule two records that it finds and no other would, and pairs that none finds.

The rules are put to DuckDB one by one here; `scoring.score` puts them all to Splink, and must find what they find.
"""

from datetime import date

import duckdb
import polars as pl
import pytest

from tests.linkage.records import CORE_CRO, CORE_PNC, CRO, NO_FLOOR, PNC, cleaned, model, population
from throughcare.linkage.blocking import RULES, Rule, rules_for
from throughcare.linkage.scoring import score

DAY = date(1990, 3, 4)
FOUND_BY = {
    "pnc": ({"pnc": PNC}, {"pnc": "79/163001B"}),
    "cro": ({"cro": CRO}, {"cro": "65656/91H"}),
    "crn": ({"crn": "X320741"}, {"crn": "x320741"}),
    "prison_number": ({"prison_number": "A1234BC"}, {"prison_number": "a1234bc"}),
    "initials_and_birth": (
        {"forename": "Kadan", "surname": "Belaford", "date_of_birth": DAY},
        {"forename": "Bolafurd", "surname": "Kodan", "date_of_birth": DAY},
    ),
    "surname_and_birth": (
        {"forename": "Tovus", "surname": "Wynemu", "date_of_birth": date(1991, 1, 3)},
        {"forename": "Lia", "surname": "Wynemu", "date_of_birth": date(1991, 1, 3)},
    ),
    "forename_and_birth": (
        {"forename": "Zoro", "surname": "Kordin", "date_of_birth": date(1992, 1, 3)},
        {"forename": "Zoro", "surname": "Morham", "date_of_birth": date(1992, 1, 3)},
    ),
    "name_and_birth_year": (
        {"forename": "Ilka", "surname": "Yarubury", "date_of_birth": date(1987, 2, 3)},
        {"forename": "Ilka", "surname": "Yarubury", "date_of_birth": date(1987, 6, 13)},
    ),
    "name_and_birthday": (
        {"forename": "Thoma", "surname": "Zelinton", "date_of_birth": date(1980, 2, 3)},
        {"forename": "Thoma", "surname": "Zelinton", "date_of_birth": date(1950, 2, 3)},
    ),
    "full_name_and_second_name": (
        {"forename": "Gorren", "middle_names": "Zoro", "surname": "Falaford"},
        {"forename": "Gorren Zoro", "surname": "Falaford", "date_of_birth": date(1963, 8, 9)},
    ),
    "birth_and_postcode": (
        {"forename": "Fenad", "surname": "Wallaby", "date_of_birth": date(1994, 5, 5), "postcodes": ["E8 1EA"]},
        {"forename": "Chaira", "surname": "Delham", "date_of_birth": date(1994, 5, 5), "postcodes": ["N16 8BX", "E8 1EA"]},
    ),
    "letters_and_postcode": (
        {"forename": "Josus", "surname": "Harishaw", "date_of_birth": date(1971, 1, 2), "postcodes": ["SE1 1AA", "SE1 2AA"]},
        {"forename": "Jolik", "surname": "Haraley", "postcodes": ["SE1 2AA"]},
    ),
    "birth_and_sentence": (
        {"surname": "Pelorwick", "date_of_birth": date(1988, 8, 8), "sentence_dates": [date(2015, 1, 1)]},
        {"surname": "Nora", "date_of_birth": date(1988, 8, 8), "sentence_dates": [date(2014, 1, 1), date(2015, 1, 1)]},
    ),
    "letters_and_sentence": (
        {"forename": "Radora", "surname": "Simerton", "sentence_dates": [date(2015, 7, 7)]},
        {"forename": "Rado", "surname": "Silham", "sentence_dates": [date(2015, 7, 7)], "date_of_birth": date(1966, 6, 6)},
    ),
}  # fmt: skip
NOT_LOOKED_AT = [
    ({}, {}),
    ({"forename": "Umanen", "surname": "Ekabury"}, {"forename": "Umanen", "surname": "Ekabury"}),  # a name alone
    ({"forename": "Brandik", "surname": "Oberdale", "date_of_birth": date(1961, 3, 2)},
     {"forename": "Brandik", "surname": "Oberdale", "date_of_birth": date(1962, 3, 4)}),  # a name and the month of birth
    ({"forename": "Vatik", "surname": "Gollaton", "postcodes": ["W1A 1AA"]},
     {"forename": "Zela", "surname": "Gollaton", "postcodes": ["W1A 1AA"]}),
    ({"date_of_birth": date(1955, 5, 5)}, {"date_of_birth": date(1955, 5, 5)}),  # a birth alone
    ({"date_of_birth": date(1956, 5, 5), "postcodes": ["NF1 1NF"]},
     {"date_of_birth": date(1956, 5, 5), "postcodes": ["NF1 1NF"]}),
    ({"pnc": CORE_PNC}, {"cro": CORE_CRO}),  # digits in common, which are compared but find nobody
    ({"pnc": "1979/0163001C"}, {"pnc": "1979/0163001C"}),  # a wrong check letter
    ({"forename": "Nertad", "surname": "Lorurton", "date_of_birth": date(1970, 1, 1)},
     {"forename": "Nertad", "surname": "Lorurton", "date_of_birth": date(1970, 1, 1)}),
]  # fmt: skip


def found_by(rule: Rule, records: pl.DataFrame) -> set[tuple[int, int]]:
    """The pairs of ids that one rule finds, as DuckDB answers it, in the order of the ids."""
    if records.height == 0:
        return set()
    told = records.explode(rule.each) if rule.each else records
    db = duckdb.connect(":memory:")
    db.register("records", told.to_arrow())
    condition = rule.as_splink("duckdb")["blocking_rule"]
    rows = db.execute(f"SELECT DISTINCT l.id, r.id FROM records l JOIN records r ON l.id < r.id AND {condition}").fetchall()
    return set(rows)


def looked_at_in(records: pl.DataFrame) -> set[tuple[int, int]]:
    return set(score(records, model(), floor=NO_FLOOR).select("left", "right").rows())


@pytest.fixture(scope="module")
def everybody() -> pl.DataFrame:
    """Two records for each rule, in the order of the rules, then two for each pair that is not looked at."""
    pairs = [*(FOUND_BY[rule.slug] for rule in RULES), *NOT_LOOKED_AT]
    return cleaned(*(record for pair in pairs for record in pair))


@pytest.fixture(scope="module")
def found(everybody) -> dict[str, set[tuple[int, int]]]:
    """The pairs that each rule finds among them."""
    return {rule.slug: found_by(rule, everybody) for rule in RULES}


def test_every_rule_has_its_two_records():
    assert set(FOUND_BY) == {rule.slug for rule in RULES}


@pytest.mark.parametrize("slug", FOUND_BY)
def test_a_rule_finds_two_records_that_only_it_can_find(found, slug):
    place = 2 * list(found).index(slug) + 1
    assert [rule for rule, pairs in found.items() if (place, place + 1) in pairs] == [slug]


def test_those_pairs_are_looked_at_and_no_others(everybody):
    assert looked_at_in(everybody) == {(2 * n + 1, 2 * n + 2) for n in range(len(RULES))}


def test_all_that_the_rules_find_is_looked_at_once_and_nothing_else():
    records = cleaned(*population(seed=5, people=60)[0])
    found = score(records, model(), floor=NO_FLOOR)
    pairs = found.select("left", "right").rows()
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == set().union(*(found_by(rule, records) for rule in RULES))
    assert all(left < right for left, right in pairs)


def test_rules_for_what_the_data_do_not_tell_are_left_out():
    assert [rule.slug for rule in rules_for({"forename", "surname", "dob", "initials", "full_name"})] == [
        "initials_and_birth", "surname_and_birth", "forename_and_birth", "name_and_birth_year", "name_and_birthday",
    ]  # fmt: skip
    assert [rule.slug for rule in rules_for({"forename", "surname", "postcodes", "pnc"})] == ["pnc", "letters_and_postcode"]
    assert rules_for({"sex", "surname"}) == ()
    assert rules_for({column for rule in RULES for column in ("dob", "forename", "surname", *rule.equal, rule.each)}) == RULES


@pytest.mark.parametrize("records", [(), ({"pnc": PNC},), ({"surname": "Belaford"},) * 3, ({}, {})])
def test_nobody_to_compare_and_nothing_to_compare_by_give_no_pair(records):
    assert score(cleaned(*records), model()).height == 0
