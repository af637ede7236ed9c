"""A person of Hackney, known to probation; a practitioner and the person's manager on a Monday."""

from datetime import UTC, date, datetime

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.access.reader import Reader

DAY = date(2016, 12, 5)
NOW = datetime(2016, 12, 5, 10, tzinfo=UTC)


@pytest.fixture
def person(load, person_id) -> int:
    load({
        "nps-people": "record_id | person | surname\n1 | A | Brellan\n2 | B | Castrick",
        "nps-addresses": "record_id | person | postcode | borough | start\n1 | A | E8 4QN | Hackney | 2010-01-01",
    })  # fmt: skip
    return person_id("A")


@pytest.fixture
def health(reader_of) -> Reader:
    return reader_of("health_practitioner", DAY)


@pytest.fixture
def manager(reader_of, person) -> Reader:
    """Who has the person on the caseload."""
    reader = reader_of("offender_manager", DAY, office="NPS Hackney", agency="NPS", code="N1")
    access.allocate(by="test", person=person, post=reader.post, on=date(2016, 1, 1))
    return reader
