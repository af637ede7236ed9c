"""Why a service is put off for somebody is told to justice staff: to nobody who delivers a service, on no tab, in no preview."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.web.access.asking import ask
from tests.web.access.test_struck_out import _everything
from tests.web.access.world import DAY
from throughcare.casework.referrals.actions import withdraw
from throughcare.casework.referrals.caseload.actions import not_now
from throughcare.casework.referrals.models import Referral
from throughcare.web.refer import _told

SERVICE = "right_track"
TABS = ("", "services/", "timeline/", "panel/", "custody/", "court/")
WHY = {"reason": "other", "note": "MARKPUTOFF", "on": DAY, "until": DAY + timedelta(days=30)}
TOLD = {
    "offender_manager": True, "senior_officer": True, "iom_coordinator": True, "prison_coordinator": True,
    "provider_worker": False, "provider_admin": False, "rise-worker": False, "health_practitioner": False,
    "employment_broker": False, "volunteer": False,
}  # fmt: skip


@pytest.fixture
def put(world) -> int:
    not_now(by="test", person=world.people["in"], service=SERVICE, **WHY)
    return world.people["in"]


@pytest.mark.parametrize("account", TOLD)
def test_who_reads_that_a_service_is_put_off(world, put, account):
    text = ask(world.reader(account), f"/people/{put}/timeline/").text
    assert ("not now, until" in text) == TOLD[account]


@pytest.mark.parametrize("account", [account for account, told in TOLD.items() if not told])
def test_why_is_on_no_page_of_who_delivers_a_service(world, put, account):
    text = " ".join(ask(world.reader(account), f"/people/{put}/{tab}").text for tab in TABS)
    assert [word for word in ("MARKPUTOFF", "not now", "Another reason", "Asked about again") if word in text] == []


def test_a_colleague_who_may_not_know_of_the_service_is_not_told_that_it_is_put_off(world, put):
    """The officer may know of mental health, the co-ordinator may not."""
    sent = Referral.objects.get(person=put, service="mental_health")
    withdraw(by="test", referral=sent, reason="no_reply", on=DAY)
    not_now(by="test", person=put, service="mental_health", **WHY)
    seen = {role: "Mental health: not now, until" in ask(world.reader(role), f"/people/{put}/timeline/").text
            for role in ("offender_manager", "iom_coordinator")}  # fmt: skip
    assert seen == {"offender_manager": True, "iom_coordinator": False}


def test_no_preview_shows_it(world, put, monkeypatch):
    monkeypatch.setattr("throughcare.casework.referrals.sending.queries.fits", _everything)
    text = ask(world.reader("offender_manager"), f"/people/{put}/refer/?to={SERVICE}").text
    assert "What who works with them there will see" in text
    assert "not now, until" not in text
    told = _told(SimpleNamespace(person=put, reader=world.reader("offender_manager")))
    assert "not now, until" not in str(told)  # of any service: mental health sees what others do for the person
