"""Who is joined, who is asked about and who is alone; and that new records lead to the people that linking all leads to."""

from datetime import date
from random import Random

import polars as pl
import pytest

from tests.linkage.records import OTHER_PNC, PARAMETERS, PNC, as_people, cleaned, model, population
from throughcare.linkage import thresholds as t
from throughcare.linkage.frequencies import frequencies
from throughcare.linkage.people import APART, DECISIONS, JOINED, POSSIBLE, Known, Linkage, link, link_new
from throughcare.linkage.scoring import PAIRS, Model

KADAN = {"forename": "Kadan", "surname": "Belaford", "date_of_birth": date(1990, 3, 4), "sex": "M"}
SLIP = {**KADAN, "surname": "Belafrod"}
"""With KADAN 8.4: between LEAVE and JOIN."""
TOVUS = {"forename": "Tovus", "surname": "Wynemu", "date_of_birth": date(1962, 8, 9), "sex": "M"}
LIA = {"forename": "Lia", "surname": "Morham", "date_of_birth": date(1976, 11, 30), "sex": "F"}
CRN, PRISON = {"crn": "X320741"}, {"prison_number": "A1234BC"}


def sets(*groups):
    return {frozenset(group) for group in groups}


def people(now):
    """`Known.people` of a dict from id to person."""
    return pl.DataFrame(list(now.items()), schema={"id": pl.Int64, "person": pl.Int64}, orient="row")


def told(linkage: Linkage, column="decision"):
    """What is told of each pair, by its ids."""
    rows = linkage.pairs.select("left", "right", column).rows()
    assert len({row[:2] for row in rows}) == len(rows), "a pair is told once"
    return {(left, right): value for left, right, value in rows}


def certainty(linkage: Linkage):
    return dict(linkage.people.select("id", "certainty").rows())


# Linking all.


def test_records_are_joined_asked_about_or_alone():
    only_number = {**LIA, "sex": "M", "date_of_birth": date(1991, 7, 6), "pnc": PNC}
    linkage = link(cleaned(KADAN, KADAN, SLIP, {**TOVUS, "pnc": PNC}, only_number, LIA, {}), model())
    assert as_people(linkage.people) == sets({1, 2}, {3}, {4}, {5}, {6}, {7})
    assert certainty(linkage) == {
        1: "joined", 2: "joined", 3: "possible", 4: "possible", 5: "possible", 6: "alone", 7: "alone"
    }  # fmt: skip
    assert told(linkage) == {(1, 2): JOINED, (1, 3): POSSIBLE, (2, 3): POSSIBLE, (4, 5): POSSIBLE}
    assert t.LEAVE < told(linkage, "weight")[1, 3] < t.JOIN
    assert told(linkage, "weight")[4, 5] < t.ASK


def test_a_pair_that_says_too_little_is_kept_and_nobody_is_asked():
    linkage = link(cleaned(KADAN, {**KADAN, "surname": "Wynemu"}), model())
    assert t.FLOOR < told(linkage, "weight")[1, 2] < t.ASK
    assert told(linkage) == {(1, 2): APART}
    assert set(certainty(linkage).values()) == {"alone"}
    assert {JOINED, POSSIBLE, APART} == set(DECISIONS)


def test_joined_through_a_third_record_is_joined():
    linkage = link(cleaned({**KADAN, **CRN}, {**SLIP, **PRISON}, {**KADAN, **CRN, **PRISON}), model())
    assert as_people(linkage.people) == sets({1, 2, 3})
    assert set(told(linkage).values()) == {JOINED}


def test_what_people_have_said_beats_any_score():
    records = cleaned(KADAN, KADAN, TOVUS, LIA)
    linkage = link(records, model(), known=Known(same=[(4, 3)], apart=[(2, 1)]))
    assert as_people(linkage.people) == sets({1}, {2}, {3, 4})
    assert told(linkage) == {(1, 2): APART}  # the pair said to be one person shares nothing, so it was not looked at
    assert certainty(linkage) == {1: "alone", 2: "alone", 3: "joined", 4: "joined"}


def test_who_was_joined_stays_between_the_thresholds_and_leaves_below():
    records = cleaned(KADAN, SLIP, {**KADAN, "surname": "Wynemu"})
    asked = link(records, model())
    assert as_people(asked.people) == sets({1}, {2}, {3})
    stays = link(records, model(), known=Known(people=people({1: 7, 2: 7, 3: 7})))
    assert as_people(stays.people) == sets({1, 2}, {3})


def test_the_pairs_have_the_columns_of_the_scores_and_the_decision():
    for linkage in (link(cleaned(KADAN, KADAN), model()), link(cleaned(), model()), link(cleaned({}), model())):
        assert set(linkage.pairs.columns) == {*PAIRS, "decision", "held"}
        assert linkage.people.schema == {"id": pl.Int64, "group": pl.Int64, "certainty": pl.String}
    assert certainty(link(cleaned({}), model())) == {1: "alone"}


# Linking what is new.


def test_nothing_new_touches_nobody():
    nothing = link_new(cleaned(KADAN, KADAN), [], model(), known=Known(people=people({1: 1, 2: 1})))
    assert nothing.people.height == nothing.pairs.height == 0


def test_the_first_records_of_all_are_all_new():
    linkage = link_new(cleaned(KADAN, KADAN, TOVUS), [1, 2, 3], model(), known=Known())
    assert as_people(linkage.people) == sets({1, 2}, {3})


def test_a_new_record_joins_those_whom_it_concerns_and_the_others_are_not_looked_at():
    now = Known(people=people({1: 1, 2: 1, 3: 3}))
    linkage = link_new(cleaned(KADAN, KADAN, TOVUS, KADAN), [4], model(), known=now)
    assert as_people(linkage.people) == sets({1, 2, 4})
    assert set(certainty(linkage).values()) == {"joined"}


def test_a_new_record_puts_two_people_together():
    records = cleaned({**KADAN, **CRN}, {**SLIP, **PRISON}, {**KADAN, **CRN, **PRISON})
    linkage = link_new(records, [3], model(), known=Known(people=people({1: 1, 2: 2})))
    assert as_people(linkage.people) == sets({1, 2, 3})


def test_a_number_shared_with_a_stranger_is_asked_about_and_leaves_the_stranger_where_he_is():
    records = cleaned({**KADAN, **CRN}, {**TOVUS, **PRISON}, {**KADAN, **CRN, **PRISON})
    linkage = link_new(records, [3], model(), known=Known(people=people({1: 1, 2: 2})))
    assert as_people(linkage.people) == sets({1, 3})
    assert told(linkage) == {(1, 3): JOINED, (2, 3): POSSIBLE}


def test_a_new_record_that_may_be_somebody_s_is_asked_about():
    linkage = link_new(cleaned(KADAN, SLIP), [2], model(), known=Known(people=people({1: 1})))
    assert as_people(linkage.people) == sets({1}, {2})
    assert certainty(linkage) == {1: "possible", 2: "possible"}


def test_what_is_said_of_a_new_record_counts_though_it_shares_nothing():
    now = people({1: 1, 2: 2})
    records = cleaned(KADAN, TOVUS, LIA)
    assert as_people(link_new(records, [3], model(), known=Known(people=now, same=[(3, 2)])).people) == sets({2, 3})
    again = cleaned(KADAN, TOVUS, KADAN)
    assert as_people(link_new(again, [3], model(), known=Known(people=now, apart=[(3, 1)])).people) == sets({1}, {3})


def test_a_changed_record_leaves_and_the_rest_of_its_people_stay():
    now = Known(people=people({1: 1, 2: 1, 3: 1}))
    linkage = link_new(cleaned(KADAN, KADAN, TOVUS), [3], model(), known=now)
    assert as_people(linkage.people) == sets({1, 2}, {3})


def test_a_record_that_held_two_people_together_lets_them_part_when_it_changes():
    now = Known(people=people({1: 1, 2: 1, 3: 1}))
    linkage = link_new(cleaned({**KADAN, **CRN}, {**TOVUS, **PRISON}, LIA), [3], model(), known=now)
    assert as_people(linkage.people) == sets({1}, {2}, {3})


def test_who_was_said_to_be_apart_from_a_record_that_leaves_joins_the_others():
    now = Known(people=people({1: 1, 2: 2, 3: 1}), apart=[(1, 2)])
    linkage = link_new(cleaned(LIA, KADAN, KADAN), [1], model(), known=now)
    assert as_people(linkage.people) == sets({1}, {2, 3})


THIRD = [{**LIA}, {**KADAN, "forename": "Cora", **PRISON, "pnc": OTHER_PNC}, {**KADAN, "forename": "Ana", **CRN, **PRISON}]
"""The first was one of twins, joined with the third record, of which the second was kept out; now it is somebody else's."""


def test_who_was_held_out_by_a_record_that_leaves_is_joined_as_in_linking_all():
    before = cleaned({**KADAN, "forename": "Ana", **CRN, "pnc": PNC}, *THIRD[1:])
    now = link(before, model())
    assert as_people(now.people) == sets({1, 3}, {2})
    known = Known(people=now.people.select("id", person="group"))
    assert as_people(link(cleaned(*THIRD), model(), known=known).people) == sets({1}, {2, 3})
    later = link_new(cleaned(*THIRD), [1], model(), known=known)
    assert _merged(known.people, later) == sets({1}, {2, 3})


def _merged(before: pl.DataFrame, linkage: Linkage):
    """The people after linking what is new: those looked at as found, the others as they were."""
    return as_people(people(dict(before.rows()) | dict(linkage.people.select("id", "group").rows())), "person")


def _in_three(rng: Random, ids):
    order = rng.sample(ids, len(ids))
    cut, again = sorted(rng.sample(range(1, len(order)), 2))
    return order[:cut], order[cut:again], order[again:]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_records_that_come_in_three_deliveries_are_the_people_of_linking_all(seed):
    rng = Random(seed)
    told_of, whose = population(seed, people=45)
    records = cleaned(*told_of)
    used = Model(parameters=PARAMETERS, frequencies=frequencies(records))
    ids = records["id"].to_list()
    mine = [(a, b) for a in ids for b in ids if a < b and whose[a - 1] == whose[b - 1]]
    same = rng.sample(mine, 10)
    whole = link(records, used, known=Known(same=same))
    assert as_people(whole.people) != sets(*([i] for i in ids))
    now, seen = people({}), set()
    for new in _in_three(rng, ids):
        seen |= set(new)
        linkage = link_new(records.filter(pl.col("id").is_in(list(seen))), new, used, known=Known(people=now, same=same))
        now = people(dict(now.rows()) | dict(linkage.people.select("id", "group").rows()))
    assert as_people(now, "person") == as_people(whole.people)


@pytest.mark.parametrize("seed", [4, 5])
def test_with_verdicts_each_delivery_leads_to_what_linking_all_leads_to_from_the_same_people(seed):
    """Verdicts apart can divide records in more than one way; who is together already decides, so both start from that."""
    rng = Random(seed)
    told_of, whose = population(seed, people=35)
    records = cleaned(*told_of)
    used = Model(parameters=PARAMETERS, frequencies=frequencies(records))
    ids = records["id"].to_list()
    pairs = [(a, b) for a in ids for b in ids if a < b]
    mine = [(a, b) for a, b in pairs if whose[a - 1] == whose[b - 1]]
    said = {"same": rng.sample(mine, 8) + rng.sample(pairs, 3), "apart": rng.sample(pairs, 60) + rng.sample(mine, 12)}
    now, seen = people({}), set()
    for new in _in_three(rng, ids):
        seen |= set(new)
        here, known = records.filter(pl.col("id").is_in(list(seen))), Known(people=now, **said)
        linkage, whole = link_new(here, new, used, known=known), link(here, used, known=known)
        assert _merged(now, linkage) == as_people(whole.people)
        assert told(linkage).items() <= told(whole).items()
        now = people(dict(now.rows()) | dict(linkage.people.select("id", "group").rows()))
    assert told(whole, "held")  # the verdicts have kept strong pairs apart
    assert any(told(whole, "held").values())
    again = link(records, used, known=Known(people=now, **said))
    assert as_people(again.people) == as_people(now, "person")
