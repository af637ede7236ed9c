"""Placements returned by the broker, and the figures of the strand: accepted is not in work."""

from datetime import date

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.strands.employment.measures import MEASURES
from throughcare.strands.employment.models import Placement, RetentionCheck
from throughcare.strands.employment.placements.actions import check, end
from throughcare.strands.employment.queries import findings
from throughcare.strands.employment.record import held_about, timeline

FEED = "employment-placements"
BY_SLUG = {measure.slug: measure for measure in MEASURES}
WHOLE = Period(start=date(2016, 4, 1), end=date(2017, 1, 1))
HEADER = "record_id referral employer job started_on planned_end_on ended_on " + " ".join(
    f"in_work_week_{n}" for n in (1, 4, 13, 26)
)
PLACEMENTS = f"""
{HEADER}
P1 E1 Groundwork gardener 2016-08-01 2017-02-01 2016-10-01 yes yes no -
P2 E1 Kitchens   porter   2016-11-01 2017-05-01 -          yes -   -  -
P3 E2 Groundwork gardener 2017-01-01 2017-07-01 -          -   -   -  -
"""


def figures(slug: str) -> dict[str, tuple[float | None, float | int | None, int | None]]:
    results = calculate(BY_SLUG[slug], pilot=current_pilot(), period=WHOLE)
    return {r.group: (r.value, r.numerator, r.denominator) for r in results}


def test_accepted_is_not_in_work(store):
    store.load(FEED, PLACEMENTS)
    assert figures("employment.referred")["total"][0] == 4
    assert figures("employment.accepted")["total"][0] == 2
    assert figures("employment.in_work")["total"][0] == 1  # one man, two placements; the other's is of next year


def test_retained_is_of_the_checks_whose_week_was_reached_in_the_period(store):
    store.load(FEED, PLACEMENTS)
    assert figures("employment.retained") == {
        "1 week": (100.0, 2, 2), "4 weeks": (100.0, 1, 1), "13 weeks": (0.0, 0, 1), "26 weeks": (None, 0, 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("E9 Kitchens porter 2016-08-01 2017-02-01 - - - - -", "referral"),
        ("E1 Kitchens porter 2016-08-01 2016-08-01 - - - - -", "started_on"),
        ("E1 Kitchens porter 2016-08-01 2017-02-01 2016-08-01 - - - -", "started_on"),
        ("E1 Kitchens porter 2016-08-01 2017-02-01 2016-08-29 yes yes - -", "in_work_week_4"),  # over on the day looked at
    ],
)
def test_a_row_that_cannot_be_is_kept_for_correction(store, row, fault):
    assert store.load(FEED, f"{HEADER}\nP1 {row}").new == 0
    assert store.quarantined(FEED) == [("P1", fault)]


def test_a_day_later_it_can(store):
    assert store.load(FEED, f"{HEADER}\nP1 E1 Kitchens porter 2016-08-01 2017-02-01 2016-08-30 yes yes - -").new == 1


def test_a_corrected_row_corrects_the_placement_and_its_checks(store):
    store.load(FEED, PLACEMENTS)
    before = Placement.objects.order_by("pk").first()
    store.load(FEED, f"{HEADER}\nP1 E1 Groundwork gardener 2016-08-01 2017-02-01 2016-11-05 yes - yes -")
    after = Placement.objects.get(pk=before.pk)
    assert after.ended_on == date(2016, 11, 5)
    checks = RetentionCheck.objects.filter(placement=after).order_by("weeks")
    assert list(checks.values_list("weeks", "in_work")) == [(1, True), (13, True)]


def test_what_was_recorded_here_stands_when_the_row_comes_again(store):
    """The broker ended the placement and looked in week 4; the extract, corrected since, knows of neither."""
    store.load(FEED, f"{HEADER}\nP1 E1 Kitchens porter 2016-08-01 2017-02-01 - yes - - -")
    placement = Placement.objects.get()
    check(by="broker", placement=placement, weeks=4, found="kept", on=date(2016, 9, 1))
    end(by="broker", placement=placement, on=date(2016, 9, 5), reason="chose")
    assert store.load(FEED, f"{HEADER}\nP1 E1 Kitchens cook 2016-08-01 2017-02-01 - yes no - -").quarantined == 0
    placement.refresh_from_db()
    assert (placement.job, placement.ended_on) == ("cook", date(2016, 9, 5))
    found = RetentionCheck.objects.order_by("weeks").values_list("weeks", "in_work")
    assert list(found) == [(1, True), (4, True)]


def test_a_placement_without_acceptance_is_found(store):
    store.load(
        FEED,
        f"{HEADER}\nP1 E3 Kitchens porter 2016-08-01 2017-02-01 - - - - -\nP2 E1 Kitchens porter 2016-07-19 2017-02-01 - - - - -",
    )
    scope = Scope(pilot=current_pilot(), period=WHOLE, as_at=date(2016, 12, 31))
    assert [f.records for f in findings(scope)] == [("P2", "P1")]  # E1 was accepted a day later


def test_a_referral_of_somebody_in_custody_or_living_elsewhere_is_found(store):
    """E1 is in prison on remand when he is sent; E2 moved to Barnet before; E3 would be found, but was declined."""
    store.load("crc-people", "record_id crn prison_number surname date_of_birth sex\nQ1 X000001 A0001AA Ashdown 1994-05-01 M")
    store.load("prison-spells", "record_id prison_number prison kind start end\nQ1 A0001AA Isis remand 2016-07-01 2016-07-30")
    store.load("nps-addresses", "record_id crn borough start\nB2 X000002 Barnet 2016-07-01\nB3 X000003 Barnet 2016-07-01")
    (finding,) = findings(Scope(pilot=current_pilot(), period=WHOLE, as_at=date(2016, 12, 31)))
    assert (finding.slug, finding.group, finding.records) == ("employment.not_intended", "Employment", ("E1", "E2"))


def test_placements_begun_when_all_places_were_taken_are_found(store):
    """Two places: E1 from August, E2 from September; E3's in October finds them taken, E4's in December one free again."""
    service = current_pilot().service("employment").model_copy(update={"places": 2})
    pilot = current_pilot().model_copy(update={"services": (service,)})
    store.load(
        FEED,
        f"""
        {HEADER}
        P1 E1 Groundwork gardener 2016-08-01 2017-02-01 2016-12-01 - - - -
        P2 E2 Kitchens   porter   2016-09-01 2017-03-01 -          - - - -
        P3 E3 Kitchens   porter   2016-10-01 2017-04-01 2016-10-20 - - - -
        P4 E4 Kitchens   porter   2016-12-01 2017-06-01 -          - - - -
        P5 E2 Groundwork gardener 2016-12-05 2017-06-01 -          - - - -
    """,
    )
    told = {f.slug: f.records for f in findings(Scope(pilot=pilot, period=WHOLE, as_at=date(2016, 12, 31)))}
    assert told["employment.beyond_places"] == ("P3",)  # P5 is a second job of somebody who has a place


def test_what_is_held_and_the_timeline(store):
    store.load(FEED, PLACEMENTS)
    person = store.person("X000001")
    held = {table: len(rows) for table, rows in held_about(person).items() if rows}
    assert held == {"Placements": 2, "Retention checks": 4}
    assert [(str(line.on), line.words) for line in timeline(person)][:2] == [
        ("2016-08-01", "Started work with Groundwork"),
        ("2016-10-01", "No longer in work with Groundwork"),
    ]
