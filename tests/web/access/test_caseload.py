"""My people beside the services: who is eligible and not referred, what is put off until when, what waits, who is kept out."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.web.access.asking import Session, ask
from tests.web.access.world import DAY, PEOPLE
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.caseload.queries import caseload
from throughcare.web import burden
from throughcare.web.today import waiting_for
from throughcare.web.unreferred import placed_of

PAGE, UNREFERRED = "/services/caseload/", "/services/unreferred/?team=NPS+Hackney"


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def on(world, day: date, role: str = "offender_manager"):
    return replace(world.reader(role), day=day, _asked={})


def cells(world, day: date = DAY) -> dict[str, str]:
    """By service, how the manager's one ordinary person stands to it."""
    (line,) = [each for each in caseload(on(world, day), pilot=current_pilot()).lines if each.person == world.people["in"]]
    return {cell.service.slug: cell.kind for cell in line.cells}


def test_who_is_eligible_and_not_referred(world):
    """A young man in prison, with four open referrals; the fifth service that takes some is for women, and is no column."""
    assert cells(world) == {
        "mentoring": "referred", "tiger": "referred", "mental_health": "referred", "employment": "referred",
        "personalised_budget": "referred", "building_bridges": "eligible", "right_track": "eligible",
    }  # fmt: skip
    text = ask(world.reader("offender_manager"), PAGE).text
    assert f"/people/{world.people['in']}/refer/?service=building_bridges" in text
    assert "Building Bridges 2" in words(text)  # the person in and the one restricted to the manager


def test_not_now_comes_back_on_its_day(world):
    """Asked again in nine days: until the evening before it is put off, on the day it is eligible again, on every page."""
    person, again = world.people["in"], DAY + timedelta(days=9)
    to = f"/people/{person}/services/building_bridges/not-now/"
    sent = {"reason": "other_need_first", "note": "", "until": f"{again:%-d/%-m/%Y}"}
    assert ask(world.reader("offender_manager"), to, "post", sent).status == 302
    stands = {ahead: cells(world, DAY + timedelta(days=ahead))["building_bridges"] for ahead in (0, 8, 9, 30)}
    assert stands == {0: "put_off", 8: "put_off", 9: "eligible", 30: "eligible"}
    assert "until 16 December 2016" in words(ask(world.reader("offender_manager"), PAGE).text)
    assert "until 16 December 2016" not in words(ask(on(world, again), PAGE).text)
    for day, waits in ((DAY, False), (again, True)):
        placed, _ = placed_of(on(world, day, "senior_officer"))
        (mine,) = [each for each in placed if each.line.person == person]
        assert ("building_bridges" in [service.slug for service in mine.waiting]) == waits
    tab = words(ask(world.reader("offender_manager"), f"/people/{person}/services/").text)
    assert "Asked about again on Friday 16 December 2016. Another need comes first" in tab


def test_not_now_without_a_reason_or_a_day_is_refused_at_its_field(world):
    to = f"/people/{world.people['in']}/services/building_bridges/not-now/"
    text = ask(world.reader("offender_manager"), to, "post", {"reason": "", "until": "1/1/2010"}).text
    assert "There is a problem" in text and cells(world)["building_bridges"] == "eligible"


@pytest.mark.parametrize("role", ["offender_manager", "senior_officer", "iom_coordinator", "prison_coordinator"])
def test_the_things_that_wait_are_those_of_today(world, role, as_):
    """Before Today was opened the page says where they are, and afterwards how many there were."""
    browser, reader = as_(role), world.reader(role)
    assert "What waits for you is on Today" in words(browser.get(PAGE).content.decode())
    browser.get("/")
    tasks = waiting_for(reader)
    now = len([task for task in tasks if task.harm <= 2 and not task.waiting])
    things = "1 thing" if len(tasks) == 1 else f"{len(tasks)} things"
    assert f"{things} waited for you , {now} for now, when you last opened Today" in words(browser.get(PAGE).content.decode())


def test_a_count_of_another_day_or_post_is_not_told(world, monkeypatch):
    kept = Session({"waited": {"for": ["2016-12-06", world.posts["offender_manager"].pk], "total": 77, "now": 7}})
    monkeypatch.setattr("tests.web.access.asking.Session", lambda: kept)
    assert "77 things" not in ask(world.reader("offender_manager"), PAGE).text
    kept["waited"]["for"][0] = f"{DAY}"
    assert "77 things" in ask(world.reader("offender_manager"), PAGE).text
    assert "77 things" not in ask(world.reader("senior_officer"), PAGE).text


# role, and whom it finds on the caseload and among the unreferred: never who is barred, or restricted to others
FOUND = [("offender_manager", {"in", "named"}), ("senior_officer", {"in"}), ("iom_coordinator", {"in"})]


@pytest.mark.parametrize(("role", "found"), FOUND)
def test_who_is_kept_from_the_reader_is_on_neither_page_nor_in_their_numbers(world, role, found):
    reader = world.reader(role)
    pages = [PAGE, UNREFERRED] if role != "offender_manager" else [PAGE]
    for page in pages:
        text = ask(reader, page).text
        assert {who for who in PEOPLE if PEOPLE[who][1] in text} == found, page
    mine = caseload(reader, pilot=current_pilot())
    assert {line.person for line in mine.lines} == {world.people[who] for who in found}
    assert mine.unreferred(mine.lines)["building_bridges"] == len(found)
    text = words(ask(reader, PAGE).text)
    assert f"{len(found)} {'person' if len(found) == 1 else 'people'}, by name" in text


def test_the_unreferred_page_is_not_the_managers(world):
    assert ask(world.reader("offender_manager"), UNREFERRED).status == 404


def test_the_burden_is_told_as_a_number_of_the_role_together(world, monkeypatch):
    told = burden.Burden(role="Offender manager", month=date(2016, 11, 1), records=412, minutes=Decimal("37"))
    monkeypatch.setattr("throughcare.web.services.burden_of", lambda reader: told)
    text = words(ask(world.reader("offender_manager"), PAGE).text)
    assert "Offender managers in November 2016: 412 records kept by all of them together" in text
    assert "; 37 active minutes on a day of use" in text
