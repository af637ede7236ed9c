"""Places, and the steps of a purchase: what is refused, by how much, and when a place is free again."""

from datetime import date, timedelta

import pytest

from tests.strands.budgets.conftest import ACCEPTED
from throughcare.casework.audit.models import Entry
from throughcare.casework.referrals import actions as referrals
from throughcare.strands.budgets import actions
from throughcare.strands.budgets.actions import NoPlace, NotEnoughMoney, SamePerson, WrongStep
from throughcare.strands.budgets.models import Place
from throughcare.strands.budgets.queries import account, held_about, outstanding, taken, timeline

DAY = [ACCEPTED + timedelta(days=n) for n in range(20)]


@pytest.fixture
def place(accepted):
    return actions.open_place(by="london_crc", referral=accepted(), on=DAY[0])


def asked(place, pence=60_000, by="ann", on=DAY[0]):
    return actions.ask(by=by, place=place, description="Resettlement coaching", provider="Moving On", pence=pence, on=on)


def approved(place, pence=60_000, on=DAY[0]):
    return actions.approve(by="ben", purchase=asked(place, pence), on=on)


def test_a_purchase_goes_through_its_steps_each_by_its_day(place):
    purchase = approved(place)
    actions.order(by="ann", purchase=purchase, on=DAY[1])
    actions.deliver(by="ann", purchase=purchase, on=DAY[3], pence=60_000)
    actions.invoice(by="ann", purchase=purchase, on=DAY[4])
    paid = actions.pay(by="ann", purchase=purchase, on=DAY[5])
    assert (paid.asked_on, paid.approved_on, paid.ordered_on, paid.delivered_on) == (DAY[0], DAY[0], DAY[1], DAY[3])
    assert (paid.invoiced_on, paid.paid_on, paid.approved_by, paid.asked_by) == (DAY[4], DAY[5], "ben", "ann")
    assert [line.words for line in timeline(place.referral.person_id)][-1] == "Resettlement coaching (£600.00): paid"
    assert len(held_about(place.referral.person_id)["Budget purchases"]) == 1
    assert Entry.objects.filter(verb__startswith="budgets.", person_id=place.referral.person_id).count() == 7


def test_an_approval_beyond_what_is_available_is_refused_naming_the_shortfall(place):
    approved(place, 60_000)
    more = asked(place, 50_000)
    with pytest.raises(NotEnoughMoney, match=r"£500.00 is £100.00 more than is available.*at most £400.00") as refused:
        actions.approve(by="ben", purchase=more, on=DAY[1])
    assert refused.value.short == 10_000
    assert account(place, DAY[1]).available == 40_000
    actions.approve(by="ben", purchase=asked(place, 40_000), on=DAY[1])
    assert account(place, DAY[1]).available == 0


def test_what_is_asked_for_binds_nothing(place):
    asked(place, 99_000)
    asked(place, 99_000)
    assert account(place, DAY[0]).committed == 0


def test_cancelled_and_under_delivered_purchases_release_the_money(place):
    first, second = approved(place, 60_000), approved(place, 40_000)
    actions.order(by="ann", purchase=second, on=DAY[1])
    actions.deliver(by="ann", purchase=second, on=DAY[2], pence=15_000)
    assert account(place, DAY[2]).available == 25_000
    actions.cancel(by="ann", purchase=first, on=DAY[3])
    assert [account(place, DAY[n]).available for n in (0, 2, 3)] == [0, 25_000, 85_000]
    approved(place, 85_000, on=DAY[3])


def test_an_approval_dated_back_must_have_been_affordable_then(place):
    first = approved(place, 60_000)
    actions.cancel(by="ann", purchase=first, on=DAY[5])
    second = asked(place, 60_000)
    with pytest.raises(NotEnoughMoney, match=r"£200.00 more"):
        actions.approve(by="ben", purchase=second, on=DAY[4])
    actions.approve(by="ben", purchase=second, on=DAY[5])


@pytest.mark.parametrize(("pence", "refused"), [(10_000, False), (10_001, True)])
def test_only_up_to_the_small_limit_may_who_asked_approve(place, pence, refused):
    purchase = asked(place, pence, by="ann")
    if refused:
        with pytest.raises(SamePerson, match=r"another person, above £100.00"):
            actions.approve(by="ann", purchase=purchase, on=DAY[0])
    else:
        assert actions.approve(by="ann", purchase=purchase, on=DAY[0]).approved_by == "ann"


def test_steps_out_of_order_twice_or_before_the_last_are_refused(place):
    purchase = asked(place)
    for wrong in (actions.order, actions.invoice, actions.pay):
        with pytest.raises(WrongStep, match=rf"purchase {purchase.pk}.*take the steps in their order"):
            wrong(by="ann", purchase=purchase, on=DAY[1])
    actions.approve(by="ben", purchase=purchase, on=DAY[2])
    with pytest.raises(WrongStep, match="approved since"):
        actions.approve(by="ben", purchase=purchase, on=DAY[2])
    with pytest.raises(WrongStep):
        actions.order(by="ann", purchase=purchase, on=DAY[1])
    actions.order(by="ann", purchase=purchase, on=DAY[2])
    with pytest.raises(WrongStep, match=r"from nothing to £600.00"):
        actions.deliver(by="ann", purchase=purchase, on=DAY[3], pence=60_001)
    actions.deliver(by="ann", purchase=purchase, on=DAY[3], pence=60_000)
    with pytest.raises(WrongStep, match="cannot be cancelled"):
        actions.cancel(by="ann", purchase=purchase, on=DAY[4])


@pytest.mark.parametrize(("pence", "on"), [(0, DAY[0]), (-5, DAY[0]), (100, DAY[0] - timedelta(days=1))])
def test_nothing_is_asked_for_without_an_amount_or_before_the_place(place, pence, on):
    with pytest.raises(WrongStep):
        asked(place, pence, on=on)


def test_only_an_accepted_referral_to_the_service_has_a_place_and_only_one(store, accepted):
    sent = referrals.refer(
        by="manager", person_id=store.person("X000002"), service="personalised_budget", route="licence", on=date(2016, 12, 1)
    )
    with pytest.raises(NoPlace, match="have it accepted first"):
        actions.open_place(by="london_crc", referral=sent, on=DAY[0])
    first = accepted(1)
    actions.open_place(by="london_crc", referral=first, on=DAY[0])
    with pytest.raises(NoPlace, match="use the one it has"):
        actions.open_place(by="london_crc", referral=first, on=DAY[0])


def test_twenty_five_places_and_one_is_free_when_somebody_leaves_with_nothing_outstanding(accepted):
    made = [accepted(number) for number in range(1, 27)]
    places = [actions.open_place(by="london_crc", referral=each, on=DAY[0]) for each in made[:25]]
    last = made[25]
    purchase = approved(places[0], 5_000)
    with pytest.raises(NoPlace, match="All 25 places are taken"):
        actions.open_place(by="london_crc", referral=last, on=DAY[1])
    referrals.end_early(by="london_crc", referral=made[0], on=DAY[2], reason="moved")
    assert outstanding(places[0], DAY[2]) == [purchase]
    with pytest.raises(NoPlace):
        actions.open_place(by="london_crc", referral=last, on=DAY[2])
    actions.cancel(by="london_crc", purchase=purchase, on=DAY[3])
    assert len(taken(DAY[2])) == 25
    assert len(taken(DAY[3])) == 24
    actions.open_place(by="london_crc", referral=last, on=DAY[3])
    assert Place.objects.count() == 26


def test_a_place_dated_back_does_not_bring_more_than_twenty_five_on_a_later_day(accepted):
    """24 places on 5 December and one on the 10th: on the 7th one is free, but it would be the 26th three days later."""
    made = [accepted(number) for number in range(1, 27)]
    for number, referral in enumerate(made[:25]):
        actions.open_place(by="london_crc", referral=referral, on=DAY[5] if number == 24 else DAY[0])
    assert len(taken(DAY[2])) == 24
    with pytest.raises(NoPlace, match=f"All 25 places are taken on {DAY[5]}"):
        actions.open_place(by="london_crc", referral=made[25], on=DAY[2])
    referrals.end_early(by="london_crc", referral=made[0], on=DAY[3], reason="moved")
    actions.open_place(by="london_crc", referral=made[25], on=DAY[3])
    assert [len(taken(DAY[n])) for n in (0, 2, 3, 5)] == [24, 24, 24, 25]


def test_who_has_left_asks_for_nothing_more(place):
    referrals.complete(by="london_crc", referral=place.referral, on=DAY[1])
    with pytest.raises(WrongStep, match="while the person takes part"):
        asked(place)
