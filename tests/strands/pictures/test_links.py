"""Who is linked with whom: events in, links out; who never comes in; what the reader is told of whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.strands.pictures.conftest import DAY
from throughcare.casework.access import actions as access
from throughcare.casework.audit.queries import about_person
from throughcare.casework.people.models import Person
from throughcare.strands.policing.picture import actions
from throughcare.strands.policing.picture.errors import LinkRefused
from throughcare.strands.policing.picture.links import links_of, pair
from throughcare.strands.policing.picture.models import LinkDeed
from throughcare.strands.policing.picture.network import network
from throughcare.strands.policing.picture.record import held_about, timeline

pytestmark = pytest.mark.django_db


def shown(reader, person):
    """By the words of each link: how it is known, how strong."""
    return {each.shown: (each.how, each.link.strength) for each in network(person, reader).linked}


@pytest.fixture
def linked(person_id):
    """linked("A"): the letters with whom A is linked, whoever may see it."""

    def run(letter, day=DAY):
        letters = dict(Person.objects.filter(surname__startswith="Sur").values_list("pk", "surname"))
        me = person_id(letter)
        return {letters[other if one == me else one].removeprefix("Sur") for one, other in links_of([me], day)}

    return run


def test_a_co_arrest_and_a_co_conviction_by_their_day_and_reference(people, events, person_id, researcher):
    people("ABC")
    events("E1 A convicted 2016-11-01", "E1 B convicted 2016-12-01", "E2 A arrested 2016-10-05", "E2 C charged 2016-10-01")
    assert shown(researcher, person_id("A")) == {
        "SurB, ForeB": (("Convicted together on 1 December 2016 (E1)",), "moderate"),
        "SurC, ForeC": (("Arrested together on 5 October 2016 (E2)",), "weak"),
    }


def test_one_arrested_and_later_convicted_of_it_is_one_event(people, events, person_id):
    people("AB")
    events("E1 A arrested 2016-10-01", "E1 A convicted 2016-12-01", "E1 B arrested 2016-10-01")
    (link,) = links_of([person_id("A")], DAY).values()
    assert [(each.kind, each.on) for each in link.known] == [("co_arrest", date(2016, 12, 1))]


@pytest.mark.parametrize("role", ["victim", "witness", "relative"])
@pytest.mark.parametrize("of", ["A", "B"])
def test_a_victim_a_witness_and_a_relative_never_come_in_whatever_else_tells_of_it(people, events, linked, role, of):
    people("ABC")
    other = "B" if of == "A" else "A"
    events(f"E1 {of} {role} 2013-10-01", f"E1 {other} arrested 2013-10-01",
           "E2 A convicted 2016-12-01", "E2 B convicted 2016-12-01", "E2 C convicted 2016-12-01")  # fmt: skip
    assert linked("A") == {"C"}
    assert linked("C") == {"A", "B"}  # with whom neither was on another side


@pytest.mark.parametrize(
    ("born", "in_it"),
    [("1998-12-01", {"B"}), ("1998-12-02", set()), ("2005-01-01", set()), ("", set())],
)
def test_a_child_at_the_time_and_whose_age_is_not_known_never_come_in(people, events, linked, born, in_it):
    people("AB", B=born)
    events("E1 A arrested 2016-12-01", "E1 B arrested 2016-12-01")
    assert (linked("A"), bool(linked("B"))) == (in_it, bool(in_it))


def test_who_was_a_child_then_and_is_none_now_comes_in_by_what_came_later_alone(people, events, person_id):
    people("AB", B="1998-06-01")
    events("E1 A arrested 2016-05-01", "E1 B arrested 2016-05-01", "E2 A arrested 2016-07-01", "E2 B arrested 2016-07-01")
    (link,) = links_of([person_id("A")], DAY).values()
    assert [each.reference for each in link.known] == ["E2"]


def test_the_day_of_the_offence_decides_who_is_a_child(people, events, linked):
    people("AB", B="1998-12-02")
    events("E1 A arrested 2016-12-05", "E1 B arrested 2016-12-05", more={"committed_on": "2016-12-01"})
    assert linked("A") == set()


def test_an_event_of_a_crowd_links_nobody(people, events, linked):
    people("ABCDEFGHI")
    told = [f"E1 {letter} arrested 2016-12-01" for letter in "ABCDEFGHI"]
    events(*told[:8])
    assert linked("A") == set("BCDEFGH")
    events(told[8])
    assert linked("A") == set()


def test_left_out_by_hand_it_is_gone_for_both_and_taken_back_it_is_there_again(people, events, person_id, researcher, linked):
    people("AB")
    events("E1 A arrested 2016-12-01", "E1 B arrested 2016-12-01")
    ends = {"person": person_id("B"), "other": person_id("A")}
    deed = actions.leave_out(reader=researcher, **ends, why="family", reason="Brothers, as the custody record has it")
    assert linked("A") == linked("B") == set()
    assert [each.other.shown for each in network(person_id("A"), researcher).left_out] == ["SurB, ForeB"]
    with pytest.raises(LinkRefused):
        actions.renew(reader=researcher, **ends, reason="x")
    with pytest.raises(LinkRefused):
        actions.say(reader=researcher, **ends, item="1", reason="x")
    actions.take_back(reader=researcher, deed=deed)
    assert linked("A") == {"B"}
    assert LinkDeed.objects.get().taken_back


def test_a_link_expires_unless_it_is_renewed_with_a_reason(people, events, person_id, researcher, linked):
    people("AB")
    events("E1 A arrested 2015-02-01", "E1 B arrested 2015-02-01")  # holds for 730 days, until 31 January 2017
    assert linked("A", date(2017, 1, 30)) == {"B"}
    assert linked("A", date(2017, 1, 31)) == set()
    ends = {"person": person_id("A"), "other": person_id("B")}
    with pytest.raises(LinkRefused):
        actions.renew(reader=researcher, **ends, reason="  ")
    actions.renew(reader=researcher, **ends, reason="Seen together, item 4")
    assert linked("A", date(2017, 1, 31)) == {"B"}
    assert linked("A", DAY + timedelta(days=730)) == set()
    late = replace(researcher, day=DAY + timedelta(days=731))
    with pytest.raises(LinkRefused):
        actions.renew(reader=late, **ends, reason="Too late")
    entry = about_person(person_id("A"))[-1]
    assert (entry.verb, entry.actor) == ("policing.link_renewed", "hub as hub")


def test_what_a_plan_says_is_a_link_of_its_own_kind(people, person_id, researcher):
    people("AB")
    ends = {"person": person_id("A"), "other": person_id("B")}
    actions.say(reader=researcher, **ends, item="IDP-1/3", reason="Sell together")
    assert shown(researcher, person_id("B")) == {"SurA, ForeA": (("Said in a plan on 10 January 2017 (IDP-1/3)",), "weak")}
    with pytest.raises(LinkRefused):
        actions.say(reader=researcher, **ends, item="IDP-1/3", reason="Again")


def test_somebody_outside_the_readers_work_has_no_name_number_or_reference(people, events, person_id, researcher):
    people("ABC", unplanned="B")
    events("E1 A arrested 2016-12-01", "E1 B arrested 2016-12-01")
    found = network(person_id("A"), researcher)
    assert shown(researcher, person_id("A")) == {"One other person": (("Arrested together on 1 December 2016",), "weak")}
    assert [each.other for each in found.linked] == [None]
    with pytest.raises(LinkRefused):
        actions.renew(reader=researcher, person=person_id("A"), other=person_id("B"), reason="x")


@pytest.mark.parametrize(("kind", "names"), [("excluded", True), ("restricted", False)])
def test_somebody_kept_from_the_reader_is_not_even_one_other_person(people, events, person_id, researcher, kind, names):
    people("ABC")
    events("E1 A arrested 2016-12-01", "E1 B arrested 2016-12-01", "E1 C arrested 2016-12-01")
    accounts = [researcher.account] if names else []
    access.limit(by="test", person=person_id("B"), kind=kind, accounts=accounts, start=date(2016, 1, 1), ring=researcher.post,
                 reason="x")  # fmt: skip
    found = network(person_id("A"), replace(researcher, _asked={}))
    assert ([each.shown for each in found.linked], found.among) == (["SurC, ForeC"], ())


def test_links_among_those_named_and_no_further(people, events, person_id, researcher):
    people("ABCD")
    events("E1 A arrested 2016-12-01", "E1 B arrested 2016-12-01", "E2 A arrested 2016-12-02", "E2 C arrested 2016-12-02",
           "E3 B convicted 2016-12-03", "E3 C convicted 2016-12-03", "E3 D convicted 2016-12-03")  # fmt: skip
    found = network(person_id("A"), researcher)
    assert [each.shown for each in found.linked] == ["SurC, ForeC", "SurB, ForeB"]  # the latest first
    assert [(each.one.node, each.other.node, each.link.strength) for each in found.among] == [(1, 2, "moderate")]


def test_only_the_neighbourhood_is_read(people, events, person_id, researcher):
    people("ABCDE")
    events("E1 A arrested 2016-12-01", "E1 B arrested 2016-12-01")

    def asked():
        with CaptureQueriesContext(connection) as queries:
            network(person_id("A"), replace(researcher, _asked={}))
        return len(queries)

    few = asked()
    events("E2 A arrested 2016-12-01", "E2 B arrested 2016-12-01", "E3 A arrested 2016-12-01", "E3 B convicted 2016-12-01",
           "E4 C arrested 2016-12-01", "E4 D arrested 2016-12-01", "E5 D arrested 2016-12-01", "E5 E arrested 2016-12-01")
    assert asked() == few
    assert list(links_of([person_id("A")], DAY)) == [pair(person_id("A"), person_id("B"))]


def test_the_timeline_never_tells_that_somebody_was_a_victim(people, events, person_id, researcher):
    people("AB")
    events("E1 A arrested 2016-12-01", "E1 B victim 2016-12-01", "E2 A arrested 2016-12-02", "E2 B arrested 2016-12-02")
    actions.leave_out(reader=researcher, person=person_id("A"), other=person_id("B"), why="victim", reason="As E1 has it")
    words = {letter: [each.words for each in timeline(person_id(letter))] for letter in "AB"}
    assert words == {
        "A": ["Arrested in event E1", "Arrested in event E2", "A link with another person was left out"],
        "B": ["Arrested in event E2", "A link with another person was left out"],
    }
    assert all(each.row == "plan" for letter in "AB" for each in timeline(person_id(letter)))
    assert {table: len(rows) for table, rows in held_about(person_id("B")).items()} == {
        "Parts in events": 2, "What was decided of links with others": 1,
    }  # fmt: skip
