"""Whom each service is for, from the conditions of the pilot file."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from throughcare.core.pilot import Pilot
from throughcare.rules.eligibility.services import Standing, fits
from throughcare.rules.pilot import load_pilot

YOUNG_MAN = Standing(
    sex="M", age=20, member=True, eligible=True, rag="Amber", statuses=("licence",), borough="Hackney", agency="CRC"
)
ON = date(2016, 12, 1)

# service; what is changed of a man of 20, member, rated Amber, on licence in Hackney, managed by the CRC; the reason against
CASES = [
    ("mentoring", {}, ""),
    ("mentoring", {"age": 18}, ""),
    ("mentoring", {"age": 25}, ""),
    ("mentoring", {"age": 26}, "for those of 18 to 25, and the age is 26"),
    ("mentoring", {"age": 17}, "and the age is 17"),
    ("mentoring", {"age": None}, "the age is not known"),
    ("mentoring", {"sex": "F"}, "for men only"),
    ("mentoring", {"sex": ""}, "for men only"),
    ("mentoring", {"member": False}, "not a member of the cohort"),
    ("mentoring", {"statuses": ("custody",)}, ""),
    ("mentoring", {"statuses": ("pss",)}, ""),
    ("mentoring", {"statuses": ()}, "for those in custody, on licence, on post-sentence supervision or, under an activity"),
    ("mentoring", {"statuses": ("community",)}, "under an activity requirement, on a community order or on a suspended"),
    ("mentoring", {"statuses": ("community",), "requirement": True}, ""),
    ("right_track", {"statuses": ("suspended",), "requirement": True}, ""),
    ("tiger", {"statuses": (), "requirement": True}, "for those in custody"),
    ("building_bridges", {"statuses": ("suspended",)}, "under an activity requirement"),
    ("prison_coordination", {"statuses": ("custody",), "sex": "F", "age": 50}, ""),
    ("prison_coordination", {}, ""),  # released, for follow-up
    ("prison_coordination", {"statuses": ("community",), "requirement": True}, "for those in custody, on licence or on post"),
    ("prison_coordination", {"member": False}, "not a member of the cohort"),
    ("employment", {"statuses": ("custody",)}, "for those on licence,"),
    ("personalised_budget", {}, "for women only"),
    ("personalised_budget", {"sex": "F", "age": 50}, ""),
    ("intensified_contact", {}, ""),
    ("intensified_contact", {"agency": "NPS"}, "for those managed by CRC"),
    ("intensified_contact", {"statuses": ("custody",)}, "on licence or on post-sentence supervision"),
    ("employment", {"age": 50}, ""),
    ("employment", {"borough": "Barnet"}, "for those living in the area, and the borough is Barnet"),
    ("employment", {"borough": ""}, "the borough is not known"),
    ("employment", {"statuses": ()}, "for those on licence,"),
    ("intelligence_plan", {"rag": "Red"}, ""),
    ("intelligence_plan", {}, "for those rated Red, and the rating is Amber"),
    ("intelligence_plan", {"rag": ""}, "the rating is not set"),
    ("court_reports", {"member": False}, ""),
    ("court_reports", {"eligible": False}, ""),
    ("court_reports", {"member": False, "eligible": False}, "neither in the cohort nor eligible"),
    ("court_reports", {"court": "Thames"}, ""),
    ("court_reports", {"court": "Stratford"}, "and the court is Stratford"),
    ("mental_health", {"sex": "F", "age": 60, "statuses": ()}, ""),
]


@pytest.fixture(scope="module")
def pilot() -> Pilot:
    return load_pilot(Path(__file__).resolve().parents[2] / "pilots" / "gto-london-2016.toml")


@pytest.mark.parametrize(("service", "changed", "against"), CASES)
def test_whom_a_service_is_for(pilot, service, changed, against):
    answer = fits(pilot.service(service), replace(YOUNG_MAN, **changed), as_at=ON, pilot=pilot)
    assert answer.met is (not against)
    assert any(against in reason for reason in answer.reasons)
    assert len(answer.reasons) == 1 or not against


def test_every_reason_against_is_given(pilot):
    wrong = replace(YOUNG_MAN, sex="F", age=40, member=False)
    assert len(fits(pilot.service("tiger"), wrong, as_at=ON, pilot=pilot).reasons) == 3


@pytest.mark.parametrize(
    ("as_at", "met", "says", "next_change"),
    [
        (date(2016, 4, 24), False, "Mentoring starts on 25 April 2016", date(2016, 4, 25)),
        (date(2016, 4, 25), True, "Mentoring runs since 25 April 2016", date(2017, 4, 1)),
        (date(2017, 3, 31), True, "Mentoring runs since", date(2017, 4, 1)),
        (date(2017, 4, 1), False, "Mentoring ended on 1 April 2017", None),
    ],
)
def test_a_service_is_for_nobody_outside_its_life(pilot, as_at, met, says, next_change):
    answer = fits(pilot.service("mentoring"), YOUNG_MAN, as_at=as_at, pilot=pilot)
    assert (answer.met, answer.next_change_on) == (met, next_change)
    assert any(says in reason for reason in answer.reasons)
