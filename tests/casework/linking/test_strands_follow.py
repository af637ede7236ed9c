"""What the services hold follows a person too: into one when two are found to be one, and out again."""

import csv
from pathlib import Path

import pytest
from django.apps import apps

from tests.casework.linking.conftest import CRN, PNC, people, person
from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.linking.actions import join, link, undo
from throughcare.casework.linking.findings import findings
from throughcare.casework.linking.queries import questions
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.models import Clue
from throughcare.registry.parts import feeds, held_about, timeline

N1, P1 = "Danl Okwabira 1985-05-05 M", "Danel Okwabira 1985-05-05 M"
ROWS = {
    "court-cases": {"record_id": "K1", "crn": CRN["A"], "court": "Thames", "told_on": "2016-06-06", "offence_code": "03900"},
    "provider-referrals": {"record_id": "R1", "crn": CRN["A"], "service": "mentoring"},
    "prison-tasks": {"record_id": "T1", "crn": CRN["A"]},
    "police-plans": {"record_id": "L1", "pnc": PNC["B"], "borough": "Hackney", "requested_on": "2016-08-01"},
}


@pytest.fixture
def services(tmp_path: Path, db):
    """Loads one row of each service; gives the tables and owners of what was loaded."""

    def run(**more: str) -> dict[str, int]:
        folder = tmp_path / "services"
        folder.mkdir(exist_ok=True)
        for slug, row in ROWS.items():
            columns = {column.name: column for column in feeds()[slug].columns}
            given = {name: c.example for name, c in columns.items() if c.required} | row | (more if slug == "court-cases" else {})
            with (folder / f"{slug}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, list(columns), restval="")
                writer.writeheader()
                writer.writerow(given)
        outcomes = import_extracts(by="test", paths=[folder], feeds=feeds(), resolve=resolve)
        assert not sum(o.quarantined for o in outcomes), [o.faults for o in outcomes]
        return owners()

    return run


def owners() -> dict[str, int]:
    tables = ("courts.CourtCase", "referrals.Referral", "prison.Task", "policing.Plan")
    return {label: apps.get_model(label).objects.get().person_id for label in tables}


def test_cases_referrals_tasks_and_plans_follow_and_return(world, services):
    world("nps N1 Oren Velska 1971-11-12 M crn=A\npolice P2 Danel Okwabira 1985-05-05 M pnc=B")
    before = services()
    assert set(before.values()) == {person("N1"), person("P2")}
    decided = join(by="k.osei", people=(person("N1"), person("P2")), reason="his own words")
    assert set(owners().values()) == {person("N1")}
    kinds = {entry.kind for entry in timeline(person("N1"))}
    assert "who" in kinds
    held = held_about(person("N1"))
    assert len(held["people"]["the person"]) == 2, "both numbers of the person, each once"
    undo(by="a.tembo", verdict=decided, reason="a mistake")
    assert owners() == before


def test_a_court_row_with_the_numbers_of_two_is_evidence_and_a_finding(world, services):
    world(f"nps N1 {N1} crn=A\npolice P1 {P1} pnc=B")
    assert people() == [{"N1"}, {"P1"}]
    assert len(questions()) == 1
    services(pnc=PNC["B"])
    assert Clue.objects.count() == 1
    assert [f.records for f in findings(None) if f.slug == "linking.two_in_one_row"] == [("court-cases K1",)]
    link(by="test")
    assert people() == [{"N1", "P1"}], "the court took the CRN and the PNC ID for one person's"
    assert [f for f in findings(None) if f.slug == "linking.two_in_one_row"] == []


def test_a_court_row_does_not_override_the_number_that_a_record_has(world, services):
    world(f"nps N1 {N1} crn=A pnc=A\npolice P1 {P1} pnc=B")
    services(pnc=PNC["B"])
    link(by="test")
    assert people() == [{"N1"}, {"P1"}]
