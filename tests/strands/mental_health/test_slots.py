"""Two practitioners, eight boroughs: hours offered, booked once, missed and booked again from the same place."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strands.mental_health.conftest import DAY, NOW
from throughcare.core.times import instant, london_time, time_in_words
from throughcare.strands.mental_health import codes
from throughcare.strands.mental_health import models as m
from throughcare.strands.mental_health.actions import HealthRefused
from throughcare.strands.mental_health.slots import actions, queries
from throughcare.strands.mental_health.tasks import diary, tasks

pytestmark = pytest.mark.django_db
HOURS = {"borough": "Hackney", "place": "Room 2", "on": DAY, "at": time(11), "minutes": 60, "number": 3, "weeks": 2}


@pytest.fixture
def hours(health) -> list[m.Slot]:
    return actions.offer(reader=health, post=health.post, **HOURS)


def test_hours_one_after_the_other_on_the_weekday_for_so_many_weeks(hours):
    assert [(slot.starts_at, slot.ends_at) for slot in hours] == [
        (instant(DAY + timedelta(days=7 * week), time(11 + n)), instant(DAY + timedelta(days=7 * week), time(12 + n)))
        for week in range(2) for n in range(3)
    ]  # fmt: skip


def test_an_hour_is_the_same_on_the_clock_whatever_the_season(reader_of):
    health = reader_of("health_practitioner", date(2017, 3, 20))
    found = actions.offer(reader=health, post=health.post, **HOURS | {"on": date(2017, 3, 20), "number": 1})
    assert [london_time(slot.starts_at) for slot in found] == [time(11), time(11)]
    assert found[1].starts_at - found[0].starts_at == timedelta(days=7) - timedelta(hours=1)


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({}, True), ({"at": time(13, 59)}, True), ({"at": time(10), "number": 1}, False), ({"at": time(14)}, False),
        ({"borough": "Newham"}, True), ({"borough": "Camden"}, True), ({"on": DAY - timedelta(days=1)}, True),
        ({"minutes": 5, "at": time(16)}, True), ({"weeks": 27, "at": time(16)}, True),
    ],
)  # fmt: skip
def test_a_practitioner_is_in_one_place_at_a_time(health, hours, change, refused):
    before = m.Slot.objects.count()
    if not refused:
        assert actions.offer(reader=health, post=health.post, **HOURS | change)
        return
    with pytest.raises(HealthRefused):
        actions.offer(reader=health, post=health.post, **HOURS | change)
    assert m.Slot.objects.count() == before


def test_the_other_practitioner_has_hours_of_their_own(health, hours, reader_of):
    other = reader_of("health_practitioner", DAY, "other")
    assert len(actions.offer(reader=health, post=other.post, **HOURS)) == 6


def test_a_slot_is_for_one_person_and_a_person_in_one_slot_at_a_time(person, person_id, health, hours, reader_of):
    actions.book(reader=health, person=person, slot=hours[0], purpose="assessment", at=NOW)
    other = reader_of("health_practitioner", DAY, "other")
    same = actions.offer(reader=health, post=other.post, **HOURS | {"borough": "Newham"})
    for person_, slot in ((person_id("B"), hours[0]), (person, same[0])):
        with pytest.raises(HealthRefused):
            actions.book(reader=health, person=person_, slot=slot, purpose="direct", at=NOW)
    with pytest.raises(HealthRefused, match="Somebody has"):
        actions.withdraw(reader=health, slot=hours[0])
    with pytest.raises(HealthRefused):
        actions.book(reader=health, person=person, slot=hours[1], purpose="direct", at=hours[1].starts_at)


def test_the_person_s_own_borough_comes_first(person, health, hours, reader_of):
    other = reader_of("health_practitioner", DAY, "other")
    actions.offer(reader=health, post=other.post, **HOURS | {"borough": "Newham", "at": time(10, 30), "weeks": 1})
    free = queries.free(NOW, 28, first=queries.borough_of(person, DAY))
    assert [slot.borough for slot in free] == ["Hackney"] * 6 + ["Newham"] * 3


def test_a_missed_session_waits_until_it_is_booked_again(person, health, hours):
    booked = actions.book(reader=health, person=person, slot=hours[0], purpose="direct", at=NOW)
    after = instant(DAY, time(12))
    with pytest.raises(HealthRefused):
        actions.tell(reader=health, booking=booked, how="missed", reason="ill", at=NOW)  # it has not begun
    with pytest.raises(HealthRefused, match="not said why"):
        actions.tell(reader=health, booking=booked, how="missed", at=after)
    missed = actions.tell(reader=health, booking=booked, how="missed", reason="ill", at=after)
    assert [each.pk for each in queries.to_book_again(health, after, 28)] == [missed.pk]
    again = actions.book_again(reader=health, booking=missed, slot=hours[3], at=after)
    assert (again.purpose, again.person_id, again.state) == ("direct", person, "booked")
    assert not queries.to_book_again(health, after, 28)
    for wrong in (
        lambda: actions.book_again(reader=health, booking=missed, slot=hours[4], at=after),
        lambda: actions.tell(reader=health, booking=missed, how="came", at=after),
    ):
        with pytest.raises(HealthRefused):
            wrong()
    assert m.Booking.objects.count() == 2


def test_a_cancelled_hour_is_free_again_and_then_cannot_have_been_kept(person, person_id, health, hours):
    booked = actions.book(reader=health, person=person, slot=hours[0], purpose="direct", at=NOW)
    actions.tell(reader=health, booking=booked, how="cancelled", reason="work", at=NOW)
    actions.book(reader=health, person=person_id("B"), slot=hours[0], purpose="direct", at=NOW)
    with pytest.raises(HealthRefused):
        actions.tell(reader=health, booking=booked, how="came", at=instant(DAY, time(12)))


def test_today_tells_what_is_on_and_what_nobody_told(person, reader_of, health, hours, monkeypatch):
    actions.book(reader=health, person=person, slot=hours[2], purpose="review", at=NOW)
    assert [(time_in_words(each.at), each.words, each.row) for each in diary(health)] == [("1pm", "Review, Hackney", "clinical")]
    tomorrow = reader_of("health_practitioner", DAY + timedelta(days=1))
    assert [task.kind for task in tasks(tomorrow)] == ["Sessions to say how they went"]


MOVES = st.lists(st.tuples(st.sampled_from(("book", "came", "missed", "cancelled", "again")), st.integers(0, 5)), max_size=10)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(MOVES)
def test_whatever_is_done_no_hour_has_two_and_nobody_two_hours_at_once(person, person_id, health, moves):
    people, at = (person, person_id("B")), NOW
    m_slots = list(m.Slot.objects.order_by("starts_at")) or actions.offer(reader=health, post=health.post, **HOURS)
    later = instant(DAY + timedelta(days=7), time(12, 30))
    for move, place in moves:
        slot = m_slots[place]
        booking = m.Booking.objects.filter(slot=slot).order_by("-pk").first()
        try:
            if move == "book":
                actions.book(reader=health, person=people[place % 2], slot=slot, purpose="direct", at=at)
            elif booking is not None and move == "again":
                actions.book_again(reader=health, booking=booking, slot=m_slots[(place + 1) % 6], at=at)
            elif booking is not None:
                actions.tell(reader=health, booking=booking, how=move, reason="unknown", at=later)
        except HealthRefused:
            continue
    live: dict[int, list[m.Booking]] = {}
    for booking in m.Booking.objects.exclude(state=codes.CANCELLED).select_related("slot"):
        live.setdefault(booking.slot_id, []).append(booking)
    assert all(len(each) == 1 for each in live.values())
    hours: list[tuple[int, datetime]] = [
        (each[0].person_id, each[0].slot.starts_at) for each in live.values() if each[0].state == "booked"
    ]  # fmt: skip
    assert len(hours) == len(set(hours))
