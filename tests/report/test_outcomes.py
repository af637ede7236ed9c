"""Outcomes beside the services in the report: shown where an extract has told of them, as descriptions."""

from datetime import date
from pathlib import Path

from tests.evaluation.test_month_studies import crime
from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.people.actions import resolve
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.measures.all_measures import all_measures
from throughcare.registry.parts import feeds
from throughcare.report.content import Heading, Said, Table
from throughcare.report.figures import Figures, gather
from throughcare.report.sections import outcomes

YEAR = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
VICTIMS = "record_id,victim,crime,offence_group,recorded_on,borough,repeat,satisfaction\n"


def told(*, public: bool) -> Figures:
    asked = [m for m in all_measures() if m.slug.startswith(("crime.", "victims.", "attitudes."))]
    asked += [m for m in all_measures() if m.slug in ("cohort.size_initial", "referrals")]  # what a report divides
    return gather(asked, pilot=current_pilot(), period=YEAR, public=public, findings=())


def test_nothing_is_shown_of_what_nobody_has_told(db):
    assert outcomes.section(told(public=False)).blocks == ()


def test_crime_and_victims_are_shown_and_small_numbers_in_neither_form(db, tmp_path: Path):
    (tmp_path / "police-borough-crime.csv").write_text(crime(0.0))
    few = [f"V{n},{n:016x},C{n},Robbery,2016-07-06,Hackney,no," for n in range(3)]
    many = [f"V{n},{n:016x},C{n},Burglary,2016-07-06,Hackney,no," for n in range(3, 33)]
    (tmp_path / "police-victims.csv").write_text(VICTIMS + "\n".join([*few, *many]) + "\n")
    import_extracts(by="test", paths=[tmp_path], feeds=feeds(), resolve=resolve)
    for public in (False, True):
        blocks = outcomes.section(told(public=public)).blocks
        assert [b.text for b in blocks if isinstance(b, Heading)] == ["Recorded crime", "Victims"]
        of_crime, of_victims = (b for b in blocks if isinstance(b, Table))
        assert [row.heading for row in of_crime.rows] == ["All recorded crime", "Burglary"]
        cells = {row.heading: row.cells for row in of_victims.rows}
        assert all(isinstance(cell, Said) for row in of_crime.rows for cell in row.cells)
        assert cells["Robbery"][0].result.suppressed and "not an effect" in of_victims.note
        assert {row.heading for row in of_victims.rows if row.total} == {"All"}
