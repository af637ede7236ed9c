"""A manager refers a person to three services in three screens, and what was struck out the provider does not see."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import Visitor, visiting

pytestmark = pytest.mark.xdist_group("pilot")
THREE = ("mentoring", "building_bridges", "tiger")


def fitting(visitor: Visitor) -> str:
    """The referral page of the first of the manager's people whom all three services fit."""
    visitor.go("/people/")
    people = [str(link.get_attribute("href")) for link in visitor.page.locator("main a[href^='/people/']").all()]
    for person in dict.fromkeys(urlsplit(link).path for link in people if re.fullmatch(r"/people/\d+/", urlsplit(link).path)):
        visitor.go(f"{person}refer/")
        if all(visitor.page.locator(f"[name=to][value={service}]").count() for service in THREE):
            return person
    raise AssertionError("nobody of the manager's fits the three services: choose others")


@pytest.mark.parametrize(("size", "script"), [("desktop", True), ("phone", False)])
def test_three_services_in_three_screens_and_a_strike_out_that_holds(service: str, browser: Browser, size: str, script: bool):
    with visiting(browser, service, size=size, script=script) as visitor:
        visitor.sign_in("offender_manager")
        person, page = fitting(visitor), visitor.page
        for each in THREE:
            page.check(f"[name=to][value={each}]")
        assert visitor.faults(axe=script) == []
        visitor.press("Go on")  # the second screen
        postcode = re.search(r"\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b", visitor.text)
        assert postcode
        page.select_option("[name=mentoring-provider]", "osmani_trust")
        page.check("[name=mentoring-strike-address]")
        page.fill("[name=mentoring-note]", "Best in the mornings")
        page.check("[name=agreement][value=agreed]")
        assert visitor.faults(axe=script) == []
        visitor.press("Go on")  # the third
        assert "Struck out: address and borough" in visitor.text
        page.locator("main button[name=send]").click()
        page.wait_for_load_state()
        assert "Sent to Mentoring (Osmani Trust); Building Bridges (Pact); TIGER (Rise Mutual)" in visitor.told
        assert "to acknowledge by" in visitor.told
        visitor.press("Mentoring")
        assert "Best in the mornings" in visitor.text
        assert "Struck out" in visitor.text
        assert postcode.group() in visitor.go(f"{person}timeline/").text + visitor.go(f"{person}refer/?to=mental_health").text
    with visiting(browser, service) as worker:
        worker.sign_in("provider_worker")
        for tab in ("", "timeline/", "services/"):
            told = worker.go(f"{person}{tab}").text
            assert postcode.group() not in told
            assert "Struck out" not in told
