"""What people do with referrals, what is refused, and that nothing is ever deleted."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughcare.casework.audit.models import Entry
from throughcare.casework.events.models import Outbox
from throughcare.casework.referrals import actions
from throughcare.casework.referrals.errors import (
    AlreadyReferred,
    NotAllowedHere,
    NotForThem,
    NotOffered,
    OutOfOrder,
    UnknownReason,
)
from throughcare.casework.referrals.models import Referral, ReferralEvent
from throughcare.casework.referrals.queries import history, referrals, state_of, timeline
from throughcare.casework.referrals.reach import OPEN, with_state
from throughcare.casework.referrals.transitions import CLOSED, move

JUNE = {n: date(2016, 6, n) for n in range(1, 31)}
REASON = {
    "declined": "in_custody",
    "on_hold": "health",
    "ended_early": "not_engaged",
    "withdrawn": "moved",
    "made_in_error": "duplicate",
}
VERBS = {
    "acknowledged": actions.acknowledge, "accepted": actions.accept, "declined": actions.decline, "started": actions.start,
    "on_hold": actions.hold, "completed": actions.complete, "ended_early": actions.end_early, "withdrawn": actions.withdraw,
    "made_in_error": actions.mark_made_in_error,
}  # fmt: skip


def do(referral, state, day, **more):
    reason = {"reason": REASON[state]} if state in REASON else {}
    return VERBS[state](by="worker", referral=referral, on=JUNE[day], **(reason | more))


@pytest.fixture
def store(store):
    """Four members on licence: a man of 22, one of 20, a woman of 26, a man of 31."""
    crns = [f"X00000{number}" for number in range(1, 5)]
    store.join(*crns)
    store.supervise("licence", *crns)
    return store


@pytest.fixture
def referral(store) -> Referral:
    return actions.refer(
        by="manager", person_id=store.person("X000001"), service="mentoring", provider="osmani_trust", route="licence", on=JUNE[1]
    )


def test_a_referral_goes_its_way_and_its_days_are_kept(referral):
    for state, day in (("acknowledged", 2), ("accepted", 3), ("started", 3), ("completed", 20)):
        do(referral, state, day)
    row = referrals().row(0, named=True)
    assert [row[f"{s}_on"] for s in ("sent", "acknowledged", "accepted", "started", "completed")] == [
        JUNE[n] for n in (1, 2, 3, 3, 20)
    ]
    assert (row["state"], row["in_error"], row["declined_on"], row["provider"]) == ("completed", False, None, "osmani_trust")


def test_what_the_table_does_not_have_is_refused_naming_referral_state_and_what_is_allowed(referral):
    with pytest.raises(NotAllowedHere) as refused:
        do(referral, "completed", 5)
    assert f"referral {referral.pk}" in str(refused.value)
    assert "is sent and cannot become completed" in str(refused.value)
    assert "acknowledged or accepted or declined or withdrawn or made_in_error" in str(refused.value)
    assert state_of(referral.pk) == "sent"


@pytest.mark.parametrize(
    ("state", "reason", "note", "said"),
    [
        ("declined", "", "", "'' is no reason for declined"),
        ("declined", "no_such", "", "expected not_eligible or"),
        ("declined", "other", "", "expected a note"),
        ("withdrawn", "no_capacity", "", "is no reason for withdrawn"),
    ],
)
def test_a_reason_is_asked_for_and_must_be_in_the_list(referral, state, reason, note, said):
    with pytest.raises(UnknownReason, match=said):
        do(referral, state, 5, reason=reason, note=note)
    do(referral, "declined", 5, reason="other", note="works nights")
    assert referrals()["reason"].to_list() == ["other"]


def test_a_day_before_the_last_thing_that_happened_is_refused(referral):
    with pytest.raises(OutOfOrder, match="expected 2016-06-01 or later"):
        VERBS["accepted"](by="worker", referral=referral, on=date(2016, 5, 31))
    do(referral, "accepted", 10)
    with pytest.raises(OutOfOrder, match="before the referral was accepted"):
        do(referral, "started", 9)


def test_a_second_open_referral_to_the_service_is_refused_with_the_mend_until_the_first_is_closed(referral):
    again = {"by": "manager", "person_id": referral.person_id, "service": "mentoring", "route": "licence", "on": JUNE[5]}
    with pytest.raises(AlreadyReferred, match=f"referral {referral.pk}.*go on with that one"):
        actions.refer(**again)
    actions.refer(**again | {"service": "tiger"})
    do(referral, "declined", 6)
    actions.refer(**again | {"on": JUNE[7]})
    assert referrals()["service"].to_list() == ["mentoring", "tiger", "mentoring"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"service": "knitting"}, "no service 'knitting'"),
        ({"provider": "pact"}, "no provider 'pact'"),  # Pact offers Building Bridges
        ({"service": "court_reports"}, "Nobody is referred to Court reports"),
        ({"route": "by post"}, "no route 'by post'"),
        ({"days_ordered": 20}, "go with an activity requirement"),
    ],
)
def test_what_the_pilot_does_not_offer_is_refused(store, wrong, said):
    asked = {"by": "manager", "person_id": store.person("X000002"), "service": "mentoring", "route": "licence", "on": JUNE[1]}
    with pytest.raises(NotOffered, match=said):
        actions.refer(**asked | wrong)
    assert referrals().is_empty()


MONDAY = date(2016, 7, 4)


@pytest.mark.parametrize(
    ("crn", "asked", "said"),
    [
        # X000003 is a woman of 26, X000004 a man of 31; X000005, a man of 21 on a community order, became a member in June
        ("X000003", {}, "Mentoring is not for this person on 2016-07-04: for men only; for those of 18 to 25, and the age is 26"),
        ("X000004", {"service": "tiger"}, "and the age is 31"),
        ("X000001", {"on": date(2016, 4, 24)}, "Mentoring starts on 25 April 2016"),
        ("X000005", {}, "on post-sentence supervision or, under an activity requirement, on a community order or"),
        ("X000005", {"service": "mental_health", "on": date(2016, 5, 31)}, "not a member of the cohort"),
        ("X000005", {"service": "mental_health"}, ""),
        ("X000005", {"route": "activity_requirement"}, ""),
    ],
)  # fmt: skip
def test_who_is_sent_to_a_service_is_somebody_it_is_for_on_that_day(store, crn, asked, said):
    store.load("nps-people", "record_id crn surname date_of_birth sex\nN5 X000005 Everard 1995-02-01 M")
    store.join("X000005", since=date(2016, 6, 1))
    store.supervise("community", "X000005")
    wanted = {"by": "manager", "person_id": store.person(crn), "service": "mentoring", "route": "other", "on": MONDAY} | asked
    if not said:
        assert actions.refer(**wanted).person_id == store.person(crn)
        return
    with pytest.raises(NotForThem, match=said):
        actions.refer(**wanted)
    assert referrals().is_empty()


def test_a_referral_all_the_same_keeps_its_reason_and_what_it_overrides_in_the_audit(store):
    asked = {"by": "manager", "person_id": store.person("X000004"), "service": "mentoring", "route": "licence", "on": MONDAY}
    with pytest.raises(NotForThem, match="say why all the same"):
        actions.refer(**asked, override=" ")
    made = actions.refer(**asked, override="he mentored others inside and asks for it")
    kept = Entry.objects.get(verb="referrals.refer", subject_id=str(made.pk))
    assert "he mentored others inside" in str(kept.details)
    assert "the age is 31" in str(kept.details)


def test_after_a_hold_it_goes_on_in_the_state_in_which_it_was_held(referral):
    do(referral, "accepted", 3)
    do(referral, "on_hold", 4)
    actions.resume(by="worker", referral=referral, on=JUNE[4])
    assert state_of(referral.pk) == "accepted"
    with pytest.raises(NotAllowedHere, match="accepted and cannot become accepted"):
        actions.resume(by="worker", referral=referral, on=JUNE[5])
    do(referral, "started", 5)
    do(referral, "on_hold", 6)
    with pytest.raises(NotAllowedHere):
        do(referral, "accepted", 7)
    actions.resume(by="worker", referral=referral, on=JUNE[7])
    row = referrals().row(0, named=True)
    assert (row["state"], row["accepted_on"], row["started_on"]) == ("started", JUNE[3], JUNE[5])


def test_a_closed_referral_is_reopened_with_a_reason_and_only_by_reopening(referral):
    do(referral, "accepted", 3)
    do(referral, "ended_early", 8)
    with pytest.raises(NotAllowedHere, match="started \\(by reopening\\)"):
        do(referral, "started", 9)
    with pytest.raises(UnknownReason):
        actions.reopen(by="worker", referral=referral, on=JUNE[9], reason="")
    actions.reopen(by="worker", referral=referral, on=JUNE[9], reason="facts_changed")
    do(referral, "completed", 10)
    for reopen_or_error in (lambda: actions.reopen(by="w", referral=referral, on=JUNE[11], reason="facts_changed"),
                            lambda: do(referral, "made_in_error", 11)):  # fmt: skip
        with pytest.raises(NotAllowedHere, match="nothing: this state is final"):
            reopen_or_error()


def test_a_referral_is_not_reopened_beside_a_newer_open_one(referral):
    do(referral, "declined", 3)
    newer = actions.refer(by="manager", person_id=referral.person_id, service="mentoring", route="licence", on=JUNE[4])
    with pytest.raises(AlreadyReferred, match=f"go on with referral {newer.pk}"):
        actions.reopen(by="manager", referral=referral, on=JUNE[5], reason="facts_changed")


def test_a_correction_replaces_and_keeps_what_it_replaces(referral):
    wrong = do(referral, "accepted", 12)
    do(referral, "started", 14)
    with pytest.raises(OutOfOrder, match="would follow"):
        actions.correct(by="worker", event=wrong, on=JUNE[15], note="after the start")
    with pytest.raises(OutOfOrder, match="before it was sent"):
        actions.correct(by="worker", event=wrong, on=date(2016, 5, 12), note="typed May")
    right = actions.correct(by="worker", event=wrong, on=JUNE[2], note="typed 12 for 2")
    row = referrals().row(0, named=True)
    assert (row["accepted_on"], row["state"]) == (JUNE[2], "started")
    wrong.refresh_from_db()
    assert (wrong.on, wrong.replaced_by_id) == (JUNE[12], right.pk)
    with pytest.raises(OutOfOrder, match="corrected already"):
        actions.correct(by="worker", event=wrong, on=JUNE[3], note="again")


def test_what_did_not_happen_is_said_so_and_not_deleted(referral):
    do(referral, "accepted", 2)
    wrong = do(referral, "started", 14)
    actions.correct(by="worker", event=wrong, on=None, note="another person's")
    assert (state_of(referral.pk), referrals()["started_on"].to_list()) == ("accepted", [None])
    assert ReferralEvent.objects.filter(state="started").count() == 2


def test_every_move_is_in_the_audit_and_the_outbox(referral):
    do(referral, "declined", 3)
    entry = Entry.objects.get(verb="referrals.declined")
    assert (entry.actor, entry.person_id) == ("worker", referral.person_id)
    assert [(e.kind, e.happened_on) for e in Outbox.objects.order_by("pk")] == [
        ("referral.sent", JUNE[1]),
        ("referral.declined", JUNE[3]),
    ]
    assert [line.words for line in timeline(referral.person_id)] == [
        "Referred to Mentoring",
        "Mentoring: declined: Is in custody",
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*VERBS, "resume", "reopen"]), min_size=1, max_size=10))
def test_whatever_is_tried_the_state_moves_by_the_table_only(referral, tried):
    """The store after any attempts: each move is the table's, a refused one leaves all as it was."""
    with transaction.atomic():
        for day, name in enumerate(tried, start=2):
            before, known = state_of(referral.pk), len(history(referral.pk))
            try:
                if name == "resume":
                    actions.resume(by="w", referral=referral, on=JUNE[day])
                elif name == "reopen":
                    actions.reopen(by="w", referral=referral, on=JUNE[day], reason="facts_changed")
                else:
                    do(referral, name, day)
            except (NotAllowedHere, UnknownReason):
                assert (state_of(referral.pk), len(history(referral.pk))) == (before, known)
                continue
            taken = move(before, state_of(referral.pk))
            assert taken is not None
            assert taken.reopens == (before in CLOSED) == (name == "reopen")
        transaction.set_rollback(True)


# What has happened to a referral, and whether more is expected of it. One that nobody has touched is open too.
STANDS = [
    ((), True), (("acknowledged",), True), (("accepted",), True), (("accepted", "on_hold"), True), (("declined",), False),
    (("accepted", "completed"), False), (("withdrawn",), False), (("made_in_error",), False),
]  # fmt: skip


@pytest.mark.parametrize(("states", "is_open"), STANDS)
def test_open_is_asked_of_the_store_as_the_table_has_it(referral, states, is_open):
    for state in states:
        do(referral, state, 2)
    found = with_state(JUNE[3]).filter(OPEN).values_list("pk", flat=True)
    assert (referral.pk in found) == is_open == (state_of(referral.pk) not in CLOSED)
