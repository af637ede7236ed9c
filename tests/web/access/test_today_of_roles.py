"""Today, role by role: who, what is planted, what it shows; and where it leads, which is always a page that the role may open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt

from tests.outbox import hand_out
from tests.web.access.asking import ask
from tests.web.access.world import DAY, MANAGER, RING, World
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account, Holding
from throughcare.casework.access.policy import ROLES
from throughcare.casework.audit.actions import recording
from throughcare.casework.notes.models import Said
from throughcare.casework.people.models import CustodySpell
from throughcare.casework.pilot import current_pilot
from throughcare.core.pages import Task
from throughcare.strands.budgets.models import Purchase
from throughcare.strands.policing.models import Plan, Tasking
from throughcare.strands.prison.movements import actions as movements
from throughcare.strands.programmes.models import Session
from throughcare.web.sign_in.tasks import without_second_step
from throughcare.web.today import waiting_for
from throughcare.web.waiting import NOTHING


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the table: `seen` is the kind and some words of what Today shows; "": nothing of the kind any more."""

    who: str
    planted: Callable[[World], None]
    kind: str
    words: str


def nothing_more(world: World) -> None:
    """What is in the world as it is."""


def vacate(world: World) -> None:
    for holding in Holding.objects.filter(post=world.posts["offender_manager"]):
        access.let_go(by="test", holding=holding, on=DAY)


def vacate_senior(world: World) -> None:
    for holding in Holding.objects.filter(post=world.posts["senior_officer"]):
        access.let_go(by="test", holding=holding, on=DAY)


def opened(days: int) -> Callable[[World], None]:
    def plant(world: World) -> None:
        reader = world.reader("court_officer")
        object.__setattr__(reader, "day", DAY - timedelta(days=days))
        access.open_for_reason(reader=reader, person=world.people["out"], reason="court", words="MARKWORDS")

    return plant


def leave(world: World) -> None:
    for holding in Holding.objects.filter(account=world.accounts["second-manager"]):
        access.let_go(by="test", holding=holding, on=DAY)


def idle(days: int) -> Callable[[World], None]:
    def plant(world: World) -> None:
        at = datetime(2016, 12, 7, 9, tzinfo=UTC) - timedelta(days=days)
        Account.objects.filter(username="second-manager").update(last_login=at)

    return plant


def locked(failures: int) -> Callable[[World], None]:
    def plant(world: World) -> None:
        made = AccessAttempt.objects.create(username="volunteer", failures_since_start=failures, attempt_time=datetime.now(UTC))
        AccessAttempt.objects.filter(pk=made.pk).update(attempt_time=datetime(2016, 12, 6, 9, tzinfo=UTC))

    return plant


def plan_back(days: int, *, tasked: bool = False) -> Callable[[World], None]:
    def plant(world: World) -> None:
        with recording(by="test", verb="policing.test"):
            Tasking.objects.filter(person=world.people["in"], source__isnull=False).delete()
            plan = Plan.objects.get(person=world.people["in"], source__isnull=False)
            plan.received_on = DAY - timedelta(days=days)
            plan.save()
            if tasked:
                Tasking(person=plan.person, borough="Hackney", carried_out_on=DAY, comes_from="panel").save()

    return plant


def met(days: int | None) -> Callable[[World], None]:
    def plant(world: World) -> None:
        with recording(by="test", verb="programmes.test"):
            of = Session.objects.filter(referral__person=world.people["in"])
            of.delete() if days is None else of.update(held_on=DAY - timedelta(days=days))

    return plant


def moved(world: World) -> None:
    with recording(by="test", verb="people.test"):
        CustodySpell.objects.filter(person=world.people["in"]).update(end=DAY)
        CustodySpell(person_id=world.people["in"], prison="Isis", kind="sentenced", start=DAY).save()
    movements.learn(by="test", on=DAY)
    hand_out()


def approved(world: World) -> None:
    with recording(by="test", verb="budgets.test"):
        Purchase.objects.update(approved_on=DAY)


def settled(world: World) -> None:
    with recording(by="test", verb="notes.test"):
        Said.objects.update(settled_on=DAY)


TABLE = (
    Row(who="pilot_manager", planted=vacate, kind="Vacant posts with people", words=f"{MANAGER}, NPS Hackney, is vacant"),
    Row(who="pilot_manager", planted=vacate, kind="Vacant posts with people", words=RING),
    Row(who="pilot_manager", planted=nothing_more, kind="Purchases to approve", words="was asked for on 1 December 2016"),
    Row(who="pilot_manager", planted=approved, kind="Purchases to approve", words=""),
    Row(who="senior_officer", planted=vacate, kind="Unowned work", words=f"{MANAGER} is vacant"),
    Row(who="senior_officer", planted=nothing_more, kind="Purchases to approve", words="£50.00 for MARKBUDGET: asked for"),
    Row(who="senior_officer", planted=approved, kind="Purchases to approve", words=""),
    Row(who="tasking_officer", planted=nothing_more, kind="Plans requested", words="Plan requested on 28 November 2016"),
    Row(who="tasking_officer", planted=plan_back(9), kind="Plans without a tasking", words="Plan returned on 28 November 2016"),
    Row(who="tasking_officer", planted=plan_back(9), kind="Plans requested", words=""),
    Row(who="tasking_officer", planted=plan_back(9, tasked=True), kind="Plans without a tasking", words=""),
    Row(who="tasking_officer", planted=plan_back(60), kind="Plans without a tasking", words=""),
    Row(who="volunteer", planted=met(None), kind="Matched, not met yet", words="since Tuesday 1 November 2016: no meeting"),
    Row(who="volunteer", planted=met(14), kind="Not met for 14 days", words="Last meeting on record: Wednesday 23 November 2016"),
    Row(who="volunteer", planted=met(13), kind="Not met for 14 days", words=""),
    Row(who="volunteer", planted=nothing_more, kind="Releases to come", words="To be released on Monday 12 December 2016"),
    Row(who="volunteer", planted=moved, kind="Moved, released or back in prison", words="Moved from Pentonville to Isis"),
    Row(who="offender_manager", planted=nothing_more, kind="Things people say are wrong", words="since 7 December 2016"),
    Row(who="offender_manager", planted=settled, kind="Things people say are wrong", words=""),
    Row(who="data_protection_officer", planted=nothing_more, kind="Disagreements not settled", words="since 7 December 2016"),
    Row(who="data_protection_officer", planted=nothing_more, kind="Limits that nobody answers for", words="lets nobody in"),
    Row(who="data_protection_officer", planted=vacate_senior, kind="Limits that nobody answers for", words="nobody holds that"),
    Row(who="data_protection_officer", planted=opened(0), kind="Records opened from outside", words="Post court_officer"),
    Row(who="auditor", planted=opened(6), kind="Records opened from outside", words="before me in court today"),
    Row(who="auditor", planted=opened(7), kind="Records opened from outside", words=""),
    Row(who="auditor", planted=leave, kind="Leavers with an open account", words="second-manager holds no post"),
    Row(who="auditor", planted=locked(5), kind="Lock-outs", words="volunteer: locked out on Tuesday 6 December 2016"),
    Row(who="auditor", planted=locked(4), kind="Lock-outs", words=""),
    Row(who="system_admin", planted=vacate, kind="Vacant posts", words=f"{MANAGER} is vacant, with people on its caseload"),
    Row(who="system_admin", planted=leave, kind="Vacant posts", words="Post second-manager is vacant"),
    Row(who="system_admin", planted=leave, kind="Leavers with an open account", words="second-manager holds no post"),
    Row(who="system_admin", planted=idle(91), kind="Accounts unused for 90 days", words="last used on 7 September 2016"),
    Row(who="system_admin", planted=idle(89), kind="Accounts unused for 90 days", words=""),
)  # fmt: skip
"""Who, what is planted, and what Today shows. The limits are those of the pilot file."""


def today_of(world: World, role: str) -> list[Task]:
    return waiting_for(world.reader(role))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.who}: {row.kind}{'' if row.words else ' (none)'}")
def test_today_shows_what_is_planted_and_leads_to_a_page_that_is_there(world, row):
    row.planted(world)
    found = [task for task in today_of(world, row.who) if task.kind == row.kind]
    assert (any(row.words in task.words for task in found)) if row.words else found == [], [task.words for task in found]
    leads = {task.act[1] for task in found if task.person is None}
    assert {ask(world.reader(row.who), to).outcome for to in leads} <= {"shown"}, leads


@pytest.mark.parametrize("role", ROLES)
def test_whatever_waits_for_a_role_leads_to_a_page_that_it_may_open(world, role):
    barred = world.reader(role).barred_among(world.people.values())
    told = [task for task in today_of(world, role) if task.person not in barred]
    wrong = {to for to in {task.act[1] for task in told} if ask(world.reader(role), to).outcome != "shown"}
    assert wrong == set()


@pytest.mark.parametrize("role", ROLES)
def test_an_empty_today_says_why_and_what_to_do_next(world, role, monkeypatch):
    monkeypatch.setattr("throughcare.web.today.waiting_for", lambda reader: [])
    page = ask(world.reader(role), "/").text
    nothing = NOTHING[role]
    assert nothing.words.replace("'", "&#39;") in page
    assert f">{nothing.link}</a>" in page
    assert ask(world.reader(role), ask_for(nothing.page)).outcome == "shown"


def ask_for(page: str) -> str:
    return {"report": "/report/", "people": "/people/", "rights": "/rights/", "imports": "/imports/", "log": "/log/",
            "dashboard": "/dashboard/", "cohort": "/cohort/", "requests": "/subject-access/", "studies": "/studies/",
            "prison-desk": "/prison/", "employment": "/employment/", "incidents": "/incidents/",
            "health-calendar": "/mental-health/sessions/"}[page]  # fmt: skip


WATCHERS = ("pilot_manager", "data_protection_officer", "auditor", "system_admin")


@pytest.mark.parametrize("role", WATCHERS)
def test_who_watches_over_rights_is_told_of_no_person(world, role):
    for plant in (vacate, opened(0), leave):
        plant(world)
    for task in today_of(world, role):
        assert task.person is None
        assert not [word for word in ("MARK", "Inscope", "Outsider", "Sealedoff") if word in task.words]


def test_an_account_without_a_second_step_is_told_where_one_is_asked_for(world, settings):
    reader = world.reader("system_admin")
    assert list(without_second_step(reader)) == []
    settings.DEMONSTRATION, settings.SECOND_STEP_REQUIRED = None, True
    assert world.accounts["volunteer"] in without_second_step(reader)
    settings.SECOND_STEP_REQUIRED = False
    assert list(without_second_step(reader)) == []


def test_a_borough_is_told_of_its_own_plans_alone(world):
    with recording(by="test", verb="policing.test"):
        Plan.objects.filter(person=world.people["in"]).update(borough="Camden")
    theirs = [t for t in today_of(world, "tasking_officer") if t.person == world.people["in"] and t.row != "custody"]
    assert {t.kind for t in theirs} == {"Taskings to do"}  # a tasking is its post's, whatever borough asked for a plan


def test_the_limits_are_those_of_the_pilot_file(world, monkeypatch):
    pilot = current_pilot()
    tight = pilot.model_copy(update={"today": pilot.today.model_copy(update={"no_meeting": 2})})
    monkeypatch.setattr("throughcare.strands.programmes.tasks.current_pilot", lambda: tight)
    assert {task.kind for task in today_of(world, "volunteer") if "met" in task.kind} == {"Not met for 2 days"}
