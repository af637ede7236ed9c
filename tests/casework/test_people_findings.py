"""What does not fit together is found and listed by record; what does fit is not."""

from datetime import date

import pytest

from tests.casework.conftest import ARRESTS, BY_SLUG, PEOPLE
from throughcare.casework.people.findings import findings
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period

CONVICTIONS = "record_id,pnc,convicted_on,committed_on,offence_code,principal,disposal,court\n"
ANN = "P1,1979/0163001B,,Tavi,Brellan,1979-02-28,F,White\n"


def found() -> dict[tuple[str, str], tuple[str, ...]]:
    period = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
    scope = Scope(pilot=current_pilot(), period=period, as_at=date(2016, 12, 31))
    return {(f.slug, f.group): f.records for f in findings(scope)}


ROWS = """
feed | row | finding
police-arrests | A1,1979/0163001B,1989-02-27,,02800 | people.too_young arrests A1
police-arrests | A2,1979/0163001B,1989-02-28,,02800 |
police-convictions | C1,1979/0163001B,1985-01-01,1984-12-01,02801,yes,conviction,Thames | people.too_young convictions C1
police-convictions | C2,1979/0163001B,2010-01-01,2009-12-01,02801,yes,conviction,Thames |
police-convictions | C3,1979/0163001B,2010-01-01,2009-12-01,99999,yes,conviction,Thames | people.unknown_offence convictions C3
"""


IN_PRISON = {"prison_number": "A1234BC", "kind": "sentenced"}
# the spell in Pentonville, what else is told from a day (another prison, or a licence), and whether they contradict
OF_CUSTODY = [
    (("2016-01-01", ""), "licence", "2016-06-01", True),  # the spell goes on
    (("2016-01-01", "2016-07-01"), "licence", "2016-06-01", True),
    (("2016-01-01", "2016-06-01"), "licence", "2016-06-01", False),  # out on the day
    (("2016-06-01", ""), "licence", "2016-06-01", False),  # recalled on the day
    (("2016-01-01", ""), "Thameside", "2016-06-01", True),
    (("2016-01-01", "2016-06-01"), "Thameside", "2016-06-01", False),  # moved on the day
    (("2016-01-01", ""), "Pentonville", "2016-06-01", False),  # the same prison told twice
]


@pytest.mark.parametrize(("spell", "other", "day", "contradict"), OF_CUSTODY)
def test_a_prison_spell_is_held_against_licences_and_other_prisons(load, extract, spell, other, day, contradict):
    start, end = spell
    spells = [{"record_id": "S1", "prison": "Pentonville", "start": start, "end": end}]
    licence = {"record_id": "V1", "crn": "X123456", "kind": "licence", "start": day}
    if other != "licence":
        spells.append({"record_id": "S2", "prison": other, "start": day})
    ann = {"record_id": "N1", "crn": "X123456", "prison_number": "A1234BC", "forenames": "Tavi", "surname": "Brellan"}
    load(
        extract("nps-people", rows("nps-people", ann | {"date_of_birth": "1979-02-28", "sex": "F"})),
        extract("prison-spells", rows("prison-spells", *(one | IN_PRISON for one in spells))),
        extract("nps-supervision", rows("nps-supervision", *([licence] if other == "licence" else []))),
    )
    released, moved = ("people.licence_in_custody", "supervision"), ("people.two_prisons", "spells")
    wanted = {released: ("V1",)} if other == "licence" else {moved: ("S1",)}
    assert found() == (wanted if contradict else {})


def rows(feed: str, *told: dict[str, str]) -> str:
    names = [column.name for column in BY_SLUG[feed].columns]
    return "\n".join([",".join(names), *(",".join(one.get(name, "") for name in names) for one in told)]) + "\n"


@pytest.mark.parametrize("line", ROWS.strip().splitlines()[1:])
def test_findings_on_what_the_police_told(load, extract, line):
    feed, row, finding = (cell.strip() for cell in line.split("|"))
    header = ARRESTS if feed == "police-arrests" else CONVICTIONS
    load(extract("police-people", PEOPLE + ANN), extract(feed, header + row + "\n"))
    expected = {}
    if finding:
        slug, group, record = finding.split()
        expected = {(slug, group): (record,)}
    assert found() == expected
