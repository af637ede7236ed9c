"""Steps taken back, what purchases did by kind, and the twenty-sixth woman."""

import pytest

from tests.strands.budgets.test_actions import DAY, approved, asked
from throughcare.casework.referrals import actions as referrals
from throughcare.core.errors import UserError
from throughcare.strands.budgets import actions
from throughcare.strands.budgets.measures import delivered_rows, told_rows
from throughcare.strands.budgets.models import Place
from throughcare.strands.budgets.queries import account, by_category, step_of, untold

AFTER = {"ordered": "approved", "delivered": "ordered", "invoiced": "delivered", "paid": "invoiced"}


@pytest.fixture
def place(accepted):
    return actions.open_place(by="london_crc", referral=accepted(), on=DAY[0])


def taken_to(place, step, pence=60_000, came=None):
    purchase = approved(place, pence)
    for to in ("ordered", "delivered", "invoiced", "paid"):
        if step == "approved":
            break
        verb = {"ordered": actions.order, "delivered": actions.deliver, "invoiced": actions.invoice, "paid": actions.pay}[to]
        purchase = verb(by="ann", purchase=purchase, on=DAY[1], **({"pence": came or pence} if to == "delivered" else {}))
        if to == step:
            break
    return purchase


@pytest.mark.parametrize("step", AFTER)
def test_the_last_step_is_taken_back_and_can_be_kept_anew(place, step):
    purchase = taken_to(place, step)
    back = actions.take_back(by="ann", purchase=purchase, step=step, on=DAY[2])
    assert step_of(back) == AFTER[step]
    assert account(place, DAY[3]).available == 40_000
    with pytest.raises(actions.NotTakenBack):
        actions.take_back(by="ann", purchase=purchase, step=step, on=DAY[2])


# What stands, and the step that cannot be taken back then.
@pytest.mark.parametrize(("stands", "step"), [
    ("approved", "approved"), ("approved", ""), ("paid", "invoiced"), ("delivered", "ordered"), ("ordered", "no such"),
])  # fmt: skip
def test_no_other_step_is_taken_back(place, stands, step):
    with pytest.raises(actions.NotTakenBack):
        actions.take_back(by="ann", purchase=taken_to(place, stands), step=step, on=DAY[2])


@pytest.mark.parametrize(
    ("stands", "came", "waits"),
    [("ordered", None, False), ("delivered", None, True), ("delivered", 0, False), ("paid", None, True)],
)
def test_what_was_delivered_waits_until_it_is_told_what_it_did(place, stands, came, waits):
    purchase = taken_to(place, "ordered") if came == 0 else taken_to(place, stands)
    if came == 0:
        actions.deliver(by="ann", purchase=purchase, on=DAY[1], pence=0)
    assert list(untold(DAY[1])) == ([purchase] if waits else [])
    assert list(untold(DAY[0])) == []
    if waits:
        actions.tell_result(by="ann", purchase=purchase, outcome="helped", words="She wore them", on=DAY[2])
        assert list(untold(DAY[2])) == []


def test_a_delivery_whose_freed_money_is_bound_again_is_not_taken_back(place):
    purchase = taken_to(place, "delivered", came=30_000)
    actions.approve(by="ben", purchase=asked(place, 70_000, on=DAY[2]), on=DAY[2])
    assert account(place, DAY[2]).available == 0
    with pytest.raises(actions.NotTakenBack, match="bound by another purchase"):
        actions.take_back(by="ann", purchase=purchase, step="delivered", on=DAY[3])


def test_a_delivery_of_which_it_is_told_what_it_did_is_not_taken_back(place):
    purchase = taken_to(place, "delivered")
    actions.tell_result(by="ann", purchase=purchase, outcome="helped", words="A place at college", on=DAY[2])
    with pytest.raises(actions.NotTakenBack, match="told what it did"):
        actions.take_back(by="ann", purchase=purchase, step="delivered", on=DAY[3])


def test_a_payment_is_not_taken_back_when_her_place_is_anothers(accepted):
    first = actions.open_place(by="t", referral=accepted(1), on=DAY[0])
    paid = taken_to(first, "paid")
    referrals.withdraw(by="t", referral=first.referral, on=DAY[1], reason="moved")
    for number in range(2, 27):
        actions.open_place(by="t", referral=accepted(number), on=DAY[2])
    with pytest.raises(actions.NotTakenBack, match="given to another"):
        actions.take_back(by="t", purchase=paid, step="paid", on=DAY[3])


def test_the_twenty_sixth_is_told_that_none_is_free_and_what_to_wait_for(accepted):
    for number in range(1, 26):
        actions.open_place(by="t", referral=accepted(number), on=DAY[0])
    with pytest.raises(actions.NoPlace, match=r"All 25 places are taken on 2016-12-05.*wait until a person has left"):
        actions.open_place(by="t", referral=accepted(26), on=DAY[0])
    assert Place.objects.count() == 25


@pytest.mark.parametrize("wrong", [{"outcome": ""}, {"outcome": "good"}, {"category": "Holidays"}, {"words": " "}])
def test_what_it_did_has_a_code_and_words(place, wrong):
    told = {"outcome": "helped", "words": "w"} | wrong
    with pytest.raises(UserError):
        actions.tell_result(by="ann", purchase=taken_to(place, "delivered"), on=DAY[2], **told)


def test_what_was_bought_and_what_it_did_by_kind(place):
    told = [("Travel", 10_000, "helped"), ("Travel", 5_000, "partly"), ("Children", 20_000, "too_early"), ("", 1_000, "")]
    for category, pence, outcome in told:
        purchase = taken_to(place, "delivered", pence)
        if outcome:
            actions.tell_result(by="ann", purchase=purchase, outcome=outcome, words="w", on=DAY[2], category=category)
    taken_to(place, "ordered", 2_000)
    kinds = [(kind.category, kind.number, kind.pence, dict(kind.outcomes)) for kind in by_category([place], DAY[3])]
    assert kinds == [
        ("Children", 1, 20_000, {"too_early": 1}), ("Travel", 2, 15_000, {"helped": 1, "partly": 1}), ("", 1, 1_000, {"": 1}),
    ]  # fmt: skip
    assert by_category([place], DAY[0]) == [], "nothing was delivered by then"
    assert (delivered_rows(None).height, told_rows(None).height) == (4, 2)
