"""Mental health: consultations are events, assessments and care plans people, interventions a person once a kind."""

from datetime import date

import pytest

from tests.strands.conftest import figures_of
from throughcare.casework.audit.queries import about_person
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period
from throughcare.strands.mental_health import actions, models, queries, record
from throughcare.strands.mental_health.measures import MEASURES

pytestmark = pytest.mark.django_db

CONSULTATIONS = """
record_id | person | held_on | with_whom
1 | A | 2016-07-01 | offender_manager
2 | A | 2016-07-01 | offender_manager
3 | B | 2016-12-31 | other_professional
4 | B | 2017-01-01 | other_professional
5 | B | 2016-06-30 | offender_manager
"""
ASSESSMENTS = """
record_id | person | started_on
1 | A | 2016-07-04
2 | A | 2016-09-04
3 | B | 2016-08-01
"""
CARE_PLANS = """
record_id | person | started_on
1 | A | 2016-07-20
"""
INTERVENTIONS = """
record_id | person | kind | started_on
1 | A | resilience | 2016-07-21
2 | A | resilience | 2016-09-21
3 | A | mood management | 2016-09-21
"""
ALL = {
    "mental-health-consultations": CONSULTATIONS, "mental-health-assessments": ASSESSMENTS,
    "mental-health-care-plans": CARE_PLANS, "mental-health-interventions": INTERVENTIONS,
}  # fmt: skip


def test_consultations_count_as_events_from_the_day_the_service_began(load):
    load(ALL)
    assert figures_of(MEASURES, "health.consultations") == {
        "with offender managers": 2, "with other professionals": 1, "total": 3,
    }  # fmt: skip


def test_referrals_count_when_sent_unless_made_in_error(load):
    load({"provider-referrals": """
        record_id | person | service       | route   | sent_on    | accepted_on | declined_on | decline_reason | withdrawn_on | withdraw_reason
        R1        | A      | mental_health | licence | 2016-07-01 | 2016-07-08  |             |                |              |
        R2        | B      | mental_health | licence | 2016-07-02 |             | 2016-07-08  | other          |              |
        R3        | C      | mental_health | licence | 2016-07-03 |             |             |                | 2016-07-04   | duplicate
        R4        | A      | mentoring     | licence | 2016-07-03 |             |             |                |              |
    """})  # fmt: skip  # noqa: E501
    assert figures_of(MEASURES, "health.referred") == {"total": 2}


def test_people_assessed_and_care_plans_count_people(load):
    load({**ALL, "mental-health-care-plans": CARE_PLANS + "2 | A | 2016-10-01\n"})
    assert figures_of(MEASURES, "health.assessments") == {"total": 2}
    assert figures_of(MEASURES, "health.care_plans") == {"total": 1}


def test_a_person_counts_once_in_each_period_that_they_were_assessed_in(load):
    load(ALL)
    september = Period(start=date(2016, 9, 1), end=date(2016, 10, 1))
    assert figures_of(MEASURES, "health.assessments", september) == {"total": 1}


def test_a_person_counts_once_a_kind_of_intervention_and_every_kind_is_shown(load):
    load(ALL)
    found = figures_of(MEASURES, "health.interventions")
    assert list(found) == list(models.INTERVENTIONS)
    assert {kind: n for kind, n in found.items() if n} == {"resilience": 1, "mood management": 1}
    assert figures_of(MEASURES, "health.direct_interventions") == {"total": 2}


def test_an_unknown_kind_of_intervention_is_kept_in_quarantine(load):
    load({"mental-health-interventions": INTERVENTIONS.replace("resilience", "yoga")}, faults=2)


def scope():
    return Scope(pilot=current_pilot(), period=Period(start=date(2016, 7, 1), end=date(2017, 1, 1)), as_at=date(2016, 12, 31))


def test_all_in_order_gives_no_finding(load, join):
    load(ALL)
    join("AB")
    assert queries.findings(scope()) == ()


def test_direct_work_without_what_comes_before_it_is_a_finding(load, join):
    load({
        **ALL,
        "mental-health-care-plans": CARE_PLANS + "CP2 | C | 2016-10-01\nCP3 | B | 2016-07-31\n",
        "mental-health-interventions":
            INTERVENTIONS + "I4 | A | problem solving | 2016-07-19\nI5 | D | resilience | 2016-08-01\n",
    })  # fmt: skip
    join("AB")
    assert [(f.slug, f.records) for f in queries.findings(scope())] == [
        ("mental_health.plan_without_assessment", ("CP2", "CP3")),
        ("mental_health.intervention_without_plan", ("I4", "I5")),
    ]


def test_a_consultation_about_somebody_who_was_no_member_that_day_is_a_finding(load, join):
    """Those of 1 July are about A, who joined the day after; B left on the last day of the year, the day of the third."""
    load(ALL)
    join("A", start=date(2016, 7, 2))
    join("B", end=date(2016, 12, 31))
    assert [(f.slug, f.records) for f in queries.findings(scope())] == [("mental_health.not_member", ("1", "2", "3"))]


def test_the_way_from_consultation_to_intervention_is_recorded(load, person_id):
    load({"nps-people": "record_id | person | surname\n1 | A | Brellan"})
    who = {"by": "practitioner", "person_id": person_id("A")}
    actions.record_consultation(**who, with_whom="offender_manager", held_on=date(2016, 7, 1))
    actions.start_assessment(**who, started_on=date(2016, 7, 4))
    actions.begin_care_plan(**who, started_on=date(2016, 7, 4))
    actions.start_intervention(**who, kind="resilience", started_on=date(2016, 7, 5))
    assert [e.verb for e in about_person(person_id("A"))][-4:] == [
        "mental_health.record_consultation", "mental_health.record", "mental_health.record", "mental_health.record",
    ]  # fmt: skip
    assert [(e.on.day, e.words) for e in record.timeline(person_id("A"))] == [
        (1, "Consultation with offender manager"), (4, "Assessment started"), (4, "Care plan started"),
        (5, "Resilience started"),
    ]  # fmt: skip
    assert {title: len(rows) for title, rows in record.held_about(person_id("A")).items() if rows} == {
        "Mental-health consultations": 1, "Mental-health assessments": 1, "Care plans": 1, "Direct interventions": 1,
    }  # fmt: skip


def test_what_cannot_be_is_refused(load, person_id):
    load(ALL)
    b = {"by": "practitioner", "person_id": person_id("B")}
    with pytest.raises(actions.HealthRefused, match="not been assessed"):
        actions.begin_care_plan(**b, started_on=date(2016, 7, 31))
    with pytest.raises(actions.HealthRefused, match="no care plan"):
        actions.start_intervention(**b, kind="resilience", started_on=date(2016, 12, 1))
    with pytest.raises(actions.HealthRefused, match="one of"):
        actions.record_consultation(**b, with_whom="a friend", held_on=date(2016, 12, 1))
    with pytest.raises(actions.HealthRefused, match="already"):
        actions.start_assessment(**b, started_on=date(2016, 8, 1))
    assert (models.CarePlan.objects.count(), models.Consultation.objects.count()) == (1, 5)
