"""Who is in a study and as what: everyone eligible, from day one, each once; and the day the clock of all starts."""

from datetime import date

import pytest

from tests.evaluation.conftest import DAY, INDEX
from tests.evaluation.texts import OF_PEOPLE
from throughcare.casework.cohort.actions import accept, propose, put_forward, refuse
from throughcare.casework.pilot import current_pilot
from throughcare.evaluation.rows import for_the_engine, made, outcomes_of
from throughcare.stats.protocol import parse_protocol

PROTOCOL, _ = parse_protocol(OF_PEOPLE, name="mentoring")
CLOCK = date(2016, 7, 10)
"""30 days after the index of 10 June."""


def frame(as_at: date = DAY) -> dict[int, dict]:
    found = made(PROTOCOL, as_at=as_at, pilot=current_pilot()).frame
    return {row["person"]: row for row in found.to_dicts()}


# what of the person; standing, served, treated, dose, why in neither group
SERVED = {"sent": "2016-06-12", "sessions": ["2016-06-20", "2016-07-01", "2016-12-01"]}
PEOPLE = [
    ("served by the clock", SERVED, "eligible only", "served", 1, 3, ""),
    ("on the day of the clock", {"sent": "2016-06-12", "sessions": ["2016-07-10"]}, "eligible only", "served", 1, 1, ""),
    ("served a day after it", {"sent": "2016-06-12", "sessions": ["2016-07-11"]}, "eligible only", "served", 0, 1, ""),
    ("dose is of a year", {"sent": "2016-06-12", "sessions": ["2016-06-20", "2017-06-09", "2017-06-10"]}, "eligible only",
     "served", 1, 2, ""),
    ("referred and never seen", {"sent": "2016-06-12"}, "eligible only", "referred", 0, 0, ""),
    ("unserved", {}, "eligible only", "unserved", 0, 0, ""),
    ("reoffended before the clock", {"again": [("2016-07-09", "2016-09-01")]}, "eligible only", "unserved", 0, 0,
     "reoffended before the clock"),
    ("that was proven too late to count", {"again": [("2016-07-09", "2017-01-10")]}, "eligible only", "unserved", 0, 0, ""),
    ("on the clock's own day it is an outcome", {"again": [("2016-07-10", "2016-09-01")]}, "eligible only", "unserved", 0, 0, ""),
]  # fmt: skip


def test_the_table_of_people(store):
    who = store({name: told for name, told, *_ in PEOPLE})
    found = frame()
    told = [
        (name, (row := found[who[name]])["standing"], row["served"], row["treated"], row["dose"], row["why_out"])
        for name, *_ in PEOPLE
    ]
    assert told == [(name, *rest) for name, _, *rest in PEOPLE]
    assert {(row["index_on"], row["clock_on"]) for row in found.values()} == {(date(2016, 6, 10), CLOCK)}


def test_whoever_is_not_eligible_is_not_in_it(store):
    who = store({"low score": {"thefts": 1}, "elsewhere": {"borough": "Barnet"}, "eligible": {}})
    assert set(frame()) == {who["eligible"]}


def test_refused_off_rule_and_without_an_index_are_kept(store):
    who = store({
        "accepted": {}, "refused": {}, "off the rule": {"thefts": 1},
        "still inside": {"sentences": [("2016-01-10", "custody", "")], "custody": [("2016-01-10", "")]},
    })  # fmt: skip
    for proposal in propose(by="test", as_at=date(2016, 6, 1)):
        name = next(n for n, number in who.items() if number == proposal.person_id)
        (refuse if name == "refused" else accept)(by="test", proposal=proposal, reason="so", on=date(2016, 6, 1))
    put_forward(by="test", person=who["off the rule"], reason="known", on=date(2016, 6, 1))
    found = {name: (frame()[number]["standing"], frame()[number]["why_out"]) for name, number in who.items()}
    assert found == {
        "accepted": ("member by the rule", ""), "refused": ("refused", ""), "off the rule": ("member off the rule", ""),
        "still inside": ("member by the rule", "no release or sentence in the community yet"),
    }  # fmt: skip


INDICES = [
    ("a release, not the sentence", [("2016-02-01", "custody", "2016-06-10")], "2016-06-10"),
    ("the first in the window", [("2016-01-01", "community", ""), (INDEX, "fine", ""), ("2016-08-01", "fine", "")], INDEX),
    ("none before the window", [("2016-04-24", "community", "")], None),
    ("its first day", [("2016-04-25", "community", "")], "2016-04-25"),
    ("none on its end", [("2017-04-01", "community", "")], None),
]


@pytest.mark.parametrize(("what", "sentences", "index"), INDICES)
def test_the_index(store, what, sentences, index):
    who = store({"A": {"sentences": sentences}})
    found = frame().get(who["A"])
    assert (found and str(found["index_on"])) == index


def test_the_scores_are_those_of_the_index(store):
    who = store({"A": {"again": [("2016-08-01", "2016-09-01")] * 3}})
    early = frame(date(2016, 8, 15))[who["A"]]
    late = frame()[who["A"]]
    assert (early["score"], early["sanctions"]) == (late["score"], late["sanctions"])
    assert late["convictions_before"] == 11  # the twelfth is that of the index


def test_nobody_is_in_it_before_their_clock_starts(store):
    who = store({"A": {}})
    assert frame(date(2016, 7, 9))[who["A"]]["why_out"] == "the clock has not started yet"
    assert frame(date(2016, 7, 10))[who["A"]]["why_out"] == ""


def test_the_engine_is_given_those_in_the_study_alone(store):
    who = store({name: told for name, told, *_ in PEOPLE})
    rows = made(PROTOCOL, as_at=DAY, pilot=current_pilot()).frame
    frozen = rows.with_row_index("row").cast({"row": int}).with_columns(id=rows["person"].cast(str))
    found = outcomes_of(PROTOCOL, frozen, as_at=DAY, pilot=current_pilot())
    told = frozen.select("row", "id").join(found, on="row", how="left").drop("row")
    frame_, out = for_the_engine(PROTOCOL, frozen.drop("row", "person"), told)
    assert str(who["reoffended before the clock"]) not in frame_["id"].to_list()
    assert (frame_.height, out) == (len(PEOPLE) - 1, {"reoffended before the clock": 1})
    assert frame_.filter(frame_["id"] == str(who["on the clock's own day it is an outcome"]))["reoffended"].item() == 1
