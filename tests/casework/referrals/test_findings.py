"""Referrals that do not fit together are found and named; those that do are not."""

from datetime import date

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.findings import findings
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period

ACTIVE = "referrals.ended_yet_active"
HEAD = "record_id crn     service   sent_on    accepted_on started_on completed_on ended_early_on end_reason\n"
SUPERVISION = """
record_id crn     kind      start      end
S1        X000001 community 2016-01-10 2016-10-01
S2        X000002 community 2016-01-10 2016-10-01
S3        X000002 licence   2016-10-01 -
S4        X000004 community 2016-01-10 2017-01-01
"""


def found(end: date = date(2017, 1, 1)) -> dict[str, tuple[str, ...]]:
    period = Period(start=date(2016, 1, 1), end=end)
    scope = Scope(pilot=current_pilot(), period=period, as_at=date.fromordinal(end.toordinal() - 1))
    return {each.slug: each.records for each in findings(scope)}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("R2 X000003 mentoring 2016-05-10 2016-05-11 2016-05-12 2016-05-12 - -", {}),  # begun and completed on one day
        ("R4 X000001 mentoring 2016-05-10 2016-05-11 2016-05-12 - - -", {ACTIVE: ("R4",)}),
        ("R5 X000001 mentoring 2016-05-10 2016-05-11 - - - -", {ACTIVE: ("R5",)}),  # accepted, not begun
        ("R6 X000001 mentoring 2016-05-10 - - - - -", {}),  # nobody has accepted it
        ("R7 X000001 mentoring 2016-05-10 2016-05-11 2016-05-12 - 2016-10-02 moved", {}),
        ("R8 X000002 mentoring 2016-05-10 2016-05-11 2016-05-12 - - -", {}),  # a licence follows the order
        ("R9 X000003 mentoring 2016-05-10 2016-05-11 2016-05-12 - - -", {}),  # no supervision on record says nothing
        ("R10 X000004 mentoring 2016-05-10 2016-05-11 2016-05-12 - - -", {}),  # it ends on the day after the last
    ],
)
def test_what_does_not_fit_is_found(store, row, expected):
    store.load("nps-supervision", SUPERVISION)
    store.load("provider-referrals", HEAD + row)
    assert found() == expected


def test_what_comes_after_the_period_is_not_of_it(store):
    store.load("nps-supervision", SUPERVISION)
    store.load("provider-referrals", HEAD + "R1 X000001 mentoring 2016-05-10 2016-05-11 2016-05-12 - - -")
    assert found(date(2016, 10, 1)) == {}  # supervision goes on to the last day
    assert found(date(2016, 10, 2)) == {ACTIVE: ("R1",)}
    assert found(date(2016, 5, 10)) == {}  # not sent yet


@pytest.mark.parametrize("row", ["2016-05-12 2016-05-11", "- 2016-05-10"])
def test_one_completed_before_it_was_started_or_accepted_waits_to_be_corrected(store, row):
    """So that it is no contradiction of the store: it is told as a row refused, with its rule."""
    outcome = store.load("provider-referrals", HEAD + f"R1 X000003 mentoring 2016-05-10 2016-05-11 {row} - -")
    assert (outcome.new, outcome.quarantined) == (0, 1)
    assert "not before that day" in outcome.faults[0].rule
    assert found() == {}


def test_each_period_is_told_as_it_stood_at_its_end(store):
    """Ended on 1 October: it goes on too long from then until it is completed, on 5 November."""
    store.load("nps-supervision", SUPERVISION)
    store.load("provider-referrals", HEAD + "R1 X000001 mentoring 2016-05-10 2016-05-11 2016-05-12 2016-11-05 - -")
    assert found(date(2016, 11, 1)) == {ACTIVE: ("R1",)}
    assert found(date(2017, 1, 1)) == {}


def test_a_finding_has_the_day_from_which_it_does_not_fit_and_who_must_mend_it(store):
    store.load("nps-supervision", SUPERVISION)
    head = HEAD.replace("service  ", "provider service  ")
    store.load("provider-referrals", head + "R1 X000001 pact building_bridges 2016-11-10 2016-11-11 - - - -")
    scope = Scope(pilot=current_pilot(), period=Period(start=date(2016, 1, 1), end=date(2017, 1, 1)), as_at=date(2016, 12, 31))
    (told,) = findings(scope)
    assert (told.group, told.days) == ("Pact", (date(2016, 11, 11),))
    assert (told.owner.role, told.owner.places) == ("provider_admin", ("pact",))
