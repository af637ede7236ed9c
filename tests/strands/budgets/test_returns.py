"""Purchases returned by file, and the published figures of the strand."""

from datetime import date

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.strands.budgets.measures import MEASURES, since_start
from throughcare.strands.budgets.models import Place, Purchase
from throughcare.strands.budgets.queries import SERVICE, account, findings

FEED = "budget-purchases"
BY_SLUG = {measure.slug: measure for measure in MEASURES}
WHOLE = Period(start=date(2016, 4, 1), end=date(2017, 1, 1))
REFERRALS = """
record_id crn     service             provider   route   sent_on    accepted_on withdrawn_on withdraw_reason
B1        X000001 personalised_budget london_crc licence 2016-11-16 2016-12-01  -            -
B2        X000002 personalised_budget london_crc licence 2016-11-20 -           2016-12-02   moved
B3        X000003 personalised_budget london_crc licence 2016-12-01 -           -            -
B4        X000004 personalised_budget london_crc licence 2016-12-31 -           -            -
B5        X000005 personalised_budget london_crc licence 2017-01-01 -           -            -
"""
HOMES = """
record_id crn     borough      start
A1        X000001 Islington    2016-01-01
A2        X000002 Enfield      2016-01-01
A3        X000003 Hackney      2016-01-01
A4        X000003 Islington    2016-12-02
A5        X000004 Enfield      2016-01-01
"""
STEPS = "approved_on approved_by ordered_on delivered_on delivered cancelled_on"
HEADER = f"record_id referral description amount asked_on asked_by {STEPS}"
PURCHASES = f"""
{HEADER}
P1 B1 Coaching  400.00 2016-12-05 ann 2016-12-06 ben 2016-12-07 2016-12-20 250.00 -
P2 B1 Wellbeing 350.00 2016-12-05 ann 2016-12-06 ben -          -          -      -
P3 B1 Therapy   250.00 2016-12-05 ann 2016-12-06 ben -          -          -      2016-12-10
P4 B1 Therapy   250.00 2016-12-09 ann 2016-12-10 ben -          -          -      -
P5 B1 Travel     60.00 2016-12-20 ann 2016-12-20 ann -          -          -      -
P6 B1 Clothes    90.00 2016-12-21 ann -          -   -          -          -      -
"""


def loaded(store, purchases=PURCHASES):
    store.load("provider-referrals", REFERRALS)
    store.load("nps-addresses", HOMES)
    return store.load(FEED, purchases)


def test_a_file_opens_the_place_from_the_acceptance_and_keeps_the_steps(store):
    assert loaded(store).quarantined == 0
    place = Place.objects.get()
    assert (place.allocation, place.opened_on, place.purchases.count()) == (100_000, date(2016, 12, 1), 6)
    assert [account(place, date(2016, 12, n)).available for n in (5, 6, 10, 19, 20)] == [100_000, 0, 0, 0, 9_000]
    first = Purchase.objects.order_by("pk").first()
    assert (first.pence, first.delivered_pence, first.approved_by) == (40_000, 25_000, "ben")


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("budget.referred", {"Enfield": 2, "Hackney": 1, "Islington": 1, "total": 4}),  # by home on the day of sending
        ("budget.accepted", {"total": 1}),
        ("budget.purchases", {"total": 4}),  # P3 was cancelled, P6 not approved
    ],
)
def test_published_figures(store, slug, expected):
    loaded(store)
    results = calculate(BY_SLUG[slug], pilot=current_pilot(), period=WHOLE)
    assert {r.group: r.value for r in results if r.value} == expected
    assert slug != "budget.referred" or {r.group for r in results} == {*current_pilot().boroughs, "total"}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("B9 Spa 10.00 2016-12-05 ann - - - - - -", "referral"),
        ("B1 Spa 1000.01 2016-12-05 ann 2016-12-06 ben - - - -", "amount"),                    # beyond the allocation
        ("B1 Spa 100.01 2016-12-05 ann 2016-12-06 ann - - - -", "approved_by"),                # over the small limit, alone
        ("B1 Spa 50.00 2016-12-05 ann 2016-12-04 ben - - - -", "approved_on"),
        ("B1 Spa 50.00 2016-12-05 ann 2016-12-06 - - - - -", "approved_by"),
        ("B1 Spa 50.00 2016-12-05 ann - - 2016-12-06 - - -", "ordered_on"),
        ("B1 Spa 50.00 2016-12-05 ann 2016-12-06 ben 2016-12-06 2016-12-07 50.01 -", "delivered"),
        ("B1 Spa 50.00 2016-12-05 ann 2016-12-06 ben 2016-12-06 2016-12-07 - -", "delivered"),
        ("B1 Spa 50.00 2016-12-05 ann 2016-12-06 ben 2016-12-06 2016-12-07 50.00 2016-12-08", "cancelled_on"),
        ("B1 Spa 50.00 2016-12-05 ann 2016-12-06 ben - - - 2016-12-05", "cancelled_on"),
    ],
)  # fmt: skip
def test_a_row_against_the_rules_is_kept_for_correction(store, row, fault):
    assert loaded(store, f"{HEADER}\nP1 {row}").new == 0
    assert ("P1", fault) in store.quarantined(FEED)


def test_of_purchases_that_go_beyond_the_allocation_together_the_later_approval_is_kept_back(store):
    loaded(
        store,
        f"""
        {HEADER}
        P1 B1 Later  500.00 2016-12-05 ann 2016-12-09 ben - - - -
        P2 B1 First  600.00 2016-12-05 ann 2016-12-06 ben - - - -
        P3 B3 Other 1000.00 2016-12-05 ann 2016-12-06 ben - - - -
    """,
    )
    assert store.quarantined(FEED) == [("P1", "amount")]
    again = f"{HEADER}\nP1 B1 Later 400.00 2016-12-05 ann 2016-12-09 ben - - - -"
    assert (store.load(FEED, again).new, store.quarantined(FEED)) == (1, [])


def test_a_corrected_purchase_is_held_against_the_others_and_not_against_itself(store):
    loaded(store, f"{HEADER}\nP1 B1 Spa 900.00 2016-12-05 ann 2016-12-09 ben - - - -")
    assert store.load(FEED, f"{HEADER}\nP1 B1 Spa 1000.00 2016-12-05 ann 2016-12-09 ben - - - -").changed == 1
    assert account(Place.objects.get(), date(2016, 12, 9)).available == 0


def test_a_place_of_a_referral_that_was_not_accepted_is_found(store):
    loaded(store, f"{HEADER}\nP1 B3 Spa 10.00 2016-12-05 ann - - - - - -")
    scope = Scope(pilot=current_pilot(), period=WHOLE, as_at=date(2016, 12, 31))
    (finding,) = findings(scope)
    assert finding.records == (f"referral {Place.objects.get().referral_id}",)


def test_places_beyond_twenty_five_that_came_by_file_are_found(store):
    """27 women accepted on 1 December, each with a purchase: the last two found all places taken."""
    rows = [f"B{n} X{n:06d} personalised_budget licence 2016-11-20 2016-12-01" for n in range(1, 28)]
    store.load("provider-referrals", "\n".join(["record_id crn service route sent_on accepted_on", *rows]))
    bought = [f"P{n} B{n} Coaching 10.00 2016-12-05 ann - - - - - -" for n in range(1, 28)]
    assert store.load(FEED, "\n".join([HEADER, *bought])).new == 27
    (finding,) = findings(Scope(pilot=current_pilot(), period=WHOLE, as_at=date(2016, 12, 31)))
    last = Place.objects.order_by("pk")[25:]
    assert (finding.slug, finding.records) == (
        "budgets.beyond_places", tuple(f"place {place.pk}, referral {place.referral_id}" for place in last)
    )  # fmt: skip


def test_a_referral_of_a_man_is_found_under_the_service(store):
    store.load("nps-people", "record_id crn surname date_of_birth sex\nN99 X000099 Dunmore 1990-01-01 M")
    store.join("X000099")
    store.load(
        "provider-referrals",
        """
        record_id crn     service             route   sent_on    declined_on decline_reason
        B1        X000099 personalised_budget licence 2016-12-01 -           -
        B2        X000001 personalised_budget licence 2016-12-01 -           -
        B3        X000099 personalised_budget licence 2016-11-20 2016-11-21  not_eligible
    """,
    )
    (finding,) = findings(Scope(pilot=current_pilot(), period=WHOLE, as_at=date(2016, 12, 31)))
    assert (finding.slug, finding.group, finding.records) == ("budgets.not_intended", "Personalised budget", ("B1",))


@pytest.mark.parametrize(("slug", "title"), [(SERVICE, "Referrals since 15 November 2016"), ("coaching", "Referrals")])
def test_the_title_names_the_start_in_the_pilot_file(slug, title):
    service = current_pilot().service(SERVICE).model_copy(update={"slug": slug})
    assert since_start(current_pilot().model_copy(update={"services": (service,)})) == title
