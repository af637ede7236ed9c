"""Which sources a role is told of and may load: each is one that there is, and the broker has its own."""

from throughcare.casework.access import actions
from throughcare.registry.parts import feeds
from throughcare.web.charge import AGENCIES, feeds_of
from throughcare.web.clock import today
from throughcare.web.late import RESTS_ON
from throughcare.web.middleware import reader_of


def test_every_source_on_which_a_role_s_day_rests_is_one():
    assert {feed for told in RESTS_ON.values() for feed in told} - set(feeds()) == set()


def test_every_agency_of_a_role_sends_something():
    assert {agency for told in AGENCIES.values() for agency in told} - {feed.agency for feed in feeds().values()} == set()


def test_the_employment_broker_has_the_extract_of_placements(db):
    post = actions.make_post(by="test", slug="broker", title="Broker", role="employment_broker", place="blue_sky")
    account = actions.make_account(by="test", username="broker")
    actions.hold(by="test", post=post, account=account, start=today())
    mine = feeds_of(reader_of(account))
    assert "employment-placements" in mine
    assert not any(slug.startswith(("nps-", "crc-", "police-", "mental-health-")) for slug in mine)
