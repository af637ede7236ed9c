"""The pages of personalised budgets, as the people who work them meet them. The world's purchase: £50 of £1,000, asked for."""

import pytest

from throughcare.casework.audit.actions import recording
from throughcare.strands.budgets.models import Place, Purchase
from throughcare.strands.budgets.queries import account

HERS = {"description": "Bus pass", "category": "Travel", "provider": "A travel operator", "pence": "64.50"}


@pytest.fixture
def place(world) -> Place:
    return Place.objects.get(pk=world.ids["place:in"])


def bought(place: Place) -> Purchase:
    return place.purchases.order_by("-pk")[0]


def test_what_is_asked_for_is_seen_once_more_and_then_waits_for_a_senior(as_, place):
    manager, senior = as_("offender_manager"), as_("senior_officer")
    shown = manager.post(f"/budgets/{place.pk}/ask/", HERS).content.decode()
    assert "£64.50" in shown
    assert "No money is bound until somebody else approves it." in shown
    manager.post(f"/budgets/{place.pk}/ask/", {**HERS, "send": "1"})
    made = bought(place)
    assert (made.description, made.pence, made.approved_on) == ("Bus pass", 6450, None)
    assert "Bus pass, £64.50" in senior.get("/budgets/").content.decode()
    approval = {"to": "approved", "on": "7/12/2016"}
    assert "The money is bound at once" in senior.post(f"/purchases/{made.pk}/", approval).content.decode()
    senior.post(f"/purchases/{made.pk}/", {**approval, "send": "1"})
    assert Purchase.objects.get(pk=made.pk).approved_by.startswith("senior_officer")


# What one person may buy today: up to the small limit, £100, and no more.
@pytest.mark.parametrize(("pounds", "ordered"), [("100", True), ("100.01", False)])
def test_a_small_purchase_is_bought_today_by_one_person_and_a_larger_one_is_not_kept(as_, place, pounds, ordered):
    before = place.purchases.latest("pk").pk
    answer = as_("offender_manager").post(f"/budgets/{place.pk}/ask/", {**HERS, "pence": pounds, "now": "on", "send": "1"})
    made = bought(place)
    assert (made.pk != before and made.ordered_on is not None) == ordered
    assert ordered or "ask somebody else to approve it" in answer.content.decode()
    assert ordered or "Bus pass" in answer.content.decode()  # what was typed is kept


def test_who_asked_does_not_approve_under_the_name_of_another_post(as_, place):
    made = Purchase.objects.get(place=place)
    with recording(by="test", verb="budgets.test"):
        Purchase.objects.filter(pk=made.pk).update(pence=20_000, asked_by="senior_officer as another-post")
    answer = as_("senior_officer").post(f"/purchases/{made.pk}/", {"to": "approved", "on": "7/12/2016", "send": "1"})
    assert "asked for it and cannot approve £200.00" in answer.content.decode()


def test_a_purchase_goes_to_its_end_and_what_did_not_come_is_free_again(as_, place):
    made, senior = Purchase.objects.get(place=place), as_("senior_officer")
    came = {"delivered": {"pence": "30"}, "approved": {"send": "1"}}
    for step in ("approved", "ordered", "delivered", "invoiced", "paid"):
        senior.post(f"/purchases/{made.pk}/", {"to": step, "on": "7/12/2016", **came.get(step, {})})
    assert Purchase.objects.get(pk=made.pk).paid_on is not None
    senior.post(f"/purchases/{made.pk}/result/", {"words": "She got to her course", "outcome": "helped", "category": "Travel"})
    shown = senior.get(f"/budgets/{place.pk}/").content.decode()
    assert "£970.00 of £1,000.00 is available." in shown
    assert "She got to her course" in shown
    assert "£20.00" in shown  # freed, in the statement


# A step that was taken meanwhile, one that is not the next, and a day to come: said, and nothing is changed.
@pytest.mark.parametrize(("step", "on", "words"), [
    ("paid", "7/12/2016", "not the next one"), ("approved", "8/12/2016", "still to come"),
    ("approved", "30/11/2016", "take the steps"),
])  # fmt: skip
def test_a_step_out_of_its_order_or_its_time_is_refused(as_, place, step, on, words):
    made = Purchase.objects.get(place=place)
    data = {"to": step, "on": on, "send": "1"}
    assert words in as_("senior_officer").post(f"/purchases/{made.pk}/", data, follow=True).content.decode()
    assert Purchase.objects.get(pk=made.pk).approved_on is None


@pytest.mark.parametrize("amount", ["", "-3", "three", "5.001", "0"])
def test_an_amount_that_is_none_is_said_at_its_field(as_, place, amount):
    told = as_("offender_manager").post(f"/budgets/{place.pk}/ask/", {**HERS, "pence": amount, "send": "1"}).content.decode()
    assert "There is a problem" in told
    assert place.purchases.count() == 1


def test_who_runs_the_pilot_sees_places_and_money_and_nobody(as_, world):
    shown = as_("pilot_manager").get("/budgets/").content.decode()
    assert "of 25 places are taken" in shown
    assert "Inscope" not in shown
    assert "MARKBUDGET" not in shown


def test_the_last_pound_is_spent_and_not_one_more(as_, place):
    made = Purchase.objects.get(place=place)
    senior = as_("senior_officer")
    with recording(by="test", verb="budgets.test"):
        Purchase.objects.filter(pk=made.pk).update(pence=100_000)
    senior.post(f"/purchases/{made.pk}/", {"to": "approved", "on": "7/12/2016", "send": "1"})
    assert account(place, made.asked_on.replace(day=7)).available == 0
    as_("offender_manager").post(f"/budgets/{place.pk}/ask/", {**HERS, "pence": "1", "send": "1"})
    more = bought(place)
    told = senior.post(f"/purchases/{more.pk}/", {"to": "approved", "on": "7/12/2016", "send": "1"}).content.decode()
    assert "£1.00 more than is available" in told
