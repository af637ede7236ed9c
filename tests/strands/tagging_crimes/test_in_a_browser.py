"""In a real Chromium: a purpose is said, a track is drawn and played by keyboard; a match is looked at and reviewed."""

import pytest
from django.conf import settings as real
from django.test import Client

from tests.strands.tagging_crimes.conftest import DAY, IMPORTED, police_file, police_row, walk
from tests.web.test_sign_in_in_a_browser import CHROMIUM, browser, served
from throughcare.casework.access import actions as access
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes import actions

__all__ = ["served"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
    pytest.mark.skipif(
        "sqlite" not in real.DATABASES["default"]["ENGINE"], reason="the server must see what the test's transaction holds"
    ),
]


@pytest.fixture
def signed_in(officer, settings):
    """The cookie of somebody who is signed in as the monitoring officer."""
    settings.ALLOWED_HOSTS = ["localhost"]
    access.hold(by="test", post=officer.post, account=officer.account, start=DAY.replace(day=1))
    client = Client()
    client.force_login(officer.account, backend=real.AUTHENTICATION_BACKENDS[-1])
    return {name: morsel.value for name, morsel in client.cookies.items()}


def enter(page, url: str, cookies: dict[str, str]):
    page.context.set_default_timeout(60_000)
    page.set_default_timeout(60_000)
    page.context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])


def wide(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def test_a_track_is_drawn_after_a_purpose_is_said_and_played_by_keyboard(orders, came, signed_in, served):
    (order,) = orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 20), *walk("T1", "12:40", 20, north=900))
    number = order.pk
    with browser(served) as page:
        enter(page, served, signed_in)
        page.goto(f"/tags/{number}/map/?day=2017-03-22")
        page.check("text=To review a breach or another finding")
        page.fill("[name=text]", "A gap at noon")
        page.click("button:text-is('Show the positions')")
        page.wait_for_selector("[data-drawn='40']")
        assert page.locator("[data-map] canvas").count() >= 1
        slider = page.locator("[data-at]")
        slider.focus()
        page.keyboard.press("Home")
        assert page.inner_text("[data-said]").startswith("12:00:00, 51.55000, -0.06000, within 10 m")
        page.keyboard.press("ArrowRight")
        assert page.inner_text("[data-said]").startswith("12:01:00")
        page.click("button:text-is('Next fix')")
        page.click("button:text-is('Previous fix')")
        assert slider.get_attribute("aria-valuetext").startswith("12:01:00")
        page.click("button:has-text('Show the gap of')")
        assert page.inner_text("[data-said]").startswith("12:19:00")
        page.click("button:text-is('Play')")
        page.wait_for_selector("[data-play]:text-is('Play')")
        assert page.inner_text("[data-said]").startswith("12:59:00")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert wide(page) <= 1


def test_a_match_is_looked_at_and_reviewed(orders, came, signed_in, served):
    orders("A T1 2017-03-20 2017-04-20", "B T2 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 10), *walk("T2", "12:05", 10, north=40))
    actions.take_and_run(by="test", name="c.csv", content=police_file(police_row("C1")), at=IMPORTED)
    crime = m.Crime.objects.get().pk
    with browser(served) as page:
        enter(page, served, signed_in)
        page.goto("/tags/crimes/?show=waiting")
        page.click("a:text-is('C1')")
        page.click("text=All of them on one map")
        page.wait_for_selector("[data-drawn='20']")
        assert page.locator(".tc-people li").all_inner_texts() == ["A SurA, ForeA  on the map", "B SurB, ForeB  on the map"]
        page.uncheck("[data-shows='1']")
        page.goto(f"/tags/crimes/{crime}/")
        page.click("a:text-is('SurA, ForeA')")
        page.wait_for_selector("[data-drawn='10']")
        assert "It does not prove that the person was there" in page.inner_text("main")
        page.set_viewport_size({"width": 390, "height": 844})
        assert wide(page) <= 1
        page.check("text=Not of use: it tells nothing of the crime")
        page.fill("[name=reason]", "A shop that everybody passes")
        page.click("button:text-is('Keep the decision')")
        page.wait_for_selector("text=Your decision is kept")
        page.goto("/tags/crimes/?show=waiting")
        assert "With a match to review (1)" in page.inner_text("main")
    assert list(m.MatchReview.objects.values_list("decision", "match__person__surname")) == [("not_of_use", "SurA")]
