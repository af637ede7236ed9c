"""However proposals are accepted and people put forward, a person's memberships never overlap and never lack a day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.queries import verify
from throughcare.casework.cohort.actions import accept, propose, put_forward
from throughcare.casework.cohort.models import Membership
from throughcare.casework.cohort.queries import members, memberships
from throughcare.casework.cohort.tests.conftest import Someone
from throughcare.core.errors import UserError

FIRST = date(2015, 11, 1)
ORDERS = (("community", "2015-01-10", "2016-02-10"), ("licence", "2016-05-01", "2016-08-01"))
STEPS = st.lists(st.tuples(st.sampled_from(["propose", "accept", "put forward"]), st.integers(0, 400)), min_size=3, max_size=10)


def step(person: int, verb: str, on: date) -> None:
    """One thing that somebody tries; what the cohort refuses leaves it as it was."""
    try:
        if verb == "put forward":
            put_forward(by="test", person=person, reason="tried", on=on)
        else:
            for proposal in propose(by="test", as_at=on):
                if verb == "accept":
                    accept(by="test", proposal=proposal, reason="tried", on=on + timedelta(days=proposal.pk % 3))
    except UserError:
        return


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_memberships_of_a_person_never_overlap(world, steps):
    with recording(by="test", verb="test.clear"):
        Membership.objects.all().delete()
    person = world(Someone(name="A", supervision=ORDERS))["A"]
    for verb, days in steps:
        step(person, verb, FIRST + timedelta(days=days))
    spans = sorted(Membership.objects.values_list("start", "end"), key=lambda span: span[0])
    for start, end in spans:
        assert end is None or end > start
    for (_, end), (start, _) in pairwise(spans):
        assert end is not None
        assert end <= start
    assert memberships().height == len(spans)
    for on in (FIRST + timedelta(days=n) for n in range(0, 400, 40)):
        assert members(on).height == sum(start <= on and (end is None or on < end) for start, end in spans)
    assert verify().whole


@pytest.mark.django_db
def test_the_database_refuses_a_membership_without_a_day(world):
    person = world(Someone(name="A"))["A"]
    with pytest.raises(Exception, match="a_membership_has_a_day"), recording(by="test", verb="test.span"):
        Membership(person_id=person, start=FIRST, end=FIRST, reasons="").save()
