"""What a person's record says is next: what is planned for today too, until it has been told of."""

import re
from datetime import time, timedelta

import pytest

from tests.web.access.asking import ask
from tests.web.access.world import DAY
from throughcare.casework.people.models import Person
from throughcare.casework.referrals.models import Referral
from throughcare.core.times import instant
from throughcare.strands.programmes.actions import book_appointment, record_appointment
from throughcare.strands.programmes.meetings import actions as meetings

NOTHING = "Nothing planned is on record"


def part(world, heading: str, who: str = "offender_manager") -> str:
    """What stands under a heading of the person's first page."""
    text = ask(world.reader(who), f"/people/{world.people['in']}/").text
    return re.sub(r"<[^>]+>", " ", text.partition(f">{heading}</h2>")[2].partition("<h2")[0])


def plan(world, day=DAY):
    referral = Referral.objects.get(person=world.people["in"], service="mentoring")
    at, post = instant(day, time(14)), world.posts["volunteer"]
    return meetings.plan(by="t", referral=referral, kind="meeting", starts_at=at, post=post, on=DAY)


@pytest.mark.parametrize("who", ["offender_manager", "provider_worker", "senior_officer"])
def test_a_meeting_of_today_is_next_for_everybody_who_may_know_of_it(world, who):
    assert "Wednesday 7 December 2016" not in part(world, "Next", who)
    plan(world)
    told = part(world, "Next", who)
    assert "Wednesday 7 December 2016" in told and "Meeting at 2pm" in told and NOTHING not in told
    assert "Meeting at 2pm" not in part(world, "Last events", who)


@pytest.mark.parametrize("who", ["provider_worker", "volunteer"])
def test_a_meeting_that_cannot_be_as_planned_stands_apart_with_its_reason(world, who):
    plan(world)
    before = ask(world.reader(who), "/meetings/").text
    meetings.flag_meetings(by="t", person=world.people["in"], how="custody", on=DAY)
    after = ask(world.reader(who), "/meetings/").text
    assert after.count("In custody") == before.count("In custody") + 1
    assert "Not as planned" in after


def test_a_volunteer_is_told_where_their_own_meetings_are(world):
    plan(world)
    told = part(world, "Next", "volunteer")
    assert "on the page Meetings" in " ".join(told.split()) and NOTHING not in told


def test_when_it_has_been_told_of_it_is_a_thing_of_the_past(world):
    meetings.went(by="t", meeting=plan(world), how="held", on=DAY)
    assert "Wednesday 7 December 2016" not in part(world, "Next")
    assert "Session attended" in part(world, "Last events")


@pytest.mark.parametrize("ahead", [0, 1, 30])
def test_an_appointment_that_is_booked_is_next_until_its_outcome_is_kept(world, ahead):
    person, day = Person.objects.get(pk=world.people["in"]), DAY + timedelta(days=ahead)
    words = "Appointment with the offender manager: no outcome yet"
    assert words not in part(world, "Next")
    book_appointment(by="t", person=person, due_on=day)
    assert words in part(world, "Next")
    if ahead == 0:
        record_appointment(by="t", person=person, due_on=day, held_on=day, outcome="ATTC")
        assert words not in part(world, "Next")
