"""The providers' return: what a row gives, what a corrected one replaces, and what is kept back for correction."""

from datetime import date

import pytest

from throughcare.casework.referrals import actions
from throughcare.casework.referrals.models import Referral, ReferralEvent
from throughcare.casework.referrals.queries import held_about, history, referrals

FEED = "provider-referrals"


def told(referral: Referral) -> list[tuple[str, str]]:
    return [(event.state, str(event.on)) for event in history(referral.pk)]


def test_a_row_gives_a_referral_and_an_event_for_each_day(store):
    store.load(FEED, """
        record_id crn     service   provider     route                days_ordered days_done sent_on    accepted_on started_on
        R1        X000001 mentoring osmani_trust activity_requirement 20           4         2016-09-01 2016-09-05  2016-09-05
        R2        X000002 tiger     -            licence              -            -         2016-09-02 -           -
    """)  # fmt: skip
    one, two = Referral.objects.order_by("pk")
    assert (one.person_id, one.provider, one.days_ordered, one.days_done) == (store.person("X000001"), "osmani_trust", 20, 4)
    assert told(one) == [("accepted", "2016-09-05"), ("started", "2016-09-05")]
    assert (told(two), two.provider) == ([], "")
    assert referrals().select("state", "state_on").rows() == [("started", date(2016, 9, 5)), ("sent", date(2016, 9, 2))]
    assert referrals(("tiger",)).select("referral", "state").rows() == [(two.pk, "sent")]


@pytest.mark.parametrize(
    ("columns", "values", "fault"),
    [
        ("completed_on", "2016-10-01", "completed_on"),                                    # without acceptance
        ("accepted_on", "2016-08-31", "accepted_on"),                                      # before it was sent
        ("accepted_on started_on", "2016-09-09 2016-09-08", "started_on"),                 # started before accepted
        ("accepted_on declined_on decline_reason", "2016-09-05 2016-09-08 other", "declined_on"),
        ("declined_on decline_reason accepted_on", "2016-09-05 other 2016-09-08", "accepted_on"),
        ("accepted_on completed_on ended_early_on end_reason", "2016-09-05 2016-10-01 2016-10-02 moved", "ended_early_on"),
        ("withdrawn_on withdraw_reason started_on", "2016-09-03 moved 2016-09-09", "started_on"),
        ("declined_on", "2016-09-05", "decline_reason"),                                   # no reason
        ("decline_reason", "other", "decline_reason"),                                     # no day
        ("declined_on decline_reason", "2016-09-05 no_such", "decline_reason"),
        ("days_ordered days_done", "10 11", "days_done"),
        ("days_done", "3", "days_ordered"),
        ("service", "knitting", "service"),
        ("provider", "pact", "provider"),                                                  # offers another service
    ],
)  # fmt: skip
def test_a_row_that_contradicts_the_table_is_kept_for_correction(store, columns, values, fault):
    given = {"service": "mentoring", "provider": "-"} | dict(zip(columns.split(), values.split(), strict=True))
    outcome = store.load(
        FEED, f"record_id crn route sent_on {' '.join(given)}\nR1 X000001 licence 2016-09-01 {' '.join(given.values())}"
    )
    assert (outcome.new, outcome.quarantined) == (0, 1)
    assert ("R1", fault) in store.quarantined(FEED)
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("columns", "values", "state"),
    [
        ("completed_on accepted_on", "2016-10-01 2016-09-01", "completed"),                # accepted on the day of sending
        ("acknowledged_on declined_on decline_reason", "2016-09-02 2016-09-02 no_capacity", "declined"),
        ("accepted_on withdrawn_on withdraw_reason", "2016-09-02 2016-09-09 no_reply", "withdrawn"),
        ("withdrawn_on withdraw_reason", "2016-09-09 duplicate", "made_in_error"),
        ("accepted_on started_on ended_early_on end_reason", "2016-09-02 2016-09-02 2016-09-02 died", "ended_early"),
    ],
)  # fmt: skip
def test_a_row_that_is_a_path_of_the_table_is_loaded(store, columns, values, state):
    store.load(FEED, f"record_id crn service route sent_on {columns}\nR1 X000001 mentoring licence 2016-09-01 {values}")
    row = referrals().row(0, named=True)
    assert (row["state"], row["in_error"]) == (state, state == "made_in_error")


HEADER = "record_id crn service route sent_on accepted_on started_on withdrawn_on withdraw_reason\nR1 X000001 mentoring licence"


def test_a_corrected_row_adds_replacing_events_and_deletes_nothing(store):
    store.load(FEED, f"{HEADER} 2016-09-01 2016-09-05 2016-09-07 - -")
    store.load(FEED, f"{HEADER} 2016-09-01 2016-09-06 - - -")
    (referral,) = Referral.objects.all()
    assert told(referral) == [("accepted", "2016-09-06")]
    kept = [(e.state, str(e.on), e.replaced_by_id is None) for e in ReferralEvent.objects.order_by("pk")]
    assert kept == [
        ("accepted", "2016-09-05", False), ("started", "2016-09-07", False),
        ("accepted", "2016-09-06", True), ("started", "None", True),
    ]  # fmt: skip
    assert len(held_about(referral.person_id)["What happened to referrals"]) == 4


def test_a_row_with_more_days_adds_them_and_a_reason_corrected_is_replaced(store):
    store.load(FEED, f"{HEADER} 2016-09-01 2016-09-05 - - -")
    store.load(FEED, f"{HEADER} 2016-09-01 2016-09-05 - 2016-09-09 moved")
    store.load(FEED, f"{HEADER} 2016-09-01 2016-09-05 - 2016-09-09 died")
    assert ReferralEvent.objects.filter(state="accepted").count() == 1
    assert [(e.reason, e.replaced_by_id is None) for e in ReferralEvent.objects.filter(state="withdrawn").order_by("pk")] == [
        ("moved", False), ("died", True),
    ]  # fmt: skip
    assert referrals()["reason"].to_list() == ["died"]


def test_a_corrected_row_leaves_what_was_entered_here(store):
    store.load(FEED, f"{HEADER} 2016-09-01 - - - -")
    referral = Referral.objects.get()
    actions.accept(by="worker", referral=referral, on=date(2016, 9, 5))
    store.load(FEED, f"{HEADER} 2016-09-01 2016-09-05 2016-09-08 - -")
    assert told(referral) == [("accepted", "2016-09-05"), ("started", "2016-09-08")]
    assert ReferralEvent.objects.count() == 2
    store.load(FEED, f"{HEADER} 2016-08-31 2016-09-05 - - -")
    assert told(referral) == [("accepted", "2016-09-05")]


def test_a_row_against_what_was_entered_here_is_kept_for_correction_until_that_is_mended(store):
    store.load(FEED, f"{HEADER} 2016-09-01 - - - -")
    referral = Referral.objects.get()
    actions.withdraw(by="manager", referral=referral, on=date(2016, 9, 3), reason="moved")
    later = f"{HEADER} 2016-09-01 2016-09-05 - - -"
    store.load(FEED, later)
    assert store.quarantined(FEED) == [("R1", "record_id")]
    assert told(referral) == [("withdrawn", "2016-09-03")]
    actions.reopen(by="manager", referral=referral, on=date(2016, 9, 4), reason="decided_in_error")
    store.load(FEED, later)
    assert store.quarantined(FEED) == []
    assert told(referral)[-1] == ("accepted", "2016-09-05")


def test_the_same_file_twice_changes_nothing(store):
    for _ in range(2):
        outcome = store.load(FEED, f"{HEADER} 2016-09-01 2016-09-05 2016-09-07 - -")
    assert (outcome.same, outcome.changed, ReferralEvent.objects.count()) == (1, 0, 2)
