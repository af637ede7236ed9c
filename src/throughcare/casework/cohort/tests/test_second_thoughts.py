"""Proposals put off until a day, decisions taken back, leavers decided together, and what is proposed after an import."""

from datetime import date, timedelta

import pytest

from throughcare.casework.audit.models import Entry
from throughcare.casework.audit.queries import verify
from throughcare.casework.cohort import errors
from throughcare.casework.cohort.actions import accept, accept_all, keep_up, leave_together, propose, put_forward, refuse
from throughcare.casework.cohort.models import Membership, Proposal, Transfer
from throughcare.casework.cohort.queries import held_about, members, open_proposals, timeline
from throughcare.casework.cohort.second_thoughts.actions import park, take_back, take_back_joining, unpark
from throughcare.casework.cohort.standing import in_cohort
from throughcare.casework.cohort.tests.conftest import Someone

D, NEXT, LATER = date(2015, 12, 1), date(2015, 12, 2), date(2016, 2, 10)
HACKNEY, CAMDEN = "coordinator:hackney", "coordinator:camden"


@pytest.fixture
def proposal(world) -> Proposal:
    world(Someone(name="A"))
    (made,) = propose(by="rule", as_at=D)
    return made


def test_a_parked_proposal_waits_for_its_day_and_for_nothing_else(proposal):
    """The day, and whether it is parked then."""
    parked = park(by=HACKNEY, proposal=proposal, until=date(2015, 12, 20), reason="address checked on Friday", on=D)
    for day, waits_off in ((D, True), (date(2015, 12, 19), True), (date(2015, 12, 20), False), (LATER, False)):
        assert parked.parked(day) == waits_off, day
    assert propose(by="rule", as_at=NEXT) == ()
    assert open_proposals() == [parked]
    assert (parked.state, parked.parked_by, parked.parked_reason) == ("open", HACKNEY, "address checked on Friday")
    assert unpark(by=HACKNEY, proposal=parked).parked(D) is False


def test_parking_ends_by_itself_when_the_facts_change(world, proposal):
    park(by=HACKNEY, proposal=proposal, until=date(2015, 12, 20), reason="wait", on=D)
    world(Someone(name="A", thefts=15))
    (fresh,) = propose(by="rule", as_at=NEXT)
    proposal.refresh_from_db()
    assert (proposal.state, fresh.state, fresh.parked_until) == ("superseded", "open", None)


@pytest.mark.parametrize(("until", "reason", "error"), [
    (D, "wait", errors.WrongDay), (D + timedelta(days=93), "wait", errors.WrongDay), (NEXT, " ", errors.ReasonMissing),
])  # fmt: skip
def test_what_cannot_be_parked(proposal, until, reason, error):
    before = Entry.objects.count()
    with pytest.raises(error):
        park(by=HACKNEY, proposal=proposal, until=until, reason=reason, on=D)
    with pytest.raises(errors.OtherBorough):
        park(by=CAMDEN, proposal=proposal, until=NEXT, reason="wait", on=D)
    assert Entry.objects.count() == before


def test_a_joiner_found_to_be_a_mistake_on_the_day_was_never_a_member(proposal):
    accept(by=HACKNEY, proposal=proposal, reason="agreed", on=D)
    again = take_back(by=HACKNEY, proposal=proposal, reason="wrong person", on=D)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decision, proposal.decision_reason) == ("taken back", "accepted", "agreed")
    assert (proposal.taken_back_on, proposal.taken_back_reason) == (D, "wrong person")
    assert [members(day).height for day in (D, NEXT, LATER)] == [0, 0, 0]
    assert in_cohort(proposal.person_id, NEXT).member is False
    assert (open_proposals(), again.facts_digest) == ([again], proposal.facts_digest)
    assert propose(by="rule", as_at=NEXT) == (), "it waits already"
    (kept,) = held_about(proposal.person_id)["membership of the cohort"]
    assert (kept["annulled_on"], kept["annulled_reason"]) == (D, "wrong person")
    told, waits = timeline(proposal.person_id)
    assert waits.words.endswith(": open")
    assert told.words.endswith("accepted on 1 December 2015, taken back on 1 December 2015")
    accept(by=HACKNEY, proposal=again, reason="the right one after all", on=D)
    assert members(D).height == 1
    assert verify().whole


def test_a_joiner_found_to_be_a_mistake_later_leaves_that_day_and_what_was_so_stays(proposal):
    accept(by=HACKNEY, proposal=proposal, reason="agreed", on=D)
    take_back(by=HACKNEY, proposal=proposal, reason="wrong person", on=LATER)
    assert [members(day).height for day in (D, LATER - timedelta(days=1), LATER)] == [1, 1, 0]
    assert Membership.objects.get().left_because == "joined by mistake"


def test_a_leaver_found_to_be_a_mistake_on_the_day_stays_without_a_gap_and_later_not(world):
    world(Someone(name="A", supervision=(("community", "2015-01-10", "2016-02-10"),)))
    accept(by=HACKNEY, proposal=propose(by="rule", as_at=D)[0], reason="agreed", on=D)
    (leaver,) = propose(by="rule", as_at=LATER)
    accept(by=HACKNEY, proposal=leaver, reason="order over", on=LATER)
    with pytest.raises(errors.NothingToTakeBack, match="put the person forward"):
        take_back(by=HACKNEY, proposal=leaver, reason="order goes on", on=LATER + timedelta(days=1))
    assert members(LATER).is_empty()
    again = take_back(by=HACKNEY, proposal=leaver, reason="order goes on", on=LATER)
    assert members(LATER)["since"].to_list() == [D]
    assert (again.kind, Membership.objects.get().left_because) == ("leave", "")


def test_a_member_taken_over_by_mistake_goes_back(world):
    world(Someone(name="A"))
    accept(by=HACKNEY, proposal=propose(by="rule", as_at=D)[0], reason="agreed", on=D)
    world(Someone(name="A", homes=(("Hackney", "2000-01-01", "2016-01-01"), ("Camden", "2016-01-01", ""))))
    (passing,) = propose(by="rule", as_at=LATER)
    accept(by=CAMDEN, proposal=passing, reason="lives here now", on=LATER)
    take_back(by=CAMDEN, proposal=passing, reason="only a visit", on=LATER)
    assert members(LATER)["borough"].to_list() == ["Hackney"]
    assert Transfer.objects.count() == 2


def test_a_refusal_taken_back_waits_again(proposal):
    refuse(by=HACKNEY, proposal=proposal, reason="moves away", on=D)
    again = take_back(by=HACKNEY, proposal=proposal, reason="stays after all", on=LATER)
    assert open_proposals() == [again]
    with pytest.raises(errors.NothingToTakeBack):
        take_back(by=HACKNEY, proposal=proposal, reason="twice", on=LATER)
    with pytest.raises(errors.OtherBorough):
        unpark(by=CAMDEN, proposal=again)


def test_somebody_put_forward_by_mistake(world):
    person = world(Someone(name="A", thefts=2))["A"]
    put_forward(by=HACKNEY, person=person, reason="known to us", on=D)
    take_back_joining(by=HACKNEY, person=person, reason="another of that name", on=D)
    assert (members(D).height, Membership.every.count()) == (0, 1)
    with pytest.raises(errors.NothingToTakeBack):
        take_back_joining(by=HACKNEY, person=person, reason="twice", on=D)
    put_forward(by=HACKNEY, person=person, reason="the right one", on=D)
    assert members(D)["off_rule"].to_list() == [True]


# Who is proposed to leave in February 2016, and whether it is decided together: by date or address alone.
LEAVERS = [
    (Someone(name="order over", supervision=(("community", "2015-01-10", "2016-02-01"),)), "sentence ended", True),
    (Someone(name="moved", homes=(("Hackney", "2000-01-01", "2016-01-20"), ("Barnet", "2016-01-20", ""))),
     "moved out of the area", True),
    (Someone(name="old robbery", thefts=2, robbery="2014-12-20"), "no longer meets the risk criterion", False),
]  # fmt: skip


@pytest.mark.parametrize("leave", [True, False])
def test_leavers_by_date_or_address_are_decided_together_and_others_one_by_one(world, leave):
    ids = world(*(who for who, _, _ in LEAVERS))
    accept_all(by="pilot", proposals=propose(by="rule", as_at=D), reason="checked", on=D)
    found = {p.person_id: p for p in propose(by="rule", as_at=LATER)}
    assert [found[ids[who.name]].because for who, _, _ in LEAVERS] == [because for _, because, _ in LEAVERS]
    together = [found[ids[who.name]] for who, _, alike in LEAVERS if alike]
    with pytest.raises(errors.OneByOne):
        leave_together(by=HACKNEY, proposals=list(found.values()), leave=leave, reason="the month's", on=LATER)
    assert members(LATER).height == len(LEAVERS), "all or none"
    done = leave_together(by=HACKNEY, proposals=together, leave=leave, reason="the month's", on=LATER)
    assert {p.state for p in done} == {"accepted" if leave else "refused"}
    assert members(LATER).height == (1 if leave else 3)
    verb = "cohort.accept" if leave else "cohort.refuse"
    assert Entry.objects.filter(verb=verb, person_id__in=[p.person_id for p in together], details__contains="leave").count() == 2


def test_a_joiner_is_never_decided_together(proposal):
    with pytest.raises(errors.OneByOne):
        leave_together(by=HACKNEY, proposals=[proposal], leave=False, reason="all", on=D)


@pytest.mark.parametrize(("day", "made"), [("2015-03-31", 0), ("2015-04-01", 1), ("2017-03-31", 1), ("2017-04-01", 0)])
def test_the_rule_is_asked_after_an_import_while_the_pilot_lasts(world, day, made):
    world(Someone(name="A"))
    assert len(keep_up(by="import", on=date.fromisoformat(day))) == made
