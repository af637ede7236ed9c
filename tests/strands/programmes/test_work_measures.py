"""Reports in time and goals met, from tables of referrals and of what was said of their goals."""

from datetime import date, timedelta

import pytest

from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.strands.programmes.models import EndReport, Goal, GoalReview
from throughcare.strands.programmes.work.measures import MEASURES

IN_TIME, MET = MEASURES
AUTUMN = Period(start=date(2016, 9, 1), end=date(2016, 12, 1))
REFERRALS = """
record_id crn     service          provider     sent_on    accepted_on started_on completed_on ended_early_on end_reason declined_on decline_reason
R1        X000001 mentoring        osmani_trust 2016-08-01 2016-08-02  2016-08-03 2016-10-03   -              -          -           -
R2        X000002 mentoring        osmani_trust 2016-08-01 2016-08-02  2016-08-03 -            2016-10-03     moved      -           -
R3        X000003 mentoring        osmani_trust 2016-08-01 2016-08-02  2016-08-03 2016-10-03   -              -          -           -
R4        X000001 tiger            rise_mutual  2016-08-01 2016-08-02  2016-08-03 2016-11-23   -              -          -           -
R5        X000002 tiger            rise_mutual  2016-08-01 2016-08-02  2016-08-03 2016-11-24   -              -          -           -
R6        X000003 tiger            rise_mutual  2016-08-01 -           -          -            -              -          2016-10-01  no_capacity
R7        X000001 right_track      rise_mutual  2016-08-01 2016-08-02  2016-08-03 -            -              -          -           -
R8        X000002 building_bridges pact         2016-05-01 2016-05-02  2016-05-03 2016-08-31   -              -          -           -
R9        X000001 mental_health    forensic_mental_health 2016-08-01 2016-08-02 2016-08-03 2016-10-03 -        -          -           -
"""  # noqa: E501
# Of R1 on the last day in time, of R2 a day late, of R3 none, of R4 due on the last day of the period and sent that day; of R5
# not due yet. R6 was declined, R7 goes on, R8 ended before the period, of R9 no report is written.
REPORTS = {"R1": (2016, 10, 10), "R2": (2016, 10, 11), "R4": (2016, 11, 30), "R8": (2016, 9, 2)}
# referral, what was said of a goal of it, one day after the other
GOALS = """
R1 met
R1 partly met
R1 met not_met
R2 not_relevant
R2 -
R4 partly
R5 met
R7 met
R8 met
"""


@pytest.fixture(autouse=True)
def planted(store):
    store.load("provider-referrals", REFERRALS)
    sent = {each.source.record_id: each for each in Referral.objects.select_related("source")}
    ends = {"R1": (2016, 10, 3), "R2": (2016, 10, 3), "R4": (2016, 11, 23), "R8": (2016, 8, 31)}
    with recording(by="t", verb="test.work"):
        for name, day in REPORTS.items():
            told = {"kept_on": date(*day), "sent_on": date(*day), "ended_on": date(*ends[name]), "how": "completed"}
            EndReport(referral=sent[name], done="d", following="f", **told).save()
        EndReport(referral=sent["R3"], done="d", kept_on=date(2016, 10, 4)).save()  # a draft is no report
        for line in GOALS.strip().splitlines():
            name, *outcomes = line.split()
            goal = Goal(referral=sent[name], area="money", text="x", agreed_on=date(2016, 8, 3), by="t")
            goal.save()
            for n, outcome in enumerate(o for o in outcomes if o != "-"):
                GoalReview(goal=goal, outcome=outcome, on=date(2016, 8, 4) + timedelta(days=n), by="t").save()


def shares(measure, period=AUTUMN) -> dict[str, tuple[int | None, float | None]]:
    """By provider with anything: of how many, how many percent."""
    found = calculate(measure, pilot=current_pilot(), period=period)
    return {r.group: (r.cases, round(r.value, 1)) for r in found if r.value is not None}


def test_reports_in_time():
    assert shares(IN_TIME) == {"Osmani Trust": (3, 33.3), "Rise Mutual": (1, 100), "total": (4, 50)}


def test_a_report_not_due_by_the_end_of_the_period_is_not_asked_for_yet():
    longer = Period(start=AUTUMN.start, end=AUTUMN.end + timedelta(days=1))
    assert shares(IN_TIME, longer)["Rise Mutual"] == (2, 50)


def test_goals_met_by_the_last_review():
    """Osmani: met, partly then met, met then not met, never reviewed; one no longer relevant is not there. Rise: partly, met."""
    assert shares(MET) == {"Osmani Trust": (4, 50), "Rise Mutual": (2, 50), "total": (6, 50)}
