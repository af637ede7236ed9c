"""The picture of a person: map and network by keyboard and as the tables have them; the tables alone without JavaScript."""

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import SIZES, Visitor, visiting

pytestmark = pytest.mark.xdist_group("pilot")
LINKED = """
select one.person_id from policing_eventpart one join policing_eventpart other on other.event = one.event
where other.person_id <> one.person_id and other.role = 'arrested' and one.role = 'convicted' and one."on" > '2016-06-01'
  and one.latitude is not null
  and one.person_id in (select person_id from policing_plan) group by one.person_id
order by (select count(*) from policing_eventpart mine where mine.person_id = one.person_id) desc, one.person_id limit 1
"""


@pytest.fixture
def picture(pilot_home: Path) -> str:
    """The address of the picture of somebody with many events and a link."""
    with sqlite3.connect(pilot_home / "throughcare.sqlite3") as store:
        return f"/people/{store.execute(LINKED).fetchone()[0]}/picture/"


def rows(visitor: Visitor, kind: str) -> list[str]:
    return [" ".join(text.split()) for text in visitor.page.locator(f"tr[data-{kind}]").all_inner_texts()]


@pytest.mark.parametrize("size", SIZES)
def test_map_and_network_show_what_the_tables_say_and_hold_at_every_width(
    service: str, browser: Browser, picture: str, size: str
):
    with visiting(browser, service, size=size) as visitor:
        visitor.sign_in("police_researcher").go(picture)
        drawn = {name: visitor.page.locator(f"[data-{name}][data-drawn]") for name in ("map", "network")}
        assert int(drawn["map"].get_attribute("data-drawn") or 0) == len(rows(visitor, "point")) > 0
        assert int(drawn["network"].get_attribute("data-drawn") or 0) == len(rows(visitor, "node")) + 1 > 1
        assert visitor.page.locator("[data-no-picture]:visible").count() == 0
        assert visitor.faults(axe=size != "200% zoom") == []


def test_a_row_is_chosen_by_keyboard_and_said_aloud(service: str, browser: Browser, picture: str):
    with visiting(browser, service) as visitor:
        page = visitor.sign_in("police_researcher").go(picture).page
        for kind, said in (("point", "map-said"), ("node", "network-said")):
            row = page.locator(f"tr[data-{kind}]").first
            button, status = row.locator("[data-show]"), page.locator(f"[data-{said}]")
            button.focus()
            page.keyboard.press("Enter")
            assert button.get_attribute("aria-pressed") == "true"
            assert " is marked: " in status.inner_text() and "1" in status.inner_text()
            assert "tc-chosen" in (row.get_attribute("class") or "")
            page.keyboard.press("Enter")
            assert (button.get_attribute("aria-pressed"), status.inner_text()) == ("false", "")
        page.locator("[data-map]").focus()
        before = page.locator(".ol-scale-line-inner").inner_text()
        for _ in range(3):
            page.keyboard.press("-")
        page.wait_for_function("before => document.querySelector('.ol-scale-line-inner').innerText !== before", arg=before)
        assert visitor.faults() == []


def test_without_javascript_the_tables_alone_say_all_of_it(service: str, browser: Browser, picture: str):
    with visiting(browser, service) as with_script:
        with_script.sign_in("police_researcher").go(picture)
        cookies = with_script.page.context.cookies()
        told = {kind: len(rows(with_script, kind)) for kind in ("point", "node")}
    with visiting(browser, service, script=False) as visitor:
        visitor.page.context.add_cookies(cookies)
        visitor.go(picture)
        assert {kind: len(rows(visitor, kind)) for kind in ("point", "node")} == told
        assert visitor.page.locator("[data-map]:visible, [data-network]:visible, [data-show]:visible").count() == 0
        assert "The map needs JavaScript; the list has all that it shows." in visitor.text


@pytest.mark.parametrize("role", ["offender_manager", "provider_worker", "health_practitioner", "iom_coordinator"])
def test_who_may_not_see_a_plan_finds_no_picture(service: str, browser: Browser, picture: str, role: str):
    with visiting(browser, service) as visitor:
        visitor.sign_in(role)
        for path in (picture, f"{picture}say/", "/picture/outlines.json", "/street-crime/"):
            answer = visitor.page.goto(f"{service}{path}")
            assert answer is not None and answer.status == 404, path
