"""Recording sessions and appointments by hand."""

from datetime import date

import pytest

from throughcare.casework.people.models import Person
from throughcare.casework.referrals import actions as referrals
from throughcare.casework.referrals.errors import OutOfOrder
from throughcare.casework.referrals.queries import state_of
from throughcare.strands.programmes.actions import NotTakingPart, UnknownOutcome, record_appointment, record_session
from throughcare.strands.programmes.models import Appointment, Session

SENT, ACCEPTED, LATER = date(2016, 9, 1), date(2016, 9, 5), date(2016, 9, 7)


@pytest.fixture
def referral(store):
    store.supervise("licence", "X000001")
    return referrals.refer(by="manager", person_id=store.person("X000001"), service="mentoring", route="licence", on=SENT)


def test_the_first_session_attended_starts_an_accepted_referral(referral):
    referrals.accept(by="worker", referral=referral, on=ACCEPTED)
    record_session(by="worker", referral=referral, held_on=ACCEPTED, outcome="UAAB")
    assert state_of(referral.pk) == "accepted"
    session = record_session(by="worker", referral=referral, held_on=LATER, outcome="ATTC")
    assert (session.attended, state_of(referral.pk)) == (True, "started")
    record_session(by="worker", referral=referral, held_on=LATER, outcome="AAME")
    assert Session.objects.filter(attended=True).count() == 1


def test_a_referral_not_accepted_has_no_session(referral):
    with pytest.raises(NotTakingPart, match=r"is sent.*record the acceptance first"):
        record_session(by="worker", referral=referral, held_on=LATER, outcome="ATTC")


def test_a_session_before_the_acceptance_is_refused_whole(referral):
    referrals.accept(by="worker", referral=referral, on=LATER)
    with pytest.raises(OutOfOrder):
        record_session(by="worker", referral=referral, held_on=ACCEPTED, outcome="ATTC")
    assert not Session.objects.exists()


def test_an_outcome_must_be_known_and_an_attended_appointment_have_its_day(store):
    person = Person.objects.get(pk=store.person("X000001"))
    with pytest.raises(UnknownOutcome, match="'CAME' is no outcome"):
        record_appointment(by="manager", person=person, due_on=SENT, held_on=SENT, outcome="CAME")
    with pytest.raises(UnknownOutcome, match="there is no day"):
        record_appointment(by="manager", person=person, due_on=SENT, held_on=None, outcome="ATTC")
    record_appointment(by="manager", person=person, due_on=SENT, held_on=None, outcome="AARC")
    assert Appointment.objects.get().attended is False
