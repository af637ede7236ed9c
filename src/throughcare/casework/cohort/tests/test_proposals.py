"""What the rule proposes, when a proposal is made again, and when it gives way."""

import json
from dataclasses import replace
from datetime import date

import pytest

from throughcare.casework.audit.models import Entry
from throughcare.casework.audit.queries import verify
from throughcare.casework.cohort.actions import accept, accept_all, propose, put_forward, refuse
from throughcare.casework.cohort.models import Membership, Proposal
from throughcare.casework.cohort.queries import members, open_proposals
from throughcare.casework.cohort.tests.conftest import Someone

D = date(2015, 12, 1)
LATER = date(2016, 3, 1)
A = Someone(name="A")
ENDED = (("community", "2015-01-10", "2016-02-10"),)


def joined(on: date = D) -> None:
    accept_all(by="pilot", proposals=propose(by="pilot", as_at=on), reason="checked", on=on)


def test_a_proposal_to_join_has_its_reasons_evidence_and_score_and_makes_nobody_a_member(world):
    ids = world(A, Someone(name="not eligible", thefts=2))
    (proposal,) = propose(by="pilot", as_at=D)
    assert (proposal.person_id, proposal.kind, proposal.borough, proposal.score) == (ids["A"], "join", "Hackney", 93)
    assert (proposal.holds_from, proposal.because, proposal.state) == (D, "score", "open")
    assert "two-year score 93%, which is 75 or more" in proposal.reasons.splitlines()
    assert json.loads(proposal.evidence)["supervision"] == "community"
    assert members(D).is_empty()
    assert not Membership.objects.exists()


def test_each_proposal_is_in_the_audit(world):
    ids = world(A, replace(A, name="B"))
    propose(by="pilot", as_at=D)
    entries = Entry.objects.filter(verb__startswith="cohort.").values_list("verb", "actor", "person_id")
    assert list(entries) == [
        ("cohort.proposed", "pilot", ids["A"]),
        ("cohort.proposed", "pilot", ids["B"]),
        ("cohort.propose", "pilot", None),
    ]
    assert verify().whole


def test_an_open_proposal_is_not_doubled(world):
    world(A)
    (first,) = propose(by="pilot", as_at=D)
    assert propose(by="pilot", as_at=D) == ()
    assert propose(by="pilot", as_at=LATER) == ()
    assert open_proposals() == [first]


def test_an_open_proposal_gives_way_when_its_facts_change(world):
    world(replace(A, thefts=2, robbery="2014-12-20"))
    (first,) = propose(by="pilot", as_at=D)
    world(replace(A, thefts=12, robbery="2014-12-20"))
    (second,) = propose(by="pilot", as_at=D)
    first.refresh_from_db()
    assert (first.state, first.superseded_on, first.because) == ("superseded", D, "score and recent offence")
    assert (second.state, second.score, second.because) == ("open", 93, "score")


def test_an_open_proposal_that_is_no_longer_true_is_superseded(world):
    world(replace(A, supervision=ENDED))
    (first,) = propose(by="pilot", as_at=D)
    assert propose(by="pilot", as_at=LATER) == ()
    first.refresh_from_db()
    assert (first.state, first.superseded_on, open_proposals()) == ("superseded", LATER, [])


def test_a_proposal_of_a_later_day_is_left_alone(world):
    world(replace(A, supervision=(("community", "2016-01-01", ""),)))
    (first,) = propose(by="pilot", as_at=LATER)
    assert propose(by="pilot", as_at=D) == ()
    assert open_proposals() == [first]


@pytest.mark.parametrize(
    ("what_changes", "changed", "made_again"),
    [
        ("nothing", {}, False),
        ("a day that the rule does not look at", {"arrests": ("2016-01-05",)}, False),
        ("the score", {"last": "2016-01-10"}, True),
        ("the borough", {"homes": (("Hackney", "2000-01-01", "2016-01-01"), ("Camden", "2016-01-01", ""))}, True),
        ("the supervision", {"supervision": (("community", "2015-01-10", "2016-01-05"), ("licence", "2016-01-05", ""))}, True),
    ],
)
def test_a_refused_proposal_is_not_made_again_until_its_facts_change(world, what_changes, changed, made_again):
    world(replace(A, thefts=4))
    (first,) = propose(by="pilot", as_at=D)
    refuse(by="coordinator:hackney", proposal=first, reason="about to move to Wales")
    world(replace(A, thefts=4, **changed))
    assert bool(propose(by="pilot", as_at=LATER)) is made_again


LEAVERS = [
    ("order ended", {"supervision": ENDED}, "sentence ended", date(2016, 2, 10)),
    ("moved to Barnet", {"homes": (("Hackney", "2000-01-01", "2016-01-15"), ("Barnet", "2016-01-15", ""))},
     "moved out of the area", date(2016, 1, 15)),
    ("robbery now 12 months old", {"thefts": 2, "robbery": "2014-12-20"},
     "no longer meets the risk criterion", date(2015, 12, 20)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changed", "because", "since"), LEAVERS)
def test_a_member_who_is_eligible_no_longer_is_proposed_to_leave(world, what, changed, because, since):
    world(replace(A, **changed))
    joined()
    (proposal,) = propose(by="pilot", as_at=LATER)
    assert (proposal.kind, proposal.because, proposal.holds_from, proposal.borough) == ("leave", because, since, "Hackney")
    assert members(LATER).height == 1


def test_a_refusal_to_let_go_holds_until_the_facts_change(world):
    world(replace(A, supervision=ENDED))
    joined()
    (leave,) = propose(by="pilot", as_at=LATER)
    refuse(by="coordinator:hackney", proposal=leave, reason="a new order is expected on Friday")
    assert propose(by="pilot", as_at=date(2016, 3, 15)) == ()
    world(replace(A, supervision=ENDED, homes=(("Barnet", "2000-01-01", ""),)))
    (again,) = propose(by="pilot", as_at=date(2016, 3, 16))
    assert again.because == "moved out of the area"


def test_a_member_who_moves_within_the_area_is_passed_on_without_a_gap(world):
    ids = world(replace(A, homes=(("Hackney", "2000-01-01", "2016-02-01"), ("Camden", "2016-02-01", ""))))
    joined()
    (proposal,) = propose(by="pilot", as_at=LATER)
    assert (proposal.kind, proposal.borough, proposal.holds_from) == ("transfer", "Camden", date(2016, 2, 1))
    accept(by="coordinator:camden", proposal=proposal, reason="ours now", on=date(2016, 3, 4))
    assert members(date(2016, 3, 3)).rows() == [(ids["A"], D, False, "Hackney")]
    assert members(date(2016, 3, 4)).rows() == [(ids["A"], D, False, "Camden")]
    assert propose(by="pilot", as_at=date(2016, 4, 1)) == ()


@pytest.mark.parametrize(
    ("what", "changed", "proposed"),
    [
        ("a low score", {}, []),
        ("order ended", {"supervision": ENDED}, ["sentence ended"]),
        ("moved out", {"homes": (("Hackney", "2000-01-01", "2016-01-15"), ("Barnet", "2016-01-15", ""))},
         ["moved out of the area"]),
    ],
)  # fmt: skip
def test_a_member_off_the_rule_is_proposed_to_leave_for_two_reasons_only(world, what, changed, proposed):
    ids = world(replace(A, thefts=2, **changed))
    put_forward(by="coordinator:hackney", person=ids["A"], reason="known to all agencies", on=D)
    assert [proposal.because for proposal in propose(by="pilot", as_at=LATER)] == proposed


def test_somebody_who_left_is_proposed_again_when_eligible_again(world):
    world(replace(A, supervision=(*ENDED, ("licence", "2016-05-01", ""))))
    joined()
    (leave,) = propose(by="pilot", as_at=LATER)
    accept(by="coordinator:hackney", proposal=leave, reason="done", on=LATER)
    assert propose(by="pilot", as_at=date(2016, 4, 1)) == ()
    (again,) = propose(by="pilot", as_at=date(2016, 5, 1))
    assert again.kind == "join"


def test_nothing_is_proposed_of_a_day_for_those_who_have_become_members_since(world):
    world(A)
    joined(LATER)
    assert propose(by="pilot", as_at=D) == ()


def test_if_proposing_fails_nothing_is_kept(world, monkeypatch):
    world(A)
    monkeypatch.setattr("throughcare.casework.cohort.actions._last_refused", lambda: 1 / 0)
    before = Entry.objects.count()
    with pytest.raises(ZeroDivisionError):
        propose(by="pilot", as_at=D)
    assert (Proposal.objects.exists(), Entry.objects.count()) == (False, before)
