"""How a release plan stands, in a table; the first appointment within a working day, for every day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.working_days import is_working_day, working_days_between
from throughcare.rules.release_plan import (
    COMMUNITY,
    PRISON,
    Plan,
    day_before,
    last_day_for_first_appointment,
    soon_enough,
    standing,
)

OUT = date(2017, 3, 10)  # a Friday
ITEMS = ("licence", "money")
WHOLE = Plan(
    release_on=OUT, owners={PRISON: "1", COMMUNITY: "2"}, accepted_for={PRISON: OUT, COMMUNITY: OUT}, gate_time="09:30",
    collected_by="Mentor", address="A street", first_appointment_on=date(2017, 3, 13), checked=ITEMS,
)  # fmt: skip
NONE = {PRISON: None, COMMUNITY: None}
CASES = [
    # what differs from a whole plan | day | words | alert | escalated | first thing missing
    ({}, (3, 1), "Complete", False, False, None),
    ({}, (3, 9), "Complete", False, False, None),
    ({"owners": {PRISON: "1"}}, (3, 1), "An end has no name", False, False, "a name for the community's side"),
    ({"accepted_for": {PRISON: OUT}}, (3, 1), "To be accepted", False, False, "the community's side has not accepted"),
    ({"accepted_for": {PRISON: OUT, COMMUNITY: date(2017, 3, 8)}}, (3, 1), "To be accepted", False, False,
     "the community's side accepted for another day"),
    ({"gate_time": ""}, (3, 2), "To be filled in", False, False, "gate time"),
    ({"gate_time": ""}, (3, 3), "To be filled in", True, False, "gate time"),  # five working days before
    ({"gate_time": ""}, (3, 8), "To be filled in", True, False, "gate time"),
    ({"gate_time": ""}, (3, 9), "To be filled in", True, True, "gate time"),  # the working day before
    ({"gate_time": ""}, (3, 10), "Not complete on the day", False, False, "gate time"),
    ({"checked": ("money",)}, (3, 1), "To be checked off", False, False, "1 of 2 items to check off"),
    ({"first_appointment_on": None}, (3, 1), "To be filled in", False, False, "the first appointment"),
    ({"first_appointment_on": date(2017, 3, 14)}, (3, 1), "To be filled in", False, False,
     "a first appointment within a working day of release"),
    ({"first_appointment_on": OUT}, (3, 1), "Complete", False, False, None),
    ({"release_on": None, "accepted_for": NONE}, (3, 9), "No day of release", False, False, "the day of release"),
]  # fmt: skip


@pytest.mark.parametrize(("other", "on", "words", "alert", "escalated", "missing"), CASES)
def test_how_a_plan_stands(other, on, words, alert, escalated, missing):
    found = standing(replace(WHOLE, **other), day=date(2017, *on), items=ITEMS, alert_within=5)
    assert (found.words, found.alert, found.escalated, next(iter(found.missing), None)) == (words, alert, escalated, missing)


def test_a_release_on_a_monday_escalates_on_the_friday():
    late = replace(WHOLE, release_on=date(2017, 3, 13), accepted_for=NONE)
    found = [standing(late, day=date(2017, 3, day), items=ITEMS, alert_within=5).escalated for day in (9, 10, 11, 12)]
    assert found == [False, True, True, True]


DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31))


@given(DAYS, st.integers(-5, 10))
def test_the_first_appointment_is_soon_enough_until_the_next_working_day_and_no_later(release_on, days):
    appointment = release_on + timedelta(days=days)
    assert soon_enough(release_on, appointment) == (days >= 0 and working_days_between(release_on, appointment) <= 1
                                                    and appointment <= last_day_for_first_appointment(release_on))  # fmt: skip
    last = last_day_for_first_appointment(release_on)
    assert is_working_day(last) and working_days_between(release_on, last) == 1


@given(DAYS)
def test_the_working_day_before_is_before_and_is_one(release_on):
    assert is_working_day(day_before(release_on)) and day_before(release_on) < release_on
    assert working_days_between(day_before(release_on), release_on) <= 1
