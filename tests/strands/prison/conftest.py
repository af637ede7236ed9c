"""Somebody in prison with a manager, a mentor's provider, a volunteer and two prisons' co-ordinators; extracts of two days."""

from datetime import date

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.registry.parts import reach, service_rows
from throughcare.strands.prison.movements.actions import learn

YESTERDAY, TODAY = date(2016, 11, 29), date(2016, 11, 30)
INSIDE = """
record_id | person | prison      | kind      | start     | end
S1        | A      | Pentonville | sentenced | 2016-09-01|
"""
POSTS = {
    "manager": {"role": "offender_manager", "office": "CRC Hackney", "agency": "CRC", "code": "C1"},
    "senior": {"role": "senior_officer", "office": "CRC Hackney"},
    "pentonville": {"role": "prison_coordinator", "place": "Pentonville"},
    "isis": {"role": "prison_coordinator", "place": "Isis"},
    "brixton": {"role": "prison_coordinator", "place": "Brixton"},
    "osmani": {"role": "provider_worker", "place": "osmani_trust", "team": "mentoring"},
    "pact": {"role": "provider_worker", "place": "pact"},
    "volunteer": {"role": "volunteer", "place": "osmani_trust", "team": "mentoring"},
}
BASE = {
    "crc-people": "record_id | person | forenames | surname\nP1 | A | Ansel | Inscope",
    "crc-supervision": "record_id | person | kind | start | end | office_borough\nV1 | A | custody | 2016-09-01 | | Hackney",
    "police-sentences": "record_id | person | imposed_on | kind | months | release_planned_on\n"
                        "X1 | A | 2016-09-01 | custody | 12 | 2017-02-28",
    "provider-referrals": "record_id | person | service | provider | route | sent_on | accepted_on\n"
                          "R1 | A | mentoring | osmani_trust | through_the_gate | 2016-11-01 | 2016-11-03",
    "prison-spells": INSIDE,
}  # fmt: skip


@pytest.fixture
def known(load, join, person_id, settings):
    """The first extracts, looked at yesterday; gives the person's number."""
    settings.DEMONSTRATION = TODAY
    for slug, fields in POSTS.items():
        access.make_post(by="test", slug=slug, title=f"Post {slug}", **fields)
        access.hold(by="test", post=Post.objects.get(slug=slug), account=access.make_account(by="test", username=slug),
                    start=date(2016, 1, 1))  # fmt: skip
    load(BASE)
    join("A")
    person = person_id("A")
    for slug in ("manager", "volunteer"):
        access.allocate(by="test", person=person, post=Post.objects.get(slug=slug), on=date(2016, 10, 1))
    learn(by="test", on=YESTERDAY)
    return person


@pytest.fixture
def reader(known):
    """reader("manager"): who holds that post, today or on another day."""

    def of(slug: str, day: date = TODAY) -> Reader:
        post = Post.objects.get(slug=slug)
        account = post.holdings.get().account
        return Reader(account=account, post=post, posts=(post,), day=day, reach=reach(), service_rows=service_rows())

    return of
