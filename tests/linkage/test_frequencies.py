"""Frequencies: that sharing a rare name, birth or postcode says more than sharing a common one, and how much more."""

from datetime import date
from math import log2

import pytest

from tests.linkage.records import PARAMETERS, cleaned, looked_at, model
from throughcare.linkage import thresholds as t
from throughcare.linkage.comparisons import BY_SLUG, RARITIES
from throughcare.linkage.frequencies import frequencies, lookup, with_homes
from throughcare.linkage.scoring import Model

DAY = date(1990, 3, 4)


def named(forename, surname, **more):
    return {"forename": forename, "surname": surname, "date_of_birth": DAY, **more}


def counts(*records):
    return {(column, value): people for column, value, people in frequencies(cleaned(*records)).counts.rows()}


# Counting.


def test_people_are_counted_and_not_their_records():
    """Five records of one name and birth are one person, who does not make the name common."""
    assert counts(*[named("Kadan", "Belaford")] * 5) == {}
    assert frequencies(cleaned(*[named("Kadan", "Belaford")] * 5)).people == 1


def test_values_with_two_people_and_more_are_kept_with_their_number():
    found = counts(
        named("Kadan", "Belaford", middle_names="Zoro"), named("Kadan", "Belaford", date_of_birth=date(1962, 8, 9)),
        named("Kadan", "Wynemu", middle_names="Zoro"), named("Tovus", "Belaford"), named("Lia", "Morham", date_of_birth=None),
    )  # fmt: skip
    assert found == {
        ("full_name", "KADAN BELAFORD"): 2, ("forename", "KADAN"): 3, ("surname", "BELAFORD"): 3, ("second_name", "ZORO"): 2,
        ("dob", "1990-03-04"): 3,
    }  # fmt: skip


def test_records_without_both_names_are_no_people_to_count():
    told = frequencies(cleaned(named("Kadan", None), named(None, "Belaford"), named("Tovus", "Wynemu")))
    assert (told.people, told.records) == (1, 3)


def test_a_postcode_is_common_from_thirteen_surnames_and_records_of_one_surname_are_one_home():
    tails = "bury croft dale den ford ham hurst ley mere more shaw stead thorpe".split()
    at_home = [named("Kadan", f"Bel{tail}", postcodes=["SW9 9AA"]) for tail in tails]
    assert len(tails) == t.COMMON_POSTCODE + 1
    assert counts(*at_home)["postcodes", "SW9 9AA"] == 13
    assert ("postcodes", "SW9 9AA") not in counts(*at_home[:-1])
    family = [named("Kadan", "Belaford", postcodes=["SW9 9AA"], date_of_birth=date(1990, 3, n)) for n in range(1, 20)]
    assert ("postcodes", "SW9 9AA") not in counts(*family)


def test_the_homes_of_a_record_are_its_postcodes_that_are_not_common():
    records = cleaned(named("Kadan", "Belaford", postcodes=["SW9 9AA", "E8 1EA"]), named("Tovus", "Wynemu"))
    used = model(counts=[("postcodes", "SW9 9AA", 13)]).frequencies
    assert with_homes(records, used)["homes"].to_list() == [["E8 1EA"], []]
    assert with_homes(records, model().frequencies)["homes"].to_list() == [["SW9 9AA", "E8 1EA"], []]


def test_the_order_of_the_records_plays_no_part():
    records = [named("Kadan", "Belaford"), named("Kadan", "Belaford", date_of_birth=date(1962, 8, 9)), named("Tovus", "Wynemu")]
    assert frequencies(cleaned(*records)).counts.equals(frequencies(cleaned(*records[::-1])).counts)


def test_an_empty_file_has_no_frequencies():
    told = frequencies(cleaned())
    assert (told.counts.height, told.people, told.records) == (0, 0, 0)


@pytest.mark.parametrize(
    ("records", "one_in"), [(0, 10_000), (9_999, 10_000), (10_001, 10_001), (250_000, 250_000), (3_775_001, 3_775_000)]
)  # fmt: skip
def test_the_prior_is_one_in_as_many_as_there_are_records_within_bounds(records, one_in):
    assert model(records=records).prior == 1 / one_in


def test_the_largest_file_has_the_published_prior():
    prior = model(records=10**9).prior
    assert prior == pytest.approx(2.649e-7, rel=1e-4)
    assert log2(prior) == pytest.approx(-21.85, abs=0.005)


# Weighing.

COUNTS = [("full_name", "KADAN BELAFORD", 51), ("forename", "KADAN", 501), ("surname", "BELAFORD", 301),
          ("second_name", "ZORO", 201), ("dob", "1990-03-04", 21)]  # fmt: skip
PEOPLE = 40_000
USED = model(people=PEOPLE, counts=COUNTS)


def expected(comparison, level, others):
    """The weight of a level on which `others` people besides this one agree, by the definition in `frequencies.lookup`."""
    adjusted = BY_SLUG[comparison].level(level)
    in_full = next(each.slug for each in BY_SLUG[comparison].levels if each.rarer == adjusted.rarer and each.by == 1.0)
    usual = PARAMETERS.chances[comparison][in_full].u
    frequency = (others + t.KNOWN_FREQUENCY * usual) / (PEOPLE + t.KNOWN_FREQUENCY)
    return PARAMETERS.weight(comparison, level) + adjusted.by * log2(usual / frequency)


KADAN, RARE = named("Kadan", "Belaford"), named("Umanen", "Ekabury")
CASES = [
    # two records, comparison, level, how many other people have the value
    (KADAN, KADAN, "name", "same", 50),
    (RARE, RARE, "name", "same", 0),
    (KADAN, named("Kadan", "Belafrod"), "name", "similar", 50),  # the more common of the two names counts
    (RARE, named("Umanen", "Ekabary"), "name", "similar", 0),
    (KADAN, named("Kadan", "Wynemu"), "name", "forename", 500),
    (RARE, named("Umanen", "Wynemu"), "name", "forename", 0),
    (KADAN, named("Thirira", "Belaford"), "name", "surname", 300),
    (RARE, named("Thirira", "Ekabury"), "name", "surname", 0),
    (KADAN, KADAN, "date_of_birth", "same", 20),
    ({"date_of_birth": date(1961, 7, 8)}, {"date_of_birth": date(1961, 7, 8)}, "date_of_birth", "same", 0),
    (named("Kadan Zoro", "Belaford"), named("Tovus Zoro", "Wynemu"), "second_name", "same", 200),
    (named("Kadan Ilka", "Belaford"), named("Tovus Ilka", "Wynemu"), "second_name", "same", 0),
]


@pytest.fixture(scope="module")
def told():
    return looked_at([case[:2] for case in CASES], by=USED)


@pytest.mark.parametrize("place", range(len(CASES)), ids=[f"{case[2]}-{case[3]}-{case[4]}" for case in CASES])
def test_a_level_weighs_by_how_many_others_have_the_value(told, place):
    _, _, comparison, level, others = CASES[place]
    assert told[place][comparison] == level
    assert told[place][f"{comparison}_weight"] == pytest.approx(expected(comparison, level, others), abs=1e-9)


@pytest.mark.parametrize("place", [n for n, case in enumerate(CASES) if case[4] > 0])
def test_a_rarer_value_weighs_more_than_a_common_one(told, place):
    _, _, comparison, level, _ = CASES[place]
    (rare,) = [n for n, case in enumerate(CASES) if case[2:] == (comparison, level, 0)]
    assert told[rare][f"{comparison}_weight"] > told[place][f"{comparison}_weight"]


def test_every_column_whose_rarity_counts_has_a_case():
    assert {BY_SLUG[c].level(level).rarer for _, _, c, level, _ in CASES} == set(RARITIES)


def test_the_weight_is_still_the_prior_and_the_sum_of_its_parts(told):
    for row in told:
        parts = sum(row[f"{slug}_weight"] for slug in BY_SLUG)
        assert row["weight"] == pytest.approx(log2(1e-4 / (1 - 1e-4)) + parts, abs=1e-9)


def test_in_a_small_file_nobody_is_rarer_or_more_common_than_was_published_by_more_than_the_file_can_say():
    """Two people of one name among three: they are drawn towards the published frequency as by 100,000 people more."""
    records = [named("Kadan", "Belaford"), named("Kadan", "Belaford", date_of_birth=date(1962, 8, 9)), named("Tovus", "Wynemu")]
    used = Model(parameters=PARAMETERS, frequencies=frequencies(cleaned(*records)))
    common, rare = looked_at([(records[0], records[0]), (records[2], records[2])], by=used)
    assert rare["name_weight"] == pytest.approx(PARAMETERS.weight("name", "same"), abs=0.001)
    assert common["name_weight"] == pytest.approx(PARAMETERS.weight("name", "same") - log2(1 + 1 / 0.64417), abs=0.001)


def test_a_lookup_has_each_value_once_and_none_for_nothing():
    column = cleaned(KADAN, KADAN, RARE, {})["surname"]
    found = dict(lookup("surname", column, USED.frequencies, PARAMETERS).rows())
    usual = t.KNOWN_FREQUENCY * PARAMETERS.chances["name"]["surname"].u
    in_all = PEOPLE + t.KNOWN_FREQUENCY
    assert found == pytest.approx({"BELAFORD": (300 + usual) / in_all, "EKABURY": usual / in_all})
