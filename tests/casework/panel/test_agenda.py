"""Why somebody is suggested for the agenda. Panels were held on 4 April and 2 May 2016; the next is on 6 June 2016.

The pilot file says that a member is to be discussed within eight weeks. Everybody joined on 4 January 2016.
"""

from datetime import date

import pytest

from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.actions import rate
from throughcare.casework.cohort.models import Membership, Proposal, Transfer
from throughcare.casework.panel import actions
from throughcare.casework.panel.agenda import reasons, suggestions
from throughcare.casework.panel.models import Item
from throughcare.casework.people.models import CustodySpell, Person

APRIL, MAY, JUNE = date(2016, 4, 4), date(2016, 5, 2), date(2016, 6, 6)


@pytest.fixture
def why(borough, held):
    """By letter, why each is suggested for the panel of 6 June, as (group, words). A and B were discussed on 2 May."""
    held(APRIL, "ABCD")
    held(MAY, "AB")

    def ask() -> dict[str, list[tuple[str, str]]]:
        reader = borough.reader("iom", JUNE)
        meeting = actions.plan(by=reader.by, borough="Hackney", on=JUNE)
        found = reasons(reader, meeting)
        return {p: [(w.group, w.words) for w in found.get(borough.people[p], [])] for p in borough.people}

    return ask


OVERDUE = ("overdue", "Not discussed since 4 April 2016")


def test_who_was_discussed_eight_weeks_ago_is_overdue_and_who_was_lately_is_not(why):
    assert why() == {"A": [], "B": [], "C": [OVERDUE], "D": [OVERDUE]}


@pytest.mark.parametrize(
    ("rag", "on", "found"),
    [
        ("Red", MAY, [("red", "Red")]),  # the panel gave it itself: Red, and nothing has changed since
        ("Red", date(2016, 5, 3), [("red", "Red"), ("changed", "Red since 3 May 2016")]),
        ("Green", date(2016, 5, 3), [("changed", "Green since 3 May 2016")]),
        ("Green", MAY, []),
        ("Amber", JUNE, [("changed", "Amber since 6 June 2016")]),
        ("Red", date(2016, 6, 7), []),  # not known yet
    ],
)
def test_red_and_changed_ratings(borough, why, rag, on, found):
    rate(by="test", person=borough.people["A"], rag=rag, reason="x", on=on)
    assert why()["A"] == found


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (date(2016, 5, 2), None, []),  # the panel knew
        (date(2016, 5, 3), None, [("changed", "Into Isis on 3 May 2016")]),
        (date(2016, 3, 1), date(2016, 6, 6), [("changed", "Out of Isis on 6 June 2016")]),
        (date(2016, 3, 1), date(2016, 6, 7), []),
        (date(2016, 5, 9), JUNE, [("changed", "Into Isis on 9 May 2016"), ("changed", "Out of Isis on 6 June 2016")]),
    ],
)
def test_into_and_out_of_prison(borough, why, start, end, found):
    with recording(by="test", verb="test.custody"):
        CustodySpell(person_id=borough.people["A"], prison="Isis", kind="sentenced", start=start, end=end).save()
    assert why()["A"] == found


def test_joined_came_and_proposed(borough, why):
    with recording(by="test", verb="test.members"):
        new = Person(forenames="E", surname="New")
        new.save()
        borough.people["E"] = new.pk
        Membership(person=new, start=date(2016, 5, 16), borough="Hackney", because="x", reasons="", joined_by="test").save()
        Transfer(person_id=borough.people["A"], on=date(2016, 5, 17), from_borough="Camden", to_borough="Hackney",
                 accepted_by="test", reason="x").save()  # fmt: skip
        Proposal(person_id=borough.people["B"], kind="leave", as_at=MAY, holds_from=MAY, because="x", reasons="", evidence="{}",
                 borough="Hackney", facts_digest="x", made_at="2016-05-02T09:00Z", made_by="rule").save()  # fmt: skip
    found = why()
    assert found["E"] == [("changed", "Joined the cohort on 16 May 2016")]
    assert found["A"] == [("changed", "Came from Camden on 17 May 2016")]
    assert found["B"] == [("changed", "Proposed to leave")]


def test_asked_for_until_discussed_and_again_if_that_is_taken_back(borough, why, held):
    actions.ask(reader=borough.reader("manager", JUNE), person=borough.people["A"], reason="Moved in with his brother")
    assert why()["A"] == [("asked", "Asked for")]
    later = date(2016, 6, 20)
    reader = borough.reader("iom", later)
    meeting = held(later, "A", closed=False)
    item = Item.objects.select_related("meeting").get(meeting=meeting)
    assert not asks_of(reader, meeting, borough)
    actions.take_back(by=reader.by, item=item, room=[])
    assert asks_of(reader, meeting, borough)


def asks_of(reader, meeting, borough) -> bool:
    return "Asked for" in [w.words for w in reasons(reader, meeting).get(borough.people["A"], [])]


def test_a_person_stands_once_under_the_first_group_with_every_reason(borough, held):
    held(APRIL, "ABCD")
    rate(by="test", person=borough.people["D"], rag="Red", reason="x", on=MAY)
    reader = borough.reader("iom", JUNE)
    meeting = actions.plan(by=reader.by, borough="Hackney", on=JUNE)
    told = suggestions(reader, meeting)
    assert (told[0].person, told[0].group) == (borough.people["D"], "red")
    assert [w.group for w in told[0].why] == ["red", "changed", "overdue"]
    actions.put_on(by=reader.by, meeting=meeting, people={borough.people["D"]: told[0].why})
    assert borough.people["D"] not in [s.person for s in suggestions(reader, meeting)]
