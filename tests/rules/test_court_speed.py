"""Which arrest, charge and plea are those of a conviction, by tables worked by hand."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.rules.court_speed import STEPS, against_earlier, convictions_in_steps

TABLES = {
    "convictions": {"person": pl.Int64, "convicted_on": pl.Date, "committed_on": pl.Date, "offence_code": pl.String,
                    "principal": pl.Boolean, "disposal": pl.String},
    "charges": {"person": pl.Int64, "charged_on": pl.Date, "asn": pl.String, "offence_code": pl.String},
    "arrests": {"person": pl.Int64, "arrested_on": pl.Date, "asn": pl.String, "offence_code": pl.String},
    "cases": {"person": pl.Int64, "clock_on": pl.Date, "sentenced_on": pl.Date},
}  # fmt: skip


def cell(text: str, dtype: pl.DataType) -> object:
    if dtype == pl.Date:
        return date.fromisoformat(f"2016-{text}") if text else None
    return {pl.Int64: int, pl.Boolean: lambda told: told == "yes"}.get(dtype, str)(text)


def frames(**told: str) -> dict[str, pl.DataFrame]:
    """The tables from lines of cells; a day is of 2016, and a table left out is empty."""
    made = {}
    for name, schema in TABLES.items():
        lines = [line.split("|") for line in told.get(name, "").strip().splitlines()]
        rows = [[cell(text.strip(), dtype) for text, dtype in zip(line, schema.values(), strict=True)] for line in lines]
        made[name] = pl.DataFrame(rows, schema=schema, orient="row")
    return made


def days(**told: str) -> dict[str, int | None]:
    (row,) = convictions_in_steps(**frames(**told)).select(*STEPS).iter_rows(named=True)
    return row


THEFT = "1 | 06-20 | 06-01 | 03900 | yes | conviction"


def test_a_whole_way_from_the_offence_to_the_sentence():
    """Offence 1 June, arrest the 4th, charge the 5th, plea the 10th, dealt with and sentenced on the 20th."""
    assert days(
        convictions=THEFT, arrests="1 | 06-04 | A1 | 03900", charges="1 | 06-05 | A1 | 03900", cases="1 | 06-10 | 06-20"
    ) == {"offence_to_arrest": 3, "arrest_to_charge": 1, "charge_to_plea": 5, "plea_to_sentence": 10, "arrest_to_conviction": 16}


# what differs, convictions, arrests, charges, cases, and the days of the five steps in their order
CASES = [
    ("nothing else is known", THEFT, "", "", "", (None, None, None, None, None)),
    ("the arrest with the charge's number, though another was for that code", THEFT,
     "1 | 06-02 | A1 | 03900\n1 | 06-04 | A2 | 00800", "1 | 06-05 | A2 | 03900", "", (3, 1, None, None, 16)),
    ("without a number the first for that code", THEFT,
     "1 | 06-02 |  | 00800\n1 | 06-03 |  | 03900\n1 | 06-04 |  | 03900", "1 | 06-05 |  | 03900", "", (2, 2, None, None, 17)),
    ("no arrest for that code: the first since the offence", THEFT, "1 | 06-03 |  | 00800\n1 | 06-04 |  | 00800", "", "",
     (2, None, None, None, 17)),
    ("an arrest before the offence, one after the charge, and another person's are not it", THEFT,
     "1 | 05-31 |  | 03900\n1 | 06-06 |  | 03900\n2 | 06-03 |  | 03900", "1 | 06-05 |  | 03900", "",
     (None, None, None, None, None)),
    ("the last charge of that code by the conviction", THEFT, "",
     "1 | 06-05 |  | 03900\n1 | 06-07 |  | 03900\n1 | 06-21 |  | 03900\n1 | 06-08 |  | 00800", "1 | 06-10 | 06-20",
     (None, None, 3, 10, None)),
    ("the principal offence, whatever stands first", "1 | 06-20 | 05-01 | 00800 | no | conviction\n" + THEFT,
     "1 | 06-04 |  | 03900", "", "", (3, None, None, None, 16)),
    ("a plea after the conviction, and a case sentenced before it, are not its", THEFT, "", "",
     "1 | 06-21 | 06-25\n1 | 06-01 | 06-19", (None, None, None, None, None)),
    ("a case not sentenced has no plea to sentence", THEFT, "", "1 | 06-05 |  | 03900", "1 | 06-10 |", (None,) * 5),
    ("convicted at the plea, sentenced later", "1 | 06-10 | 06-01 | 03900 | yes | conviction", "", "", "1 | 06-10 | 06-24",
     (None, None, None, 14, None)),
    ("all on one day", "1 | 06-20 | 06-20 | 03900 | yes | conviction", "1 | 06-20 |  | 03900", "1 | 06-20 |  | 03900",
     "1 | 06-20 | 06-20", (0, 0, 0, 0, 0)),
    ("an offence whose day is not known has an arrest by its number only", "1 | 06-20 |  | 03900 | yes | conviction",
     "1 | 06-02 | A1 | 03900\n1 | 06-03 | | 03900", "1 | 06-05 | A1 | 03900", "", (None, 3, None, None, 18)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "convictions", "arrests", "charges", "cases", "expected"), CASES, ids=[c[0] for c in CASES])
def test_what_belongs_to_a_conviction(why, convictions, arrests, charges, cases, expected):
    assert tuple(days(convictions=convictions, arrests=arrests, charges=charges, cases=cases).values()) == expected


def test_a_caution_is_no_conviction_and_a_day_counts_once():
    told = "1 | 06-20 | 06-01 | 03900 | yes | caution\n2 | 06-20 | 06-01 | 03900 | no | conviction\n"
    told += "2 | 06-20 | 06-02 | 00800 | no | conviction"
    assert convictions_in_steps(**frames(convictions=told)).select("person").rows() == [(2,)]


def test_each_is_held_against_the_persons_own_earlier_cases():
    """Person 1 waited 10 and 20 days before joining on 1 June, then 6: 9 fewer than 15. Person 2 has nothing earlier."""
    told = frames(
        convictions="1 | 02-20 | 01-10 | 03900 | yes | conviction\n1 | 04-30 | 04-01 | 03900 | yes | conviction\n"
                    "1 | 07-10 | 07-01 | 03900 | yes | conviction\n2 | 07-10 | 07-01 | 03900 | yes | conviction",
        arrests="1 | 01-20 |  | 03900\n1 | 04-21 |  | 03900\n1 | 07-07 |  | 03900\n2 | 07-02 |  | 03900",
    )  # fmt: skip
    joined = pl.DataFrame({"person": [1, 2], "joined_on": [date(2016, 6, 1)] * 2})
    found = against_earlier(convictions_in_steps(**told), joined).filter(pl.col("convicted_on") == date(2016, 7, 10))
    columns = ["person", "offence_to_arrest", "offence_to_arrest_earlier", "offence_to_arrest_change"]
    assert found.select(columns).sort("person").rows() == [(1, 6, 15.0, -9.0), (2, 1, None, None)]


@given(st.lists(st.tuples(*[st.integers(0, 60)] * 4), min_size=1, max_size=6))
def test_no_step_is_ever_below_none(days_told):
    """Whatever the days and however they contradict each other."""
    rows = [[date.fromordinal(736000 + day) for day in each] for each in days_told]
    made = frames()
    made["convictions"] = pl.DataFrame(
        [[1, max(c, o), o, "03900", True, "conviction"] for o, _, _, c in rows], schema=TABLES["convictions"], orient="row"
    )
    made["arrests"] = pl.DataFrame([[1, a, "", "03900"] for _, a, _, _ in rows], schema=TABLES["arrests"], orient="row")
    made["charges"] = pl.DataFrame([[1, c, "", "03900"] for _, _, c, _ in rows], schema=TABLES["charges"], orient="row")
    made["cases"] = pl.DataFrame([[1, a, c] for _, a, _, c in rows], schema=TABLES["cases"], orient="row")
    found = convictions_in_steps(**made)
    assert found.select(pl.min_horizontal(pl.all().exclude("person", "convicted_on").fill_null(0).min()).min()).item() >= 0
    assert found.select("person", "convicted_on").is_duplicated().sum() == 0
