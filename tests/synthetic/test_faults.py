"""The faults of the hostile world: each is there, in its column only, and the rest stays as it was."""

import csv
import io

import numpy as np
import polars as pl
import pytest

from throughcare.core.identifiers.pnc import make_pnc
from throughcare.synthetic.faults import spoil
from throughcare.synthetic.faults_cells import CODES, british, relettered

ROWS = 4_000
PNC = make_pnc(2001, 1234)


def frame(**cells: str) -> pl.DataFrame:
    """Many rows of the same cells, each with a record_id of its own."""
    return pl.DataFrame({"record_id": [f"R{n}" for n in range(ROWS)], **{name: [cell] * ROWS for name, cell in cells.items()}})


def delivered(slug: str, told: pl.DataFrame) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows of the first delivery and of the late one."""
    found = spoil({slug: told}, np.random.default_rng(7))
    return tuple(list(csv.DictReader(io.StringIO(text))) for text in (found.first[slug], found.late.get(slug, "")))


CASE = frame(pnc=PNC, court="Thames", told_on="2016-06-06", listed_on="", offence_code="03900")


@pytest.mark.parametrize(
    ("column", "fault"),
    [
        ("told_on", "2016-02-30"), ("told_on", "2061-06-06"), ("told_on", "1900-01-01"), ("told_on", "06/06/2016"),
        ("court", "THAMES"), ("court", "Thaames"), *(("offence_code", code) for code in CODES),
    ],
)  # fmt: skip
def test_a_fault_of_a_cell_is_there_but_rare(column, fault):
    first, _ = delivered("court-cases", CASE)
    found = sum(row[column] == fault for row in first)
    assert 0 < found < 0.05 * ROWS


def test_check_letters_are_wrong_in_some_identifiers():
    wrong = {row["pnc"] for row in delivered("court-cases", CASE)[0]} - {PNC}
    assert len(wrong) > 3
    assert {pnc[:-1] for pnc in wrong} == {PNC[:-1]}


def test_most_rows_are_as_they_should_be_and_an_empty_cell_stays_empty():
    first, _ = delivered("court-cases", CASE)
    whole = [row for row in first if row["court"] == "Thames" and row["told_on"] == "2016-06-06" and row["pnc"] == PNC]
    assert len(whole) > 0.85 * ROWS
    assert {row["listed_on"] for row in first} == {""}


def test_some_spans_end_before_they_start():
    first, _ = delivered("nps-supervision", frame(crn="X000001", start="2016-01-10", end="2016-07-01"))
    assert 10 < sum((row["start"], row["end"]) == ("2016-07-01", "2016-01-10") for row in first) < 0.03 * ROWS
    going_on, _ = delivered("nps-supervision", frame(crn="X000001", start="2016-01-10", end=""))
    assert {row["end"] for row in going_on} == {""}


def test_some_rows_stand_twice_some_have_a_cell_too_many_some_come_late_and_some_never():
    first, late = delivered("court-cases", CASE)
    ids = [row["record_id"] for row in first]
    assert 5 < len(ids) - len(set(ids)) < 0.02 * ROWS
    assert 5 < sum(None in row for row in first) < 0.02 * ROWS
    assert 0.01 * ROWS < len(late) < 0.04 * ROWS
    coming = {row["record_id"] for row in late}
    assert coming.isdisjoint(ids)
    assert 0 < ROWS - len(coming | set(ids)) < 0.02 * ROWS


def test_every_row_that_says_who_somebody_is_comes_once_whole_and_in_time():
    named = frame(crn="X000001", pnc=PNC, cro="", prison_number="A1001BC", forenames="Ada", surname="Brellan",
                  date_of_birth="1990-06-10")  # fmt: skip
    first, late = delivered("nps-people", named)
    assert [row["record_id"] for row in first] == named["record_id"].to_list()
    assert all(None not in row and row["crn"] == "X000001" for row in first)
    assert late == []
    assert sum(row["pnc"] == "" for row in first) > 0.1 * ROWS
    assert {"1990-10-06", "10/06/1990", "2061-06-10"} <= {row["date_of_birth"] for row in first}


def test_a_day_as_it_is_written_by_hand_and_a_letter_that_is_not_its_own():
    assert british("2016-07-05") == "05/07/2016"
    assert all(relettered(PNC, np.random.default_rng(seed)) != PNC for seed in range(50))


def test_the_same_stream_makes_the_same_faults():
    assert spoil({"court-cases": CASE}, np.random.default_rng(3)) == spoil({"court-cases": CASE}, np.random.default_rng(3))
