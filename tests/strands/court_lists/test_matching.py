"""Who on a list is taken for whom: a table of names as they come, and what is made of each."""

import pytest

from tests.strands.court_lists.conftest import DAY
from throughcare.strands.courts.lists.queries import as_it_stands

NAMES = """
reference | forenames  | surname  | date_of_birth | crn     | pnc          | is       | who    | why
T1        | Tavik Oren | Brellan  | 1991-03-14    |         |              | exact    | Tavik  | forename and surname are the same
T2        | TAVIK      | BRELLAN  | 14/03/1991    | X100001 |              | exact    | Tavik  | CRN is the same
T3        | Brellan    | Tavik    | 1991-03-14    |         |              | exact    | Tavik  | stand in each other's place
T4        | Tavik      | Brelan   | 1991-03-14    | X100001 |              | exact    | Tavik  | slip of the pen
T5        | Tavik      | Brelan   | 1991-03-14    |         |              | possible | Tavik  | slip of the pen
T6        | Tavik      | Brellan  | 1991-03-15    |         |              | possible | Tavik  | one digit off
T7        | James      | Bailey   | 1994-07-02    |         |              | possible | Jamie  | slip of the pen
T8        | Jamie      | Bailey   |               |         |              | possible | Jamie  | no date of birth to compare
T9        | Merrin     | Quenby   | 1988-11-30    |         |              | exact    | Merrin | forename and surname are the same
T10       | Someone    | Else     | 1970-05-05    | X100003 |              | possible | Osric  | the names are different
T11       | Nobody     | Known    | 1979-09-09    |         |              | none     |        |
T12       | Jamie      | Bailey   | 1951-01-20    |         |              | none     |        |
T15       | Ruben      | Bailey   | 1994-07-02    |         |              | possible | Jamie  | they may be twins
T14       | Tavik Oren | Brellan  | 1991-03-15    |         |              | likely   | Tavik  | second forename is the same
T13       | Osric      | Quenby   | 1988-11-30    |         | not a number | exact    | Osric  | forename and surname are the same
"""
LIST = ("reference", "forenames", "surname", "date_of_birth", "crn", "pnc")


def rows_of(table: str) -> list[dict[str, str]]:
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [dict(zip(header, line, strict=True)) for line in lines]


def as_list(rows: list[dict[str, str]]) -> str:
    """The list that has these names on it, issued the evening before."""
    head = f"record_id | version | court | sits_on | {' | '.join(LIST)}"
    issued = "2016-06-13T17:58:00+01:00 | Thames | 2016-06-14"
    return "\n".join([head, *(f"{row['reference']}/1 | {issued} | {' | '.join(row[name] for name in LIST)}" for row in rows)])


@pytest.fixture
def entries(known, listed):
    listed(as_list(rows_of(NAMES)))
    return {entry.reference: entry for entry in as_it_stands("Thames", DAY)}


def test_the_names_on_a_list(entries, known):
    names = {number: name for name, number in known.items()}
    found = {row["reference"]: entries[row["reference"]].match for row in rows_of(NAMES)}
    said = {reference: (match.kind, names.get(match.person, "")) for reference, match in found.items()}
    assert said == {row["reference"]: (row["is"], row["who"]) for row in rows_of(NAMES)}
    for row in rows_of(NAMES):
        assert row["why"].lower() in " ".join(found[row["reference"]].because).lower(), (row, found[row["reference"]])


def test_so_many_names_that_everybody_is_offered_are_taken_for_the_same_people(entries, known, monkeypatch):
    from throughcare.strands.courts.lists import matching
    from throughcare.strands.courts.lists.standing import on_the_list

    hearings = on_the_list("Thames", DAY)
    few = matching.matched(hearings)
    monkeypatch.setattr(matching, "MANY", 0)
    assert matching.matched(hearings) == few
