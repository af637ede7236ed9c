"""The strand's feeds beside casework's; people and referrals to work with."""

from datetime import date
from pathlib import Path

import pytest

from tests.casework.referrals.tables import Store
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.strands.programmes.extracts import FEEDS

PEOPLE = """
record_id crn     prison_number surname  date_of_birth sex
N1        X000001 A0001AA       Ashdown  1994-05-01    M
N2        X000002 A0002AA       Brellan  1996-02-01    M
N3        X000003 A0003AA       Castrick 1995-02-01    M
N4        X000004 A0004AA       Dunmore  1985-02-01    M
N5        X000005 A0005AA       Everard  1995-02-01    F
"""


@pytest.fixture
def store(db, tmp_path: Path) -> Store:
    """Five members of the cohort, all since January 2016."""
    store = Store(tmp_path, FEEDS)
    store.load("crc-people", PEOPLE)
    store.join(*(f"X00000{number}" for number in range(1, 6)))
    return store


@pytest.fixture
def manager(reader_of) -> Reader:
    """An offender manager on 14 October 2016."""
    return reader_of("offender_manager", date(2016, 10, 14), telephone="020 7946 0101")


@pytest.fixture
def desk(db) -> Post:
    """The mentors' desk of the Osmani Trust."""
    return access.make_post(
        by="test", slug="osmani", title="Osmani Trust", role="provider_worker", place="osmani_trust", telephone="020 7946 0202"
    )
