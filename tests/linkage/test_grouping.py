"""Grouping: from pairs and their weights to people. Small examples first, then what holds of any pairs."""

from itertools import combinations
from random import Random

import polars as pl
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from tests.linkage.records import as_people, edges
from throughcare.linkage.grouping import group
from throughcare.linkage.thresholds import JOIN, LEAVE

BETWEEN = (JOIN + LEAVE) / 2
SURE = JOIN + 10


def grouped(ids, pairs, *, together=None, same=(), apart=()):
    """The groups as sets, and the pairs held."""
    people = None
    if together is not None:
        people = pl.DataFrame(list(together.items()), schema={"id": pl.Int64, "person": pl.Int64}, orient="row")
    told = group(pl.Series("id", list(ids), dtype=pl.Int64), edges(*pairs), together=people, same=same, apart=apart)
    return as_people(told.groups), told.held


def sets(*groups):
    return {frozenset(group) for group in groups}


EXAMPLES = {
    "nobody": ({"ids": [], "pairs": []}, sets()),
    "a record alone": ({"ids": [4], "pairs": []}, sets({4})),
    "a pair at JOIN": ({"ids": [1, 2], "pairs": [(1, 2, JOIN)]}, sets({1, 2})),
    "a pair just below": ({"ids": [1, 2], "pairs": [(1, 2, JOIN - 0.001)]}, sets({1}, {2})),
    "through a third": ({"ids": [1, 2, 3, 4], "pairs": [(1, 2, SURE), (2, 3, SURE)]}, sets({1, 2, 3}, {4})),
    "a bar": ({"ids": [1, 2], "pairs": [(1, 2, SURE, True)]}, sets({1}, {2})),
    "a bar between, a third around": (
        {"ids": [1, 2, 3], "pairs": [(1, 2, SURE, True), (1, 3, SURE), (2, 3, SURE)]}, sets({1, 2, 3})),
    "said to be apart": ({"ids": [1, 2], "pairs": [(1, 2, SURE)], "apart": [(1, 2)]}, sets({1}, {2})),
    "said to be apart, the other way round": ({"ids": [1, 2], "pairs": [(1, 2, SURE)], "apart": [(2, 1)]}, sets({1}, {2})),
    "apart through a third, who goes to the surer": (
        {"ids": [1, 2, 3], "pairs": [(1, 3, JOIN), (2, 3, SURE)], "apart": [(1, 2)]}, sets({1}, {2, 3})),
    "apart, and of two as sure the one with the smaller id": (
        {"ids": [1, 2, 3], "pairs": [(1, 3, SURE), (2, 3, SURE)], "apart": [(1, 2)]}, sets({1, 3}, {2})),
    "apart from one of many": (
        {"ids": [1, 2, 3, 4], "pairs": [(1, 2, SURE), (3, 4, SURE), (2, 3, JOIN)], "apart": [(1, 4)]}, sets({1, 2}, {3, 4})),
    "said to be the same": ({"ids": [1, 2], "pairs": [], "same": [(2, 1)]}, sets({1, 2})),
    "the same in spite of a bar": ({"ids": [1, 2], "pairs": [(1, 2, -5.0, True)], "same": [(1, 2)]}, sets({1, 2})),
    "the same through a third": ({"ids": [1, 2, 3], "pairs": [(2, 3, SURE)], "same": [(1, 2)]}, sets({1, 2, 3})),
    "which of a pair is named first plays no part": (
        {"ids": [1, 2, 3, 4], "pairs": [], "same": [(3, 1), (4, 1), (3, 2)], "apart": [(2, 4)]}, sets({1, 3, 4}, {2})),
    "apart beats same": ({"ids": [1, 2], "pairs": [], "same": [(1, 2)], "apart": [(1, 2)]}, sets({1}, {2})),
    "same beats the score": (
        {"ids": [1, 2, 3], "pairs": [(2, 3, SURE)], "same": [(1, 3)], "apart": [(1, 2)]}, sets({1, 3}, {2})),
    "apart from who is not there": ({"ids": [1, 2], "pairs": [(1, 2, SURE)], "apart": [(1, 9), (8, 9)]}, sets({1, 2})),
    "together now, between the two thresholds": (
        {"ids": [1, 2], "pairs": [(1, 2, BETWEEN)], "together": {1: 7, 2: 7}}, sets({1, 2})),
    "together now, at LEAVE": ({"ids": [1, 2], "pairs": [(1, 2, LEAVE)], "together": {1: 7, 2: 7}}, sets({1, 2})),
    "together now, below": ({"ids": [1, 2], "pairs": [(1, 2, LEAVE - 0.001)], "together": {1: 7, 2: 7}}, sets({1}, {2})),
    "together now, and no pair any more": ({"ids": [1, 2], "pairs": [], "together": {1: 7, 2: 7}}, sets({1}, {2})),
    "together now, and barred": ({"ids": [1, 2], "pairs": [(1, 2, SURE, True)], "together": {1: 7, 2: 7}}, sets({1}, {2})),
    "two people now, between the two thresholds": (
        {"ids": [1, 2], "pairs": [(1, 2, BETWEEN)], "together": {1: 7, 2: 8}}, sets({1}, {2})),
    "two people now, at JOIN": ({"ids": [1, 2], "pairs": [(1, 2, JOIN)], "together": {1: 7, 2: 8}}, sets({1, 2})),
    "one of them new": ({"ids": [1, 2], "pairs": [(1, 2, BETWEEN)], "together": {1: 7}}, sets({1}, {2})),
    "both of them new": ({"ids": [1, 2], "pairs": [(1, 2, BETWEEN)], "together": {}}, sets({1}, {2})),
    "a record that one of its people still holds stays": (
        {"ids": [1, 2, 3], "pairs": [(1, 2, SURE), (1, 3, -9.0), (2, 3, BETWEEN)], "together": {1: 7, 2: 7, 3: 7}},
        sets({1, 2, 3})),
    "who is together now stays before who is surer": (
        {"ids": [1, 2, 3], "pairs": [(1, 2, BETWEEN), (2, 3, SURE)], "together": {1: 7, 2: 7}, "apart": [(1, 3)]},
        sets({1, 2}, {3})),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(name):
    question, answer = EXAMPLES[name]
    assert grouped(**question)[0] == answer


def test_a_pair_that_is_strong_enough_and_kept_apart_is_held_and_no_other():
    pairs = [(1, 3, JOIN), (2, 3, SURE), (4, 5, SURE), (6, 7, JOIN - 1)]
    assert grouped(range(1, 8), pairs, apart=[(1, 2), (4, 5), (6, 7)])[1] == ((1, 3), (4, 5))
    assert grouped(range(1, 8), pairs)[1] == ()


def test_a_pair_that_is_both_said_to_be_one_person_and_strong_is_held_once():
    question = {"ids": [1, 2, 3], "pairs": [(2, 3, SURE)], "same": [(1, 3), (2, 3)], "apart": [(1, 2)]}
    assert grouped(**question) == (sets({1, 3}, {2}), ((2, 3),))


def test_a_group_is_named_by_its_smallest_id_and_the_records_stand_in_their_order():
    told = group(pl.Series([30, 10, 20]), edges((20, 30, SURE)))
    assert told.groups.rows() == [(10, 10), (20, 20), (30, 20)]
    assert told.groups.columns == ["id", "group"]


IDS = range(10, 22)
weights = st.sampled_from([-9.0, LEAVE - 1, LEAVE, BETWEEN, JOIN - 0.5, JOIN, JOIN + 1, SURE])
pair = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda p: p[0] < p[1])


@st.composite
def questions(draw, verdicts=True):
    """Pairs over twelve records, each once, and what is known of them."""
    chosen = draw(st.lists(pair, unique=True, max_size=30))
    pairs = [(a, b, draw(weights), draw(st.sampled_from([False, False, False, True]))) for a, b in chosen]
    said = st.lists(pair, max_size=5)
    known = {"same": draw(said), "apart": draw(said)} if verdicts else {}
    together = draw(st.none() | st.dictionaries(st.sampled_from(IDS), st.sampled_from([1, 2, 3]), max_size=12))
    return {"ids": IDS, "pairs": pairs, "together": together, **known}


MANY = settings(max_examples=50, deadline=None)


@MANY
@for_all(questions())
def test_the_groups_are_a_partition_of_the_records(question):
    groups, _ = grouped(**question)
    assert sorted(i for each in groups for i in each) == list(IDS)


@MANY
@for_all(questions())
def test_two_who_must_be_apart_are_never_in_one_group(question):
    groups, _ = grouped(**question)
    assert not [(a, b) for a, b in question["apart"] for each in groups if {a, b} <= each]


@MANY
@for_all(questions(), st.randoms())
def test_the_order_of_the_records_and_of_the_pairs_plays_no_part(question, rng: Random):
    def shuffled(things):
        return rng.sample(list(things), len(list(things)))

    other = {
        "ids": shuffled(IDS), "pairs": shuffled(question["pairs"]), "same": [(b, a) for a, b in shuffled(question["same"])],
        "apart": [(b, a) for a, b in shuffled(question["apart"])],
        "together": question["together"] and dict(shuffled(question["together"].items())),
    }  # fmt: skip
    assert grouped(**other)[0] == grouped(**question)[0]


@MANY
@for_all(questions())
def test_grouping_what_has_been_grouped_changes_nothing(question):
    groups, _ = grouped(**question)
    now = {i: min(each) for each in groups for i in each}
    assert grouped(**question | {"together": now})[0] == groups


@MANY
@for_all(questions())
def test_a_strong_pair_is_in_one_group_or_held_and_never_both(question):
    groups, held = grouped(**question)
    within = {p for each in groups for p in combinations(sorted(each), 2)}
    strong = {(a, b) for a, b, weight, bar in question["pairs"] if weight >= JOIN and not bar}
    said = {(min(p), max(p)) for p in question["same"]}
    assert strong | said <= within | set(held)
    assert not within & set(held)
    assert len(held) == len(set(held))


@MANY
@for_all(questions(verdicts=False))
def test_without_anybody_apart_the_groups_are_those_of_joining_pair_by_pair(question):
    now = question["together"] or {}
    naive = {i: {i} for i in IDS}
    for a, b, weight, bar in question["pairs"]:
        enough = LEAVE if a in now and now.get(a) == now.get(b) else JOIN
        if weight >= enough and not bar:
            naive[a] |= naive[b]
            for i in naive[b]:
                naive[i] = naive[a]
    assert grouped(**question)[0] == {frozenset(each) for each in naive.values()}


@MANY
@for_all(questions(), st.lists(pair, max_size=3))
def test_more_people_apart_never_make_a_group_larger(question, more):
    """A group is parted only by those who must be apart: who is in no conflict is joined as without them."""
    before, _ = grouped(**question | {"apart": []})
    after, _ = grouped(**question | {"apart": [*question["apart"], *more]})
    assert all(any(part <= whole for whole in before) for part in after)


@MANY
@for_all(questions())
def test_who_is_said_to_be_the_same_is_in_one_group_where_nobody_must_be_apart(question):
    groups, _ = grouped(**question | {"apart": []})
    assert all(any({a, b} <= each for each in groups) for a, b in question["same"])


def test_a_large_group_with_one_who_must_be_apart_is_told_quickly_and_loses_only_that_one():
    ids = range(2_000)
    chain = [(i, i + 1, SURE + i / 1_000) for i in ids[:-1]]
    groups, held = grouped(ids, chain, apart=[(0, 1_999)])
    assert groups == sets({0}, set(range(1, 2_000)))
    assert held == ((0, 1),)
