"""For whom there is no service at all, by age band, sex and borough: people in rows, answers worked out by hand."""

from datetime import date, timedelta

import pytest

from tests.casework.referrals.tables import Store
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.measures.services import AGES, MEASURES

FOR_NOTHING = next(measure for measure in MEASURES if measure.slug == "service.for_nothing")
EVERYBODY = "total|all"
DAY = date(2016, 6, 30)
"""The last day on which no service is for every member: mental health and employment begin on the next."""
# who, sex, date of birth, borough, on what; a member until; is there a service for them on 30 June 2016
PEOPLE = """
X000001 M 1994-05-01 Hackney licence   -          yes
X000002 M 1994-05-01 Hackney community -          no
X000003 M 1990-06-30 Hackney licence   -          no
X000004 M 1990-07-01 Camden  licence   -          yes
X000005 M 1980-01-01 Camden  licence   -          no
X000006 F 1994-05-01 Hackney licence   -          no
X000007 F 1990-02-01 Camden  community -          no
X000008 F 1990-02-01 Camden  licence   2016-06-30 no
X000009 F 1990-02-01 Camden  licence   2016-07-01 no
X000010 M 1998-07-01 Camden  licence   -          no
X000011 M 1998-06-30 Camden  licence   -          yes
X000012 M 1960-01-01 -       licence   never      no
X000013 -  -         Hackney licence   -          no
"""
ROWS = [line.split() for line in PEOPLE.strip().splitlines()]


@pytest.fixture
def store(db, tmp_path) -> Store:
    store = Store(tmp_path)
    told = [f"N{crn} {crn} Surname{chr(97 + n)} {born} {sex}" for n, (crn, sex, born, *_) in enumerate(ROWS)]
    store.load("crc-people", "\n".join(["record_id crn surname date_of_birth sex", *told]))
    homes = [f"A{crn} {crn} {borough} 2016-01-01" for crn, _, _, borough, *_ in ROWS if borough != "-"]
    store.load("crc-addresses", "\n".join(["record_id crn borough start", *homes]))
    for crn, _, _, _, kind, until, _ in ROWS:
        store.supervise(kind, crn)
        if until != "never":
            store.join(crn, until=None if until == "-" else date.fromisoformat(until))
    return store


def left_out(day: date, *by: str) -> dict[str, dict[tuple[str, ...], float | None]]:
    """By label of the measure's own groups: by what it is divided by, how many."""
    period = Period(start=date(2016, 4, 25), end=day + timedelta(days=1))
    found: dict[str, dict[tuple[str, ...], float | None]] = {}
    for result in calculate(FOR_NOTHING, pilot=current_pilot(), period=period, by=by):
        found.setdefault(result.group, {})[tuple(result.breakdown.get(each, "") for each in by)] = result.value
    return found


def members_left_out() -> list[list[str]]:
    """Of the table: members on the day for whom there is nothing. Who left on the day is none, who leaves on the next is one."""
    return [row for row in ROWS if row[6] == "no" and row[5] not in ("never", f"{DAY}")]


def test_by_age_and_sex(store):
    """Turned 26 on the day, one is too old; 26 on the next, one is not yet. Likewise at 18. What is not known is in no part."""
    found = {group: cells[()] for group, cells in left_out(DAY).items()}
    told = {(age, sex): found[f"{age}|{sex}"] for age in (*AGES, "total") for sex in ("M", "F", "all")}
    assert told == {
        ("under 18", "M"): 1, ("under 18", "F"): 0, ("under 18", "all"): 1,
        ("18-25", "M"): 1, ("18-25", "F"): 1, ("18-25", "all"): 2,
        ("26-34", "M"): 1, ("26-34", "F"): 2, ("26-34", "all"): 3,
        ("35 and over", "M"): 1, ("35 and over", "F"): 0, ("35 and over", "all"): 1,
        ("total", "M"): 4, ("total", "F"): 3, ("total", "all"): 8,
    }  # fmt: skip
    assert found[EVERYBODY] == len(members_left_out())


@pytest.mark.parametrize(("borough", "people"), [("Hackney", 4), ("Camden", 4), ("Newham", 0)])
def test_by_borough(store, borough, people):
    assert left_out(DAY, "borough")[EVERYBODY].get((borough,), 0) == people
    assert len([row for row in members_left_out() if row[3] == borough]) == people


@pytest.mark.parametrize(
    ("day", "people"),
    [
        (DAY, 8),
        (DAY + timedelta(days=1), 0),  # mental health is for every member
    ],
)
def test_a_service_for_every_member_leaves_nobody_out(store, day, people):
    assert left_out(day)[EVERYBODY][()] == people


def test_a_service_without_referrals_counts_for_nothing(store):
    """A man of 24 on licence has prison co-ordination too; taken away all that takes referrals, he is left with nothing."""
    pilot = current_pilot()
    apart = tuple(service for service in pilot.services if not service.by_referral)
    period = Period(start=date(2016, 4, 25), end=DAY + timedelta(days=1))
    results = calculate(FOR_NOTHING, pilot=pilot.model_copy(update={"services": apart}), period=period)
    assert next(r.value for r in results if r.group == EVERYBODY) == 11
