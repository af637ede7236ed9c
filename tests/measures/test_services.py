"""For whom services are and who takes part in them, month by month, worked out by hand."""

from datetime import date, timedelta

import pytest

from tests.casework.referrals.tables import Store
from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.models import Rating
from throughcare.casework.pilot import current_pilot
from throughcare.core.identifiers.check_letters import pnc_check_letter
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate, calculate_all
from throughcare.measures.services import MEASURES, measures_of, months, tells_use
from throughcare.registry.parts import strands
from throughcare.strands.prison.extracts import FEEDS as PRISON

AUTUMN = Period(start=date(2016, 9, 1), end=date(2016, 12, 1))
BY_SLUG = {measure.slug: measure for measure in MEASURES}
PEOPLE = """
record_id crn     prison_number surname  date_of_birth sex
N1        X000001 A0001AA       Ashdown  1994-05-01    M
N2        X000002 A0002AA       Brellan  1996-02-01    M
N3        X000003 A0003AA       Castrick 1990-02-01    F
N4        X000004 A0004AA       Dunmore  1990-11-15    M
"""
SPELLS = """
record_id prison_number prison kind      start      end
P1        A0002AA       Isis   remand    2016-10-20 2016-11-20
"""
REFERRALS = """
record_id crn     service    sent_on    accepted_on started_on completed_on ended_early_on end_reason withdrawn_on withdraw_reason
R1        X000001 mentoring  2016-08-30 2016-09-01  2016-09-02 2016-11-30   -              -          -            -
R2        X000001 tiger      2016-09-05 2016-09-06  2016-09-30 -            2016-10-01     moved      -            -
R3        X000002 mentoring  2016-09-09 2016-09-12  2016-10-20 -            -              -          -            -
R4        X000002 tiger      2016-09-09 2016-09-12  2016-10-20 -            -              -          2016-10-21   duplicate
R5        X000004 mentoring  2016-05-10 2016-05-11  2016-05-12 2016-08-31   -              -          -            -
R6        X000003 employment 2016-11-01 2016-11-02  -          -            -              -          -            -
R7        X000001 mentoring  2016-11-30 2016-11-30  2016-11-30 -            -              -          -            -
"""


@pytest.fixture
def store(db, tmp_path) -> Store:
    """Two young men, a woman and a man of 26, all members but the last, who left on 31 October."""
    store = Store(tmp_path, PRISON)
    store.load("crc-people", PEOPLE)
    store.join("X000001", "X000002", "X000003")
    store.join("X000004", until=date(2016, 10, 31))
    store.load("nps-addresses", "record_id crn borough start\nA1 X000001 Barnet 2016-01-01\nA3 X000003 Hackney 2016-01-01")
    return store


def by_month(slug: str, period: Period = AUTUMN) -> dict[str, float | None]:
    """The undivided figure as "all", then the months."""
    results = calculate(BY_SLUG[slug], pilot=current_pilot(), period=period, by=("month",))
    return {r.breakdown.get("month", "all"): r.value for r in results}


@pytest.mark.parametrize(
    ("service", "september", "october", "november"),
    [
        ("mental_health", 4, 3, 3),  # every member; one left on 31 October
        ("mentoring", 2, 2, 2),  # two young men: on licence, in prison at the end of October, on licence again
        ("intensified_contact", 2, 1, 2),  # not in custody
        ("prison_coordination", 3, 3, 3),  # a woman on licence too; the man of 26 is on a community order
        ("employment", 1, 1, 1),  # in Hackney
        ("intelligence_plan", 0, 1, 1),  # rated Red on 1 October
        ("court_reports", 4, 3, 3),
    ],
)
def test_eligible_is_of_the_last_day_of_each_month_and_over_several_the_mean(store, service, september, october, november):
    store.supervise("licence", "X000001", "X000002", "X000003")
    store.supervise("community", "X000004")
    store.load("prison-spells", SPELLS)
    with recording(by="test", verb="test.rated"):
        Rating(person_id=store.person("X000001"), start=date(2016, 10, 1), rag="Red", reason="test").save()
    told = by_month(f"service.eligible_in_month.{service}")
    assert told == {
        "all": pytest.approx((september + october + november) / 3),
        "2016-09": september, "2016-10": october, "2016-11": november,
    }  # fmt: skip


def test_undivided_eligible_is_of_the_last_day_and_of_no_month(store):
    """On 30 November three are left; the men of 22 and 20 are on licence, the woman has no order."""
    store.supervise("licence", "X000001", "X000002")
    results = calculate(BY_SLUG["service.eligible"], pilot=current_pilot(), period=AUTUMN)
    everyone = dict.fromkeys(("Court reports", "Mental health"), 3)
    young = dict.fromkeys(("Mentoring", "Building Bridges", "Right Track", "TIGER", "Intensified contact"), 2)
    assert {r.group: r.value for r in results} == everyone | young | {
        "Prison co-ordination": 2, "Personalised budget": 1, "Employment": 0, "Intelligence plan": 0,
    }  # fmt: skip
    divided = calculate_all([BY_SLUG["service.eligible"]], pilot=current_pilot(), period=AUTUMN, by=("month",))
    assert {(r.note, len(r.breakdown)) for r in divided} == {("not divided by month", 0)}


def test_of_a_service_that_ended_before_the_period_its_own_last_day_counts(store):
    """Mental health ended on 1 November: on 31 October three are members."""
    pilot = current_pilot()
    ended = pilot.service("mental_health").model_copy(update={"end": date(2016, 11, 1)})
    results = calculate(BY_SLUG["service.eligible"], pilot=pilot.model_copy(update={"services": (ended,)}), period=AUTUMN)
    assert {r.group: r.value for r in results if r.value} == {"Mental health": 3}


def test_a_service_that_began_later_has_its_own_months_and_before_it_no_figure(store):
    whole = Period(start=date(2016, 9, 1), end=date(2017, 1, 1))
    assert by_month("service.eligible_in_month.personalised_budget", whole) == {"all": 1, "2016-11": 1, "2016-12": 1}
    (before,) = calculate(BY_SLUG["service.eligible_in_month.personalised_budget"], pilot=current_pilot(), period=Period(
        start=date(2016, 9, 1), end=date(2016, 11, 1)))  # fmt: skip
    assert (before.value, before.note) == (None, "the service did not run in the period")


def test_on_an_order_the_requirement_is_known_from_a_referral_under_it(store):
    """X000002 is on a community order; a referral of October says that it has an activity requirement."""
    store.supervise("community", "X000002")
    assert by_month("service.eligible_in_month.right_track")["all"] == 0
    store.load(
        "provider-referrals",
        "record_id crn service route sent_on\nR1 X000002 tiger activity_requirement 2016-10-05",
    )
    assert by_month("service.eligible_in_month.right_track") == {"all": 1, "2016-09": 1, "2016-10": 1, "2016-11": 1}


def test_who_is_eligible_for_the_cohort_and_not_in_it_may_have_a_court_report(store):
    """Dunmore, who left the cohort on 31 October, lives in Camden on a community order from 2 November, with twelve
    convictions of theft a quarter apart: for a report he counts at the end of November, for mental health he does not.
    """
    pnc = f"2001/0001000{pnc_check_letter(2001, 1000)}"
    store.load("crc-people", f"record_id crn pnc surname date_of_birth sex\nN4 X000004 {pnc} Dunmore 1990-11-15 M")
    store.load("crc-supervision", "record_id crn kind start\nS4 X000004 community 2016-11-02")
    store.load("crc-addresses", "record_id crn borough start\nA4 X000004 Camden 2016-01-01")
    days = [date(2016, 10, 1) - timedelta(days=91 * back) for back in range(12)]
    convicted = [f"C{n} {pnc} {on} 03900 yes conviction" for n, on in enumerate(days)]
    store.load("police-convictions", "\n".join(["record_id pnc convicted_on offence_code principal disposal", *convicted]))
    imposed = [f"I{n} {pnc} {on} community" for n, on in enumerate(days)]
    store.load("police-sentences", "\n".join(["record_id pnc imposed_on kind", *imposed]))
    november = Period(start=date(2016, 11, 1), end=date(2016, 12, 1))
    assert by_month("service.eligible_in_month.court_reports", november)["2016-11"] == 4
    assert by_month("service.eligible_in_month.mental_health", november)["2016-11"] == 3


@pytest.mark.parametrize(
    ("service", "months_of_it"),
    [
        # R1 from September to November and R7 again in November is one person; R3 from October; R5 ended before
        ("mentoring", {"all": 5 / 3, "2016-09": 1, "2016-10": 2, "2016-11": 2}),
        ("tiger", {"all": 2 / 3, "2016-09": 1, "2016-10": 1, "2016-11": 0}),  # R2 to 1 October; R4 was made in error
        ("employment", {"all": 0, "2016-09": 0, "2016-10": 0, "2016-11": 0}),  # accepted, not begun
    ],
)
def test_who_goes_on_takes_part_in_every_month(store, service, months_of_it):
    store.load("provider-referrals", REFERRALS)
    assert by_month(f"service.accessing_in_month.{service}") == pytest.approx(months_of_it)


def test_undivided_each_person_takes_part_once_and_is_of_no_month(store):
    store.load("provider-referrals", REFERRALS)
    results = calculate(BY_SLUG["service.accessing"], pilot=current_pilot(), period=AUTUMN)
    assert {r.group: r.value for r in results if r.value} == {"Mentoring": 2, "TIGER": 1}


def test_a_service_not_by_referral_is_taken_part_in_by_what_was_done(store):
    store.load("prison-tasks", """
        record_id crn     kind               done_on
        T1        X000001 flag_on_delius     2016-09-05
        T2        X000001 flag_on_delius     2016-09-06
        T3        X000001 feed_back_to_panel 2016-11-06
        T4        X000002 feed_back_to_panel 2016-11-30
        T5        X000003 feed_back_to_panel 2016-12-01
    """)  # fmt: skip
    assert by_month("service.accessing_in_month.prison_coordination") == {"all": 1, "2016-09": 1, "2016-10": 0, "2016-11": 2}
    results = calculate(BY_SLUG["service.accessing"], pilot=current_pilot(), period=AUTUMN)
    assert {r.group: r.value for r in results if r.value} == {"Prison co-ordination": 2}


def test_a_notion_that_a_service_does_not_have_is_left_out():
    """Of every service of London it is known for whom it is and who has it; not of each who was referred to it."""
    every = {service.slug for service in current_pilot().services}
    for notion in ("eligible", "accessing"):
        assert {f"service.{notion}_in_month.{slug}" for slug in every} < set(BY_SLUG)
    (axis,) = BY_SLUG["service.accessing"].axes
    assert set(axis.only) == {service.name for service in current_pilot().services}


def test_a_strand_that_does_not_tell_who_had_its_service_is_known():
    by_slug = {strand.slug: strand for strand in strands()}
    assert tells_use(by_slug["policing"], "intelligence_plan")
    assert not tells_use(by_slug["budgets"], "personalised_budget")



def test_another_pilot_has_the_measures_of_its_own_services():
    pilot = current_pilot()
    two = tuple(service for service in pilot.services if service.slug in ("tiger", "court_reports"))
    assert [m.slug for m in measures_of(pilot.model_copy(update={"services": two}))] == [
        "service.eligible", "service.accessing", "service.for_nothing", "service.eligible_in_month.court_reports",
        "service.eligible_in_month.tiger",
        "service.accessing_in_month.court_reports", "service.accessing_in_month.tiger",
    ]  # fmt: skip


def test_months_of_a_period_that_begins_and_ends_within_one():
    assert months(Period(start=date(2016, 11, 15), end=date(2017, 1, 10))).rows() == [
        (date(2016, 11, 15), date(2016, 11, 30)), (date(2016, 12, 1), date(2016, 12, 31)), (date(2017, 1, 1), date(2017, 1, 9)),
    ]  # fmt: skip
