"""Of everybody in the world: a missed appointment, a visit planned, a place in a group. Clearances of two prisons."""

from datetime import time, timedelta
from typing import TYPE_CHECKING

from throughcare.casework.audit.actions import recording
from throughcare.casework.people.models import Person
from throughcare.casework.referrals.hands import actions as hands
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.talk import actions as talk
from throughcare.core.times import instant
from throughcare.strands.programmes.actions import record_appointment
from throughcare.strands.programmes.clearances import actions as clearances
from throughcare.strands.programmes.family import actions as family
from throughcare.strands.programmes.groups import actions as groups
from throughcare.strands.programmes.groups.queries import days_of
from throughcare.strands.programmes.meetings import actions as meetings
from throughcare.strands.programmes.models import EndReport
from throughcare.strands.programmes.reminders.actions import agree
from throughcare.strands.programmes.work import actions as work

if TYPE_CHECKING:
    from tests.web.access.world import World


def plant_groups(world: "World") -> None:
    """One group of mentors that runs, with somebody who will be barred; one to come, with the others, to be checked."""
    from tests.web.access.world import DAY

    told = {"service": "mentoring", "provider": "osmani_trust", "venue": "MARKVENUE", "starts_on": DAY, "at": time(14),
            "weeks": 2, "capacity": 5, "quorum": 1, "on": DAY}  # fmt: skip
    for name, people in (("running", ("bar",)), ("group", ("in", "named", "nobody"))):
        group = groups.plan_group(by="test", name=f"Group {name}", **told)
        for who in people:
            referral = Referral.objects.get(person=world.people[who], service="mentoring")
            groups.offer_place(by="test", group=group, referral=referral, on=DAY)
        check = groups.ask_check(by="test", group=group, on=DAY)
        world.ids[f"{name}:in"] = group.pk
        if name == "group":
            world.ids["check:in"] = check.pk
            continue
        groups.answer_check(reader=world.reader("iom_coordinator"), check=check, answer="go")
        groups.confirm(by="test", group=group)
        groups.begin(by="test", group=group, on=DAY)
        world.ids["group-day:in"] = days_of(group)[0].pk


def plant_work(world: "World", who: str, referral: Referral) -> None:
    """Who works the referral, a goal of it, and the report of an earlier end, after which it was opened again."""
    from tests.web.access.world import BEFORE, DAY

    hands.give(by="test", referral=referral, post=world.posts["provider_worker"], on=DAY)
    goal = work.agree_goal(by="test", referral=referral, area="money", text="MARKGOAL", on=DAY, today=DAY)
    world.ids[f"goal:{who}"] = goal.pk
    with recording(by="test", verb="test.report") as entry:
        report = EndReport(
            referral=referral, done="MARKDONE", following="MARKNEXT", kept_on=BEFORE, ended_on=BEFORE, how="ended_early",
            reason="needs_met", offered=3, attended=2, sent_on=BEFORE, sent_by="test",
        )  # fmt: skip
        report.save()
        entry.about(report, person_id=referral.person_id)


def plant_contact(world: "World") -> None:
    """Needs people, posts and referrals. A restricted person is not barred yet."""
    from tests.web.access.world import BEFORE, DAY

    volunteer = world.posts["volunteer"]
    for name, post, prison in (("in", "volunteer", "Pentonville"), ("out", "pact-worker", "Brixton")):
        asked = clearances.ask(by="test", post=world.posts[post], prison=prison, on=BEFORE)
        clearances.grant(by="test", clearance=asked, on=BEFORE)
        world.ids[f"clearance:{name}"] = asked.pk
    for who, person in world.people.items():
        manager = world.reader("camden-manager" if who == "out" else "offender_manager")
        missed = record_appointment(
            by="test", person=Person.objects.get(pk=person), due_on=DAY - timedelta(days=2), held_on=None, outcome="UAAB"
        )
        world.ids[f"appointment:{who}"] = missed.pk
        agree(reader=manager, person=person, channel="text", address=f"07700 90000{person % 10}")
        if who != "out":
            referral = Referral.objects.get(person=person, service="mentoring")
            asked = talk.ask(by="test", referral=referral, side="provider", text="MARKASKED", at=instant(BEFORE, time(9)))
            world.ids[f"question:{who}"] = asked.pk
            plant_work(world, who, referral)
            visit = meetings.plan(
                by="test", referral=referral, kind="visit", starts_at=instant(DAY + timedelta(days=1), time(10, person % 60)),
                post=volunteer, on=DAY, prison="Pentonville",
            )  # fmt: skip
            world.ids[f"meeting:{who}"] = visit.pk
            member = family.agree(by="test", referral=referral, name="MARKFAMILY", relation="mother", how="in_person",
                                  telephone="07700 900999", agreed_on=DAY, on=DAY)  # fmt: skip
            family.record_work(by="test", member=member, kind="met", held_on=DAY, on=DAY, line="MARKWORK")
            world.ids[f"family:{who}"] = member.pk
    plant_groups(world)
