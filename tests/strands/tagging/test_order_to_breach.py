"""In a real Chromium: an order from a requirement of a sentence, its zone drawn on the map, to a breach that was reviewed."""

from datetime import date

import pytest
from django.conf import settings as real
from django.test import Client

from tests.strands.tagging.made import DAY, HOME, NEXT, at, sent, stay
from tests.web.test_sign_in_in_a_browser import CHROMIUM, browser, served
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Post

__all__ = ["served"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
    pytest.mark.skipif(
        "sqlite" not in real.DATABASES["default"]["ENGINE"], reason="the server must see what the test's transaction holds"
    ),
]


@pytest.fixture
def cookies(people, person_id, officer, settings):
    """By role, the cookies of who is signed in as it: a monitoring officer, and the person's offender manager."""
    settings.DEMONSTRATION, settings.ALLOWED_HOSTS = DAY, ["localhost"]
    manager = access.make_post(by="test", slug="manager", title="Manager C1", role="offender_manager", office="CRC Hackney",
                               agency="CRC", code="C1")  # fmt: skip
    account = access.make_account(by="test", username="manager")
    access.hold(by="test", post=manager, account=account, start=date(2016, 1, 1))
    access.allocate(by="test", person=person_id("A"), post=Post.objects.get(slug="manager"), on=date(2017, 3, 1))
    told = {}
    for role, who in (("officer", officer().account), ("manager", account)):
        client = Client()
        client.force_login(who, backend=real.AUTHENTICATION_BACKENDS[-1])
        told[role] = {name: morsel.value for name, morsel in client.cookies.items()}
    return told


def enter(page, url: str, cookies: dict[str, str]) -> None:
    page.context.set_default_timeout(60_000)
    page.set_default_timeout(60_000)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])


def press(page, words: str) -> None:
    page.click(f"main button:text-is('{words}')")


def test_an_order_from_its_sentence_to_a_reviewed_breach(cookies, person_id, served, settings, home):
    person = person_id("A")
    with browser(served) as page:
        enter(page, served, cookies["officer"])
        page.goto("/tags/")
        page.click("main a:text-is('SurA, ForeA')")
        page.fill("#id_first", "22/3/2017")
        page.fill("#id_last", "21/3/2019")
        press(page, "Begin the order")
        assert "longer than 12 months" in page.inner_text(".govuk-error-summary")
        assert page.input_value("#id_first") == "22/3/2017"
        page.fill("#id_last", "21/3/2018")
        press(page, "Begin the order")
        curfew(page)
        zone(page)
        questions(page)
        kept(page)
        order = page.url.rstrip("/").rpartition("/")[2]
        fitted(page)
        settings.DEMONSTRATION = NEXT
        sent(home, [*stay(at("09:31"), at("+1 02:10")), *stay(at("+1 02:10"), at("+1 03:05"), 600),
                    *stay(at("+1 03:05"), at("+1 09:00"))])  # fmt: skip
        page.goto(f"/tags/{order}/days/{DAY}/")
        press(page, "Look at the day again")
        page.click("main a:text-is('Left home during the curfew')")
        assert "AL10" in page.inner_text("main") and "600 m" not in page.inner_text("main")  # 550 m to the edge
        press(page, "Keep the decision")
        assert "Choose: what do you decide?" in page.inner_text(".govuk-error-summary")
        page.check("input[name=decision][value=warning]")
        page.fill("#id_reason", "The first time")
        press(page, "Keep the decision")
        press(page, "Undo the decision")
        page.check("input[name=decision][value=court]")
        page.fill("#id_reason", "The third time this month")
        press(page, "Keep the decision")
        press(page, "The court was told")
        assert "it stands" in page.inner_text("main")
        enter(page, served, cookies["manager"])
        page.goto(f"/people/{person}/tag/")
        said = page.inner_text("main")
        assert "Left home during the curfew on Wednesday 22 March 2017: back to court. The third time this month" in said
        assert "0 of 1 day that could be judged" in said
        page.goto(f"/tags/{order}/days/{DAY}/")
        assert page.title().startswith("Page not found") or "not found" in page.inner_text("body").lower()


def curfew(page) -> None:
    page.click("main a:text-is('Curfew')")
    page.fill("#id_name", "At home")
    page.fill("#id_address1", "1 Home Street")
    page.fill("#id_where1", f"{HOME[0]}, {HOME[1]}")
    page.check("input[name=whose1][value=own]")
    page.fill("#id_hours1", "every night 19 to 7")
    press(page, "Write it in the draft")
    assert "no day with hours" in page.inner_text(".govuk-error-summary")
    page.fill("#id_hours1", "every day 19:00 to 07:00")
    press(page, "Write it in the draft")
    assert "every day 19:00 to 07:00" in page.inner_text("main")


def zone(page) -> None:
    """A circle, drawn: the middle, then the edge."""
    page.click("main a:text-is('Exclusion zone')")
    page.fill("#id_name", "Market")
    page.check("input[name=protects][value=no]")
    page.wait_for_selector("[data-draw][data-ready]")
    corridor(page)
    press(page, "Draw a circle")
    box = page.locator("[data-draw-map]").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(*middle)
    page.mouse.move(middle[0] + 20, middle[1] + 10)
    page.mouse.click(middle[0] + 40, middle[1])
    page.wait_for_selector("[data-draw-said]:has-text('A circle of')")
    assert '"radius_m"' in page.input_value("#id_geometry")
    press(page, "Write it in the draft")
    assert "A circle of" in page.inner_text("main")


CORRIDOR = ('{"type": "Feature", "properties": {"radius_m": 150}, "geometry": {"type": "LineString", "coordinates": '
            '[[-0.06, 51.55], [-0.05, 51.55]]}}')  # fmt: skip
ON_THE_GROUND = """() => {
  const { map, drawn } = document.querySelector("[data-draw]").drawing, resolution = map.getView().getResolution();
  const [line] = drawn.getFeatures(), layer = map.getLayers().getArray().find((each) => each.getSource() === drawn);
  const [broad] = layer.getStyleFunction()(line, resolution);
  const metres = ol.proj.getPointResolution("EPSG:3857", resolution, line.getGeometry().getFirstCoordinate());
  return broad.getStroke().getWidth() * metres;
}"""


def corridor(page) -> None:
    """A line with a radius is drawn as wide as the ground that it covers: 150 m on either side."""
    page.fill("#id_geometry", CORRIDOR)
    page.locator("#id_geometry").blur()
    assert page.evaluate(ON_THE_GROUND) == pytest.approx(300, rel=0.01)


def questions(page) -> None:
    assert "6 questions of suitability are not answered" in page.inner_text("main")
    page.click("main a:text-is('Answer the questions')")
    for name in ("power", "signal", "health", "understands", "children", "work"):
        page.check(f"input[name={name}][value=yes]")
    press(page, "Keep the answers")


def kept(page) -> None:
    page.click("main a:text-is('Check and keep it')")
    page.fill("#id_reason", "As the court ordered")
    press(page, "Continue")
    assert "Curfew: At home" in page.inner_text("main") and "As the court ordered" in page.inner_text("main")
    press(page, "Keep this version")
    page.wait_for_url("**/tags/*/")
    assert "Version 1: New order" in page.inner_text("main")


def fitted(page) -> None:
    page.click("main a:text-is('Equipment and absences')")
    page.click("summary:has-text('A tag was fitted')")
    page.fill("#id_tag", "GPS-1")
    page.fill("#id_on", "22/3/2017")
    page.fill("#id_at", "0:00")  # the clock of the day goes on: at any hour this has been
    press(page, "Keep that it is fitted")
    assert "GPS-1: fitted on 22 March 2017 at 00:00" in page.inner_text("main")
