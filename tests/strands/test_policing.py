"""Policing: plans by their own dates, taskings by borough, and a plan's way through the hub."""

from datetime import date

import pytest

from tests.strands.conftest import figures_of
from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.queries import about_person
from throughcare.casework.cohort.models import Membership, Rating
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period
from throughcare.strands.policing import actions, models, queries
from throughcare.strands.policing.measures import MEASURES

pytestmark = pytest.mark.django_db

PLANS = """
record_id | person | borough   | requested_on | actioned_on | received_on
P1        | A      | Hackney   | 2016-07-01   | 2016-07-05  | 2016-07-08
P2        | B      | Hackney   | 2016-07-04   | 2016-07-10  | 2016-07-17
P3        | C      | Newham    |              | 2016-08-01  | 2016-08-02
P4        | D      | Camden    | 2016-08-01   |             |
P5        | E      | Camden    | 2016-12-20   | 2017-01-02  | 2017-01-03
P6        | F      | Haringey  |              |             | 2016-09-09
"""
TASKINGS = """
record_id | person | borough   | carried_out_on | comes_from     | plan
T1        | A      | Hackney   | 2016-07-10     | plan           | P1
T2        | A      | Hackney   | 2016-07-10     | plan           | P1
T3        | C      | Newham    | 2016-08-10     | daily_meeting  |
T4        | C      | Newham    | 2017-01-01     | tactical_group |
"""
ALL = {"police-plans": PLANS, "police-taskings": TASKINGS}


def shown(slug):
    return {group: n for group, n in figures_of(MEASURES, slug).items() if n}


def test_plans_requested_and_received_each_by_their_own_date(load):
    load(ALL)
    assert shown("idp.requested") == {"Hackney": 2, "Camden": 2, "total": 4}
    assert shown("idp.received") == {"Hackney": 2, "Newham": 1, "Haringey": 1, "total": 4}


def test_every_borough_of_the_pilot_is_shown_and_then_the_total(load):
    load(ALL)
    assert list(figures_of(MEASURES, "taskings")) == [*current_pilot().boroughs, "total"]


def test_taskings_by_borough_and_by_what_they_come_from(load):
    load(ALL)
    assert shown("taskings") == {"Hackney": 2, "Newham": 1, "total": 3}
    assert figures_of(MEASURES, "taskings.comes_from") == {
        "plan": 2, "panel": 0, "daily_meeting": 1, "tactical_group": 0, "total": 3,
    }  # fmt: skip


def test_days_from_request_to_return(load):
    load(ALL)
    days = figures_of(MEASURES, "idp.days_to_return")
    assert (days["Hackney"], days["total"], days["Newham"]) == (10, 10, None)  # 7 and 13 days


def test_a_corrected_return_moves_the_figure(load):
    load(ALL)
    load({"police-plans": PLANS.replace("2017-01-02  | 2017-01-03", "2016-12-22  | 2016-12-24")})
    assert shown("idp.received")["total"] == 5


def test_a_tasking_keeps_its_plan(load):
    load(ALL)
    plan = models.Plan.objects.get(source__record_id="P1")
    assert queries.taskings()["plan"].to_list() == [plan.pk, plan.pk, None, None]


@pytest.mark.parametrize(
    ("slug", "table"),
    [
        ("police-plans", PLANS.replace("             |             | 2016-09-09", "|             |           ")),
        ("police-plans", PLANS.replace("2016-07-05", "2016-06-30")),
        ("police-plans", PLANS.replace("2016-07-08", "2016-07-04")),
        ("police-taskings", TASKINGS.replace("plan           | P1", "plan           | P9", 1)),
        ("police-taskings", TASKINGS.replace("plan           | P1", "panel          | P1", 1)),
    ],
    ids=["no date at all", "made before asked for", "returned before made", "unknown plan", "a panel's tasking names a plan"],
)
def test_rows_that_cannot_be_are_kept_in_quarantine(load, slug, table):
    if slug == "police-taskings":
        load({"police-plans": PLANS})
    load({slug: table}, faults=1)


def found():
    scope = Scope(pilot=current_pilot(), period=Period(start=date(2016, 7, 1), end=date(2017, 1, 1)), as_at=date(2016, 12, 31))
    return [(f.slug, f.group, f.records) for f in queries.findings(scope)]


def test_plans_without_a_request_and_requests_without_a_plan_are_findings_by_borough(load, join):
    load(ALL)
    join("ABCDEF")
    assert found() == [
        ("policing.no_request", "Haringey", ("P6",)),
        ("policing.no_request", "Newham", ("P3",)),
        ("policing.no_plan", "Camden", ("P4", "P5")),
    ]


def test_a_plan_asked_for_somebody_who_was_no_member_that_day_is_a_finding(load, join):
    """A left on the day of the request, D joined the day after; C and F have no request on record."""
    load(ALL)
    join("BE")
    join("A", end=date(2016, 7, 1))
    join("D", start=date(2016, 8, 2))
    assert [told for told in found() if told[0] == "policing.not_member"] == [
        ("policing.not_member", "Camden", ("P4",)), ("policing.not_member", "Hackney", ("P1",)),
    ]  # fmt: skip


def test_a_borough_is_known_however_it_is_written_and_a_finding_where_it_is_not(load, join):
    """The tasking in Barnet is of 1 January 2017, after the period."""
    load({
        "police-plans": PLANS.replace("Hackney", "HACKNEY").replace("Newham ", "Newharn"),
        "police-taskings": TASKINGS.replace("Newham    | 2016", "newham    | 2016")
                                   .replace("Newham    | 2017", "Barnet    | 2017"),
    })  # fmt: skip
    join("ABCDEF")
    assert shown("idp.requested")["Hackney"] == 2
    assert shown("taskings")["Newham"] == 1
    assert [told for told in found() if told[0] == "policing.unknown_borough"] == [
        ("policing.unknown_borough", "Newharn", ("P3",)),
    ]  # fmt: skip


# A is a member rated Red from 1 August; B a member rated Amber; C a member not rated; D was rated Red and is no member.
PEOPLE = "record_id | person | surname\n1 | A | Brellan\n2 | B | Corran\n3 | C | Dunmore\n4 | D | Ellery"
RATED_ON = date(2016, 8, 1)


@pytest.fixture
def cohort(load, person_id):
    load({"nps-people": PEOPLE})
    with recording(by="test", verb="test.cohort"):
        for letter in "ABC":
            Membership(person_id=person_id(letter), start=date(2016, 7, 1), borough="Hackney").save()
        for letter, rag in (("A", "Amber"), ("B", "Red")):
            Rating(person_id=person_id(letter), rag=rag, start=date(2016, 7, 1), set_by="test").save()
        for letter, rag in (("A", "Red"), ("B", "Amber"), ("D", "Red")):
            Rating(person_id=person_id(letter), rag=rag, start=RATED_ON, set_by="test").save()


def ask(person, on=RATED_ON, borough="Hackney"):
    return actions.request_plan(by="co-ordinator", person_id=person, borough=borough, requested_on=on)


@pytest.mark.parametrize(
    ("letter", "on", "because"),
    [
        ("A", date(2016, 7, 31), "rated Amber"),
        ("A", date(2016, 6, 30), "members of the cohort"),
        ("B", RATED_ON, "rated Amber"),
        ("C", RATED_ON, "rated not yet"),
        ("D", RATED_ON, "members of the cohort"),
    ],
)
def test_a_plan_is_only_for_a_member_rated_red_that_day(cohort, person_id, letter, on, because):
    with pytest.raises(actions.PlanRefused, match=because):
        ask(person_id(letter), on)
    assert not models.Plan.objects.exists()


def test_a_plan_from_request_to_tasking(cohort, person_id):
    plan = ask(person_id("A"))
    actions.action_plan(by="hub", plan_id=plan.pk, on=date(2016, 8, 3))
    actions.send_back(by="hub", plan_id=plan.pk, on=date(2016, 8, 5))
    actions.carry_out(
        by="officer", person_id=person_id("A"), borough="Hackney", carried_out_on=date(2016, 8, 6), comes_from="plan",
        plan_id=plan.pk,
    )  # fmt: skip
    assert [e.verb for e in about_person(person_id("A"))][-4:] == [
        "policing.request_plan", "policing.action_plan", "policing.send_back", "policing.carry_out",
    ]  # fmt: skip
    assert [e.words for e in queries.timeline(person_id("A"))] == [
        "Plan asked for by Hackney", "Plan made by the hub for Hackney", "Plan returned to Hackney",
        "Tasking carried out in Hackney",
    ]  # fmt: skip
    held = {title: len(rows) for title, rows in queries.held_about(person_id("A")).items()}
    assert {title: rows for title, rows in held.items() if rows} == {"Intelligence development plans": 1, "Taskings": 1}
    assert queries.plans()["days"].to_list() == [4]


def test_steps_out_of_order_are_refused(cohort, person_id):
    plan = ask(person_id("A"))
    with pytest.raises(actions.PlanRefused, match="already"):
        ask(person_id("A"), date(2016, 8, 2))
    with pytest.raises(actions.PlanRefused, match="cannot be returned"):
        actions.send_back(by="hub", plan_id=plan.pk, on=date(2016, 8, 5))
    with pytest.raises(actions.PlanRefused, match="cannot be made"):
        actions.action_plan(by="hub", plan_id=plan.pk, on=date(2016, 7, 31))
    actions.action_plan(by="hub", plan_id=plan.pk, on=date(2016, 8, 3))
    with pytest.raises(actions.PlanRefused, match="cannot be made"):
        actions.action_plan(by="hub", plan_id=plan.pk, on=date(2016, 8, 4))
    with pytest.raises(actions.PlanRefused, match="cannot be returned"):
        actions.send_back(by="hub", plan_id=plan.pk, on=date(2016, 8, 2))
    actions.send_back(by="hub", plan_id=plan.pk, on=date(2016, 8, 5))
    assert ask(person_id("A"), date(2016, 8, 6)).pk != plan.pk


@pytest.mark.parametrize(
    ("letter", "borough", "on", "comes_from", "because"),
    [
        ("B", "Hackney", date(2016, 8, 6), "plan", "cannot come from that plan"),
        ("A", "Hackney", date(2016, 8, 4), "plan", "cannot come from that plan"),
        ("A", "Hackney", date(2016, 8, 6), "panel", "cannot come from that plan"),
        ("A", "Barnet", date(2016, 8, 6), "plan", "not of the pilot"),
        ("A", "Hackney", date(2016, 8, 6), "a hunch", "expected one of"),
    ],
    ids=["somebody else's plan", "before the return", "not from a plan", "another borough", "unknown origin"],
)
def test_a_tasking_that_cannot_be_is_refused(cohort, person_id, letter, borough, on, comes_from, because):
    plan = ask(person_id("A"))
    actions.action_plan(by="hub", plan_id=plan.pk, on=date(2016, 8, 3))
    actions.send_back(by="hub", plan_id=plan.pk, on=date(2016, 8, 5))
    with pytest.raises(actions.TaskingRefused, match=because):
        actions.carry_out(
            by="officer", person_id=person_id(letter), borough=borough, carried_out_on=on, comes_from=comes_from, plan_id=plan.pk
        )
    assert not models.Tasking.objects.exists()
