"""One person's page and everybody's lists say the same: whatever the history, the question for one has the answer for all.

`cohort.standing.in_cohort` beside `cohort.queries.members` and `rated`;
`referrals.standing.standing_of` and `standings_of` beside `standings`.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, note, settings
from hypothesis import strategies as st

from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.models import RATINGS, Membership, Rating, Transfer
from throughcare.casework.cohort.queries import members, rated
from throughcare.casework.cohort.standing import in_cohort, ratings_of
from throughcare.casework.frames import reading_once
from throughcare.casework.people.models import Address, CustodySpell, Person, Supervision
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral, ReferralEvent
from throughcare.casework.referrals.standing import standing_of, standings, standings_of

pytestmark = pytest.mark.django_db
FIRST = date(2016, 3, 1)
BOROUGHS = ("Hackney", "Camden", "Barnet", "")
DAYS = st.integers(0, 30)
PLACES = st.sampled_from(BOROUGHS)
SPANS = st.tuples(DAYS, st.none() | DAYS).filter(lambda s: s[1] is None or s[1] >= s[0])
WITH_A_DAY = st.tuples(DAYS, st.none() | DAYS).filter(lambda s: s[1] is None or s[1] > s[0])


def several(*parts: st.SearchStrategy[Any]) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    return st.lists(st.tuples(*parts), max_size=3)


HISTORY = st.fixed_dictionaries({
    "born": st.none() | st.sampled_from((date(1990, 3, 15), date(1998, 3, 10))), "sex": st.sampled_from(("M", "F", "")),
    "memberships": several(WITH_A_DAY, PLACES, st.booleans(), st.booleans()), "transfers": several(DAYS, PLACES),
    "ratings": several(DAYS, st.sampled_from(RATINGS)), "homes": several(SPANS, PLACES),
    "supervision": several(SPANS, st.sampled_from(("custody", "licence", "pss", "community", "suspended")),
                           st.sampled_from(("NPS", "CRC")), PLACES),
    "prison": several(SPANS, st.sampled_from(("remand", "sentenced"))),
    "referrals": several(DAYS, st.sampled_from(("activity_requirement", "licence")), st.booleans()),
})  # fmt: skip
NOTHING: dict[str, Any] = {
    "born": None, "sex": "", "memberships": [], "transfers": [], "ratings": [], "homes": [], "supervision": [], "prison": [],
    "referrals": [],
}  # fmt: skip


def on(days: int | None) -> date | None:
    return None if days is None else FIRST + timedelta(days=days)


def written(told: dict[str, Any]) -> int:
    """Somebody with this history; gives their number."""
    note(str({name: rows for name, rows in told.items() if rows}))
    with recording(by="test", verb="test.history"):
        person = Person(forenames="A", surname="B", date_of_birth=told["born"], sex=told["sex"])
        person.save()
        for (start, end), borough, off_rule, annulled in told["memberships"]:
            Membership(person=person, start=on(start), end=on(end), borough=borough, off_rule=off_rule, reasons="x",
                       annulled_on=on(start) if annulled else None).save()  # fmt: skip
        for day, borough in told["transfers"]:
            Transfer(person=person, on=on(day), from_borough="Newham", to_borough=borough, reason="x").save()
        for day, rag in told["ratings"]:
            Rating(person=person, rag=rag, start=on(day), reason="x").save()
        for (start, end), borough in told["homes"]:
            Address(person=person, borough=borough, start=on(start), end=on(end)).save()
        for (start, end), kind, agency, borough in told["supervision"]:
            Supervision(person=person, kind=kind, agency=agency, start=on(start), end=on(end), office_borough=borough).save()
        for (start, end), kind in told["prison"]:
            CustodySpell(person=person, kind=kind, prison="Isis", start=on(start), end=on(end)).save()
        for day, route, in_error in told["referrals"]:
            sent = Referral(person=person, service="mentoring", route=route, sent_on=on(day))
            sent.save()
            if in_error:
                ReferralEvent(referral=sent, state="made_in_error", on=on(day), place=1, recorded_at=datetime.now(UTC)).save()
    return int(person.pk)


AGREE = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@AGREE
@example(one=NOTHING | {"memberships": [((0, None), "Hackney", False, False), ((5, 9), "Camden", True, False)]},
         other=NOTHING, day=20)  # of two people found to be one, the later membership has ended and the earlier goes on
@given(one=HISTORY, other=HISTORY, day=DAYS)
def test_their_place_in_the_cohort(db, one, other, day):
    with transaction.atomic():
        people = [written(one), written(other)]
        told = {row["person"]: row for row in members(on(day)).iter_rows(named=True)}
        rags = dict(rated(on(day)).iter_rows())
        for person in people:
            found, row = in_cohort(person, on(day)), told.get(person)
            assert found.member == (row is not None)
            if row is not None:
                assert (found.since, found.borough, found.off_rule) == (row["since"], row["borough"], row["off_rule"])
                assert found.rag == rags.get(person, "")
        assert ratings_of(people, on(day)) == {person: rag for person, rag in rags.items() if person in told}
        transaction.set_rollback(True)


@AGREE
@example(one=NOTHING | {"homes": [((0, 0), "Hackney")]}, other=NOTHING, day=0)  # a span without a day in it tells nothing
@given(one=HISTORY, other=HISTORY, day=DAYS)
def test_how_they_stand_for_a_service(db, one, other, day):
    with transaction.atomic():
        people, pilot = [written(one), written(other)], current_pilot()
        frame = pl.DataFrame({"person": people, "on": [on(day)] * 2}, schema={"person": pl.Int64, "on": pl.Date})
        for beyond in (False, True):
            told = [standing_of(person, on(day), pilot=pilot, beyond=beyond) for person in people]
            assert told == standings(frame, pilot=pilot, beyond=beyond)
            assert standings_of(people, on(day), pilot=pilot, beyond=beyond) == dict(zip(people, told, strict=True))
            with reading_once():  # one of them first, then both: what was told of one is told again
                assert standings(frame[:1], pilot=pilot, beyond=beyond) == told[:1]
                assert standings(frame, pilot=pilot, beyond=beyond) == told
        transaction.set_rollback(True)
