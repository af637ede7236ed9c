"""Casework's feeds, and four people."""

from pathlib import Path

import pytest

from tests.casework.referrals.tables import Store

PEOPLE = """
record_id crn     surname  date_of_birth sex
N1        X000001 Ashdown  1994-05-01    M
N2        X000002 Brellan  1996-02-01    M
N3        X000003 Castrick 1990-02-01    F
N4        X000004 Dunmore  1985-02-01    M
"""


@pytest.fixture
def store(db, tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.load("nps-people", PEOPLE)
    return store
