"""A manager refers a person to three services in three screens, and what was struck out the provider does not see; one that is
declined is sent again, or to another provider, and both sides see the same.
"""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import Visitor, visiting

pytestmark = pytest.mark.xdist_group("pilot")
THREE = ("mentoring", "building_bridges", "tiger")


def fitting(visitor: Visitor, *services: str) -> str:
    """The page of the first of the manager's people whom all these services fit."""
    visitor.go("/people/")
    people = [str(link.get_attribute("href")) for link in visitor.page.locator("main a[href^='/people/']").all()]
    for person in dict.fromkeys(urlsplit(link).path for link in people if re.fullmatch(r"/people/\d+/", urlsplit(link).path)):
        visitor.go(f"{person}refer/")
        if all(visitor.page.locator(f"[name=to][value={service}]").count() for service in services):
            return person
    raise AssertionError("nobody of the manager's fits these services: choose others")


@pytest.mark.parametrize(("size", "script"), [("desktop", True), ("phone", False)])
def test_three_services_in_three_screens_and_a_strike_out_that_holds(service: str, browser: Browser, size: str, script: bool):
    with visiting(browser, service, size=size, script=script) as visitor:
        visitor.sign_in("offender_manager")
        person, page = fitting(visitor, *THREE), visitor.page
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


def refer_to_mentoring(visitor: Visitor, person: str, provider: str) -> None:
    page = visitor.go(f"{person}refer/?to=mentoring").page
    page.select_option("[name=mentoring-provider]", provider)
    page.check("[name=agreement][value=agreed]")
    visitor.press("Go on")
    page.locator("main button[name=send]").click()
    assert "Sent to Mentoring" in visitor.told


def move(visitor: Visitor, referral: str, button: str, reason: str) -> None:
    """Makes a move of a referral, for a coded reason: without one it is refused, and it is shown before it is sent."""
    page = visitor.go(referral).press(button).press(button).page
    assert "There is a problem" in visitor.text
    assert visitor.faults(axe=False) == []
    page.check(f"[name=reason][value={reason}]")
    visitor.press(button)
    assert "Check before you send" in visitor.text
    page.get_by_role("button", name=button).click()


def mentoring_of(visitor: Visitor, person: str) -> str:
    """The address of the person's latest referral to mentoring, and its words on the list of services."""
    links = visitor.go(f"{person}services/").page.locator("main a[href^='/referrals/']:has-text('Mentoring')")
    return urlsplit(str(links.first.get_attribute("href"))).path


def test_a_declined_referral_is_sent_again_and_both_sides_see_it(service: str, browser: Browser):
    with visiting(browser, service) as manager, visiting(browser, service) as worker:
        manager.sign_in("offender_manager")
        worker.sign_in("provider_worker")
        person = fitting(manager, "mentoring")
        refer_to_mentoring(manager, person, "osmani_trust")
        referral = mentoring_of(worker, person)
        assert referral == mentoring_of(manager, person)
        move(worker, referral, "Decline", "no_capacity")
        assert "is declined" in worker.told
        for each in (manager, worker):
            assert "Declined" in each.go(referral).text and "No place is free" in each.text
            assert "Declined" in each.go(f"{person}services/").text
        assert worker.go(referral).page.locator("main a:has-text('Send again')").count() == 0  # that is the sender's
        move(manager, referral, "Send again", "facts_changed")
        for each in (manager, worker):
            text = each.go(referral).text
            assert "The provider has not answered yet" in text
            assert "No place is free" in text and "What stood in the way has changed" in text
        assert worker.go("/provider/").page.locator(f"main a[href^='{referral}']").count()
        worker.go(referral).press("Accept").press("Accept")
        worker.page.get_by_role("button", name="Accept").click()
        assert "Accepted" in manager.go(f"{person}services/").text


def test_a_declined_referral_goes_to_another_provider_and_the_first_sees_nothing_of_it(service: str, browser: Browser):
    with visiting(browser, service) as manager, visiting(browser, service) as worker:
        manager.sign_in("offender_manager")
        worker.sign_in("provider_worker")
        person = fitting(manager, "mentoring")
        refer_to_mentoring(manager, person, "osmani_trust")
        first = mentoring_of(worker, person)
        move(worker, first, "Decline", "risk_not_manageable")
        refer_to_mentoring(manager, person, "caring_for_ex_offenders")
        second = mentoring_of(manager, person)
        assert second != first
        assert "The risk cannot be managed there" in manager.go(first).text
        assert "Caring for Ex-offenders" in manager.go(second).text
        assert mentoring_of(worker, person) == first
        seen = worker.go(f"{person}services/").text + worker.go(f"{person}timeline/").text + worker.go("/provider/").text
        assert "Caring for Ex-offenders" not in seen
        answer = worker.page.goto(f"{worker.address}{second}")
        assert answer is not None and answer.status == 404
