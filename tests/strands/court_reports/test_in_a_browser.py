"""In a real Chromium: a report that keeps itself as it is typed, in two tabs at once, and signed; an oral one in two taps."""

import pytest
from django.conf import settings as real
from django.test import Client

from tests.strands.court_reports.conftest import MONDAY
from tests.web.test_sign_in_in_a_browser import CHROMIUM, browser, served
from throughcare.strands.courts import actions as courts
from throughcare.strands.courts.models import Report, ReportSection, ReportText

__all__ = ["served"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
    pytest.mark.skipif(
        "sqlite" not in real.DATABASES["default"]["ENGINE"], reason="the server must see what the test's transaction holds"
    ),
]
WORDS = "He took a bicycle, to be in time for an interview."


@pytest.fixture
def signed_in(officer, settings):
    """The cookie of somebody who is signed in as the court officer."""
    settings.ALLOWED_HOSTS = ["localhost"]
    client = Client()
    client.force_login(officer.account, backend=real.AUTHENTICATION_BACKENDS[-1])
    return {name: morsel.value for name, morsel in client.cookies.items()}


def enter(page, url: str, cookies: dict[str, str]):
    page.context.set_default_timeout(60_000)
    page.set_default_timeout(60_000)
    page.context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])


def test_an_oral_report_is_recorded_in_two_taps_and_undone_in_one(case, signed_in, served):
    number = case.pk
    with browser(served) as page:
        enter(page, served, signed_in)
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"/cases/{number}/report/oral/")
        assert "Ansel Brellan, 24" in page.inner_text("h1") and "Convicted on 2 days" in page.inner_text("main")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1
        page.click("button:text-is('Delivered orally')")
        page.click("button:text-is('Yes, record it')")
        assert "Delivered orally on Monday 6 June 2016" in page.inner_text("main")
        page.click("button:text-is('Undo: it was not delivered')")
        assert "Undone" in page.inner_text("main")
        page.click("button:text-is('Delivered orally')")
        page.click("button:text-is('Yes, record it')")
        page.wait_for_selector("text=Delivered orally on Monday 6 June 2016")
    assert list(Report.objects.values_list("kind", "delivered_on")) == [("oral", MONDAY)]


def test_a_report_keeps_itself_tells_the_later_of_two_tabs_and_is_signed(case, signed_in, served):
    courts.request_report(by="desk", case_id=case.pk, kind="fast", author="Thames", requested_on=MONDAY)
    number = case.pk
    troubles = None
    try:
        with browser(served) as page:
            enter(page, served, signed_in)
            page.goto(f"/cases/{number}/report/")
            page.click("button:text-is('Begin the report')")
            analysis = "section:has(h2:has-text('What happened')) "
            other = page.context.new_page()
            other.goto(f"{served}/cases/{number}/report/")
            page.fill(f"{analysis}textarea", WORDS)
            page.wait_for_selector(f"{analysis}[data-kept]:has-text('Kept')")
            page.reload()
            assert page.input_value(f"{analysis}textarea") == WORDS  # nobody pressed Save
            other.fill(f"{analysis}textarea", "He was bored.")
            other.wait_for_selector(f"{analysis}[data-kept]:has-text('Save shows both')")
            other.click("button:text-is('Save')")
            assert WORDS in other.inner_text("main") and other.input_value(f"{analysis}textarea") == "He was bored."
            other.fill(f"{analysis}textarea", f"{WORDS} He was bored.")
            other.click("button:text-is('Save')")
            assert other.input_value(f"{analysis}textarea") == f"{WORDS} He was bored."
            other.fill("section:has(h2:has-text('Proposal')) textarea", "A community order.\n- Unpaid work, 80 hours")
            for box in other.locator("input[type=checkbox]").all():
                box.check(force=True)
            other.wait_for_selector("[data-left]:has-text('All done')")
            other.click("button:text-is('Save and check before signing')")
            other.click("button:text-is('Sign it')")
            other.wait_for_selector("text=Version 1 is signed and delivered to the court today")
            page.close(run_before_unload=False)
    except AssertionError as trouble:  # the browser tells of the refused save itself: that is what is tested
        troubles = str(trouble)
        assert "409" in troubles, troubles
    assert ReportSection.objects.get(slug="analysis").body == f"{WORDS} He was bored."
    assert ReportText.objects.get().signed_on == MONDAY and Report.objects.get().delivered_on == MONDAY
