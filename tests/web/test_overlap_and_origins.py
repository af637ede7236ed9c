"""Who had which services, where referrals come from, who is unreferred by team: the numbers, the lists, and who is in neither.

Of the planted world: four people of Hackney with the same five referrals of 20 November 2016, three of them kept from nearly
everybody; one of Camden with another referral.
"""

import csv
import io
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.test import Client
from typer.testing import CliRunner

from tests.web.access.world import DAY, PEOPLE, World
from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.caseload.queries import Cell, Line, caseload
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.reach import only_from
from throughcare.core.pilot import Period, Service
from throughcare.web import burden, unreferred
from throughcare.web.origins import origins_of
from throughcare.web.overlap import overlap_of, services_known
from throughcare.web.unreferred import Placed, by_team, placed_of

pytestmark = pytest.mark.django_db
PERIOD = Period(start=date(2016, 11, 1), end=DAY)
ASKED = "since=2016-11&until=2016-12"
PAIR = "service=mentoring&service=tiger"


@pytest.fixture
def world(planted: World, db, settings) -> World:
    settings.DEMONSTRATION = DAY
    burden._of_month.cache_clear()
    return planted


def get(world: World, role: str, address: str) -> str:
    browser = Client()
    browser.force_login(world.accounts[role], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def rows(text: str) -> dict[tuple[str, str], str]:
    return {(r["id"], r["group"]): r["value"] for r in csv.DictReader(io.StringIO(text))}


def told(*command: str) -> dict[tuple[str, str], str]:
    """What `throughcare measures` says of the period."""
    from throughcare.cli import commands

    asked = ["measures", "--from", f"{PERIOD.start}", "--to", f"{PERIOD.end}", "--format", "csv", *command]
    return rows(CliRunner().invoke(commands, asked).stdout)


def chosen(*slugs: str) -> tuple[Service, ...]:
    return tuple(service for service in current_pilot().services if service.slug in slugs)


def test_the_pages_numbers_are_those_of_the_command(world):
    said = rows(get(world, "pilot_manager", f"/services/overlap/figures.csv?{ASKED}&{PAIR}"))
    measures = told()
    number = len(current_pilot().services)
    tables = {cell: value for cell, value in said.items() if cell[0] in ("overlap.had", "overlap.both")}
    assert len(tables) == number + number * (number - 1) // 2
    assert {cell: measures[cell] for cell in tables} == tables
    assert said["overlap.all", "Mentoring & TIGER"] == measures["overlap.both", "Mentoring & TIGER"] == "4"
    assert said["overlap.order", "Mentoring and TIGER on one day"] == "4"


# role, people in both mentoring and TIGER by the page, and those of them in its list
WHO = [
    ("pilot_manager", 4, set()),
    ("analyst", 4, set()),
    ("iom_coordinator", 1, {"in"}),
    ("senior_officer", 1, {"in"}),
    ("offender_manager", 2, {"in", "named"}),
    ("prison_coordinator", 1, {"in"}),
]


@pytest.mark.parametrize(("role", "number", "listed"), WHO, ids=[each[0] for each in WHO])
def test_who_is_counted_and_who_is_listed(world, role, number, listed):
    """Who is kept from the reader is in neither; the whole pilot's figures name nobody."""
    text = get(world, role, f"/services/overlap/?{ASKED}&{PAIR}")
    assert f"{number} {'person' if number == 1 else 'people'} had both" in text
    assert {who for who in PEOPLE if PEOPLE[who][1] in text} == listed


def test_a_service_that_one_may_not_know_of_is_not_among_those_compared(world):
    """The co-ordinator is not told of mental health: not in the table, the file or by asking; the officer's senior is."""
    reader = world.reader("iom_coordinator")
    assert "mental_health" not in {service.slug for service in services_known(reader)}
    asked = f"{ASKED}&service=mentoring&service=mental_health"
    text = get(world, "iom_coordinator", f"/services/overlap/?{asked}")
    assert "Choose among the services of the list" in text
    assert PEOPLE["in"][1] not in text
    assert "Mental health" not in get(world, "iom_coordinator", f"/services/overlap/figures.csv?{ASKED}")
    assert "Mental health" in get(world, "senior_officer", f"/services/overlap/figures.csv?{ASKED}")


def test_small_numbers_are_withheld_where_those_counted_may_not_all_be_known(world, monkeypatch):
    """An offender manager sees their own people's numbers as they are, as they may see each; were one service of somebody
    kept from them, small numbers would be withheld.
    """
    reader = world.reader("offender_manager")
    known = services_known(reader)
    found = overlap_of(reader, known, chosen("mentoring", "tiger"), PERIOD)
    assert not found.withheld
    monkeypatch.setattr("throughcare.web.overlap._knows_all", lambda reader, services, people: False)
    kept = overlap_of(reader, known, chosen("mentoring", "tiger"), PERIOD)
    assert kept.withheld
    assert [r for r in kept.results if r.value and r.value < current_pilot().smallest_published and r.unit == "people"] == []


def test_what_is_asked_stays_in_the_address_and_one_service_is_refused_with_words(world):
    text = get(world, "pilot_manager", f"/services/overlap/?{ASKED}&{PAIR}")
    assert "figures.csv?since=2016-11&amp;until=2016-12&amp;service=mentoring&amp;service=tiger" in text
    one = get(world, "pilot_manager", "/services/overlap/?service=tiger")
    assert one.count("Choose one more service") == 2
    browser = Client()
    browser.force_login(world.accounts["pilot_manager"], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    assert browser.get("/services/overlap/figures.csv?service=tiger").status_code == 404


def send(world: World, who: str, by: str, service: str = "mentoring", provider: str = "osmani_trust") -> None:
    with recording(by=by, verb="referrals.refer"):
        Referral(person_id=world.people[who], service=service, provider=provider, sent_on=date(2016, 12, 1), sent_by=by).save()


def test_where_a_providers_referrals_come_from(world):
    """One of Hackney in November (three others are kept from the desk); in December one of Camden, sent here by its manager."""
    send(world, "out", "camden-manager as camden-manager")
    send(world, "out", "camden-manager as camden-manager", service="building_bridges", provider="pact")  # another's
    found = origins_of(world.reader("provider_admin"), PERIOD)
    assert found.number() == 2
    assert (found.number(borough="Hackney"), found.number(borough="Hackney", month="2016-11")) == (1, 1)
    assert (found.number(borough="Camden", month="2016-11"), found.number(borough="Camden", month="2016-12")) == (0, 1)
    assert {r.group: r.value for r in found.senders} == {
        "Offender manager, CRC Camden": 1, "Sender not told; supervised by NPS": 1}  # fmt: skip
    pilots = set(current_pilot().boroughs)
    assert set(found.none_from()) == pilots - {"Hackney", "Camden"}
    assert set(found.none_from("2016-12")) == pilots - {"Camden"}


def test_the_page_says_which_boroughs_sent_nobody_and_names_no_person(world):
    send(world, "out", "camden-manager as camden-manager")
    text = get(world, "provider_admin", f"/provider/where-from/?{ASKED}")
    assert "In December 2016 so far, nobody was sent from Enfield, Hackney" in text
    file = get(world, "provider_admin", f"/provider/where-from/figures.csv?{ASKED}")
    assert not [who for who in PEOPLE if PEOPLE[who][1] in text + file]
    assert "Post camden-manager" not in text + file


def test_a_teams_desk_sees_its_own_service_alone(world):
    """The worker's team is mentoring; a referral of the same provider to another service is not its."""
    send(world, "out", "camden-manager as camden-manager", service="right_track")
    assert origins_of(world.reader("provider_worker"), PERIOD).number() == 1
    assert origins_of(world.reader("provider_admin"), PERIOD).number() == 2


def test_a_referral_that_names_no_provider_is_the_only_providers(world):
    """Building Bridges is Pact's alone; one to mentoring could be any of four providers', and is nobody's."""
    desks = ("provider_admin", "provider_worker", "rise-worker", "pact-worker")
    before = {desk: origins_of(world.reader(desk), PERIOD).number() for desk in desks}
    assert (only_from("pact"), only_from("osmani_trust")) == (["building_bridges"], [])
    for service in ("building_bridges", "mentoring"):
        send(world, "in", "camden-manager as camden-manager", service=service, provider="")
    after = {desk: origins_of(world.reader(desk), PERIOD).number() for desk in desks}
    assert after == before | {"pact-worker": before["pact-worker"] + 1}


def test_by_sender_adds_up_to_the_referrals_made(world):
    send(world, "out", "camden-manager as camden-manager")
    measures = told()
    made = sum(int(value) for (slug, _), value in measures.items() if slug == "referrals")
    assert measures["referrals.by_sender", "total"] == str(made)


def line(number: int, *eligible: str) -> Line:
    cells = tuple(Cell(service=service, kind="eligible" if service.slug in eligible else "not_for_them")
                  for service in chosen("mentoring", "tiger"))  # fmt: skip
    return Line(person=number, name=None, manager="", cells=cells, for_nothing=not eligible)


# person, team, worker, eligible for; below, what the table says: people, of them waiting, mentoring, TIGER
PLACED = """
1 North ann mentoring,tiger
2 North ann mentoring
3 North bob -
4 South cyd tiger
5 None  -   tiger
"""
SAYS = {
    ("North", ""): (3, 2, 2, 1), ("North", "ann"): (2, 2, 2, 1), ("North", "bob"): (1, 0, 0, 0),
    ("South", ""): (1, 1, 0, 1), ("South", "cyd"): (1, 1, 0, 1),
    ("No team", ""): (1, 1, 0, 1), ("No team", "Nobody's caseload"): (1, 1, 0, 1),
}  # fmt: skip


def test_the_table_by_team_and_worker():
    mentoring, tiger = chosen("mentoring", "tiger")
    placed = []
    for each in PLACED.strip().splitlines():
        number, team, worker, services = each.split()
        placed.append(Placed(
            line=line(int(number), *services.split(",")), team=unreferred.NO_TEAM if team == "None" else team,
            worker=unreferred.NOBODY if worker == "-" else worker))  # fmt: skip
    found = {(r.team, r.worker): (r.people, r.waiting, r.of(mentoring), r.of(tiger)) for r in by_team(placed)}
    assert found == SAYS
    assert list(found) == list(SAYS)  # nobody's come last


def test_who_is_unreferred_is_whom_the_caseload_says(world):
    """The same people and services as the caseload of the reader; each number leads to its list; nobody kept is in it."""
    reader = world.reader("senior_officer")
    placed, _ = placed_of(reader)
    mine = caseload(reader, pilot=current_pilot())
    waiting = {(each.line.person, service.slug) for each in placed for service in each.waiting}
    assert waiting == {(each.person, cell.service.slug) for each in mine.lines for cell in each.of("eligible")}
    assert {each.line.person for each in placed} == {world.people["in"]}
    assert {(each.team, each.worker) for each in placed} == {("NPS Hackney", "Officer Quillfeather")}
    text = get(world, "senior_officer", "/services/unreferred/?team=NPS+Hackney")
    assert PEOPLE["in"][1] in text
    assert not [who for who in ("bar", "named", "nobody", "out") if PEOPLE[who][1] in text]


def test_the_burden_of_a_role_is_shown_only_of_enough_people(world, monkeypatch):
    assert burden.burden_of(world.reader("offender_manager")) is None
    month = burden._of_month(date(2016, 11, 1))
    assert [r for r in month if r.cases] == []
