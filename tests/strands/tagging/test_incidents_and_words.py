"""Incidents by harm, who has them and what is said of a silent feed; what others are told, and what is counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings as real
from django.test import Client

from tests.strands.conftest import figures_of
from tests.strands.tagging.made import DAY, NEXT, TAG, at, curfew, events, looked, make, order_of, sent, stay, zone
from throughcare.casework.access import actions as access
from throughcare.casework.notices.models import Notice
from throughcare.core.pilot import Period
from throughcare.registry.parts import held_about, timeline
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.actions import review
from throughcare.strands.tagging.checks.queries import days_of
from throughcare.strands.tagging.crimes import record as of_crimes
from throughcare.strands.tagging.desk.queries import compliance
from throughcare.strands.tagging.equipment import actions as equipment
from throughcare.strands.tagging.errors import IncidentRefused
from throughcare.strands.tagging.incidents import actions, queries
from throughcare.strands.tagging.measures import MEASURES
from throughcare.strands.tagging.orders.actions import withdraw_consent
from throughcare.strands.tagging.record import TABLES
from throughcare.strands.tagging.tasks import tasks

NIGHT = at("+1 03:30")
MARCH = Period(start=date(2017, 3, 20), end=date(2017, 4, 1))


@pytest.fixture
def orders(people, person_id, officer, home, load):
    """A left home in the night and B, later, cannot be told from being in a victim's zone; B's tag was tampered with besides."""
    a = make(officer(), person_id("A"), curfew(first=DAY), first=DAY)
    b = make(officer(), person_id("B"), zone(1000, 0, protects="victim", first=DAY), tag="GPS-2", first=DAY)
    load({"tag-events": events(("03:10", "tampered"), tag="GPS-2", day=NEXT)})
    sent(home, [*stay(at("00:00"), at("+1 02:10")), *stay(at("+1 02:10"), at("+1 06:00"), 600),
                *stay(at("00:00"), at("+1 03:20"), tag="GPS-2"),
                *stay(at("+1 03:20"), at("+1 04:00"), 895, tag="GPS-2")])  # fmt: skip
    return a, b


def board(officer, when):
    return queries.board(officer(NEXT), when)


def test_incidents_stand_by_harm_and_group_what_is_found_of_an_order(orders, officer):
    actions.watch("worker", NIGHT)
    told = board(officer, NIGHT)
    assert [(each.incident.order_id, each.incident.harm, each.incident.kind) for each in told] == [
        (orders[1].pk, 1, "near_victim"), (orders[0].pk, 2, "curfew_out"),
    ]  # fmt: skip
    assert [each.finding.kind for each in told[0].findings] == ["tampered", "near_victim"]
    assert told[0].heard[0].mechanism == "GPS"
    actions.watch("worker", NIGHT + timedelta(minutes=5))
    assert m.Incident.objects.count() == 2


def test_an_incident_is_taken_worked_handed_over_closed_and_opened_again(orders, officer):
    actions.watch("worker", NIGHT)
    first, second = officer(NEXT), officer(NEXT, "second")
    incident = m.Incident.objects.get(order=orders[0])
    with pytest.raises(IncidentRefused, match="Nobody has it yet"):
        actions.close(reader=first, incident=incident, outcome="explained", text="Bus", at=NIGHT)
    actions.take(reader=first, incident=incident, at=NIGHT)
    with pytest.raises(IncidentRefused, match="You have it"):
        actions.take(reader=first, incident=incident, at=NIGHT)
    actions.say(reader=first, incident=incident, step="called", text="He is on the bus", at=NIGHT)
    with pytest.raises(IncidentRefused, match="not yours"):
        actions.hand_over(reader=second, incidents=[incident], to=first.account, at=NIGHT)
    assert actions.hand_over(reader=first, incidents=[incident], to=second.account, at=NIGHT) == 1
    actions.close(reader=second, incident=incident, outcome="explained", text="Bus", at=NIGHT)
    with pytest.raises(IncidentRefused, match="It is closed"):
        actions.say(reader=second, incident=incident, step="noted", text="More", at=NIGHT)
    actions.reopen(reader=second, incident=incident, at=NIGHT)
    steps = list(m.IncidentStep.objects.filter(incident=incident).order_by("pk").values_list("step", flat=True))
    assert steps == ["raised", "taken", "called", "handed_over", "closed", "reopened"]


def test_what_nobody_takes_in_time_is_told_to_others_once(orders, officer, person_id):
    officer(NEXT)
    manager = access.make_post(by="test", slug="manager", title="Manager", role="offender_manager", agency="CRC", code="C1")
    access.allocate(by="test", person=person_id("B"), post=manager, on=DAY)
    actions.watch("worker", NIGHT)
    actions.watch("worker", NIGHT + timedelta(minutes=4))
    assert m.Incident.objects.exclude(escalated_at=None).count() == 0
    for minutes in (5, 6, 7):
        actions.watch("worker", NIGHT + timedelta(minutes=minutes))
    late = m.Incident.objects.exclude(escalated_at=None).get()
    assert late.order == orders[1]
    told = list(Notice.objects.values_list("post__slug", "row"))
    assert sorted(told) == [("manager", "tag_compliance"), ("monitoring", "tag_positions")]


@pytest.mark.parametrize(
    ("when", "stopped", "quiet"), [("+1 03:30", False, 0), ("+1 04:10", False, 0), ("+1 04:30", False, 1), ("+1 06:30", True, 2)]
)
def test_a_feed_that_stops_is_said_so(orders, officer, settings, when, stopped, quiet):
    state = queries.feed_state(officer(NEXT), at(when))
    assert (state.tags, state.stopped, state.quiet) == (2, stopped, quiet)


def test_the_board_says_no_positions_and_never_no_alerts(people, person_id, officer, home, settings):
    settings.DEMONSTRATION, settings.ALLOWED_HOSTS = NEXT, ["testserver"]
    make(officer(), person_id("A"), curfew(first=DAY), first=DAY)
    sent(home, stay(at("00:00"), at("+1 01:41")))
    client = Client()
    client.force_login(officer(NEXT).account, backend=real.AUTHENTICATION_BACKENDS[-1])
    page = client.get("/incidents/").content.decode()
    assert "No positions since 23 March 2017 at 01:40." in page
    assert "No incident is open" not in page and "no alerts" not in page.lower()


def test_what_a_manager_is_told_has_no_hour_and_no_place(orders, officer, person_id):
    looked(orders[0], DAY, at("+1 09:00"))
    finding = m.Finding.objects.get(order=orders[0], kind="curfew_early")
    days = days_of(order_of(orders[0].pk))
    assert [day.verdict for day in days] == ["looked_at"]
    review(reader=officer(NEXT), finding=finding, decision="court", reason="Third time", at=at("+1 09:30"))
    told = compliance(days_of(order_of(orders[0].pk)))
    assert (told.kept, told.broken, told.judged, len(told.breaches)) == (0, 1, 1, 1)
    words = [entry.words for entry in timeline(person_id("A")) if entry.row == "tag_compliance"]
    assert words == ["Breach of the order with a tag: left before the curfew ended, back to court"]
    kinds = {task.kind for task in tasks(officer(NEXT))}
    assert "Findings to be decided of" not in {t.kind for t in tasks(officer(NEXT)) if t.person == person_id("A")}, kinds


def test_the_manager_is_told_of_a_reviewed_breach_on_today(orders, officer, person_id, reader_of):
    looked(orders[0], DAY, at("+1 09:00"))
    manager = reader_of("offender_manager", NEXT, agency="CRC", code="C1", office="CRC Hackney")
    access.allocate(by="test", person=person_id("A"), post=manager.post, on=DAY)
    assert list(tasks(manager)) == []  # what waits for a decision is for nobody but the monitoring centre
    finding = m.Finding.objects.get(order=orders[0], kind="curfew_early")
    review(reader=officer(NEXT), finding=finding, decision="court", reason="Third time", at=at("+1 09:30"))
    assert [task.words for task in tasks(manager)] == ["Left before the curfew ended on 22 March 2017: back to court"]


def test_every_table_is_told_to_the_person_it_is_about(orders, officer, person_id, load):
    order = order_of(orders[0].pk)
    load({"tag-events": events(("+1 03:10", "battery_low"))})
    hours = {"starts_at": at("10:00"), "ends_at": at("12:00"), "at": at("09:00")}
    equipment.expect(reader=officer(), order=order, why="court", text="", **hours)
    equipment.note(reader=officer(), order=order, kind="call", text="Rang", at=at("09:00"))
    actions.watch("worker", NIGHT)
    incident = m.Incident.objects.get(order=order)
    actions.take(reader=officer(NEXT), incident=incident, at=NIGHT)
    review(reader=officer(NEXT), finding=incident.findings.first(), decision="accepted", reason="Bus", at=NIGHT)
    held = held_about(person_id("A"))["tagging"]
    empty = {table for table, rows in held.items() if not rows}
    assert empty - set(of_crimes.held_about(person_id("A"))) == {"householders of an order"}, "crimes have their own tests"
    told = {model for model, _ in TABLES.values()}
    own = {getattr(m, name) for name in m.__all__} - {m.TagEvent, m.DeadSpot}
    about_people = {model for model in own if not model.__module__.endswith((".crimes", ".positions"))}
    assert about_people - told == set()


def test_what_is_counted(orders, officer):
    for order in orders:
        looked(order, DAY, at("+1 09:00"))
    finding = m.Finding.objects.get(order=orders[0], kind="curfew_early")
    assert figures_of(MEASURES, "tag.days_kept", MARCH) == {"total": 100}  # A's day is not judged while its breach waits
    review(reader=officer(NEXT), finding=finding, decision="warning", reason="Late", at=at("+1 11:00"))
    actions.raise_incidents(by="test", orders=[order_of(o.pk) for o in orders], at=NIGHT)
    figures = {slug: figures_of(MEASURES, f"tag.{slug}", MARCH) for slug in
               ("tagged", "days_monitored", "days_kept", "breaches", "reviewed_in")}  # fmt: skip
    assert figures["tagged"] == {"total": 2}
    assert figures["days_monitored"] == {"total": 2}
    assert figures["days_kept"] == {"total": 50}
    assert figures["breaches"]["Left before the curfew ended"] == figures["breaches"]["total"] == 1
    assert figures["reviewed_in"] == {"total": 2}


def test_the_tag_that_moves_to_somebody_else_takes_its_fixes_along_from_then_on(people, person_id, officer, home):
    a = make(officer(), person_id("A"), zone(600, 0, first=DAY), first=DAY)
    b = make(officer(), person_id("B"), zone(600, 0, first=DAY), tag="", first=DAY)
    worn = a.fittings.get()
    later = replace(officer(), day=DAY)
    equipment.remove(reader=later, fitting=worn, removed_at=at("12:00"), why="faulty", at=at("13:00"))
    equipment.fit(reader=later, order=b, tag=TAG, fitted_at=at("12:30"), at=at("13:00"))
    sent(home, [*stay(at("00:00"), at("12:10")), *stay(at("12:10"), at("12:20"), 600), *stay(at("12:20"), at("14:00")),
                *stay(at("14:00"), at("14:30"), 600), *stay(at("14:30"), at("+1 00:00"))])  # fmt: skip
    looked([a, b], DAY, at("+1 09:00"))
    entered = list(m.Finding.objects.filter(kind="zone_entered").values_list("order", "starts_at"))
    assert entered == [(b.pk, at("14:00"))]  # at 12:10 it was on nobody


def test_a_householder_who_no_longer_agrees_is_told_on_today(people, person_id, officer):
    home = replace(curfew().places[0], own_home=False, householder="Mrs Ames", agreed_on=date(2017, 3, 15))
    order = make(officer(), person_id("A"), replace(curfew(), places=(home,)))
    assert not [task for task in tasks(officer()) if task.kind == "Householders who no longer agree"]
    withdraw_consent(reader=officer(), order=order, address="1 Home Street", on=DAY)
    (told,) = [task for task in tasks(officer()) if task.kind == "Householders who no longer agree"]
    assert told.words == "Nobody agrees any more to a curfew at 1 Home Street"


def test_what_waits_for_the_monitoring_centre(people, person_id, officer):
    """B's requirement has no order yet; A's order runs and no tag is fitted."""
    make(officer(), person_id("A"), curfew(), tag="")
    told = {(task.kind, task.person) for task in tasks(officer())}
    assert told == {("Orders to be made", person_id("B")), ("Tags to be fitted", person_id("A"))}
