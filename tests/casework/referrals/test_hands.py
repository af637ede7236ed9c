"""Whose hands a referral is in: who may be given it, one at a time, who is told; and whose questions wait for whom."""

from datetime import UTC, date, datetime

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.notices.models import Notice
from throughcare.casework.referrals import actions as referrals
from throughcare.casework.referrals.errors import NotGiven
from throughcare.casework.referrals.hands import actions, queries
from throughcare.casework.referrals.models import Referral, Worker
from throughcare.casework.referrals.queries import held_about, timeline
from throughcare.casework.referrals.talk import actions as talk
from throughcare.casework.referrals.tasks import tasks
from throughcare.registry.parts import reach, service_rows

DAY = date(2016, 5, 10)


@pytest.fixture
def referral(store) -> Referral:
    store.load("nps-addresses", "record_id crn postcode borough start\nA1 X000001 E84QN Hackney 2010-01-01")
    store.load("provider-referrals", "record_id crn service provider sent_on accepted_on\n"
               "R1 X000001 mentoring osmani_trust 2016-05-02 2016-05-03")  # fmt: skip
    return Referral.objects.get()


def post(slug: str, role: str = "provider_worker", place: str = "osmani_trust", **more: str) -> Post:
    return access.make_post(by="t", slug=slug, title=slug.capitalize(), role=role, place=place, **more)


def reader(held: Post) -> Reader:
    account = access.make_account(by="t", username=f"u-{held.slug}")
    return Reader(account=account, post=held, posts=(held,), day=DAY, reach=reach(), service_rows=service_rows())


def test_one_post_at_a_time_and_each_is_on_record(referral):
    first, second = post("first"), post("second")
    for each in (first, first, second):
        actions.give(by="boss as admin", referral=referral, post=each, on=DAY)
    assert queries.workers_of([referral.pk]) == {referral.pk: second}
    assert list(Worker.objects.order_by("pk").values_list("post__slug", "end")) == [("first", DAY), ("second", None)]
    assert sorted(Notice.objects.values_list("post__slug", flat=True)) == ["first", "second"]
    told = [entry.words for entry in timeline(referral.person_id)]
    assert [words for words in told if "works with" in words] == [
        "Mentoring: First works with them", "Mentoring: Second works with them"]  # fmt: skip
    assert len(held_about(referral.person_id)["Who works their referrals"]) == 2
    actions.take_back(by="t", referral=referral, on=DAY)
    assert queries.worker_of(referral.pk) is None
    with pytest.raises(NotGiven):
        actions.take_back(by="t", referral=referral, on=DAY)


def test_whoever_takes_it_on_themselves_is_not_told(referral):
    actions.give(by="u as first", referral=referral, post=post("first"), on=DAY)
    assert not Notice.objects.exists()


REFUSED = [
    # what the post is; what becomes of the referral first
    ("another provider's", {"place": "pact"}, None),
    ("of another service's team", {"team": "tiger"}, None),
    ("no worker of it", {"role": "volunteer"}, None),
    ("a referral that is over", {}, lambda r: referrals.complete(by="t", referral=r, on=DAY)),
    ("a referral taken back", {}, lambda r: referrals.withdraw(by="t", referral=r, on=DAY, reason="moved")),
]


@pytest.mark.parametrize(("fields", "before"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_to_whom_it_cannot_be_given(referral, fields, before):
    post("always")
    wanted = post("wanted", **fields)
    if before:
        before(referral)
    with pytest.raises(NotGiven):
        actions.give(by="t", referral=referral, post=wanted, on=DAY)
    assert not Worker.objects.exists()


def test_an_administrator_gives_to_all_and_a_worker_to_themselves(referral):
    first, second, admin = post("first"), post("second"), post("admin", "provider_admin")
    other = post("pact", place="pact")
    found = {each.slug: {p.slug for p in queries.may_give_to(reader(each), referral)} for each in (first, second, admin, other)}
    assert found == {"first": {"first"}, "second": {"second"}, "admin": {"first", "second"}, "pact": set()}


# The post; whether it sent the referral; whether the question of the provider waits on its Today.
ASKED = [
    ("iom_coordinator", {"place": "Hackney"}, True, True),
    ("iom_coordinator", {"place": "Hackney"}, False, False),
    ("iom_coordinator", {"place": "Camden"}, True, False),  # may not see the person any more
    ("offender_manager", {"office": "NPS Hackney", "place": ""}, False, True),
]


@pytest.mark.parametrize(("role", "fields", "sent", "waits"), ASKED)
def test_a_question_waits_for_whoever_sent_the_referral_and_for_the_manager(referral, role, fields, sent, waits):
    asked = post("asked", role, **fields)
    if role == "offender_manager":
        access.allocate(by="t", person=referral.person_id, post=asked, on=date(2016, 1, 1))
    by = "u-asked as asked" if sent else "other as other"
    made = referrals.refer(by=by, person_id=referral.person_id, service="tiger", provider="rise_mutual", route="licence",
                           on=date(2016, 5, 4), override="test")  # fmt: skip
    talk.ask(by="worker", referral=made, side="provider", text="WHY", at=datetime(2016, 5, 9, 9, tzinfo=UTC))
    kinds = [task.kind for task in tasks(reader(asked))]
    assert ("Questions to answer" in kinds) == waits
