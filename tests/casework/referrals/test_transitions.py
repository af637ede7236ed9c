"""The transition table: nothing leaves a closed state but by a listed reopening, and all of it can be reached."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.casework.referrals.reasons import LISTS
from throughcare.casework.referrals.transitions import CLOSED, EVERYBODY, STATES, TABLE, comes_from, first_fault, move

REOPENINGS = {("declined", "sent"), ("withdrawn", "sent"), ("ended_early", "started")}
MOVES = [(state.slug, each) for state in STATES for each in state.moves]
POLICY = Path(__file__).parents[4] / "shared/reference/access-policy.csv"


@st.composite
def walks(draw: st.DrawFn) -> list[str]:
    """Histories that take any move of the table, one after the other."""
    state, history = "sent", []
    for _ in range(draw(st.integers(0, 12))):
        if not TABLE[state].moves:
            break
        state = draw(st.sampled_from(TABLE[state].next_states))
        history.append(state)
    return history


@given(walks())
def test_no_walk_leaves_a_closed_state_but_by_a_listed_reopening(history):
    left = {(before, after) for before, after in pairwise(["sent", *history]) if before in CLOSED}
    assert left <= REOPENINGS


@given(st.lists(st.sampled_from(list(TABLE)), max_size=6))
def test_a_history_is_faultless_only_where_the_table_joins_all_neighbours(history):
    joined = all(move(before, after) is not None for before, after in pairwise(["sent", *history]))
    fault = first_fault(history)
    assert joined or fault is not None
    if fault is not None:
        assert fault in list(pairwise(["sent", *history]))


@pytest.mark.parametrize(
    ("history", "fault"),
    [
        ("accepted started completed", None),
        ("acknowledged accepted on_hold accepted started", None),
        ("accepted started on_hold accepted", ("on_hold", "accepted")),  # held while started: goes on as started
        ("accepted on_hold started", ("on_hold", "started")),
        ("accepted on_hold withdrawn", None),
        ("completed", ("sent", "completed")),
        ("declined accepted", ("declined", "accepted")),
        ("declined sent accepted", None),
        ("made_in_error sent", ("made_in_error", "sent")),
    ],
)
def test_histories(history, fault):
    assert first_fault(history.split()) == fault


def test_the_reopenings_are_the_listed_ones_and_the_only_ways_out_of_a_closed_state():
    assert {(state, each.to) for state, each in MOVES if each.reopens} == REOPENINGS
    assert {(state, each.to) for state, each in MOVES if state in CLOSED} == REOPENINGS


def test_every_state_can_be_reached_and_every_open_one_be_closed():
    assert {each.to for _, each in MOVES} | {"sent"} == set(TABLE)
    assert all(set(state.next_states) & set(CLOSED) for state in STATES if not state.closed)


def test_every_move_has_words_roles_and_a_list_of_reasons_that_there_is_and_one_at_most_is_suggested():
    assert all(each.words and each.who and set(each.who) <= set(EVERYBODY) for _, each in MOVES)
    assert {each.reasons for _, each in MOVES} - {""} == set(LISTS)
    assert all(sum(each.suggested for each in state.moves) <= 1 for state in STATES)
    assert all(state.shown and state.meaning for state in STATES)


def test_a_return_may_come_to_a_state_only_from_an_open_one():
    assert comes_from("accepted") == ("sent", "acknowledged", "on_hold")
    assert comes_from("completed") == ("accepted", "started")
    assert not {before for state in TABLE for before in comes_from(state)} & set(CLOSED)


@pytest.mark.skipif(not POLICY.exists(), reason="the access policy is not beside the checkout")
def test_the_roles_are_those_of_the_access_policy():
    with POLICY.open(newline="") as file:
        roles = set(next(csv.reader(file)))
    assert set(EVERYBODY) <= roles


def test_the_brokers_reasons_are_there():
    told = {"not_resident", "in_custody", "identified_drug_user", "form_not_returned", "other"}
    assert told <= set(LISTS["declined"])
