"""The strand's feed beside casework's; four members on licence in Hackney, referred to the broker."""

from pathlib import Path

import pytest

from tests.casework.referrals.tables import Store
from throughcare.strands.employment.extracts import FEEDS

PEOPLE = """
record_id crn     surname  date_of_birth sex
N1        X000001 Ashdown  1994-05-01    M
N2        X000002 Brellan  1996-02-01    M
N3        X000003 Castrick 1990-02-01    F
N4        X000004 Dunmore  1985-02-01    M
"""
REFERRALS = """
record_id crn     service    provider route   sent_on    accepted_on declined_on decline_reason
E1        X000001 employment blue_sky licence 2016-07-04 2016-07-20  -           -
E2        X000002 employment blue_sky licence 2016-07-05 2016-08-01  -           -
E3        X000003 employment blue_sky licence 2016-08-01 -           2016-08-09  not_resident
E4        X000004 employment blue_sky licence 2016-12-31 -           -           -
"""


@pytest.fixture
def store(db, tmp_path: Path) -> Store:
    store = Store(tmp_path, FEEDS)
    store.load("nps-people", PEOPLE)
    crns = [f"X00000{number}" for number in range(1, 5)]
    store.join(*crns)
    store.supervise("licence", *crns)
    homes = [f"A{number} {crn} Hackney 2016-01-01" for number, crn in enumerate(crns)]
    store.load("nps-addresses", "\n".join(["record_id crn borough start", *homes]))
    store.load("provider-referrals", REFERRALS)
    return store
