"""Recorded crime by borough and month: long and wide files, what is refused, what a revision does, what is counted."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.strands.conftest import FEEDS, figures_of
from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.imports.models import QuarantinedRow, SupersededRow
from throughcare.casework.people.actions import resolve
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.strands.crime.measures import MEASURES
from throughcare.strands.crime.models import BoroughCrime
from throughcare.strands.crime.queries import findings

SLUG = "police-borough-crime"
YEAR = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
# record_id | borough | month | offence_group | number | population
CRIME = """record_id | borough | month | offence_group | number | population
a | Camden  | 2016-05-01 | Burglary | 100 | 200000
b | Camden  | 2016-06-01 | Burglary |  80 | 200000
c | Hackney | 2016-05-01 | Burglary |  60 |
d | Hackney | 2016-05-01 | Robbery  |  40 |
e | Croydon | 2016-05-01 | Burglary | 300 | 400000"""


def kept() -> list[tuple]:
    rows = BoroughCrime.objects.order_by("month", "borough", "offence_group", "offence")
    return [(f"{r.month:%Y-%m}", r.borough, r.offence_group, r.offence, r.number) for r in rows]


def imported(path: Path):
    (outcome,) = import_extracts(by="test", paths=[path], feeds=FEEDS, resolve=resolve)
    return outcome.new, outcome.changed, outcome.same, outcome.quarantined


def test_a_borough_s_month_is_the_unit(load):
    load({SLUG: CRIME})
    # Burglary: (100 + 80 + 60) / 3 months of a borough; all: Camden 100 and 80, Hackney 60 + 40
    assert figures_of(MEASURES, "crime.recorded", YEAR) == {"All recorded crime": 93.3, "Burglary": 80.0, "Robbery": 40.0}
    assert figures_of(MEASURES, "crime.recorded_elsewhere", YEAR)["Burglary"] == 300
    # 100 and 80 of 200 thousand; Hackney's residents are not told
    assert figures_of(MEASURES, "crime.rate", YEAR)["Burglary"] == 0.45
    assert figures_of(MEASURES, "crime.rate_elsewhere", YEAR)["Burglary"] == 0.75


def test_divided_by_borough_and_month_it_is_the_number_recorded(load):
    load({SLUG: CRIME})
    results = calculate(MEASURES[0], pilot=current_pilot(), period=YEAR, by=("borough", "month"))
    told = {tuple(r.breakdown.values()): r.value for r in results if r.group == "Burglary" and len(r.breakdown) == 2 and r.value}
    assert told == {("Camden", "2016-05"): 100, ("Camden", "2016-06"): 80, ("Hackney", "2016-05"): 60}


# what is wrong | the row | the column | a part of the rule
WRONG = [
    ("no such borough", "x | Cambden | 2016-05-01 | Burglary | 1 |", "borough", "is of the pilot, compared"),
    ("no such code", "x | E06000001 | 2016-05-01 | Burglary | 1 |", "borough", "is of the pilot, compared"),
    ("not a month", "x | Camden | 2016-05-02 | Burglary | 1 |", "month", "by its first day"),
    ("a month to come", "x | Camden | 2099-05-01 | Burglary | 1 |", "month", "has come"),
    ("less than nothing", "x | Camden | 2016-05-01 | Burglary | -1 |", "number", "whole number from 0"),
    ("no number", "x | Camden | 2016-05-01 | Burglary | |", "number", "required"),
    ("nobody lives there", "x | Camden | 2016-05-01 | Burglary | 1 | 0", "population", "has residents"),
]


@pytest.mark.parametrize(("what", "row", "column", "rule"), WRONG, ids=[each[0] for each in WRONG])
def test_a_row_that_cannot_be_is_kept_for_correction(load, what, row, column, rule):
    row = row if row.count("|") == 5 else f"{row} "
    load({SLUG: f"record_id | borough | month | offence_group | number | population\n{row}\n"
                "y | E09000012 | 2016-05-01 | BURGLARY | 7 |"}, faults=1)  # fmt: skip
    fault = QuarantinedRow.objects.get()
    assert (fault.column, rule in fault.rule) == (column, True)
    assert kept() == [("2016-05", "Hackney", "Burglary", "", 7)]  # a code is a borough, letters make no other group


TWICE = [
    ("the same offence", "2016-05-01 | Burglary |", "2016-05-01 | BURGLARY |", 1),
    ("a group and its kind", "2016-05-01 | Burglary |", "2016-05-01 | Burglary | In a dwelling", 1),
    ("two kinds", "2016-05-01 | Burglary | Elsewhere", "2016-05-01 | Burglary | In a dwelling", 0),
    ("another month", "2016-05-01 | Burglary |", "2016-06-01 | Burglary |", 0),
]


@pytest.mark.parametrize(("what", "one", "other", "faults"), TWICE, ids=[each[0] for each in TWICE])
@pytest.mark.parametrize("together", [True, False], ids=["in one file", "in two"])
def test_a_crime_is_not_told_twice(load, what, one, other, faults, together):
    head = "record_id | borough | month | offence_group | offence | number\n"
    first, second = f"a | Camden | {one} | 5", f"b | Camden | {other} | 6"
    if together:
        load({SLUG: f"{head}{first}\n{second}"}, faults=faults)
    else:
        load({SLUG: head + first})
        load({SLUG: head + second}, faults=faults)
    assert len(kept()) == 2 - faults


WIDE = """MajorText,MinorText,LookUp_BoroughName,201605,201606
Burglary,Burglary in a Dwelling,Camden,60,50
Burglary,Burglary in Other Buildings,Camden,40,
Burglary,Burglary in a Dwelling,Aviation Security (SO18),3,2
"""


def test_the_published_wide_file_is_taken_as_it_is(db, tmp_path):
    path = tmp_path / f"{SLUG}-2016.csv"
    path.write_text(WIDE)
    assert imported(path) == (5, 0, 0, 0)  # an empty cell is no figure
    assert kept() == [
        ("2016-05", "Camden", "Burglary", "Burglary in Other Buildings", 40),
        ("2016-05", "Camden", "Burglary", "Burglary in a Dwelling", 60),
        ("2016-06", "Camden", "Burglary", "Burglary in a Dwelling", 50),
    ]
    assert imported(path) == (0, 0, 5, 0)
    assert figures_of(MEASURES, "crime.recorded", YEAR)["Burglary"] == 75  # (60 + 40 and 50) over two months


def test_a_revision_replaces_a_month_and_what_it_said_is_kept(db, tmp_path):
    path = tmp_path / f"{SLUG}.csv"
    path.write_text(WIDE)
    imported(path)
    path.write_text(WIDE.replace("LookUp_BoroughName", "BoroughName").replace("Camden,60,50", "Camden,60,55"))
    assert imported(path) == (0, 1, 4, 0)
    assert ("2016-06", "Camden", "Burglary", "Burglary in a Dwelling", 55) in kept()
    before = SupersededRow.objects.get()
    assert json.loads(before.values)[5] == "50"


HEADERS = [
    ("no month", "MajorText,MinorText,BoroughName"), ("a column more", "MajorText,MinorText,BoroughName,201605,Notes"),
    ("two boroughs", "MajorText,MinorText,BoroughName,LookUp_BoroughName,201605"),
    ("a month twice", "MajorText,MinorText,BoroughName,201605,201605"),
    ("no such month", "MajorText,MinorText,BoroughName,201613"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "header"), HEADERS, ids=[each[0] for each in HEADERS])
def test_a_header_that_is_neither_form_refuses_the_file(db, tmp_path, what, header):
    path = tmp_path / f"{SLUG}.csv"
    path.write_text(f"{header}\n{','.join('1' for _ in header.split(','))}\n")
    with pytest.raises(Exception, match=r"columns are not those of police-borough-crime.*") as refused:
        imported(path)
    assert "a column a month, as 201604" in refused.value.mend


def test_a_wide_row_with_a_cell_too_many_is_kept_for_correction(db, tmp_path):
    path = tmp_path / f"{SLUG}.csv"
    path.write_text(WIDE + "Burglary,Other,Camden,1,2,3\n")
    assert imported(path) == (5, 0, 0, 1)


def test_a_borough_s_month_that_did_not_come_is_a_finding(load):
    load({SLUG: CRIME})
    period = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
    found = {f.group: f.records for f in findings(Scope(pilot=current_pilot(), period=period, as_at=date(2016, 12, 31)))}
    assert "Camden" not in found
    assert (found["Hackney"], found["Croydon"], found["Newham"]) == (("2016-06",), ("2016-06",), ("2016-05", "2016-06"))
