"""What people decide of proposals: who may, from when it holds, what is kept of it, and what is refused."""

import json
from datetime import date

import pytest

from throughcare.casework.audit.models import Entry, WriteOutsideAction
from throughcare.casework.audit.queries import verify
from throughcare.casework.cohort import errors
from throughcare.casework.cohort.actions import accept, accept_all, propose, put_forward, rate, rate_all, refuse
from throughcare.casework.cohort.models import Membership, Proposal, Rating, Transfer
from throughcare.casework.cohort.queries import members, open_proposals
from throughcare.casework.cohort.tests.conftest import Someone
from throughcare.casework.events.models import Outbox

D, NEXT = date(2015, 12, 1), date(2015, 12, 2)
HACKNEY = "coordinator:hackney"


@pytest.fixture
def person(world) -> int:
    return world(Someone(name="A"))["A"]


@pytest.fixture
def proposal(person) -> Proposal:
    (made,) = propose(by="pilot", as_at=D)
    return made


@pytest.fixture
def member(person, proposal) -> int:
    accept(by=HACKNEY, proposal=proposal, reason="agreed", on=D)
    return person


def last_entry() -> tuple[object, ...]:
    entry = Entry.objects.latest("pk")
    return entry.verb, entry.actor, entry.subject_type, entry.person_id


def test_accepting_makes_a_member_from_that_day_and_tells_it(person, proposal):
    row = accept(by=HACKNEY, proposal=proposal, reason="agreed at the panel", on=NEXT)
    assert (row.state, row.decided_by, row.decision_reason, row.decided_on) == ("accepted", HACKNEY, "agreed at the panel", NEXT)
    membership = Membership.objects.get()
    assert (membership.start, membership.end, membership.borough, membership.off_rule) == (NEXT, None, "Hackney", False)
    assert membership.because == "score"
    assert (members(D).height, members(NEXT).height) == (0, 1)
    assert last_entry() == ("cohort.accept", HACKNEY, "cohort.proposal", person)
    event = Outbox.objects.get()
    assert (event.kind, event.person_id, event.happened_on) == ("cohort.joined", person, NEXT)
    assert json.loads(event.details) == {"borough": "Hackney", "off_rule": "false"}


def test_refusing_keeps_who_and_why(person, proposal):
    refuse(by=HACKNEY, proposal=proposal, reason="moves next week", on=NEXT)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.decision_reason) == ("refused", HACKNEY, "moves next week")
    assert not Membership.objects.exists()
    assert last_entry() == ("cohort.refuse", HACKNEY, "cohort.proposal", person)


def test_leaving_ends_the_membership_on_that_day_and_tells_it(world):
    person = world(Someone(name="A", supervision=(("community", "2015-01-10", "2016-02-10"),)))["A"]
    accept_all(by="pilot", proposals=propose(by="pilot", as_at=D), reason="agreed", on=D)
    (leave,) = propose(by="pilot", as_at=date(2016, 2, 10))
    accept(by=HACKNEY, proposal=leave, reason="order completed", on=date(2016, 2, 12))
    membership = Membership.objects.get()
    assert (membership.end, membership.left_because) == (date(2016, 2, 12), "sentence ended")
    assert membership.left_reason == "order completed"
    assert (members(date(2016, 2, 11)).height, members(date(2016, 2, 12)).height) == (1, 0)
    event = Outbox.objects.latest("pk")
    assert (event.kind, event.person_id, json.loads(event.details)) == ("cohort.left", person, {"because": "sentence ended"})


@pytest.mark.parametrize(
    ("what", "by", "reason", "on", "error"),
    [
        ("no reason", HACKNEY, "  ", D, errors.ReasonMissing),
        ("another borough", "coordinator:tower-hamlets", "agreed", D, errors.OtherBorough),
        ("the day before", HACKNEY, "agreed", date(2015, 11, 30), errors.WrongDay),
    ],
)
def test_what_cannot_be_accepted(proposal, what, by, reason, on, error):
    before = Entry.objects.count()
    with pytest.raises(error) as refused:
        accept(by=by, proposal=proposal, reason=reason, on=on)
    assert refused.value.mend
    assert (Membership.objects.exists(), Entry.objects.count(), open_proposals()) == (False, before, [proposal])


def test_a_decided_proposal_cannot_be_decided_again(proposal):
    refuse(by=HACKNEY, proposal=proposal, reason="no")
    with pytest.raises(errors.ProposalDecided, match="refused"):
        accept(by=HACKNEY, proposal=proposal, reason="yes", on=D)
    with pytest.raises(errors.ProposalDecided, match="refused"):
        refuse(by=HACKNEY, proposal=proposal, reason="no, again")


def test_a_superseded_proposal_cannot_be_accepted(person, proposal):
    put_forward(by=HACKNEY, person=person, reason="cannot wait", on=D)
    with pytest.raises(errors.ProposalDecided, match="superseded"):
        accept(by=HACKNEY, proposal=proposal, reason="yes", on=D)


def test_a_membership_cannot_end_on_the_day_it_began(world):
    """A span without a day would say at once that the person was a member and never was."""
    world(Someone(name="A", supervision=(("community", "2015-01-10", "2015-12-02"),)))
    accept_all(by="pilot", proposals=propose(by="pilot", as_at=D), reason="agreed", on=NEXT)
    (leave,) = propose(by="pilot", as_at=NEXT)
    with pytest.raises(errors.NotAMember):
        accept(by=HACKNEY, proposal=leave, reason="over", on=NEXT)


def test_many_are_accepted_at_once_with_an_audit_entry_each(world):
    ids = world(*(Someone(name=f"P{n}") for n in range(5)))
    rows = accept_all(by="pilot", proposals=propose(by="pilot", as_at=D), reason="the December meeting", on=D)
    assert [row.state for row in rows] == ["accepted"] * 5
    assert members(D)["person"].to_list() == sorted(ids.values())
    assert sorted(Entry.objects.filter(verb="cohort.accept").values_list("person_id", flat=True)) == sorted(ids.values())
    assert Entry.objects.filter(verb="cohort.accept_all").count() == 1
    assert Outbox.objects.filter(kind="cohort.joined").count() == 5
    assert verify().whole
    assert accept_all(by="pilot", proposals=(), reason="nobody", on=D) == ()


def test_many_are_accepted_all_or_none(world):
    world(*(Someone(name=f"P{n}") for n in range(3)))
    first, *rest = propose(by="pilot", as_at=D)
    refuse(by=HACKNEY, proposal=first, reason="no")
    before = Entry.objects.count()
    with pytest.raises(errors.ProposalDecided):
        accept_all(by="pilot", proposals=(*rest, first), reason="all", on=D)
    assert (Membership.objects.exists(), Outbox.objects.exists(), Entry.objects.count()) == (False, False, before)


@pytest.mark.parametrize(("thefts", "off_rule"), [(2, True), (12, False)])
def test_putting_forward_flags_whom_the_rule_does_not_find(world, thefts, off_rule):
    person = world(Someone(name="A", thefts=thefts))["A"]
    row = put_forward(by=HACKNEY, person=person, reason="known to all agencies", on=D)
    assert (row.off_rule, row.borough, row.reasons) == (off_rule, "Hackney", "known to all agencies")
    assert members(D).select("person", "off_rule").rows() == [(person, off_rule)]
    assert last_entry() == ("cohort.put_forward", HACKNEY, "cohort.membership", person)
    assert Outbox.objects.get().kind == "cohort.joined"


@pytest.mark.parametrize(
    ("what", "by", "reason", "who", "error"),
    [
        ("no reason", HACKNEY, "", "A", errors.ReasonMissing),
        ("another borough", "coordinator:camden", "known", "A", errors.OtherBorough),
        ("nobody", HACKNEY, "known", "nobody", errors.NoSuchPerson),
    ],
)
def test_who_cannot_be_put_forward(world, what, by, reason, who, error):
    ids = {"nobody": 10_000, **world(Someone(name="A"))}
    with pytest.raises(error):
        put_forward(by=by, person=ids[who], reason=reason, on=D)
    assert not Membership.objects.exists()


def test_a_member_cannot_be_put_forward(member):
    with pytest.raises(errors.AlreadyMember, match="member from 2015-12-01"):
        put_forward(by=HACKNEY, person=member, reason="again", on=NEXT)


def test_a_rating_is_kept_with_its_reason(member):
    row = rate(by=HACKNEY, person=member, rag="Red", reason="two arrests", on=NEXT)
    assert (row.rag, row.start, row.set_by, row.reason) == ("Red", NEXT, HACKNEY, "two arrests")
    assert last_entry() == ("cohort.rate", HACKNEY, "cohort.rating", member)
    assert Outbox.objects.latest("pk").kind == "cohort.rated"


@pytest.mark.parametrize(
    ("rag", "reason", "on", "error"),
    [
        ("Blue", "panel", NEXT, errors.NoSuchRating),
        ("Red", "", NEXT, errors.ReasonMissing),
        ("Red", "panel", date(2015, 11, 1), errors.NotAMember),
    ],
)
def test_what_is_no_rating(member, rag, reason, on, error):
    with pytest.raises(error):
        rate(by=HACKNEY, person=member, rag=rag, reason=reason, on=on)
    assert not Rating.objects.exists()


def test_a_panel_rates_many_all_or_none(world):
    ids = world(Someone(name="A"), Someone(name="B"))
    accept_all(by="pilot", proposals=propose(by="pilot", as_at=D), reason="agreed", on=D)
    with pytest.raises(errors.NoSuchRating):
        rate_all(by=HACKNEY, ratings={ids["A"]: "Red", ids["B"]: "red"}, reason="panel", on=D)
    assert not Rating.objects.exists()
    rate_all(by=HACKNEY, ratings={ids["A"]: "Red", ids["B"]: "Amber"}, reason="panel", on=D)
    assert Entry.objects.filter(verb="cohort.rate").count() == 2


@pytest.mark.parametrize("model", [Proposal, Membership, Transfer, Rating])
def test_nothing_is_saved_but_by_an_action(db, model):
    with pytest.raises(WriteOutsideAction):
        model().save()
    with pytest.raises(WriteOutsideAction):
        model.objects.update(id=1)


@pytest.mark.parametrize("breaks", ["announce_all", "_decided"])
def test_an_acceptance_that_fails_half_way_leaves_nothing(proposal, monkeypatch, breaks):
    before = Entry.objects.count()
    monkeypatch.setattr(f"throughcare.casework.cohort.actions.{breaks}", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        accept(by=HACKNEY, proposal=proposal, reason="agreed", on=D)
    assert (Membership.objects.exists(), Outbox.objects.exists(), Entry.objects.count()) == (False, False, before)
    proposal.refresh_from_db()
    assert proposal.state == "open"
