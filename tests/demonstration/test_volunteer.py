"""A volunteer on a telephone: from signing in to a session on record in four taps, with nothing typed."""

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import visiting

pytestmark = pytest.mark.xdist_group("pilot")
TAPS, TYPED = 4, 0
"""The button that signs in, today's meeting, "We met", "Keep it"."""


@pytest.mark.parametrize("script", [True, False])
def test_a_session_is_recorded_in_four_taps_and_nothing_typed(service: str, browser: Browser, script: bool):
    with visiting(browser, service, size="phone", script=script) as visitor:
        visitor.sign_in("volunteer")
        taps, page = 1, visitor.page
        page.locator("main a[href^='/meetings/']:not(.govuk-button)").first.click()
        taps += 1
        assert "Meeting safely" in visitor.text
        assert visitor.faults(axe=script) == []
        must = page.locator("main form:has([name=how]) :is(input, textarea)[required]").count()
        assert must == TYPED
        page.get_by_label("We met").check()
        taps += 1
        visitor.press("Keep it")
        taps += 1
        assert "Thank you, it is kept" in visitor.told
        assert "Met" in visitor.text
        assert taps == TAPS
        visitor.press("Take it back")
        assert "the meeting is planned again" in visitor.told


def test_a_volunteer_sees_the_people_matched_with_them_and_no_other(service: str, browser: Browser):
    with visiting(browser, service, size="phone") as visitor:
        visitor.sign_in("volunteer")
        for path in ("/people/", "/meetings/", "/contact/"):
            assert visitor.go(path).faults() == []
        visitor.go("/people/")
        links = {link.get_attribute("href") for link in visitor.page.locator("main a[href^='/people/']").all()}
        people = {str(href).split("/")[2].partition("?")[0] for href in links}
        mine = {number for number in people if number.isdecimal()}
        assert 1 <= len(mine) <= 6
        other = next(str(n) for n in range(1, 2000) if str(n) not in mine)
        for path in (f"/people/{other}/", f"/people/{other}/contact/", "/find/?q=a", "/provider/", "/groups/", "/budgets/"):
            answer = visitor.page.goto(f"{service}{path}")
            assert answer is not None
            assert answer.status == 404, path
