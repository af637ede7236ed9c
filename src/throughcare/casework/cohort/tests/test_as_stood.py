"""The cohort as it stood on a past day: what came later does not change what stood, and is said beside it."""

from datetime import UTC, date, datetime

import pytest

from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.actions import accept_all, propose, rate
from throughcare.casework.cohort.as_stood import cohort_as_it_stood
from throughcare.casework.cohort.sources import by_agency, out_of_date_under, sources
from throughcare.casework.cohort.tests.conftest import Someone
from throughcare.casework.imports.models import FileLoad
from throughcare.casework.pilot import current_pilot

D, JANUARY = date(2015, 12, 1), date(2016, 1, 20)


def loaded(since: int, on: date, *feeds: str) -> None:
    """Files loaded after the number `since` came as that day began; of all feeds, or of these."""
    with recording(by="test", verb="test.clock"):
        found = FileLoad.objects.filter(pk__gt=since)
        found = found.filter(feed__in=feeds) if feeds else found
        found.update(loaded_at=datetime(on.year, on.month, on.day, tzinfo=UTC))


def last() -> int:
    return FileLoad.objects.latest("pk").pk


@pytest.fixture
def member(world) -> int:
    """Somebody scored 93, a member since 1 December 2015; two convictions of the year before come on 20 January 2016."""
    person = world(Someone(name="A"))["A"]
    loaded(0, date(2015, 11, 30))
    accept_all(by="pilot", proposals=propose(by="rule", as_at=D), reason="checked", on=D)
    rate(by="panel", person=person, rag="Amber", reason="settled", on=date(2016, 1, 5))
    first = last()
    world(Someone(name="A", thefts=15))
    loaded(first, JANUARY)
    return person


# The day; whether a member, how rated; whether the score that stood is what is found for that day now.
STOOD = [
    ("2015-11-30", False, "", None),
    ("2015-12-01", True, "", False),
    ("2016-01-05", True, "Amber", False),
    ("2016-01-19", True, "Amber", False),
    ("2016-01-20", True, "Amber", True),
]


@pytest.mark.parametrize(("day", "is_member", "rag", "same"), STOOD)
def test_members_ratings_and_scores_as_they_stood(member, day, is_member, rag, same):
    rows = cohort_as_it_stood(date.fromisoformat(day), [member], scored=True).rows(named=True)
    assert bool(rows) == is_member
    for row in rows:
        assert (row["rag"], row["score"] == row["anew"]) == (rag, same)
        assert (row["score"] == 93) == (not same)


def test_what_the_first_extract_of_a_source_brought_counts_as_known_before(world):
    """The store was opened in November 2015; a day of that summer is worked out from what it began with."""
    person = world(Someone(name="A"))["A"]
    loaded(0, date(2015, 11, 30))
    accept_all(by="pilot", proposals=propose(by="rule", as_at=date(2015, 7, 31)), reason="checked", on=date(2015, 7, 31))
    (row,) = cohort_as_it_stood(date(2015, 7, 31), [person], scored=True).rows(named=True)
    assert (row["score"], row["anew"]) == (93, 93)


def test_nobody_is_scored_where_no_score_may_be_told(member):
    (row,) = cohort_as_it_stood(JANUARY, [member], scored=False).rows(named=True)
    assert (row["score"], row["anew"], row["borough"]) == (None, None, "Hackney")
    assert cohort_as_it_stood(JANUARY, [], scored=True).is_empty()


# The age in days of an extract on 31 January 2016, and whether it is out of date: 30 days and more.
AGES = [("2016-01-31", 0, False), ("2016-01-02", 29, False), ("2016-01-01", 30, True), ("2015-11-30", 62, True)]


@pytest.mark.parametrize(("came", "days", "stale"), AGES)
def test_a_source_without_an_extract_for_30_days_is_out_of_date_and_named_beside_what_rests_on_it(world, came, days, stale):
    """NPS manages the first person, CRC the second: each proposal to join rests on its own agency's feeds and on the police's."""
    day = date(2016, 1, 31)
    ids = world(Someone(name="A"), Someone(name="B", agency="CRC"))
    loaded(0, day)
    loaded(0, date.fromisoformat(came), "crc-addresses")
    found = sources(day, pilot=current_pilot())
    crc = next(source for source in found if source.feed == "crc-addresses")
    assert (crc.name, crc.days, crc.out_of_date) == ("CRC addresses", days, stale)
    assert {s.agency: s.days for s in by_agency(found)} == {"NPS": 0, "CRC": days, "police": 0}
    made = {p.person_id: p for p in propose(by="rule", as_at=day)}
    under = out_of_date_under(list(made.values()), found, day)
    told = {pk: [s.name for s in those] for pk, those in under.items()}
    assert told == ({made[ids["B"]].pk: ["CRC addresses"]} if stale else {})


def test_a_source_that_never_came_is_out_of_date(db):
    assert {(s.days, s.out_of_date, s.age) for s in sources(D, pilot=current_pilot())} == {(None, True, "never came")}
