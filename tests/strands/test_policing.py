"""Policing as its extracts tell it: plans by their own dates, taskings by borough, what does not fit together."""

from datetime import date

import pytest

from tests.strands.conftest import figures_of
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period
from throughcare.strands.policing import models, queries
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
