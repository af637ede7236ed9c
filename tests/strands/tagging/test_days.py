"""Days of an order: what is found, by tracks that are written down, and what a later upload changes."""

from datetime import timedelta

import pytest

from tests.strands.tagging.made import (
    DAY,
    NEXT,
    at,
    attendance,
    curfew,
    events,
    found,
    looked,
    make,
    sent,
    stay,
    zone,
)
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.actions import act, review, undo
from throughcare.strands.tagging.errors import FindingRefused

MORNING = at("+1 09:00")
"""When the night that belongs to the day is over."""


@pytest.fixture
def order_of(people, person_id, officer, home):
    """order_of(curfew(), …): A's order with these conditions."""
    return lambda *conditions: make(officer(), person_id("A"), *conditions)


@pytest.mark.parametrize(
    ("track", "told", "verdict"),
    [
        ([("00:00", "+1 09:00", 0)], [], "kept"),
        ([("00:00", "+1 02:10", 0), ("+1 02:10", "+1 03:05", 600), ("+1 03:05", "+1 09:00", 0)],
         [("curfew_out", "02:10", "03:04")], "broken"),
        ([("00:00", "18:00", 0), ("18:00", "20:30", 600), ("20:30", "+1 09:00", 0)],
         [("curfew_late", "19:00", "20:29")], "broken"),
        ([("00:00", "+1 05:00", 0), ("+1 05:00", "+1 09:00", 600)], [("curfew_early", "05:00", "06:59")], "broken"),
        ([("00:00", "18:00", 0), ("18:00", "+1 09:00", 600)], [("curfew_away", "19:00", "06:59")], "broken"),
        # a fix 55 metres from home, precise to 10: the address is 50 metres wide, so it cannot be told
        ([("00:00", "18:00", 0), ("18:00", "+1 09:00", 55)], [("curfew_uncertain", "19:00", "07:00")], "not_told"),
    ],
    ids=["kept", "out", "late", "early", "away", "uncertain"],
)  # fmt: skip
def test_a_curfew_belongs_to_the_day_on_which_it_begins(order_of, home, track, told, verdict):
    order = order_of(curfew())
    sent(home, [row for start, end, north in track for row in stay(at(start), at(end), north)])
    (check,) = looked(order, DAY, MORNING)
    assert (found(order), check.verdict) == (told, verdict)


def test_while_the_night_goes_on_a_breach_is_told_at_once_and_nothing_else(order_of, home):
    order = order_of(curfew())
    sent(home, [*stay(at("00:00"), at("18:00")), *stay(at("18:00"), at("22:00"), 600)])
    (early,) = looked(order, DAY, at("18:30"))
    assert (found(order), early.verdict) == ([], "open")
    (late,) = looked(order, DAY, at("20:00"))
    assert (found(order), late.verdict) == ([("curfew_away", "19:00", "19:59")], "broken")


def test_zones_are_entered_crossed_and_left(order_of, home):
    order = order_of(zone(1000, 0), zone(-1000, 0, kind="inclusion", number=3, hours="Wednesday 14:00 to 16:00"))
    sent(home, [
        *stay(at("00:00"), at("10:00")), *stay(at("10:00"), at("10:20"), 1000), *stay(at("10:20"), at("12:00")),
        *stay(at("12:00"), at("12:01"), 800), *stay(at("12:02"), at("12:03"), 1200), *stay(at("12:04"), at("13:59")),
        *stay(at("14:00"), at("15:00"), -1000), *stay(at("15:00"), at("+1 00:00")),
    ])  # fmt: skip
    (check,) = looked(order, DAY, MORNING)
    assert found(order) == [("zone_entered", "10:00", "10:20"), ("zone_crossed", "12:00", "12:02"),
                            ("zone_crossed", "12:02", "12:04"), ("zone_outside", "15:00", "16:00")]  # fmt: skip
    entered = m.Finding.objects.get(kind="zone_entered")
    assert entered.fixes == 21
    assert entered.metres == pytest.approx(100, abs=1)
    assert check.verdict == "broken"


def test_near_a_victims_zone_what_cannot_be_told_and_silence_are_told_at_once(order_of, home):
    order = order_of(zone(1000, 0, protects="victim"))
    sent(home, [
        *stay(at("00:00"), at("10:00")), *stay(at("10:00"), at("10:05"), 895), *stay(at("10:05"), at("11:00"), 500),
        *stay(at("11:00"), at("11:01"), 750), *stay(at("11:10"), at("+1 00:00")),
    ])  # fmt: skip
    (check,) = looked(order, DAY, MORNING)
    assert found(order) == [("near_victim", "10:00", "10:00"), ("silent_near_victim", "11:00", "11:10")]
    assert check.verdict == "kept"  # neither is a breach


def test_silence_has_its_likely_reason_and_an_hour_of_it_leaves_the_day_untold(order_of, home, load):
    order = order_of(zone(5000, 0))
    load({"tag-events": events(("13:50", "battery_dead"), ("15:00", "charged"))})
    sent(home, [*stay(at("00:00"), at("14:00")), *stay(at("15:10"), at("16:00")), *stay(at("16:20"), at("+1 00:00"))])
    (check,) = looked(order, DAY, MORNING)
    assert found(order) == [("battery_dead", "13:50", "15:00"), ("silent", "13:59", "15:10")]
    assert m.Finding.objects.get(kind="silent").reason == "battery"
    assert check.verdict == "not_told"


def test_tampering_is_told_by_the_equipment(order_of, home, load):
    order = order_of(zone(5000, 0))
    load({"tag-events": events(("02:10", "tampered"), ("02:12", "tampered"), ("04:00", "left_home"))})
    sent(home, stay(at("00:00"), at("+1 00:00")))
    (check,) = looked(order, DAY, MORNING)
    assert (found(order), check.verdict) == ([("tampered", "02:10", "02:10")], "broken")


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (("09:50", "12:10"), []),
        (("10:20", "12:10"), [("late", "10:00", "12:00")]),
        (("09:50", "11:00"), [("left_early", "10:00", "12:00")]),
        (None, [("missed", "10:00", "12:00")]),
    ],
    ids=["kept", "late", "early", "missed"],
)
def test_appointments(order_of, home, there, told):
    order = order_of(attendance())
    inside = stay(at(there[0]), at(there[1]), 2000) if there else []
    away = [row for row in stay(at("00:00"), at("+1 00:00")) if not there or not at(there[0]) <= row["time"] < at(there[1])]
    sent(home, [*inside, *away])
    looked(order, DAY, MORNING)
    assert found(order) == told


def test_without_a_tag_nobody_can_tell(people, person_id, officer, home):
    order = make(officer(), person_id("A"), curfew(), tag="")
    (check,) = looked(order, DAY, MORNING)
    assert found(order) == [("no_tag", "00:00", "00:00")]
    assert check.verdict == "not_told"


def test_an_absence_that_is_expected_and_a_dead_spot_explain(order_of, home, officer):
    from throughcare.strands.tagging.equipment import actions as equipment

    order = order_of(curfew())
    equipment.expect(reader=officer(), order=order, why="hospital", text="Ward 3", starts_at=at("18:30"), ends_at=at("22:00"),
                     at=at("12:00"))  # fmt: skip
    equipment.know_dead_spot(reader=officer(), name="The underpass", latitude=51.55, longitude=-0.06, radius_m=100, on=DAY)
    sent(home, [*stay(at("00:00"), at("10:00")), *stay(at("10:45"), at("18:00")), *stay(at("18:00"), at("20:30"), 600),
                *stay(at("20:30"), at("+1 09:00"))])  # fmt: skip
    (check,) = looked(order, DAY, MORNING)
    said = dict(m.Finding.objects.filter(order=order).values_list("kind", "explained"))
    assert said == {"silent": "No signal is known at The underpass", "curfew_late": "Hospital, expected until 22:00"}
    assert check.verdict == "kept"


def test_looking_again_changes_nothing(order_of, home):
    order = order_of(curfew())
    sent(home, [*stay(at("00:00"), at("18:00")), *stay(at("18:00"), at("20:30"), 600), *stay(at("20:30"), at("+1 09:00"))])
    (first,) = looked(order, DAY, MORNING)
    before = list(m.Finding.objects.values())
    (second,) = looked(order, DAY, MORNING + timedelta(hours=1))
    assert list(m.Finding.objects.values()) == before
    assert (second.pk, second.at, second.changed) == (first.pk, first.at, "")


def test_a_late_upload_replaces_what_nobody_reviewed_and_says_so(order_of, home):
    order = order_of(curfew())
    sent(home, [*stay(at("00:00"), at("18:00")), *stay(at("+1 06:00"), at("+1 09:00"))])
    looked(order, DAY, MORNING)
    assert found(order) == [("silent", "17:59", "00:00"), ("curfew_uncertain", "19:00", "07:00")]
    sent(home, stay(at("18:00"), at("+1 06:00"), uploaded=at("+1 09:30")), "late")
    (check,) = looked(order, DAY, at("+1 10:00"))
    assert (found(order), check.verdict) == ([], "kept")
    assert check.changed.splitlines() == [
        "10:00 on 23 March 2017: No longer found: No position, 17:59 to 00:00",
        "10:00 on 23 March 2017: No longer found: Whether the curfew was kept cannot be told, 19:00 to 07:00",
    ]
    assert m.Finding.objects.filter(gone_at=None).count() == 0
    assert m.Finding.objects.count() == 2  # they stay on record


def test_a_late_upload_leaves_what_was_reviewed_and_says_so(order_of, home, officer):
    order = order_of(curfew())
    sent(home, [*stay(at("00:00"), at("18:00")), *stay(at("19:00"), at("20:00"), 600), *stay(at("20:30"), at("+1 09:00"))])
    looked(order, DAY, MORNING)
    finding = m.Finding.objects.get(kind="curfew_late")
    review(reader=officer(NEXT), finding=finding, decision="warning", reason="First time", at=MORNING)
    sent(home, stay(at("20:00"), at("20:30"), 600, uploaded=at("+1 09:30")), "late")
    (check,) = looked(order, DAY, at("+1 10:00"))
    after = m.Finding.objects.get(pk=finding.pk)
    assert (after.gone_at, after.ends_at) == (None, finding.ends_at)
    assert "Reviewed already, and left as it was" in check.changed


def test_a_decision_is_undone_before_anybody_acted_on_it_and_not_after(order_of, home, officer):
    order = order_of(curfew())
    sent(home, [*stay(at("00:00"), at("18:00")), *stay(at("18:00"), at("20:30"), 600), *stay(at("20:30"), at("+1 09:00"))])
    looked(order, DAY, MORNING)
    finding, reader = m.Finding.objects.get(), officer(NEXT)
    with pytest.raises(FindingRefused, match="It is not said why"):
        review(reader=reader, finding=finding, decision="court", reason=" ", at=MORNING)
    first = review(reader=reader, finding=finding, decision="accepted", reason="Bus", at=MORNING)
    with pytest.raises(FindingRefused, match="It was decided of"):
        review(reader=reader, finding=finding, decision="warning", reason="Again", at=MORNING)
    undo(reader=reader, review=first, at=MORNING)
    second = review(reader=reader, finding=finding, decision="court", reason="Third time", at=MORNING)
    act(reader=reader, review=second, at=MORNING)
    with pytest.raises(FindingRefused, match="Somebody has acted on it"):
        undo(reader=reader, review=second, at=MORNING)
    assert m.Review.objects.count() == 2


def test_what_was_no_breach_leads_to_no_warning(order_of, home, officer, load):
    order = order_of(zone(5000, 0))
    load({"tag-events": events(("02:10", "battery_low"))})
    sent(home, stay(at("00:00"), at("+1 00:00")))
    looked(order, DAY, MORNING)
    with pytest.raises(FindingRefused, match="That was no breach"):
        review(reader=officer(NEXT), finding=m.Finding.objects.get(), decision="warning", reason="So", at=MORNING)
