"""What does not fit together is found and listed by record; what does fit is not."""

from datetime import date

import pytest

from tests.casework.conftest import ARRESTS, PEOPLE
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
