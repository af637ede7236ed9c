"""Comparisons: two records, and beside them the level of agreement; what it weighs; that the order of the two plays no part."""

from datetime import date, timedelta
from math import log2

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.linkage.records import (
    CORE_CRO,
    CORE_PNC,
    CRO,
    OTHER_CRO,
    OTHER_PNC,
    PARAMETERS,
    PNC,
    WHOLE,
    both_ways,
    cleaned,
    looked_at,
    model,
    without_ids,
)
from throughcare.linkage.comparisons import BY_SLUG, COMPARISONS
from throughcare.linkage.scoring import score

COMMON = "SW9 9AA"
"""A hostel: thirteen surnames are on record there."""
MODEL = model(counts=[("postcodes", COMMON, 13)])


def named(forename=None, surname=None, **more):
    return {"forename": forename, "surname": surname, **more}


def born(year, month, day):
    return {"date_of_birth": date(year, month, day)}


def days(*offsets, kind="sentence"):
    """Dates, so many days from one of 2015."""
    return {f"{kind}_dates": [date(2015, 3, 2) + timedelta(days=n) for n in offsets]}


def every(how_many, kind="sentence"):
    """So many dates, a hundred days from each other, the first of them that of `days(0)`."""
    return days(*range(0, 100 * how_many, 100), kind=kind)


KADAN = named("Kadan", "Belaford")
NAMES = [
    (KADAN, named("KADAN", "Bélaford"), "same"),
    (KADAN, named("DUPLICATE_Kadan", "Bela'ford"), "same"),
    (KADAN, named("Kaden", "Belaford"), "similar"),
    (KADAN, named("Kadan", "Belafrod"), "similar"),
    (named("Kadan", "Belaford-Kordin"), KADAN, "similar"),  # they begin alike
    (KADAN, named("Belaford", "Kadan"), "swapped"),
    (named("Belaford", "Zoro", other_surnames=["Kadan"]), KADAN, "swapped"),
    (named("Kadan", "Belaford-Kordin"), named("Kadan", "Kordin"), "other_name"),
    (KADAN, named("Thirira", "Belaford", other_forenames=["Kadan"]), "other_name"),
    (KADAN, named("Kadan", "Wynemu", other_surnames=["Belaford", "Yarubury"]), "other_name"),
    (KADAN, named("Kadan", "Wynemu", other_surnames=["Belaford", "Yarubury"], other_forenames=["Tovus"]),
     "other_name"),  # six pairs of names
    (KADAN, named("Kadan", "Wynemu", other_surnames=["Belaford", "Yarubury", "Morham"], other_forenames=["Tovus"]),
     "one_of_many_names"),  # eight
    (KADAN, named("Kadenik", "Belabury"), "alike"),
    (KADAN, named("Kadan", "Wynemu"), "forename"),
    (KADAN, named("Kadan"), "forename"),
    (KADAN, named("Thirira", "Belaford"), "surname"),
    (KADAN, named(None, "Belaford"), "surname"),
    (KADAN, named("Thirira", "Wynemu"), "different"),
    (KADAN, named("Thirira"), "different"),
    (KADAN, named("NOT ENTERED", "Unknown"), ""),
    (named(), named(), ""),
]  # fmt: skip
SECOND_NAMES = [
    (named("Kadan Zoro"), named("Thirira", middle_names="Zoro"), "same"),
    (named("Kadan Zoro"), named("Kadan Zorro"), "similar"),
    (named("Kadan Zoro"), named("Kadan Thirira"), "different"),
    (named("Kadan Zoro"), named("Kadan"), ""),
    (named("Kadan Zoro"), named("Kadan Z"), ""),
]
BIRTHS = [
    (born(1990, 3, 4), born(1990, 3, 4), "same"),
    (born(1990, 3, 4), born(1990, 4, 3), "swapped"),
    (born(1990, 3, 4), born(1990, 3, 14), "one_digit"),
    (born(1990, 3, 4), born(1990, 8, 4), "one_digit"),
    (born(1990, 3, 4), born(1998, 3, 4), "one_digit"),
    (born(1990, 3, 4), born(1980, 3, 4), "different"),  # the decade is not taken for a slip
    (born(1990, 3, 4), born(1990, 4, 13), "near"),
    (born(1989, 6, 15), born(1994, 6, 15), "near"),  # 1,826 days
    (born(1989, 6, 15), born(1994, 6, 16), "different"),
    (born(1990, 3, 4), {}, ""),
    (born(1970, 1, 1), born(1970, 1, 1), ""),
    (born(1900, 1, 1), born(1990, 3, 4), ""),
]
SEXES = [
    ({"sex": "M"}, {"sex": "Male"}, "same"),
    ({"sex": "M"}, {"sex": "F"}, "different"),
    ({"sex": "M"}, {"sex": "U"}, ""),
    ({"sex": "U"}, {"sex": "U"}, ""),
]
POLICE = [
    ({"pnc": PNC, "cro": CRO}, {"pnc": "79/163001B", "cro": "65656/91H"}, "both"),
    ({"pnc": PNC}, {"pnc": "79163001b"}, "pnc"),
    ({"pnc": PNC, "cro": CRO}, {"pnc": PNC}, "pnc"),
    ({"pnc": PNC, "cro": CRO}, {"pnc": PNC, "cro": OTHER_CRO}, "pnc"),
    ({"cro": CRO}, {"cro": "65656/91H"}, "cro"),
    ({"pnc": PNC, "cro": CRO}, {"pnc": OTHER_PNC, "cro": CRO}, "cro"),
    ({"pnc": CORE_PNC}, {"cro": CORE_CRO}, "core"),
    ({"pnc": CORE_PNC, "cro": CRO}, {"pnc": PNC, "cro": CORE_CRO}, "core"),
    ({"pnc": PNC, "cro": CRO}, {"pnc": OTHER_PNC, "cro": OTHER_CRO}, "both_differ"),
    ({"pnc": PNC}, {"pnc": OTHER_PNC}, "one_differs"),
    ({"pnc": PNC, "cro": CRO}, {"cro": OTHER_CRO}, "one_differs"),
    ({"pnc": PNC}, {"cro": CRO}, ""),
    ({"pnc": PNC}, {"pnc": "1979/0163001C"}, ""),  # a wrong check letter says nothing
    ({"pnc": "2003/0993399B"}, {"pnc": "2003/0993399B"}, ""),  # known junk
    ({"cro": "000000/00Z"}, {"cro": "000000/00Z"}, ""),
]
NUMBERS = [
    ("prison_number", {"prison_number": "A1234BC"}, {"prison_number": "a1234bc"}, "same"),
    ("prison_number", {"prison_number": "A1234BC"}, {"prison_number": "A1234BD"}, "different"),
    ("prison_number", {"prison_number": "A1234BC"}, {}, ""),
    ("crn", {"crn": "X320741"}, {"crn": " x320741"}, "same"),
    ("crn", {"crn": "X320741"}, {"crn": "X320742"}, "different"),
    ("crn", {"crn": "X320741"}, {"crn": "320741"}, ""),
]
POSTCODES = [
    ({"postcodes": ["E8 1EA"]}, {"postcodes": ["N16 8BX", "e81ea"]}, "same"),
    ({"postcodes": ["E8 1EA", COMMON]}, {"postcodes": [COMMON, "E8 1EA"]}, "same"),
    ({"postcodes": [COMMON]}, {"postcodes": [COMMON, "E8 1EA"]}, "same_common"),
    ({"postcodes": ["E8 1EA"]}, {"postcodes": ["E8 2AA"]}, "district"),
    ({"postcodes": ["E8 1EA"]}, {"postcodes": ["E81 1EA"]}, "different"),
    ({"postcodes": ["E8 1EA"]}, {"postcodes": []}, ""),
    ({"postcodes": ["NF1 1NF"]}, {"postcodes": ["NF1 1NF"]}, ""),
    ({"postcodes": []}, {"postcodes": None}, ""),
]
DATES = [
    (days(0), days(0), "same"),
    (days(0), days(0, 400), "shared"),
    (every(3), days(0, 5_000, 6_000), "shared"),  # nine pairs
    (every(5), days(0, 5_000), "shared_of_some"),  # ten
    (every(10), days(0, 5_000, 6_000, 7_000, 8_000), "shared_of_some"),  # fifty
    (every(17), days(0, 5_000, 6_000), "shared_of_many"),  # fifty-one
    (days(0), days(14), "near"),
    (days(0, 300), days(14, 900), "near"),  # the first of each
    (days(0, 300), days(100, 286), "near"),  # the last of each
    (days(0), days(15), "different"),
    (days(0, 300), days(150, 305, 900), "different"),  # neither the first nor the last
    (days(0), days(), ""),
    (days(), days(), ""),
    (days(0), {}, ""),
]


def offences(record):
    return {"offence_dates": record.get("sentence_dates")}


TABLE = [
    *(("name", *row) for row in NAMES), *(("second_name", *row) for row in SECOND_NAMES),
    *(("date_of_birth", *row) for row in BIRTHS), *(("sex", *row) for row in SEXES), *(("pnc_cro", *row) for row in POLICE),
    *NUMBERS, *(("postcode", *row) for row in POSTCODES), *(("sentence_dates", *row) for row in DATES),
    *(("offence_dates", offences(one), offences(two), level) for one, two, level in DATES),
]  # fmt: skip


@pytest.fixture(scope="module")
def told():
    """Each pair of the table as scored, and as scored with its records the other way round."""
    return both_ways([(one, two) for _, one, two, _ in TABLE], by=MODEL)


ROWS = pytest.mark.parametrize(
    ("place", "slug", "level"),
    [pytest.param(n, slug, level, id=f"{slug}-{level or 'absent'}-{n}") for n, (slug, _, _, level) in enumerate(TABLE)],
)


@ROWS
def test_the_level_is_as_in_the_table(told, place, slug, level):
    assert told[place][0][slug] == level


@ROWS
def test_the_level_weighs_as_the_model_file_says_and_nothing_where_there_is_nothing_to_compare(told, place, slug, level):
    chances = PARAMETERS.chances[slug].get(level)
    expected = log2(chances.m / chances.u) if chances else 0.0
    assert told[place][0][f"{slug}_weight"] == pytest.approx(expected, abs=1e-9)


def test_the_order_of_the_two_records_plays_no_part(told):
    for one_way, other_way in told:
        assert without_ids(one_way) == without_ids(other_way)


def test_every_level_of_every_comparison_has_an_example_and_so_has_nothing_to_compare():
    levels = {(c.slug, level) for c in COMPARISONS for level in (*(each.slug for each in c.levels), "")}
    assert {(slug, level) for slug, _, _, level in TABLE} == levels


def test_the_levels_stand_in_the_order_of_the_model_file_and_each_has_its_words():
    for comparison in COMPARISONS:
        assert list(PARAMETERS.chances[comparison.slug]) == [level.slug for level in comparison.levels]
        assert len({level.words for level in comparison.levels}) == len(comparison.levels)


def test_a_level_is_found_by_its_name():
    assert BY_SLUG["sex"].level("same").words == "the sex is the same"


def test_records_that_tell_nothing_weigh_the_prior_alone():
    """Also with empty lists: an empty list of sentence dates is no mismatch (field practice, defect 4)."""
    empty = {name: [] for name in ("postcodes", "sentence_dates", "offence_dates", "other_forenames", "other_surnames")}
    dated = {**empty, "sentence_dates": [date(2015, 3, 2)]}
    for row in looked_at([({}, {}), (empty, empty), (empty, {}), (dated, empty)]):
        assert row["weight"] == pytest.approx(log2(1e-4 / (1 - 1e-4)), abs=1e-9)
        assert {row[c.slug] for c in COMPARISONS} == {""}


def test_the_weight_of_a_pair_is_the_prior_and_the_sum_of_its_parts(told):
    prior = log2(MODEL.prior / (1 - MODEL.prior))
    for row, _ in told:
        assert row["weight"] == pytest.approx(prior + sum(row[f"{c.slug}_weight"] for c in COMPARISONS), abs=1e-9)


def test_a_whole_record_compared_with_itself_is_the_sum_too_and_is_not_cut_off():
    (row,) = looked_at([(WHOLE, WHOLE)])
    strongest = sum(PARAMETERS.weight(c.slug, c.levels[0].slug) for c in COMPARISONS)
    assert row["weight"] == pytest.approx(log2(1e-4 / (1 - 1e-4)) + strongest, abs=1e-9)


@pytest.mark.parametrize(
    "pair",
    [({"crn": "X320741"}, {"crn": "X320741", "sex": "M"}), ({**KADAN, **born(1990, 3, 4)}, {**KADAN, **born(1990, 3, 4)}),
     ({"pnc": PNC, "cro": CRO}, {"pnc": PNC, "cro": OTHER_CRO, **days(0)})],
    ids=["a number alone", "name and birth alone", "police numbers, and a date of one"],
)  # fmt: skip
def test_a_pair_weighs_the_same_whether_or_not_other_records_tell_more(pair):
    """What all records are silent about is not compared at all."""
    (alone,) = score(cleaned(*pair), MODEL, floor=-1_000.0).to_dicts()
    (among_others,) = looked_at([pair], by=MODEL)
    assert without_ids(alone) == without_ids(among_others)


def test_a_forename_alone_and_a_surname_alone_have_nothing_to_compare():
    (row,) = looked_at([(named("Kadan"), named(None, "Wynemu"))])
    assert (row["name"], row["name_weight"]) == ("", 0.0)


def test_a_particle_is_no_surname():
    one, two = named("Kadan", "Van Der Kordin"), named("Kadan", "Van Der Morbury")
    assert looked_at([(one, two)])[0]["name"] not in ("other_name", "one_of_many_names")


def test_only_pairs_of_the_floor_and_above_are_told():
    records = cleaned(*[{**KADAN, **born(1990, 3, 4)}] * 2, {**named("Kadan", "Wynemu"), **born(1990, 3, 4)})
    everything = score(records, MODEL, floor=-1_000.0)["weight"]
    assert len(everything) == 3
    between = sorted(everything)[1] + 0.1
    assert len(score(records, MODEL, floor=between)) == 1


pools = {
    "forename": st.sampled_from([None, "Kadan", "Kaden", "Kadan Zoro", "Zoro", "Belaford", "Thirira"]),
    "middle_names": st.sampled_from([None, "Zoro", "Zorro", "Tovus"]),
    "surname": st.sampled_from([None, "Belaford", "Belafrod", "Belaford-Kordin", "Kordin", "Kadan", "Wynemu"]),
    "date_of_birth": st.none() | st.sampled_from([date(1990, 3, 4), date(1990, 4, 3), date(1990, 3, 5), date(1976, 3, 4)]),
    "sex": st.sampled_from([None, "M", "F"]),
    "pnc": st.sampled_from([None, PNC, OTHER_PNC, CORE_PNC, "junk"]),
    "cro": st.sampled_from([None, CRO, OTHER_CRO, CORE_CRO]),
    "prison_number": st.sampled_from([None, "A1234BC", "A1234BD"]),
    "crn": st.sampled_from([None, "X320741", "X320742"]),
    "postcodes": st.lists(st.sampled_from(["E8 1EA", "E8 2AA", "N16 8BX", COMMON]), max_size=2),
    "other_forenames": st.lists(st.sampled_from(["Kadan", "Thirira", "Belaford"]), max_size=2),
    "other_surnames": st.lists(st.sampled_from(["Wynemu", "Kordin", "Kadan"]), max_size=2),
    "sentence_dates": st.lists(st.dates(date(2015, 3, 1), date(2015, 4, 1)), max_size=5),
    "offence_dates": st.lists(st.dates(date(2015, 3, 1), date(2015, 4, 1)), max_size=5),
}
pairs_of_records = st.tuples(st.fixed_dictionaries(pools), st.fixed_dictionaries(pools))
USED = model(people=2_000, counts=[("postcodes", COMMON, 13), ("full_name", "KADAN BELAFORD", 40), ("dob", "1990-03-04", 3)])
NO_SHRINKING = (Phase.explicit, Phase.generate)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=NO_SHRINKING)
@for_all(st.lists(pairs_of_records, min_size=20, max_size=60))
def test_no_pair_depends_on_the_order_of_its_records(pairs):
    for one_way, other_way in both_ways(pairs, by=USED):
        assert without_ids(one_way) == without_ids(other_way)
