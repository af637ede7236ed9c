"""Orders: from which sentences, their versions, what each changed; equipment; the hours of a week as they are typed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strands.tagging.made import DAY, FIRST, LAST, NEXT, TAG, at, attendance, curfew, make, order_of, zone
from throughcare.core.times import instant
from throughcare.positions.shapes import ShapeRefused
from throughcare.positions.timetable import Line
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.asked import windows_of_day
from throughcare.strands.tagging.checks.verdict import raw_verdict, verdict
from throughcare.strands.tagging.equipment import actions as equipment
from throughcare.strands.tagging.errors import EquipmentRefused, HoursRefused, OrderRefused
from throughcare.strands.tagging.orders import actions
from throughcare.strands.tagging.orders.hours import hours_in_words, hours_of, hours_typed
from throughcare.strands.tagging.orders.queries import shown_versions, sources, standing, terms_of
from throughcare.strands.tagging.orders.terms import Terms, check_condition, read, written
from throughcare.strands.tagging.queries import dates_of, order_of_tag, orders_at, tags_of, version_at, versions_of
from throughcare.strands.tagging.reach import to_be_made, with_an_order

TERMS = Terms(first=FIRST, last=LAST)


@pytest.mark.parametrize(
    ("letter", "why"), [("A", ""), ("B", ""), ("C", "a tag is a requirement of community or suspended alone"), ("D", None)]
)
def test_an_order_is_made_of_a_requirement_of_a_community_or_suspended_sentence_order(people, person_id, letter, why):
    found = sources(person_id(letter), DAY)
    if why is None:
        assert found == []  # a curfew alone is no requirement of monitoring
    else:
        assert why in found[0].refused
        assert bool(found[0].refused) == bool(why)


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        ("2017-03-13", "2018-03-12", ""),  # the day of the sentence, to the last day of twelve months
        ("2017-03-13", "2018-03-13", "longer than 12 months"),
        ("2017-03-12", "2017-06-01", "begins too early"),
        ("2017-03-20", "2017-03-19", "ends before it begins"),
    ],
)
def test_an_order_lasts_twelve_months_at_most_from_the_sentence_on(people, person_id, officer, first, last, refused):
    told = {"first": date.fromisoformat(first), "last": date.fromisoformat(last)}
    source = sources(person_id("A"), DAY)[0].requirement
    if not refused:
        assert actions.begin(reader=officer(), person=person_id("A"), requirement=source, **told).pk
        return
    with pytest.raises(OrderRefused, match=refused):
        actions.begin(reader=officer(), person=person_id("A"), requirement=source, **told)


def test_no_order_is_made_of_custody_nor_twice_of_one_sentence(people, person_id, officer):
    for letter, said in (("C", "No order can be made of it"), ("A", "There is an order of this sentence")):
        if letter == "A":
            make(officer(), person_id("A"), curfew())
        source = sources(person_id(letter), DAY)[0].requirement
        with pytest.raises(OrderRefused, match=said):
            actions.begin(reader=officer(), person=person_id(letter), requirement=source, first=FIRST, last=LAST)


def varied(officer, order, day: date, *, last: date = LAST, put=(), without=()) -> m.Order:
    reader = replace(officer(), day=day)
    draft = actions.begin_version(reader=reader, order=order, kind="variation", applies=day, last=last)
    for condition in put:
        actions.put(reader=reader, draft=draft, condition=condition)
        draft.refresh_from_db()
    terms = actions.told(draft).terms
    for number in without:
        terms = terms.without(number)
    actions.write(reader=reader, draft=draft, terms=terms)
    draft.refresh_from_db()
    actions.keep(reader=reader, draft=draft, reason="", at=at("10:00", day))
    return order_of(order.pk)


def test_versions_are_kept_and_say_what_each_changed(people, person_id, officer):
    order = make(officer(), person_id("A"), curfew(), zone(1000, 0))
    order = varied(officer, order, DAY, put=[curfew("every day 20:00 to 06:00")], without=[2])
    told = shown_versions(order)
    assert [each.version.kind for each in told] == ["variation", "new"]
    assert told[0].changes == [
        "Changed: Curfew: At home. Now: every day 20:00 to 06:00. Before: every day 19:00 to 07:00",
        "Taken out: Exclusion zone: Zone 2",
    ]
    assert told[1].changes == ["The first version"]
    first, second = versions_of(order)
    assert (version_at(order, at("09:59")), version_at(order, at("10:00"))) == (first, second)  # the day on which it is made
    assert version_at(order, at("00:00", FIRST) - timedelta(seconds=1)) is None
    assert terms_of(order, first).numbered(2) is not None


def test_a_shorter_order_ends_its_conditions_with_it(people, person_id, officer):
    order = varied(officer, make(officer(), person_id("A"), curfew()), DAY, last=date(2017, 9, 30))
    terms = terms_of(order, versions_of(order)[-1])
    assert (terms.last, terms.conditions[0].last) == (date(2017, 9, 30), date(2017, 9, 30))
    assert "Ends on 30 September 2017, before on 19 March 2018" in shown_versions(order)[0].changes


def test_an_order_is_revoked_and_reinstalled(people, person_id, officer):
    order = make(officer(), person_id("A"), curfew())
    with pytest.raises(OrderRefused, match="not said how and why"):
        actions.close(reader=officer(), order=order, kind="revoked", reason="", at=at("12:00"))
    actions.close(reader=officer(), order=order, kind="revoked", reason="By the court", at=at("12:00"))
    order = order_of(order.pk)
    assert (standing(order, at("11:59")), standing(order, at("12:00"))) == ("running", "closed")
    assert dates_of(order) == (at("00:00", FIRST), at("12:00"))
    with pytest.raises(OrderRefused, match="no next version"):
        actions.begin_version(reader=officer(), order=order, kind="variation", applies=NEXT, last=LAST)
    draft = actions.begin_version(reader=officer(), order=order, kind="reinstalled", applies=NEXT, last=LAST)
    actions.keep(reader=officer(), draft=draft, reason="Appeal", at=at("14:00"))
    order = order_of(order.pk)
    assert [o.pk for o in orders_at(NEXT)] == [order.pk]
    assert standing(order, at("00:00", NEXT)) == "running"
    assert [version.kind for version in versions_of(order)] == ["new", "revoked", "reinstalled"]


@pytest.mark.parametrize(
    ("condition", "refused"),
    [
        (replace(curfew(), places=()), "one to three addresses"),
        (replace(curfew(), places=curfew().places * 4), "one to three addresses"),
        (replace(curfew(), places=(replace(curfew().places[0], hours=()),)), "has no hours"),
        (replace(curfew(), places=(replace(curfew().places[0], own_home=False),)), "householder has not agreed"),
        (replace(curfew(), places=(replace(curfew().places[0], latitude=-0.06, longitude=51.5),)), "not in Great Britain"),
        (replace(curfew(), first=FIRST - timedelta(days=1)), "not within the order"),
        (replace(curfew(), name=" "), "has no name"),
        (replace(zone(0, 0), geometry=""), "has no shape"),
        (replace(zone(0, 0), protects="Mr Smith"), "nobody a zone protects"),
        (replace(attendance(), hours=()), "not said when to attend"),
    ],
)
def test_a_condition_that_cannot_be_is_refused(condition, refused):
    with pytest.raises(OrderRefused, match=refused):
        check_condition(condition, TERMS)


@pytest.mark.parametrize(
    "geometry",
    [
        "no JSON", '{"type": "Point", "coordinates": [-0.06, 51.55]}',
        '{"type": "Polygon", "coordinates": [[[0, 51], [0.1, 51.1], [0.1, 51], [0, 51.1], [0, 51]]]}',
        '{"type": "Polygon", "coordinates": [[[51, 0], [51.1, 0], [51.1, 0.1], [51, 0]]]}',
    ],
    ids=["no json", "a point without a radius", "edges that cross", "latitude first"],
)  # fmt: skip
def test_a_shape_that_is_none_is_refused(geometry):
    with pytest.raises(ShapeRefused):
        check_condition(replace(zone(0, 0), geometry=geometry), TERMS)


def test_terms_are_read_as_they_were_written():
    terms = Terms(first=FIRST, last=LAST, conditions=(curfew(), zone(10, 10, protects="victim", hours="Mon 9-5pm"), attendance()))
    assert read(written(terms)) == terms


def test_a_tag_is_on_one_leg_and_a_leg_has_one_tag(people, person_id, officer):
    a, b = make(officer(), person_id("A"), curfew()), make(officer(), person_id("B"), curfew(), tag="")
    for order, tag, said in ((b, TAG, "That tag is on somebody"), (a, "GPS-9", "The person has a tag")):
        with pytest.raises(EquipmentRefused, match=said):
            equipment.fit(reader=officer(), order=order, tag=tag, fitted_at=at("10:00"), at=at("11:00"))
    with pytest.raises(EquipmentRefused, match="not been fitted yet"):
        equipment.fit(reader=officer(), order=b, tag="GPS-9", fitted_at=at("12:00"), at=at("11:00"))
    equipment.remove(reader=officer(), fitting=a.fittings.get(), removed_at=at("10:00"), why="faulty", at=at("11:00"))
    equipment.fit(reader=officer(), order=b, tag=TAG, fitted_at=at("10:00"), at=at("11:00"))
    assert (order_of_tag(TAG, at("09:59")).pk, order_of_tag(TAG, at("10:00")).pk) == (a.pk, b.pk)
    assert order_of_tag("GPS-0", at("10:00")) is None
    (worn,) = tags_of(order_of(a.pk), at("00:00"), at("+1 00:00"))
    assert (worn.start, worn.end) == (at("00:00"), at("10:00"))


def test_a_householder_who_no_longer_agrees_is_kept_beside_the_order(people, person_id, officer):
    home = replace(curfew().places[0], own_home=False, householder="Mrs Ames", agreed_on=date(2017, 3, 15))
    order = make(officer(), person_id("A"), replace(curfew(), places=(home,)))
    actions.withdraw_consent(reader=officer(), order=order, address="1 Home Street", on=DAY)
    with pytest.raises(OrderRefused, match="Nobody agrees"):
        actions.withdraw_consent(reader=officer(), order=order, address="1 Home Street", on=DAY)
    assert list(order.consents.order_by("pk").values_list("answer", "householder")) == [
        ("given", "Mrs Ames"), ("withdrawn", "Mrs Ames"),
    ]  # fmt: skip


def test_a_monitoring_officer_reaches_orders_and_those_to_be_made_and_nobody_else(people, person_id, officer):
    def reached(day: date) -> set[str]:
        found = {row.person_id for query in (with_an_order, to_be_made) for row in query((), day)}
        return {letter for letter in "ABCD" if person_id(letter) in found}

    assert reached(DAY) == {"A", "B", "C"}  # of C none can be made, and the officer is told why
    make(officer(), person_id("A"), curfew())
    assert reached(date(2018, 4, 30)) == {"A"}
    over = LAST + timedelta(days=366)
    assert reached(over) == set()  # a year after its end


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Monday to Friday 19:00 to 07:00", ["Monday to Friday 19:00 to 07:00"]),
        ("sat, sun 8pm-8am", ["Saturday to Sunday 20:00 to 08:00"]),
        ("every day 20.00 to 6am\n\nWed 9 to 17", ["every day 20:00 to 06:00", "Wednesday 09:00 to 17:00"]),
        ("Fri to Mon 1900-0700", ["Monday, Friday to Sunday 19:00 to 07:00"]),
        ("Tuesdays and Thursdays 10-12", ["Tuesday, Thursday 10:00 to 12:00"]),
        ("Mon 12am to 12pm", ["Monday 00:00 to 12:00"]),
        ("", []),
    ],
)
def test_hours_of_the_week_are_typed_as_people_say_them(typed, said):
    assert sorted(hours_in_words(hours_of(typed))) == sorted(said)


UNREAD = ("at night", "Monday 25:00 to 07:00", "Funday 10 to 12", "Monday 10", "Mon 13pm to 2", "10 to 12")


@pytest.mark.parametrize("typed", UNREAD)
def test_hours_that_cannot_be_read_are_refused_by_line(typed):
    with pytest.raises(HoursRefused, match="Line 2 is no day with hours"):
        hours_of(f"Monday 10 to 12\n{typed}")


TIMES = st.times().map(lambda told: told.replace(second=0, microsecond=0))
LINES = st.builds(Line, weekday=st.integers(0, 6), start=TIMES, end=TIMES)


@given(st.sets(LINES, max_size=8))
def test_hours_are_read_again_as_they_are_shown(lines):
    assert set(hours_of(hours_typed(tuple(lines)))) == lines


@given(lines=st.lists(LINES, min_size=1, max_size=6), opens=st.integers(0, 20 * 24), hours=st.integers(1, 20 * 24))
def test_every_instant_of_a_curfew_belongs_to_just_one_day(lines, opens, hours):
    """Over the night in March on which the clocks change too, and wherever the order begins and ends."""
    from throughcare.positions.timetable import windows

    start = instant(date(2017, 3, 17), time(0)) + timedelta(hours=opens)
    force = (start, start + timedelta(hours=hours))
    days = [date(2017, 3, 15) + timedelta(days=n) for n in range(50)]
    whole = windows(lines, opens=force[0], closes=force[1], first=days[0], last=days[-1])
    parts = [span for day in days for span in windows_of_day(lines, force, day)]
    assert _joined(parts) == _joined(whole)


def _joined(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    from throughcare.positions.timetable import joined

    return joined(spans)


class Told:
    def __init__(self, kind: str, minutes: int = 0, explained: str = "") -> None:
        self.kind, self.explained = kind, explained
        self.starts_at, self.ends_at = at("10:00"), at("10:00") + timedelta(minutes=minutes)


# What was found, its decision ("": none), as the day stands: before anybody decides, and now.
DAYS = (
    ([], "kept", "kept"),
    ([(Told("curfew_out"), "")], "broken", "looked_at"),
    ([(Told("curfew_out"), "warning")], "broken", "broken"),
    ([(Told("curfew_out"), "accepted")], "broken", "kept"),
    ([(Told("curfew_out", explained="Hospital"), "")], "kept", "kept"),
    ([(Told("curfew_out"), "data_fault"), (Told("zone_entered"), "")], "broken", "looked_at"),
    ([(Told("curfew_uncertain"), "")], "not_told", "not_told"),
    ([(Told("curfew_uncertain"), "accepted")], "not_told", "kept"),
    ([(Told("silent", 60), "")], "kept", "kept"),
    ([(Told("silent", 61), "")], "not_told", "not_told"),
    ([(Told("silent", 40), ""), (Told("silent_near_victim", 30), "")], "not_told", "not_told"),
    ([(Told("near_victim"), "")], "kept", "kept"),
    ([(Told("curfew_out"), "accepted"), (Told("no_tag"), "")], "broken", "not_told"),
)


@pytest.mark.parametrize(("told", "raw", "now"), DAYS)
def test_how_a_day_stands(told, raw, now):
    found = [each for each, _ in told]
    assert raw_verdict(found, over=True) == raw
    assert verdict(raw, told) == now


def test_while_a_day_goes_on_only_a_breach_is_certain():
    assert raw_verdict([Told("curfew_uncertain")], over=False) == "open"
    assert raw_verdict([Told("curfew_out")], over=False) == "broken"
