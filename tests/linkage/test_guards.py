"""Guards: pairs that a score alone never joins. For each, pairs that it holds back and pairs that it leaves to the score."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, example, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.linkage.records import (
    CRO,
    OTHER_CRO,
    OTHER_PNC,
    PNC,
    as_people,
    both_ways,
    cleaned,
    looked_at,
    model,
    without_ids,
)
from throughcare.linkage import thresholds as t
from throughcare.linkage.guards import BY_SLUG, GUARDS, PARTING
from throughcare.linkage.people import APART, JOINED, POSSIBLE, Known, link

DAY = date(1990, 3, 4)
X, Y = "X320741", "X320742"
NO_GUARD = ""


def one(forename="Kadan", surname="Belaford", **more):
    """A record with a name and the one birth, but for what is said otherwise."""
    return {"forename": forename, "surname": surname, "date_of_birth": DAY, **more}


ANA, CORA = one("Ana"), one("Cora")
TWINS = [
    (one("Ana", crn=X), one("Cora", crn=Y), "twins"),
    (one("Ana", prison_number="A1234BC"), one("Cora", prison_number="A1234BD"), "twins"),
    (one("Ana", pnc=PNC), one("Cora", pnc=OTHER_PNC), "twins"),
    (one("Ana", crn=X), one("Cora", "Belafrod", crn=Y), "twins"),  # a slip in the surname
    (one("Jaden", crn=X), one("Jayden", crn=Y), "twins"),  # forenames of twins are often alike
    (one("Ana", pnc=PNC, crn=X), one("Cora", crn=Y), "twins"),
    (one("Ana", crn=X), one("Ana", crn=Y), "other_number"),  # one forename: it may be the same person
    (one("Ana", crn=X), one("Zora Ana", crn=Y), "other_number"),  # a forename is the second one of the other
    (one("Ana Zora", crn=X), one("Cora Zora", crn=Y), "other_number"),  # second forenames are the same
    (one("Ana", crn=X), one("Cora", other_forenames=["Ana"], crn=Y), "other_number"),
    (one("Ana", crn=X), one("Cora", other_surnames=["Ana"], crn=Y), "other_number"),  # names swapped once
    (one("Ana", crn=X), one(None, crn=Y), "other_number"),
    (one("Ana", crn=X), one("Cora", "Wynemu", crn=Y), "other_number"),
    (one("Ana", crn=X), one("Cora", crn=Y, date_of_birth=DAY + timedelta(days=1)), "other_number"),
    (one("Ana", crn=X, prison_number="A1234BC"), one("Cora", crn=X, prison_number="A1234BD"), NO_GUARD),  # one number is the same
]  # fmt: skip
PERHAPS_TWINS = [
    (ANA, CORA, "perhaps_twins"),
    (one("Ana", crn=X), one("Cora", pnc=PNC), "perhaps_twins"),  # numbers, but none to compare
    (one("Ana", pnc="1979/0163001C"), one("Cora", pnc=OTHER_PNC), "perhaps_twins"),  # a wrong check letter is no number
    (one("Kadan"), one("Kaden"), NO_GUARD),  # a slip
    (one("Kadan Ana"), one("Cora Ana"), NO_GUARD),
    (one("Ana", crn=X), one("Cora", crn=X), NO_GUARD),
    (one("Ana", "Belaford"), one("Cora", "Wynemu"), NO_GUARD),
    (one("Ana"), one("Cora", date_of_birth=date(1990, 4, 3)), NO_GUARD),
    (one("Ana"), one(None), NO_GUARD),
]
NAMESAKES = [
    (one(), one(date_of_birth=date(1962, 8, 9)), "namesakes"),
    (one(), one("Kaden", "Belafrod", date_of_birth=date(1962, 8, 9)), "namesakes"),
    (one(date_of_birth=date(1980, 6, 15)), one(date_of_birth=date(1993, 6, 16)), "namesakes"),
    (one(date_of_birth=date(1980, 6, 15)), one(date_of_birth=date(1993, 6, 15)), NO_GUARD),  # thirteen years to the day
    (one(date_of_birth=date(1980, 6, 15)), one(date_of_birth=date(1993, 6, 14)), NO_GUARD),
    (one(crn=X), one(crn=Y, date_of_birth=date(1962, 8, 9)), "namesakes"),
    (one(pnc=PNC), one(pnc=OTHER_PNC, date_of_birth=date(1962, 8, 9)), "namesakes"),
    (one(crn=X), one(crn=X, date_of_birth=date(1962, 8, 9)), NO_GUARD),  # one number: a birth was written wrongly
    (one("Kadan"), one("Tovus", date_of_birth=date(1962, 8, 9)), NO_GUARD),
    (one(), one(surname="Wynemu", date_of_birth=date(1962, 8, 9)), NO_GUARD),
]
NUMBERS = [
    (one(pnc=PNC), one(pnc=OTHER_PNC), "other_police_number"),
    (one(cro=CRO), one(cro=OTHER_CRO), "other_police_number"),
    (one(pnc=PNC, crn=X), one(pnc=OTHER_PNC, crn=Y), "other_police_number"),
    (one(pnc=PNC, cro=CRO), one(pnc=OTHER_PNC, cro=CRO), NO_GUARD),
    (one(pnc=PNC, crn=X), one(pnc=OTHER_PNC, crn=X), NO_GUARD),
    (one(pnc=PNC), one(pnc="79/163001B"), NO_GUARD),
    (one(pnc=PNC), one(pnc="1979/0163001C"), NO_GUARD),  # a wrong check letter is no number
    (one(pnc=PNC), one(cro=CRO), NO_GUARD),
    (one(crn=X), one(crn=Y), "other_number"),
    (one(prison_number="A1234BC"), one(prison_number="A1234BD"), "other_number"),
    (one(crn=X, prison_number="A1234BC"), one(crn=X, prison_number="A1234BD"), NO_GUARD),
    (one(crn=X, pnc=PNC), one(crn=Y, pnc=PNC), NO_GUARD),
    (one(), one(), NO_GUARD),
]
NO_BIRTH = [
    (one(), one(date_of_birth=None), "no_birth"),
    (one(date_of_birth=None), one(date_of_birth=None), "no_birth"),
    (one(), one(date_of_birth=date(1970, 1, 1)), "no_birth"),
    (one(crn=X), one(date_of_birth=None, pnc=PNC), "no_birth"),
    (one(crn=X), one(date_of_birth=None, crn=Y), "other_number"),
    (one(crn=X), one(date_of_birth=None, crn=X), NO_GUARD),
    (one(cro=CRO), one(date_of_birth=None, cro="65656/91H"), NO_GUARD),
]
TABLE = [*TWINS, *PERHAPS_TWINS, *NAMESAKES, *NUMBERS, *NO_BIRTH]


@pytest.fixture(scope="module")
def told():
    """Each pair of the table as scored, and as scored with its records the other way round."""
    return both_ways([row[:2] for row in TABLE])


@pytest.mark.parametrize("place", range(len(TABLE)), ids=[f"{row[2] or 'none'}-{n}" for n, row in enumerate(TABLE)])
def test_the_guard_is_as_in_the_table_whichever_record_comes_first(told, place):
    one_way, other_way = told[place]
    assert (one_way["guard"], other_way["guard"]) == (TABLE[place][2], TABLE[place][2])


def test_every_guard_has_an_example_and_its_reason_in_words():
    assert {guard for _, _, guard in TABLE} == {NO_GUARD, *BY_SLUG}
    assert len({guard.words for guard in GUARDS}) == len(GUARDS)


def test_thirteen_years_to_the_day_are_thirteen_years_whatever_leap_days_are_among_them():
    (row,) = looked_at([(one(date_of_birth=date(1979, 6, 15)), one(date_of_birth=date(1992, 6, 15)))])
    assert row["guard"] == NO_GUARD


names = st.sampled_from([None, "Ana", "Cora", "Kadan", "Kaden", "Belaford"])
records = st.fixed_dictionaries({
    "forename": names, "middle_names": names, "surname": st.sampled_from(["Belaford", "Belafrod", "Kadan", "Ana"]),
    "other_forenames": st.lists(names, max_size=2), "other_surnames": st.lists(names, max_size=2),
    "date_of_birth": st.sampled_from([None, DAY, date(1976, 3, 4)]), "crn": st.sampled_from([None, X, Y]),
    "pnc": st.sampled_from([None, PNC, OTHER_PNC]),
})  # fmt: skip
NO_SHRINKING = (Phase.explicit, Phase.generate)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=NO_SHRINKING)
@for_all(st.lists(st.tuples(records, records), min_size=20, max_size=80))
@example([(one("Ana", crn=X), one("Cora", other_surnames=["Ana"], crn=Y))])
def test_no_guard_depends_on_the_order_of_the_two_records(pairs):
    for one_way, other_way in both_ways(pairs):
        assert without_ids(one_way) == without_ids(other_way)


def _strong(number, **more):
    """One of many people who have nothing in common; its records have the place, the sentence and the offence in common."""
    day = timedelta(days=400 * number)
    return {
        "forename": f"Kad{'aeiou'[number % 5] * 2}n", "surname": f"Bel{'lmnrstv'[number] * 2}aford", "date_of_birth": DAY + day,
        "sex": "M", "postcodes": [f"E{number + 1} 1EA"], "sentence_dates": [date(2015, 3, 2) + day],
        "offence_dates": [date(2014, 9, 1) + day],
    } | more  # fmt: skip


STRONG = {
    "twins": (_strong(0, forename="Ana", crn=X), _strong(0, forename="Cora", crn=Y)),
    "perhaps_twins": (_strong(1, forename="Ana"), _strong(1, forename="Cora")),
    "namesakes": (_strong(2), _strong(2, date_of_birth=date(1962, 8, 9))),
    "other_police_number": (_strong(3, pnc=PNC), _strong(3, pnc=OTHER_PNC)),
    "other_number": (_strong(4, prison_number="A1234BC"), _strong(4, prison_number="A1234BD")),
    "no_birth": (_strong(5), _strong(5, date_of_birth=None)),
    NO_GUARD: (_strong(6), _strong(6)),
}
STRONG_PAIRS = [(2 * n + 1, 2 * n + 2) for n in range(len(STRONG))]


def decided(records, known=None, records_in_all=10_000):
    """The linkage of the records, and its pairs by their ids."""
    linkage = link(cleaned(*records), model(records=records_in_all), known=known)
    return linkage, {(row["left"], row["right"]): row for row in linkage.pairs.to_dicts()}


def test_a_guarded_pair_is_never_joined_by_its_weight_and_a_person_is_asked():
    assert set(STRONG) == {NO_GUARD, *BY_SLUG}
    linkage, pairs = decided([record for pair in STRONG.values() for record in pair])
    for pair, guard in zip(STRONG_PAIRS, STRONG, strict=True):
        told, joined = pairs[pair], guard == NO_GUARD
        assert told["weight"] > t.JOIN + 1
        assert (told["guard"], told["decision"]) == (guard, JOINED if joined else POSSIBLE)
        certainty = linkage.people.filter(pl.col("id").is_in(pair))["certainty"].to_list()
        assert certainty == ["joined" if joined else "possible"] * 2


def test_a_guarded_pair_is_joined_where_a_person_has_said_so():
    linkage, _ = decided([record for pair in STRONG.values() for record in pair], Known(same=[(b, a) for a, b in STRONG_PAIRS]))
    assert as_people(linkage.people) == {frozenset(pair) for pair in STRONG_PAIRS}


def test_nobody_is_asked_again_about_a_pair_that_a_person_has_said_is_two_people():
    _, pairs = decided([record for pair in STRONG.values() for record in pair], Known(apart=[(b, a) for a, b in STRONG_PAIRS]))
    assert {pairs[pair]["decision"] for pair in STRONG_PAIRS} == {APART}


def _and_a_third(number, one_of_them, other):
    """Two records, one with a CRN, the other with a prison number, and a third record with both numbers."""
    crn, prison = f"X{number}00000", f"A{number}000BC"
    first, second = _named(number, **one_of_them, crn=crn), _named(number, **other, prison_number=prison)
    return first, second, _named(number, **one_of_them, crn=crn, prison_number=prison) | {"pnc": None, "cro": None}


def _named(number, **more):
    return {name: _strong(number)[name] for name in ("forename", "surname", "date_of_birth")} | more


THIRDS = [
    _and_a_third(0, {"forename": "Ana", "cro": CRO}, {"forename": "Cora", "cro": OTHER_CRO}),  # twins
    _and_a_third(1, {"forename": "Ana"}, {"forename": "Cora"}),  # perhaps twins
    _and_a_third(2, {"pnc": PNC}, {"pnc": OTHER_PNC}),  # two people of one name and birth
    _and_a_third(3, {}, {"date_of_birth": date(1960, 6, 16)}),  # parent and child, with one birthday
    _and_a_third(4, {}, {"date_of_birth": date(1960, 2, 11)}),  # parent and child, with two
]


@pytest.fixture(scope="module")
def thirds():
    return decided([record for three in THIRDS for record in three])


def _people_of(thirds, place):
    ids = {3 * place + 1, 3 * place + 2, 3 * place + 3}
    return {tuple(sorted(i - 3 * place for i in group)) for group in as_people(thirds[0].people) if group & ids}


def test_twins_are_not_joined_through_a_third_record_with_a_number_of_each(thirds):
    assert _people_of(thirds, 0) == {(1, 3), (2,)}
    pairs = thirds[1]
    assert pairs[1, 2]["guard"] == "twins"
    assert (pairs[2, 3]["decision"], pairs[2, 3]["held"]) == (POSSIBLE, True)
    assert not pairs[1, 2]["held"] and not pairs[1, 3]["held"]


def test_who_may_be_twins_are_joined_through_a_third_record_with_a_number_of_each(thirds):
    """Nothing but the forenames speaks for two people, and two numbers speak for one."""
    assert _people_of(thirds, 1) == {(1, 2, 3)}
    assert (thirds[1][4, 5]["guard"], thirds[1][4, 5]["decision"]) == ("perhaps_twins", JOINED)


def test_whom_fingerprints_have_told_apart_stay_apart_through_a_third_record(thirds):
    assert set(PARTING) == {"twins", "namesakes", "other_police_number"}
    assert thirds[1][7, 8]["guard"] == "other_police_number"
    assert len(_people_of(thirds, 2)) == 2


def test_parent_and_child_stay_apart_through_a_third_record(thirds):
    assert thirds[1][10, 11]["guard"] == "namesakes"
    assert len(_people_of(thirds, 3)) == 2


def test_parent_and_child_stay_apart_through_a_third_record_whatever_their_birthdays(thirds):
    assert len(_people_of(thirds, 4)) == 2


def test_a_shared_police_number_with_another_name_and_birth_is_asked_about():
    """A mistyped number would otherwise never reach a person (field practice, defect 5)."""
    linkage, pairs = decided([one("Ana", pnc=PNC), one("Thirira", "Wynemu", pnc=PNC, date_of_birth=date(1960, 7, 20))])
    assert pairs[1, 2]["weight"] < t.ASK
    assert pairs[1, 2]["decision"] == POSSIBLE
    assert linkage.people["certainty"].to_list() == ["possible"] * 2


WHOLE = {"middle_names": "Zoro", "sex": "M", "postcodes": ["E8 1EA"], "sentence_dates": [date(2015, 3, 2)]}
DIFFERENT = {"forename": "Thirira", "middle_names": "Lia", "surname": "Wynemu", "date_of_birth": date(1960, 7, 20), "sex": "F",
             "postcodes": ["SW1A 1AA"], "sentence_dates": [date(2009, 3, 2)]}  # fmt: skip


@pytest.mark.parametrize("records_in_all", [10_000, 3_775_000])
def test_a_shared_number_is_asked_about_whatever_else_is_different_and_however_large_the_file(records_in_all):
    numbers = [{"pnc": PNC}, {"cro": CRO}, {"crn": X}, {"prison_number": "A1234BC"}]
    _, pairs = decided([r for number in numbers for r in (one(**WHOLE, **number), {**DIFFERENT, **number})], None, records_in_all)
    told = [pairs[2 * n + 1, 2 * n + 2] for n in range(len(numbers))]
    assert all(row["weight"] < t.FLOOR for row in told)
    assert [row["decision"] for row in told] == [POSSIBLE] * 4
