"""The directory: for whom in words, the wait where enough started, places, and what has changed."""

from datetime import date, timedelta

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.directory import actions
from throughcare.casework.referrals.directory.queries import directory, versions
from throughcare.casework.referrals.measures import MEASURES
from throughcare.core.pilot import Period
from throughcare.core.pilot_work import LocalService
from throughcare.measures.calculate import calculate
from throughcare.rules.eligibility.services import Standing, almost, fits, for_whom
from throughcare.web.services import WAIT, waits

DAY = date(2016, 12, 1)
STATUSES = "in custody, on licence, on post-sentence supervision or, under an activity requirement, on a community order or on a "
# service: for whom, in words
WORDS = {
    "court_reports": ("for members of the cohort, and people eligible for it", "for cases at Thames or Highbury Corner"),
    "mentoring": (
        "for members of the cohort", "for men only", "for those of 18 to 25", f"for those {STATUSES}suspended sentence order",
    ),
    "personalised_budget": ("for members of the cohort", "for women only"),
    "mental_health": ("for members of the cohort",),
    "intelligence_plan": ("for members of the cohort", "for those rated Red"),
}  # fmt: skip
MAN = {"sex": "M", "age": 20, "member": True, "rag": "Amber", "statuses": ("licence",), "borough": "Hackney", "agency": "CRC"}
# service, what is changed of a man of 20 on licence in Hackney, the day: almost, and when
ALMOST = [
    ("mentoring", {}, DAY, ""),  # it is for him
    ("mentoring", {"age": 17}, DAY, "when they are 18"),
    ("mentoring", {"age": 26}, DAY, ""),  # never again
    ("mentoring", {"sex": "F"}, DAY, ""),
    ("mentoring", {"age": 17, "member": False}, DAY, ""),  # two things stand in the way
    ("mentoring", {}, date(2016, 4, 24), "from 25 April 2016"),
    ("mentoring", {"member": False}, DAY, "when they are a member of the cohort"),
    ("employment", {"borough": "Barnet"}, DAY, "when they live in the area"),
    ("intelligence_plan", {}, DAY, "when rated Red"),
]


@pytest.mark.parametrize("service", WORDS)
def test_for_whom_it_is_in_words(service):
    pilot = current_pilot()
    assert for_whom(pilot.service(service), pilot=pilot) == WORDS[service]


@pytest.mark.parametrize(("service", "changed", "day", "when"), ALMOST)
def test_when_it_would_be_for_somebody(service, changed, day, when):
    pilot = current_pilot()
    assert almost(pilot.service(service), Standing(**(MAN | changed)), as_at=day, pilot=pilot) == when


@pytest.mark.parametrize(("borough", "met"), [("Hackney", True), ("Camden", False), ("", False)])
def test_a_service_of_one_borough_is_for_those_who_live_there(borough, met):
    pilot = current_pilot()
    there = pilot.service("mentoring").model_copy(update={"boroughs": ("Hackney",)})
    decision = fits(there, Standing(**(MAN | {"borough": borough})), as_at=DAY, pilot=pilot)
    assert decision.met is met
    assert met or decision.reasons == (f"for those living in Hackney, and the borough is {borough or 'not known'}",)


def sent(store, waited: list[int]) -> None:
    """Referrals to mentoring of N1, sent from 1 September on, that started after so many days, and ended the day after."""
    rows = ["record_id crn service sent_on accepted_on started_on completed_on"]
    on = date(2016, 9, 1)
    for number, days in enumerate(waited):
        begun = on + timedelta(days=days)
        rows.append(f"R{number} X000001 mentoring {on} {on} {begun} {begun + timedelta(days=1)}")
    store.load("provider-referrals", "\n".join(rows))


@pytest.mark.parametrize(
    ("waited", "day", "shown"),
    [
        ([1, 3, 9, 20, 30], DAY, 9),
        ([1, 3, 9, 20], DAY, None),  # too few: not known yet
        ([1, 3, 9, 20, 30], date(2016, 9, 30), None),  # one starts only on 1 October
        ([1, 3, 9, 20, 30], date(2017, 3, 15), None),  # they started too long ago: only 20 and 30 days are of the last 180
        ([], DAY, None),
    ],
)
def test_the_wait_is_the_median_of_who_started_lately_and_is_not_known_of_few(store, waited, day, shown):
    sent(store, waited)
    result = waits(current_pilot(), day).get("Mentoring")
    assert (None if result is None else result.shown) == shown


def test_the_wait_of_the_pages_is_the_measure_itself(store):
    """It is worked out of fewer rows, with the same result."""
    sent(store, [1, 3, 9, 20, 30])
    period = Period(start=date(2016, 9, 1), end=date(2016, 12, 1))
    whole = next(measure for measure in MEASURES if measure.slug == WAIT.slug)
    told = [calculate(measure, pilot=current_pilot(), period=period) for measure in (WAIT, whole)]
    assert told[0] == told[1]
    assert {result.group: result.shown for result in told[0]}["Mentoring"] == 9


def test_a_place_is_taken_from_acceptance_to_the_end(store):
    store.load("provider-referrals", """
record_id crn     service             sent_on    accepted_on started_on completed_on
R1        X000001 employment          2016-09-01 2016-09-02  -          -
R2        X000002 employment          2016-09-01 2016-09-02  2016-09-05 -
R3        X000003 employment          2016-09-01 2016-09-02  2016-09-05 2016-10-01
R4        X000004 employment          2016-09-01 -           -          -
""")
    left = {entry.service.slug: entry.left for entry in directory(current_pilot(), DAY)}
    assert (left["employment"], left["personalised_budget"], left["mentoring"]) == (18, 25, None)


@pytest.mark.django_db
def test_a_boroughs_own_service_stands_at_the_one_that_it_is_like():
    local = LocalService(name="Hackney Mentors", borough="Hackney", like="mentoring")
    pilot = current_pilot().model_copy(update={"local_services": (local,)})
    assert {e.service.slug: e.like for e in directory(pilot, DAY) if e.like} == {"mentoring": (local,)}




@pytest.mark.django_db
def test_a_version_is_kept_when_the_file_says_something_new(monkeypatch):
    pilot = current_pilot()
    assert len(actions.keep_versions("test", DAY, people_changed=False)) == len(pilot.services)
    assert actions.keep_versions("test", DAY, people_changed=False) == []
    services = tuple(s.model_copy(update={"places": 30}) if s.slug == "employment" else s for s in pilot.services)
    monkeypatch.setattr(actions, "current_pilot", lambda: pilot.model_copy(update={"services": services}))
    later = DAY + timedelta(days=9)
    assert [made.service for made in actions.keep_versions("test", later, people_changed=False)] == ["employment"]
    now, first = versions("employment")
    assert (now.on, now.changed, first.on, first.first) == (later, (("Places", "20", "30"),), DAY, True)
