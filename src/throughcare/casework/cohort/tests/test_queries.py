"""What is read of the cohort: facts from the agencies' records, scores and decisions of a day, members, ratings."""

from datetime import date

import polars as pl
import pytest

from throughcare.casework.cohort.actions import accept_all, propose, rate
from throughcare.casework.cohort.part import PART
from throughcare.casework.cohort.queries import (
    cohort_list,
    decisions,
    eligible_on,
    facts,
    members,
    memberships,
    open_proposals,
    ratings,
    scores,
    supervised_on,
)
from throughcare.casework.cohort.tests.conftest import Someone
from throughcare.casework.linking.actions import join
from throughcare.casework.pilot import current_pilot

D = date(2015, 12, 1)

# Each person as the agencies' records have them, and what the rule says on 1 December 2015, through the whole store.
PEOPLE = [
    (Someone(name="high score"), True, "two-year score 93%"),
    (Someone(name="middling score", thefts=2), False, "two-year score 65%"),
    (Someone(name="middling, robbery", thefts=2, robbery="2014-12-20"), True, "with robbery committed on 20 December 2014"),
    (Someone(name="middling, old robbery", thefts=2, robbery="2014-12-01"), False, "no offence of the groups named"),
    (Someone(name="no convictions", thefts=0), False, "has no conviction"),
    (Someone(name="only cautioned", thefts=0, cautions=("2015-01-10",)), False, "has no conviction"),
    (Someone(name="not born", born=""), False, "no date of birth is known"),
    (Someone(name="seventeen", born="1997-12-02"), False, "will be 18 on 2 December 2015"),
    (Someone(name="in Barnet", homes=(("Barnet", "2000-01-01", ""),)), False, "outside the area"),
    (Someone(name="order over", supervision=(("community", "2015-01-10", "2015-12-01"),)), False, "since 1 December 2015"),
    (Someone(name="on remand", supervision=(), prison=(("remand", "2015-11-01", ""),)), False, "remand alone is no supervision"),
    (Someone(name="managed by CRC", agency="CRC"), True, "managed by CRC"),
    (Someone(name="in prison", supervision=(("custody", "2015-01-10", ""),), prison=(("sentenced", "2015-01-10", ""),),
             homes=(("Hackney", "2000-01-01", "2015-02-01"), ("Barnet", "2015-02-01", ""))),
     True, "before custody is in Hackney"),
    (Someone(name="a span without a day", homes=(("Hackney", "2000-01-01", ""), ("Barnet", "2015-05-01", "2015-05-01"))),
     True, "main address is in Hackney"),
]  # fmt: skip


def test_decisions_of_everybody_on_a_day(world):
    ids = world(*(someone for someone, _, _ in PEOPLE))
    found = decisions(D, current_pilot())
    assert set(found) == set(ids.values())
    for someone, met, says in PEOPLE:
        answer = found[ids[someone.name]]
        assert (someone.name, answer.met) == (someone.name, met)
        assert any(says in reason for reason in answer.reasons), (someone.name, answer.reasons)
    eligible = {ids[someone.name] for someone, met, _ in PEOPLE if met}
    assert set(eligible_on(D, current_pilot())["person"]) == eligible


def test_an_empty_store_has_nobody(db):
    assert decisions(D, current_pilot()) == {}
    assert all(frame.is_empty() for frame in (scores(D), members(D), memberships(), ratings(), cohort_list(D)))


def test_scores_of_a_day_know_nothing_of_later_days(world):
    ids = world(Someone(name="A", thefts=4, last="2015-01-10"), Someone(name="none", thefts=0))
    told = {row["person"]: row for row in scores(date(2014, 6, 1)).iter_rows(named=True)}
    later = {row["person"]: row for row in scores(D).iter_rows(named=True)}
    assert told[ids["A"]]["percent_2y"] < later[ids["A"]]["percent_2y"]
    assert later[ids["A"]]["error"] == ""
    assert later[ids["none"]]["percent_2y"] is None
    assert later[ids["none"]]["error"].startswith("MISSING_MANDATORY_INPUT")


def test_the_score_is_known_to_have_held_since_the_last_sanction(world):
    ids = world(Someone(name="A", last="2015-03-02"))
    assert facts(D, current_pilot())[ids["A"]].score_since == date(2015, 3, 2)


def test_of_several_supervisions_the_most_restrictive_counts(world):
    spells = (("community", "2015-01-01", ""), ("licence", "2015-02-01", ""), ("custody", "2015-03-01", "2015-12-01"))
    ids = world(Someone(name="A", supervision=spells))
    on = {day: supervised_on(day).row(0, named=True)["status"] for day in (date(2015, 1, 15), date(2015, 11, 30), D)}
    assert list(on.values()) == ["community", "custody", "licence"]
    assert supervised_on(D)["person"].to_list() == [ids["A"]]


def test_the_list_of_the_cohort(world):
    ids = world(Someone(name="A"), Someone(name="B", homes=(("Camden", "2000-01-01", ""),)), Someone(name="C", thefts=2))
    accept_all(by="pilot", proposals=propose(by="pilot", as_at=D), reason="checked", on=D)
    rate(by="coordinator:hackney", person=ids["A"], rag="Red", reason="two new arrests", on=D)
    assert cohort_list(D).rows() == [(ids["A"], "Hackney", D, False, 93, "Red"), (ids["B"], "Camden", D, False, 93, "")]
    assert cohort_list(date(2015, 11, 30)).is_empty()


def test_ratings_hold_until_the_next_and_the_last_of_a_day_counts(world):
    ids = world(Someone(name="A"))
    accept_all(by="pilot", proposals=propose(by="pilot", as_at=D), reason="checked", on=D)
    for rag, day in (("Amber", date(2015, 12, 5)), ("Red", date(2015, 12, 5)), ("Green", date(2016, 2, 1))):
        rate(by="coordinator:hackney", person=ids["A"], rag=rag, reason="panel", on=day)
    assert ratings().rows() == [
        (ids["A"], "Red", date(2015, 12, 5), date(2016, 2, 1)),
        (ids["A"], "Green", date(2016, 2, 1), None),
    ]


def test_two_members_found_to_be_one_are_one_member(world):
    """The younger record redirects to the older; both memberships stay, and are told as one."""
    one, other = Someone(name="A"), Someone(name="B", last="2015-02-20", homes=(("Camden", "2000-01-01", ""),))
    ids = world(one, other)
    proposals = propose(by="pilot", as_at=D)
    accept_all(by="pilot", proposals=proposals[:1], reason="checked", on=D)
    accept_all(by="pilot", proposals=proposals[1:], reason="checked", on=date(2015, 12, 20))
    join(by="coordinator:hackney", people=(ids["A"], ids["B"]), reason="he says so himself")
    assert memberships().select("person", "start", "end").rows() == [(ids["A"], D, None)]
    assert members(date(2016, 1, 1)).select("person", "since", "borough").rows() == [(ids["A"], D, "Hackney")]
    assert not [proposal for proposal in propose(by="pilot", as_at=date(2016, 1, 1)) if proposal.kind == "join"]


def test_two_people_proposed_and_found_to_be_one_are_proposed_once(world):
    ids = world(Someone(name="A"), Someone(name="B", last="2015-02-20"))
    assert len(propose(by="pilot", as_at=D)) == 2
    join(by="coordinator:hackney", people=(ids["A"], ids["B"]), reason="one PNC photograph")
    propose(by="pilot", as_at=D)
    (kept,) = open_proposals()
    assert (kept.person_id, kept.kind) == (ids["A"], "join")


def test_the_timeline_and_all_that_is_held(world):
    ids = world(Someone(name="A"))
    accept_all(by="pilot", proposals=propose(by="pilot", as_at=D), reason="checked", on=D)
    rate(by="coordinator:hackney", person=ids["A"], rag="Red", reason="two new arrests", on=date(2015, 12, 9))
    words = [(str(entry.on), entry.words) for entry in PART.timeline(ids["A"])]
    assert words == [
        ("2015-12-01", "Joined the cohort in Hackney: score"),
        ("2015-12-01", "Proposed to join (score): accepted on 1 December 2015"),
        ("2015-12-09", "Rated Red: two new arrests"),
    ]
    held = PART.held_about(ids["A"])
    assert {table: len(rows) for table, rows in held.items()} == {
        "proposals to join or leave the cohort": 1, "membership of the cohort": 1, "transfers between boroughs": 0, "ratings": 1,
    }  # fmt: skip
    assert held["proposals to join or leave the cohort"][0]["evidence"]["percent_2y"] == 93
    assert all(not rows for rows in PART.held_about(ids["A"] + 1).values())


@pytest.mark.parametrize("column", ["person", "since", "off_rule", "borough"])
def test_members_have_their_columns_even_where_there_are_none(db, column):
    assert isinstance(members(D)[column], pl.Series)
