"""The cohort's pages: each role is told of whom it may be, in list, file, changes and counts alike; what is decided there."""

import csv
import io
import re
from datetime import date, timedelta
from html import unescape

import pytest

from tests.web.access.asking import ask
from tests.web.access.world import BEFORE, DAY, PEOPLE
from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.models import Entry
from throughcare.casework.cohort.models import Membership, Proposal, Rating, Transfer

# Whom each sees in the cohort, and whether by name. Barred are `bar` for all of them, `named` but for the manager, `nobody`.
SEEN = [
    ("iom_coordinator", {"in"}, True),
    ("senior_officer", {"in"}, True),
    ("offender_manager", {"in", "named"}, True),
    ("court_officer", {"in"}, True),
    ("prison_coordinator", {"in"}, True),
    ("tasking_officer", {"in"}, True),
    ("camden-iom", {"out"}, True),
    ("pilot_manager", {"in", "out"}, False),
    ("analyst", {"in", "out"}, False),
    ("data_protection_officer", set(), False),
]
LISTS = ("/cohort/", "/cohort/?as-at=2016-11-02", "/cohort/changes/?from=2016-10-01", "/cohort/proposals/")
FILES = ("/cohort/members.csv", "/cohort/members.csv?as-at=2016-11-02", "/cohort/changes.csv?from=2016-10-01")


def words(page: str) -> str:
    """What the page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("<main")[1])).split())


@pytest.mark.parametrize(("role", "seen", "named"), SEEN)
def test_every_list_has_those_whom_the_reader_may_see_and_no_others(world, role, seen, named):
    for path in LISTS:
        said = words(ask(world.reader(role), path).text)
        for who, (_, surname) in PEOPLE.items():
            assert (surname in said) == (who in seen and named), (path, who)
            assert (f"Person {world.people[who]} " in said) == (who in seen and not named), (path, who)


@pytest.mark.parametrize(("role", "seen", "named"), SEEN)
def test_no_count_tells_of_somebody_who_is_not_shown(world, role, seen, named):
    number = len(seen)
    ones = "1 member" if number == 1 else f"{number} members"
    reader = world.reader(role)
    if number:
        assert f"Cohort {ones} on Wednesday 7 December 2016" in words(ask(reader, "/cohort/").text)
    changed = words(ask(reader, "/cohort/changes/?from=2016-10-01").text)
    assert f"0 members then, {ones} now" in changed
    assert (f"Joined : {number} " in changed) == bool(number)
    proposed = words(ask(reader, "/cohort/proposals/").text)
    assert (f"0 to join, {number} to leave" in proposed) == bool(number)


@pytest.mark.parametrize(("role", "seen", "named"), SEEN)
def test_a_file_has_the_same_rows_as_the_list_and_that_it_was_taken_is_kept(world, role, seen, named):
    for path in FILES:
        before = Entry.objects.count()
        answer = ask(world.reader(role), path)
        rows = list(csv.DictReader(io.StringIO(answer.text.split("\n\n")[0].removeprefix("\ufeff"))))
        assert {int(row["person"]) for row in rows} == {world.people[who] for who in seen}, path
        assert {row.get("surname") or "" for row in rows} <= ({PEOPLE[who][1] for who in seen} if named else {""})
        entries = Entry.objects.filter(pk__gt=before)
        assert {e.person_id for e in entries if e.verb == "export"} == {world.people[who] for who in seen}
        assert entries.latest("pk").verb == "cohort.export"


def test_who_sees_by_number_reads_no_reason(world):
    for path in (*LISTS, *FILES):
        page = ask(world.reader("pilot_manager"), path).text
        assert not re.search(r"MARK|/people/\d", page), path


def test_a_borough_sees_who_was_its_own_for_as_long_as_they_were(world):
    """`out` was Hackney's until 20 November, and has been Camden's since. The file's day, and who has them in the list."""
    person = world.people["out"]
    with recording(by="test", verb="test.transfer"):
        Membership.objects.filter(person=person).update(borough="Hackney")
        Transfer(person_id=person, on=date(2016, 11, 20), from_borough="Hackney", to_borough="Camden", reason="moved").save()
    for day, hackney in (("2016-11-19", True), ("2016-11-20", False), ("2016-12-07", False)):
        page = ask(world.reader("iom_coordinator"), f"/cohort/?as-at={day}").text
        assert ("Outsider" in page) == hackney, day
        assert f"/people/{person}/" not in page, "the page of somebody who is no longer theirs is not theirs to open"
    told = words(ask(world.reader("iom_coordinator"), "/cohort/changes/?from=2016-11-19&to=2016-11-20").text)
    assert "Passed to another borough: from Hackney Outsider, Edwin Camden moved" in told


def test_filters_stand_in_the_address_and_come_off_one_by_one(world):
    page = ask(world.reader("offender_manager"), "/cohort/?rag=Red&where=In+custody&sort=-score").text
    assert "Cohort 2 members on" in words(page)
    assert 'href="?where=In+custody&amp;sort=-score"' in page
    assert 'aria-sort="descending"' in page
    assert "No member fits these filters" in words(ask(world.reader("offender_manager"), "/cohort/?rag=Green").text)


@pytest.mark.parametrize(("path", "says"), [
    ("/cohort/?as-at=8/12/2016", "Enter a day that is not after today"),
    ("/cohort/?as-at=yesterday", "Enter a real date"),
    ("/cohort/?borough=Atlantis", "Choose one of the list"),
    ("/cohort/changes/?from=2016-12-07&to=2016-12-01", "The first day is not before the second"),
])  # fmt: skip
def test_what_cannot_be_asked_is_said_and_the_list_is_still_there(world, path, says):
    said = words(ask(world.reader("iom_coordinator"), path).text)
    assert "There is a problem" in said
    assert says in said


def test_the_changes_of_a_day_say_what_why_and_by_whom(world):
    said = words(ask(world.reader("iom_coordinator"), f"/cohort/changes/?from={BEFORE - timedelta(days=1)}&to={BEFORE}").text)
    assert "Joined: off the rule Inscope, Ansel Hackney MARKJOINED test" in said
    assert "Rating changed: Red, not rated before Inscope, Ansel Hackney MARKRAG panel" in said
    assert "New proposal: to leave Inscope, Ansel Hackney MARKPROPOSED the rule" in words(
        ask(world.reader("iom_coordinator"), "/cohort/changes/").text
    )


def send(world, role: str, path: str, **told: object):
    return ask(world.reader(role), path, "post", told)


@pytest.fixture
def leaver(world) -> Proposal:
    """The proposal of `in` and those of people kept from the co-ordinator, all by date."""
    with recording(by="test", verb="test.date"):
        Proposal.objects.update(because="sentence ended")
    return Proposal.objects.get(pk=world.ids["proposal:in"])


def test_leavers_are_decided_together_checked_first_and_each_may_be_taken_back(world, leaver):
    told = {"proposal": [leaver.pk], "answer": "leave", "reason": "order over"}
    checked = words(send(world, "iom_coordinator", "/cohort/proposals/", **told).text)
    assert "Inscope, Ansel MARKPROPOSED What you decide 1 person: they leave the cohort today Why order over" in checked
    assert Proposal.objects.get(pk=leaver.pk).state == "open"
    done = words(send(world, "iom_coordinator", "/cohort/proposals/", send="yes", **told).text)
    assert "Decided 1 person: they leave the cohort today" in done
    assert not Membership.objects.filter(person=leaver.person_id, end=None).exists()
    path = f"/cohort/proposals/{leaver.pk}/"
    assert send(world, "iom_coordinator", path, do="take-back", reason="renewed", send="yes").status == 302
    assert Membership.objects.filter(person=leaver.person_id, end=None).exists()


@pytest.mark.parametrize("who", ["bar", "named", "nobody", "out"])
def test_nobody_whom_the_reader_may_not_see_is_decided_together_with_others(world, leaver, who):
    told = {"proposal": [leaver.pk, world.ids[f"proposal:{who}"]], "answer": "leave", "reason": "x", "send": "yes"}
    assert "One of these waits no more" in words(send(world, "iom_coordinator", "/cohort/proposals/", **told).text)
    assert Proposal.objects.get(pk=leaver.pk).state == "open"


def test_a_proposal_is_parked_shown_as_parked_and_off_today_until_its_day(world):
    path = f"/cohort/proposals/{world.ids['proposal:in']}/"
    told = {"answer": "park", "reason": "asked the manager"}
    assert "Enter the day on which it is to wait again" in words(send(world, "iom_coordinator", path, **told).text)
    assert "at most three months" in words(send(world, "iom_coordinator", path, until="1/6/2017", send="yes", **told).text)
    assert send(world, "iom_coordinator", path, until="14/12/2016", send="yes", **told).status == 302
    listed = words(ask(world.reader("iom_coordinator"), "/cohort/proposals/").text)
    assert "Parked until Wednesday 14 December 2016: asked the manager" in listed
    assert "MARKPROPOSED" not in ask(world.reader("iom_coordinator"), "/today/all/").text
    assert send(world, "iom_coordinator", path, do="unpark").status == 302
    assert "MARKPROPOSED" in ask(world.reader("iom_coordinator"), "/today/all/").text


def test_what_was_decided_is_not_decided_again_and_what_waits_has_nothing_to_take_back(world):
    path = f"/cohort/proposals/{world.ids['proposal:in']}/"
    assert send(world, "iom_coordinator", path, do="take-back", reason="x", send="yes").status == 404
    assert send(world, "iom_coordinator", path, answer="no", reason="known to us", send="yes").status == 302
    assert send(world, "iom_coordinator", path, answer="yes", reason="x", send="yes").status == 404
    assert send(world, "senior_officer", path, do="take-back", reason="x", send="yes").status == 404


def test_somebody_the_rule_missed_is_put_forward_flagged_and_taken_back(world):
    person = world.people["in"]
    forward, back = f"/people/{person}/put-forward/", f"/people/{person}/joined-by-mistake/"
    assert "is a member already" in words(ask(world.reader("iom_coordinator"), forward).text)
    assert send(world, "iom_coordinator", back, reason="not them", send="yes").status == 302
    assert Membership.objects.get(person=person).left_because == "joined by mistake"
    assert "The rule does not find them eligible, because" in words(ask(world.reader("iom_coordinator"), forward).text)
    assert "off the rule, flagged and counted apart" in words(send(world, "iom_coordinator", forward, reason="we know").text)
    assert send(world, "iom_coordinator", forward, reason="we know", send="yes").status == 302
    assert Membership.objects.get(person=person, end=None).off_rule
    assert send(world, "iom_coordinator", back, reason="not them", send="yes").status == 302
    assert not Membership.objects.filter(person=person, end=None).exists()
    assert Membership.every.get(person=person, start=DAY).annulled_on == DAY


def test_a_rating_is_kept_with_its_reason_by_the_borough_responsible_alone(world):
    person, path = world.people["in"], f"/people/{world.people['in']}/rag/"
    assert "MARKRAG" in ask(world.reader("iom_coordinator"), path).text
    assert "There is a problem" in words(send(world, "iom_coordinator", path, rag="Blue").text)
    assert send(world, "iom_coordinator", path, rag="Green", reason="settled").status == 302
    assert Rating.objects.filter(person=person).latest("pk").rag == "Green"
    with recording(by="test", verb="test.borough"):
        Membership.objects.filter(person=person).update(borough="Camden")
    assert "The panel of Camden rates this person" in words(send(world, "iom_coordinator", path, rag="Red", reason="x").text)
