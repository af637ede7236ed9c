"""Crimes are matched with the tags that were worn then; what was not run is not "no match"; a changed crime is matched anew."""

import json
from datetime import UTC, date, datetime

import pytest

from tests.positions.made import table
from tests.strands.tagging_crimes.conftest import DAY, police_file, police_row, walk
from throughcare.casework.access import actions as access
from throughcare.casework.audit.models import Entry
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes import actions, matching
from throughcare.strands.tagging.crimes.errors import ReviewRefused
from throughcare.strands.tagging.crimes.queries import (
    NO_MATCH,
    failed_run,
    positions_came_since,
    sent_to_police,
    shown,
    to_match_again,
    unseen_of,
    waiting,
)

pytestmark = pytest.mark.django_db
AT = datetime(2017, 3, 24, 9, tzinfo=UTC)


def sent(*rows: str, name="crimes.csv"):
    return actions.take_and_run(by="test", name=name, content=police_file(*rows), at=AT)


def crime(reader, reference="C1"):
    (found,) = shown([m.Crime.objects.get(reference=reference).pk], reader)
    return found


OUTCOMES = """
near, in the window                      | A T1 2017-03-20 2017-04-20 | T1 12:00 10 0     | matched  | 1 match
the tag was elsewhere                    | A T1 2017-03-20 2017-04-20 | T1 12:00 10 5000  | no_match | No match among the people
one fix is too few                       | A T1 2017-03-20 2017-04-20 | T1 12:00 1 0      | no_match | No match among the people
the tag was silent in the window         | A T1 2017-03-20 2017-04-20 | T1 09:00 10 0     | not_run  | Not run: no tag was heard
the order had ended                      | A T1 2017-03-01 2017-03-22 | T1 12:00 10 0     | not_run  | Not run: no tag was heard
the order had not begun                  | A T1 2017-03-23 2017-04-22 | T1 12:00 10 0     | not_run  | Not run: no tag was heard
nobody wore that tag                     | A T2 2017-03-20 2017-04-20 | T1 12:00 10 0     | not_run  | Not run: no tag was heard
"""


@pytest.mark.parametrize(("_of", "order", "fixes", "outcome", "words"), table(OUTCOMES))
def test_what_a_crime_comes_to(orders, came, officer, _of, order, fixes, outcome, words):
    tag, start, minutes, north = fixes.split()
    orders(order)
    came(*walk(tag, start, int(minutes), north=float(north)))
    sent(police_row("C1"))
    assert m.CrimeResult.objects.get().outcome == outcome
    assert crime(officer).outcome.startswith(words)


def test_a_crime_without_a_place_is_not_run_and_before_a_run_it_is_not_run_yet(orders, officer):
    orders("A T1 2017-03-20 2017-04-20")
    content = b"crime_id,time_from,time_to,latitude,longitude\nC1,2017-03-22T12:00:00Z,2017-03-22T13:00:00Z,,\n"
    batch = actions.take(by="test", name="h.csv", content=content, at=AT, force="Essex")
    assert crime(officer).outcome == "Not run yet"
    actions.run(by="test", versions=list(batch.versions.all()), cause="again", at=AT)
    assert crime(officer).outcome == "Not run: the crime has no place or no window"


def test_a_match_has_its_visits_times_and_least_distance(orders, came):
    (made,) = orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 5, north=60), *walk("T1", "12:05", 5, north=300), *walk("T1", "12:10", 5, north=20))
    _, run = sent(police_row("C1"))
    match = m.Match.objects.get()
    assert (match.order_id, match.person_id) == (made.pk, made.person_id)
    assert (match.fixes, match.visits, round(match.nearest_m)) == (10, 2, 20)
    assert (f"{match.first_at:%H:%M}", f"{match.last_at:%H:%M}") == ("12:00", "12:14")
    assert json.loads(run.parameters)["radius_m"] == 100.0 and run.outcome == "done"
    assert set(json.loads(run.inputs)) == {"2017-03-22"} and len(json.loads(run.inputs)["2017-03-22"]) == 64


def test_the_same_positions_give_the_same_hash_and_more_another(orders, came, officer):
    orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 5))
    _, first = sent(police_row("C1"))
    version = m.CrimeVersion.objects.get()
    assert actions.run(by="test", versions=[version], cause="again", at=AT).inputs == first.inputs
    result = crime(officer).result
    assert not positions_came_since(result)
    came(*walk("T1", "12:30", 5))
    assert positions_came_since(result)
    assert actions.run(by="test", versions=[version], cause="again", at=AT).inputs != first.inputs
    assert not positions_came_since(crime(officer).result)
    assert crime(officer).matches[0].match.fixes == 10


@pytest.mark.parametrize(("day", "found"), [(date(2017, 3, 24), 1), (date(2017, 4, 21), 1), (date(2017, 4, 22), 0)])
def test_positions_that_came_late_are_looked_for_thirty_days(orders, came, day, found):
    """Two crimes of two days; positions come late for the first day alone."""
    orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 5), *walk("T1", "12:00", 5, day="2017-03-23"))
    sent(police_row("C1"), police_row("C2", "20170323120000", "20170323130000"))
    came(*walk("T1", "12:30", 5))
    crimes = m.Crime.objects.in_bulk(to_match_again(day))
    assert [each.reference for each in crimes.values()] == ["C1"] * found


def test_of_two_who_wore_a_tag_one_after_the_other_the_right_one_is_matched(orders, came):
    orders("A T1 2017-03-20 2017-03-22", "B T1 2017-03-22 2017-04-20")
    came(*walk("T1", "12:00", 5))
    sent(police_row("C1"))
    assert list(m.Match.objects.values_list("person__surname", flat=True)) == ["SurB"]


def test_who_could_not_have_been_seen_is_listed_of_those_who_wore_a_tag_then(orders, came, officer):
    orders("A T1 2017-03-20 2017-04-20", "B T2 2017-03-20 2017-04-20", "C T3 2017-03-20 2017-03-21", "D T4 2017-03-23 2017-04-20")
    came(*walk("T1", "12:00", 60), *walk("T2", "09:00", 5))
    sent(police_row("C1"))
    assert [(who.surname, tag) for who, tag in unseen_of(crime(officer).result, officer)] == [("SurB", "T2")]


RERUNS = """
as it was     | C1 20170322120000 20170322130000 0    | 1 | 1
other window  | C1 20170322150000 20170322160000 0    | 2 | 0
other place   | C1 20170322120000 20170322130000 3000 | 2 | 0
"""


@pytest.mark.parametrize(("_of", "row", "runs", "matches"), table(RERUNS))
def test_a_crime_whose_window_or_place_changed_is_matched_anew(orders, came, officer, _of, row, runs, matches):
    orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 10), *walk("T1", "15:00", 60, north=5000))
    sent(police_row("C1"))
    reference, start, end, north = row.split()
    sent(police_row(reference, start, end, north=float(north), batch="MPS20170324-1"))
    assert m.MatchRun.objects.count() == int(runs)
    found = crime(officer)
    assert len(found.matches) == int(matches) and found.was_run and found.last.number == 2
    assert len(waiting(officer)) == int(matches)


def test_a_run_that_fails_is_said_and_is_not_no_match(orders, came, officer, monkeypatch):
    orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 10))

    def breaks(*given, **told):
        raise OSError("the disk is full")

    monkeypatch.setattr(matching, "match", breaks)
    batch, run = sent(police_row("C1"))
    assert (run.outcome, run.fault, batch.rows) == ("failed", "the disk is full", 1)
    found = crime(officer)
    assert found.outcome == "Not run yet" and failed_run(found) == run
    monkeypatch.undo()
    actions.run(by="test", versions=[found.asked], cause="again", at=AT)
    assert crime(officer).outcome == "1 match" and failed_run(crime(officer)) is None


def test_a_run_is_kept_with_who_was_asked_and_each_match_about_its_person(orders, came, person_id):
    orders("A T1 2017-03-20 2017-04-20", "B T2 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 60), *walk("T2", "12:00", 60, north=4000))
    sent(police_row("C1"))
    asked = json.loads(Entry.objects.get(verb="tagging.positions").details)
    assert asked["purpose"] == "matching" and len(asked["orders"]) == 2
    assert list(Entry.objects.filter(verb="tagging.matched").values_list("person_id", flat=True)) == [person_id("A")]


def test_somebody_kept_from_the_reader_is_in_no_line_and_no_count(orders, came, officer, person_id):
    orders("A T1 2017-03-20 2017-04-20", "B T2 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 60), *walk("T2", "09:00", 5))
    sent(police_row("C1"))
    for letter in "AB":
        access.limit(by="test", person=person_id(letter), kind="restricted", accounts=[], start=date(2017, 3, 1))
    found = crime(officer)
    assert (found.outcome, found.matches, found.waiting) == (NO_MATCH, (), 0)
    assert waiting(officer) == [] and unseen_of(found.result, officer) == []


@pytest.fixture
def match(orders, came):
    orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 10))
    sent(police_row("C1"))
    return m.Match.objects.get()


def test_a_review_holds_until_it_is_taken_back(match, officer):
    assert [each.match for each in waiting(officer)] == [match]
    kept = actions.review(reader=officer, match=match, decision="police", reason="Ten fixes at the door")
    assert waiting(officer) == [] and [each.match for each in sent_to_police(officer)] == [match]
    with pytest.raises(ReviewRefused, match="is decided"):
        actions.review(reader=officer, match=match, decision="data_fault", reason="Rain")
    actions.take_back(reader=officer, review=kept)
    assert [each.match for each in waiting(officer)] == [match] and sent_to_police(officer) == []
    with pytest.raises(ReviewRefused, match="taken back"):
        actions.take_back(reader=officer, review=kept)


REVIEWS = """
guilty | seen | That is no decision
police |      | A reason is to be given
"""


@pytest.mark.parametrize(("decision", "reason", "refused"), table(REVIEWS))
def test_what_no_review_is(match, officer, decision, reason, refused):
    with pytest.raises(ReviewRefused, match=refused):
        actions.review(reader=officer, match=match, decision=decision, reason=reason)


def test_a_match_of_a_run_that_was_replaced_is_not_reviewed(match, officer):
    actions.run(by="test", versions=[match.result.version], cause="again", at=AT)
    with pytest.raises(ReviewRefused, match="a later one has replaced"):
        actions.review(reader=officer, match=match, decision="police", reason="Seen")


def test_a_charge_follows_what_was_sent_to_the_police(match, officer):
    told = {"charged_on": DAY, "offence": "Theft from a person", "reference": "CH/1"}
    with pytest.raises(ReviewRefused, match="not sent"):
        actions.charge(reader=officer, match=match, **told)
    kept = actions.review(reader=officer, match=match, decision="police", reason="Seen")
    with pytest.raises(ReviewRefused, match="before the crime"):
        actions.charge(reader=officer, match=match, **{**told, "charged_on": date(2017, 3, 21)})
    with pytest.raises(Exception, match="still to come"):
        actions.charge(reader=officer, match=match, **{**told, "charged_on": date(2017, 3, 25)})
    charged = actions.charge(reader=officer, match=match, **told)
    with pytest.raises(ReviewRefused, match="on record"):
        actions.charge(reader=officer, match=match, **told)
    with pytest.raises(ReviewRefused, match="charge that came of it"):
        actions.take_back(reader=officer, review=kept)
    actions.take_charge_back(reader=officer, charge=charged)
    assert crime(officer).matches[0].charges == ()
    actions.take_back(reader=officer, review=kept)
