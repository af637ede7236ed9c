"""The number of queries of a page does not grow with what is on record: of the person, of the caseload, in the whole store."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.access.world import BEFORE, DAY, World, numbers_of, plant
from tests.web.access.world_pairs import ask_whether
from throughcare.casework.access import actions as access
from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.actions import put_forward, rate
from throughcare.casework.cohort.models import Proposal
from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.notes import actions as notes
from throughcare.casework.panel import actions as panel
from throughcare.casework.panel.agenda import suggestions
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.models import AgencyRecord, Identifier
from throughcare.core.identifiers import make_cro, make_pnc
from throughcare.registry.parts import feeds

pytestmark = pytest.mark.django_db

FEW, MANY = 3, 12
MOST_OF_A_PANEL = 80
ROLES = (
    "offender_manager", "iom_coordinator", "court_officer", "prison_coordinator", "provider_worker", "health_practitioner",
    "employment_broker", "police_researcher", "senior_officer", "pilot_manager", "volunteer", "tasking_officer",
    "data_protection_officer", "auditor", "system_admin",
)  # fmt: skip
OF_NOBODY = ("pilot_manager", "data_protection_officer", "auditor", "system_admin")
"""Roles that may see no person: their Today alone is asked for."""
TABS = ("contact", "services", "court", "custody", "timeline", "score", "notes")
COHORT = ("/cohort/", "/cohort/?as-at=2016-12-01", "/cohort/changes/?from=2016-10-01", "/cohort/proposals/")
MOST = {"/find/": 20, "/people/": 142, "/cohort/": 70, "/same-person/": 20, "/contact/": 60, "/": 62}
"""For every role, so that a page is not let grow unseen: a query a part for a timeline, one a scope for who may see it. The
person looked at has something in every table; of a table without a row on the person nothing is asked."""


@pytest.fixture
def world(db, settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> World:
    """The world of the attacks, on its day; always the same minute, as late feeds are worked out once a minute."""
    settings.DEMONSTRATION, settings.HOME = DAY, tmp_path / "home"
    monkeypatch.setattr("throughcare.web.late.now", lambda: datetime(2016, 12, 7, 9, tzinfo=UTC))
    (planted := tmp_path / "world").mkdir()
    return plant(planted)


def grow(world: World, folder: Path, first: int, last: int) -> None:
    """Puts people with these numbers on record, in everybody's work, and as much again on record of the person looked at."""
    folder.mkdir()
    files: dict[str, list[dict[str, object]]] = {}
    for n in range(first, last):
        grown = {"crn": f"K99{n:04}", "pnc": make_pnc(2004, 5500 + n), "cro": make_cro(2004, 8800 + n),
                 "prison_number": f"A8{n:03}XY"}  # fmt: skip
        named = {"forenames": f"Grover{chr(65 + n)}", "surname": "Grown", "date_of_birth": "1991-03-09", "sex": "M"}
        files.setdefault("nps-people", []).append({"record_id": f"nps-people-{n}", **grown, **named})
        for who, numbers in (("grown", grown), ("in", numbers_of("in"))):
            for slug, rows in _facts(f"{who}-{n}", numbers, n).items():
                files.setdefault(slug, []).extend({"record_id": f"{slug}-{who}-{n}-{m}", **row} for m, row in enumerate(rows))
    for slug, rows in files.items():
        columns = {column.name: column for column in feeds()[slug].columns}
        with (folder / f"{slug}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(columns))
            writer.writeheader()
            empty = {name: "no" if column.kind == "boolean" and column.required else "" for name, column in columns.items()}
            writer.writerows({**empty, **row} for row in rows)
    outcomes = import_extracts(by="test", paths=[folder], feeds=feeds(), resolve=resolve)
    assert not any(o.quarantined for o in outcomes), [o.faults for o in outcomes if o.quarantined]
    crns = Identifier.objects.filter(kind="crn", value__in=[f"K99{n:04}" for n in range(first, last)])
    for person in crns.order_by("value").values_list("person_id", flat=True):
        _written(world, person)


def _facts(tail: str, numbers: dict[str, str], n: int) -> dict[str, list[dict[str, object]]]:
    """A row or more of every feed that tells of one person."""
    crn, pnc, prison = {"crn": numbers["crn"]}, {"pnc": numbers["pnc"]}, {"prison_number": numbers["prison_number"]}
    case, sent = f"court-cases-{tail}-0", {**crn, "sent_on": "2016-11-15", "route": "licence"}
    earlier = f"{DAY - timedelta(days=200 + n)}"
    return {
        "nps-addresses": [{**crn, "postcode": "E8 4QN", "borough": "Hackney", "start": earlier}],
        "nps-supervision": [{**crn, "kind": "licence", "start": earlier, "office_borough": "Hackney"}],
        "nps-registrations": [{**crn, "kind": "MAPPA", "start": earlier}],
        "nps-caseloads": [{**crn, "manager": "N07A112", "agency": "NPS", "office_borough": "Hackney", "start": earlier}],
        "nps-assessments": [{**crn, "assessed_on": earlier, "drugs": "yes", "employment": "yes"}],
        "police-arrests": [{**pnc, "arrested_on": earlier, "offence_code": "03900"}],
        "police-convictions": [
            {**pnc, "convicted_on": earlier, "offence_code": "03900", "principal": "yes", "disposal": "conviction"}
        ],
        "police-sentences": [{**pnc, "imposed_on": earlier, "kind": "custody", "months": 9, "release_planned_on": "2016-12-12"}],
        "police-requirements": [{**pnc, "imposed_on": earlier, "kind": "programme", "days": 20}],
        "police-events": [
            {**pnc, "event": f"CR-GROWN{n}", "role": "arrested", "on": earlier},
            {**pnc, "event": f"CR-ALONE{tail}", "role": "convicted", "on": earlier, "method": "By the door", "place": "Shop"},
        ],
        "prison-spells": [
            {**prison, "prison": "Isis", "kind": "sentenced", "start": earlier, "end": "2016-12-05"},
            {**prison, "prison": "Pentonville", "kind": "sentenced", "start": "2016-12-05"},
        ],
        "prison-tasks": [{**crn, "prison": "Pentonville", "kind": "refer", "done_on": "2016-11-20"}],
        "court-lists": [{**crn, **pnc, "court": "Thames", "hearing_on": f"{DAY}", "received_on": "2016-12-06"}],
        "court-cases": [{**crn, **pnc, "court": "Thames", "told_on": "2016-12-01", "offence_code": "03900"}],
        "court-pleas": [{"case": case, "entered_on": "2016-12-05", "plea": "guilty"}],
        "court-reports": [{"case": case, "requested_on": "2016-12-05", "kind": "oral"}],
        "court-results": [{"case": case, "sentenced_on": "2016-12-06", "kind": "community", "programme": "yes"}],
        "court-assessments": [{**crn, **pnc, "court": "Thames", "kind": "DRR", "carried_out_on": "2016-12-02"}],
        "provider-referrals": [
            {**sent, "service": "mentoring", "provider": "osmani_trust"},
            {**sent, "service": "mental_health", "provider": "forensic_mental_health", "acknowledged_on": "2016-11-16"},
            {**sent, "service": "employment", "provider": "blue_sky", "accepted_on": "2016-11-22", "started_on": "2016-11-25"},
            {**sent, "service": "personalised_budget", "provider": "london_crc", "accepted_on": "2016-11-21"},
            {**sent, "service": "tiger", "provider": "rise_mutual", "declined_on": "2016-12-01",
             "decline_reason": "not_eligible"},
        ],
        "provider-sessions": [{"referral": f"provider-referrals-{tail}-2", "held_on": "2016-11-28", "attended": "yes"}],
        "crc-appointments": [{**crn, "due_on": f"{DAY}", "attended": "no", "manager": "N07A112"}],
        "mental-health-consultations": [{**crn, "held_on": "2016-11-24", "with_whom": "offender_manager"}],
        "mental-health-assessments": [{**crn, "started_on": "2016-11-25"}],
        "mental-health-care-plans": [{**crn, "started_on": "2016-11-26"}],
        "mental-health-interventions": [{**crn, "kind": "anger management", "started_on": "2016-11-26"}],
        "employment-placements": [
            {"referral": f"provider-referrals-{tail}-2", "started_on": "2016-11-27", "planned_end_on": "2017-05-27"}
        ],
        "budget-purchases": [
            {"referral": f"provider-referrals-{tail}-3", "description": "boots", "amount": "50.00", "asked_on": "2016-12-01",
             "asked_by": "N07A112"}
        ],
        "police-plans": [{**pnc, "borough": "Hackney", "requested_on": "2016-11-28"}],
        "police-taskings": [{**pnc, "borough": "Hackney", "carried_out_on": "2016-12-01", "comes_from": "panel"}],
    }  # fmt: skip


def _written(world: World, person: int) -> None:
    """What is written here: of somebody new, and once more of the person looked at."""
    manager, theirs = world.reader("offender_manager"), world.people["in"]
    put_forward(by="test", person=person, reason="In need", on=BEFORE)
    rate(by="panel", person=person, rag="Red", reason="In need", on=BEFORE)
    for who in (person, theirs):
        notes.write_note(reader=manager, person=who, text="Came")
        notes.tell_risk(reader=manager, person=who, text="Knives", start=BEFORE)
        notes.avoid(reader=manager, person=who, place="Mare Street", why="", start=BEFORE)
        notes.keep_said(reader=manager, person=who, row="notes", text="Not so")
        notes.raise_concern(reader=manager, person=who, kind="harm_to_self", text="Low", to=world.posts["offender_manager"])
        _proposed(who)
    notes.avoid(reader=manager, person=theirs, other=person, why="", start=BEFORE)
    ask_whether(world.ids["record:in"], AgencyRecord.objects.get(person=person).pk)
    access.limit(by="test", person=person, kind="excluded", accounts=[world.accounts["volunteer"]], start=BEFORE, reason="")


def _proposed(person: int) -> None:
    with recording(by="rule", verb="cohort.propose"):
        Proposal(
            person_id=person, kind="leave", as_at=DAY, holds_from=DAY, because="score", reasons="Score 33", evidence="{}",
            borough="Hackney", facts_digest="x", made_at=datetime(2016, 12, 7, tzinfo=UTC), made_by="rule",
        ).save()  # fmt: skip


def asked_of(world: World) -> Iterator[tuple[str, str]]:
    """Roles, each with a page that it asks for: what differs by role of every role, else of one with much to see."""
    person = world.people["in"]
    for role in ROLES:
        yield role, "/"
        if role not in OF_NOBODY:
            yield role, f"/people/{person}/"
    yield from (("senior_officer", f"/people/{person}/{tab}/") for tab in TABS)
    yield from (("offender_manager", path) for path in ("/today/all/", "/contact/", "/meetings/", "/reminders/"))
    desk = ("/meetings/", "/provider/", "/groups/", f"/groups/{world.ids['group:in']}/")
    yield from (("provider_worker", path) for path in desk)
    pathways = {
        "offender_manager": ("/services/caseload/", f"/people/{person}/suggestions/", f"/people/{person}/refer/"),
        "health_practitioner": (f"/people/{person}/mental-health/", "/mental-health/sessions/"),
        "employment_broker": (f"/people/{person}/employment/", "/employment/"),
        "police_researcher": (f"/people/{person}/picture/", "/policing/", f"/policing/plans/{world.ids['plan:in']}/"),
    }
    yield from ((role, path) for role, paths in pathways.items() for path in paths)
    yield from (("iom_coordinator", f"/same-person/?show={show}") for show in ("waiting", "resting", "decided"))
    yield from ((role, path) for role in ("iom_coordinator", "pilot_manager") for path in COHORT)
    yield from (("iom_coordinator", f"/people/{person}/{tab}/") for tab in ("rag", "put-forward", "joined-by-mistake"))
    yield from (("iom_coordinator", f"/find/?q={words}") for words in ("grown", "gronw", "k990001", "1991", "grown+09/03/1991"))


def queries(browser: Client, path: str) -> int:
    browser.get(path)  # what is asked once a process
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200, path
    return len(seen)


def most(path: str) -> int:
    return next(bound for beginning, bound in MOST.items() if path.startswith(beginning))


def signed_in(world: World, role: str) -> Client:
    browser = Client()
    browser.force_login(world.accounts[role], backend=settings.AUTHENTICATION_BACKENDS[-1])
    return browser


def test_no_page_asks_more_the_more_is_on_record(world, tmp_path):
    browsers = {role: signed_in(world, role) for role in (*ROLES, "pilot_manager")}
    few, many = ({}, {})
    for counted, first, last in ((few, 0, FEW), (many, FEW, MANY)):
        grow(world, tmp_path / f"{last}", first, last)
        counted |= {(role, path): queries(browsers[role], path) for role, path in asked_of(world)}
    assert {at: (few[at], n) for at, n in many.items() if n > few[at]} == {}
    assert {(role, path): n for (role, path), n in many.items() if n > most(path)} == {}


def test_today_asks_no_more_the_more_people_are_kept_from_the_reader(world, tmp_path):
    grow(world, tmp_path / "grown", 0, FEW)
    browser, asked = signed_in(world, "court_officer"), []
    for person in Identifier.objects.filter(value__startswith="K99").order_by("pk").values_list("person_id", flat=True):
        told = {"kind": "excluded", "start": BEFORE, "reason": "", "ring": world.posts["senior_officer"]}
        access.limit(by="test", person=person, accounts=[world.accounts["court_officer"]], **told)
        asked.append(queries(browser, "/today/all/"))
    assert set(asked) == {asked[0]}


def test_a_panel_asks_no_more_the_more_people_are_on_its_agenda_or_suggested(world, tmp_path):
    coordinator, browsers = world.reader("iom_coordinator"), {}
    meeting = panel.plan(by="test", borough="Hackney", on=DAY)
    for name in ("iom_coordinator", "tasking_officer"):
        panel.invite(by="test", meeting=meeting, post=world.posts[name])
        browsers[name] = signed_in(world, name)
    panel.send(by="test", meeting=meeting)
    pages = [("iom_coordinator", "/panels/"), ("iom_coordinator", f"/panels/{meeting.pk}/"), ("tasking_officer", "/"),
             ("tasking_officer", f"/panels/{meeting.pk}/packs/tasking-officer/")]  # fmt: skip
    asked: list[dict[tuple[str, str], int]] = []
    for first, last in ((0, FEW), (FEW, MANY)):
        grow(world, tmp_path / f"{last}", first, last)
        suggested = suggestions(world.reader("iom_coordinator"), meeting)
        panel.put_on(by=coordinator.by, meeting=meeting, people={s.person: s.why for s in suggested[::2]})
        asked.append({(role, path): queries(browsers[role], path) for role, path in pages})
    few, many = asked
    assert {at: (few[at], n) for at, n in many.items() if n > few[at]} == {}
    assert max(many.values()) <= MOST_OF_A_PANEL
