"""Records kept and active minutes, worked out by hand from a small log; nobody's own can be read from them."""

from datetime import UTC, date, datetime

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.access import burden
from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.models import Entry
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.calculate import calculate

pytestmark = pytest.mark.django_db
NOVEMBER = Period(start=date(2016, 11, 1), end=date(2016, 12, 1))
POSTS = {"om-1": "offender_manager", "om-2": "offender_manager", "co-1": "iom_coordinator"}
# who, as which post, when (UTC), what
LOG = """
ann om-1 2016-11-02T09:00:00 view
ann om-1 2016-11-02T09:04:00 view
ann om-1 2016-11-02T09:09:00 notes.write
ann om-1 2016-11-02T09:15:00 referrals.refer
ann om-1 2016-11-02T09:17:30 view
ann om-1 2016-11-03T14:00:00 view
bob om-2 2016-11-02T09:01:00 view
bob om-2 2016-11-02T09:03:00 notes.write
bob om-2 2016-11-02T09:03:00 notes.write
bob om-2 2016-11-02T09:03:00 linking.link
bob om-2 2016-11-02T09:03:00 linking.same
cyd co-1 2016-11-02T10:00:00 cohort.accept
cyd co-1 2016-11-02T10:05:00 cohort.rate
ann om-1 2016-10-31T23:58:00 view
ann om-1 2016-11-30T23:59:00 notes.write
ann om-1 2016-12-01T00:01:00 notes.write
cli none 2016-11-02T12:00:00 notes.write
ann om-1 2016-11-02T09:18:00 sign-in.out
"""


@pytest.fixture
def log(db) -> None:
    for slug, role in POSTS.items():
        access.make_post(by="test", slug=slug, title=slug, role=role)
    with recording(by="test", verb="test.log"):
        for number, line in enumerate(LOG.split("\n")[1:-1], start=1000):
            who, post, at, verb = line.split()
            actor = f"{who} as {post}" if post != "none" else who
            Entry(id=number, at=datetime.fromisoformat(at).replace(tzinfo=UTC), actor=actor, verb=verb, details="{}").save()


def pilot(smallest: int) -> Pilot:
    return current_pilot().model_copy(update={"smallest_published": smallest})


def said(slug: str, smallest: int, period: Period = NOVEMBER) -> dict[str, tuple[object, object]]:
    (measure,) = (m for m in burden.MEASURES if m.slug == f"burden.{slug}")
    found = calculate(measure, pilot=pilot(smallest), period=period)
    return {r.group: (r.value, r.denominator) for r in found if r.value}


def test_minutes_are_the_gaps_of_at_most_five_minutes(log):
    """Ann, 2 November: 4 + 5 + (6 is a pause) + 2.5 + 0.5 = 12 minutes; 3rd: one act, none; 30th: one act, none (its next is in
    December). Bob 2 minutes. Cyd 5. So of 5 days 19 minutes; of the managers' 4 days 14.
    """
    assert said("minutes", 1) == {"IOM co-ordinator": (5.0, 1), "Offender manager": (3.5, 4), "all": (19 / 5, 5)}


def test_records_are_acts_that_wrote_something(log):
    """Ann a note and a referral on the 2nd, a note on the 30th; Bob's two entries of one instant are one act, and a decision
    who is one person; that the service linked is not; Cyd two.
    """
    found = {group: value for group, (value, _) in said("records", 1).items()}
    assert found == {
        "notes|Offender manager": 3, "notes|all": 3, "referrals|Offender manager": 1, "referrals|all": 1,
        "linking|Offender manager": 1, "linking|all": 1,
        "cohort|IOM co-ordinator": 2, "cohort|all": 2, "total|Offender manager": 5, "total|IOM co-ordinator": 2, "total|all": 7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("smallest", "groups"),
    [
        (1, {"Offender manager", "IOM co-ordinator", "all"}),
        (2, {"Offender manager", "all"}),  # one co-ordinator alone: in nothing, so that the total does not give them away
        (3, {"Other roles", "all"}),  # two managers and one co-ordinator, together three
        (4, set()),
    ],
)
def test_nobodys_own_minutes_can_be_read(log, smallest, groups):
    assert set(said("minutes", smallest)) == groups
    if groups:
        assert said("minutes", smallest)["all"][0] == {1: 19 / 5, 2: 3.5, 3: 19 / 5}[smallest]


def test_a_month_is_londons(log):
    """In October one view two minutes before midnight, no record; the clocks went back the day before."""
    assert said("records", 1, Period(start=date(2016, 10, 1), end=date(2016, 11, 1))) == {}
    period = Period(start=date(2016, 10, 31), end=date(2016, 11, 3))
    rows = burden.minutes_rows(Scope(pilot=pilot(1), period=period, as_at=date(2016, 11, 2)))
    assert sorted(rows["on"].to_list()) == [date(2016, 10, 31), *[date(2016, 11, 2)] * 3]


def test_rows_name_nobody(log):
    scope = Scope(pilot=pilot(1), period=NOVEMBER, as_at=date(2016, 11, 30))
    assert burden.minutes_rows(scope).columns == ["role", "on", "minutes"]
    assert burden.records_rows(scope).columns == ["role", "part", "on"]
