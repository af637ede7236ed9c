"""Not now: how each person stands to each service, what is put off until when, and what is refused."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from throughcare.casework.audit.models import Entry
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.caseload.actions import ask_now, not_now
from throughcare.casework.referrals.caseload.queries import _cell, _referrals, put_off
from throughcare.casework.referrals.errors import NotPutOff, UnknownReason
from throughcare.casework.referrals.queries import held_about, timeline
from throughcare.rules.eligibility.services import Standing

DAY = date(2016, 12, 1)
TOLD = {"by": "test", "service": "mental_health", "reason": "does_not_want_it", "note": "", "on": DAY}
REFERRALS = """
record_id crn     service       sent_on    accepted_on declined_on decline_reason
R1        X000001 mental_health 2016-11-01 2016-11-02  -           -
R2        X000002 mental_health 2016-11-01 -           2016-11-03  other
"""
MEMBER, OTHER = Standing(member=True), Standing()
# who, how they stand, whether it is put off; the cell: what it is, and what stands in it
CELLS = [
    ("X000001", MEMBER, False, ("referred", "Accepted", "")),
    ("X000001", OTHER, False, ("referred", "Accepted", "")),  # whoever is in it is in it
    ("X000002", MEMBER, False, ("eligible", "", "Declined")),
    ("X000002", MEMBER, True, ("put_off", "", "Declined")),
    ("X000003", MEMBER, False, ("eligible", "", "")),
    ("X000003", MEMBER, True, ("put_off", "", "")),
    ("X000003", OTHER, True, ("not_for_them", "not a member of the cohort", "")),
]


MANAGER: Any = SimpleNamespace(day=DAY, roles=frozenset({"offender_manager"}), held=lambda *roles: [])


@pytest.mark.parametrize(("crn", "standing", "put", "expected"), CELLS)
def test_how_a_person_stands_to_a_service(store, crn, standing, put, expected):
    store.load("provider-referrals", REFERRALS)
    person, pilot = store.person(crn), current_pilot()
    if put:
        not_now(**TOLD, person=person, until=DAY + timedelta(days=9))
    sent = _referrals(MANAGER, [person]).get((person, "mental_health"), [])
    held = put_off([person], DAY).get((person, "mental_health"))
    cell = _cell(pilot.service("mental_health"), standing, sent, held, DAY, pilot)
    assert (cell.kind, cell.words, cell.before) == expected


def test_it_comes_back_by_itself_on_the_day(store):
    person, until = store.person("X000003"), DAY + timedelta(days=9)
    put = not_now(**TOLD, person=person, until=until)
    days = {on: bool(put_off([person], on)) for on in (DAY - timedelta(days=1), DAY, until - timedelta(days=1), until)}
    assert list(days.values()) == [False, True, True, False]
    assert [e.words for e in timeline(person)] == ["Mental health: not now, until 10 December 2016: Does not want it now"]
    ask_now(by="test", dismissal=put)
    assert put_off([person], DAY) == {}
    assert timeline(person) == []
    assert len(held_about(person)["Services put off"]) == 1  # what was taken back is still held
    assert {"referrals.not_now", "referrals.ask_now"} <= set(Entry.objects.values_list("verb", flat=True))


def test_said_anew_it_replaces_what_was_said(store):
    person = store.person("X000003")
    for days in (9, 3):
        not_now(**TOLD, person=person, until=DAY + timedelta(days=days))
    assert put_off([person], DAY + timedelta(days=5)) == {}


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"until": DAY}, NotPutOff),
        ({"until": DAY + timedelta(days=91)}, NotPutOff),  # the pilot file lets it be 90
        ({"reason": "lazy"}, UnknownReason),
        ({"reason": "other"}, UnknownReason),  # and no note
        ({"service": "court_reports"}, NotPutOff),  # nobody is referred to it
        ({"service": "nothing"}, NotPutOff),
        ({"crn": "X000001"}, NotPutOff),  # in it already
    ],
)
def test_what_is_refused(store, changed, refusal):
    store.load("provider-referrals", REFERRALS)
    person = store.person(changed.pop("crn", "X000003"))
    with pytest.raises(refusal):
        not_now(**(TOLD | {"until": DAY + timedelta(days=90)} | changed), person=person)
    assert put_off([person], DAY) == {}
