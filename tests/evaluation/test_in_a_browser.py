"""In a real Chromium: an evaluator goes from a pasted protocol to a verdict, and to the same on a telephone's width."""

from datetime import date

import pytest
from django.conf import settings as real
from django.test import Client

from tests.evaluation.texts import OF_PEOPLE
from tests.strands.court_reports.test_in_a_browser import enter
from tests.web.test_sign_in_in_a_browser import CHROMIUM, browser, served
from throughcare.casework.access import actions as access
from throughcare.evaluation.models import StudyRun

__all__ = ["served"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
    pytest.mark.skipif(
        "sqlite" not in real.DATABASES["default"]["ENGINE"], reason="the server must see what the test's transaction holds"
    ),
]
PROTOCOL = OF_PEOPLE.replace("over = 150\nleast_dose = 1\n", "").replace(
    'method = "nearest"', 'method = "nearest"\nreplacement = true\nexact = ["sex"]')  # fmt: skip
TREATED, OTHERS = 64, 128


def planted() -> dict[str, dict]:
    """64 with mentoring, of whom one in eight reoffends, and twice as many without, of whom every other one does."""
    told = {}
    for n in range(TREATED + OTHERS):
        mentored = n < TREATED
        again = n % 8 == 0 if mentored else n % 2 == 0
        told[f"P{n}"] = {
            "born": f"{1985 + n % 12}-06-01", "sex": "F" if n % 11 == 0 else "M", "thefts": 12 + n % 5,
            "again": [("2016-09-01", "2016-10-01")] if again else [],
            **({"sent": "2016-06-12", "sessions": ["2016-06-20"]} if mentored else {}),
        }  # fmt: skip
    return told


@pytest.fixture
def evaluator(store, settings):
    """The cookie of a signed-in evaluator, in a store in which mentoring is planted to work."""
    store(planted())
    settings.ALLOWED_HOSTS = ["localhost"]
    post = access.make_post(by="test", slug="evaluator", title="Evaluation", role="evaluator")
    account = access.make_account(by="test", username="eva", name="Eva")
    access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
    client = Client()
    client.force_login(account, backend=real.AUTHENTICATION_BACKENDS[-1])
    return {name: morsel.value for name, morsel in client.cookies.items()}


def test_from_a_protocol_to_a_verdict(evaluator, served):
    with browser(served) as page:
        enter(page, served, evaluator)
        page.goto("/studies/")
        assert "No study is registered here yet" in page.inner_text("main")
        page.click("a:text-is('Register a protocol')")
        page.fill("#id_name", "mentoring")
        page.fill("#id_text", PROTOCOL.replace("landmark", "landmarks"))
        page.check("text=No: nobody has looked")
        page.click("button:text-is('Check it')")
        assert "did you mean landmark?" in page.inner_text("main")
        page.fill("#id_text", PROTOCOL)
        page.click("button:text-is('Check it')")
        assert "It cannot be taken back" in page.inner_text("main")
        page.click("button:text-is('Register it')")
        assert "Ready" in page.inner_text("main")
        page.click("text=Each gate, and what could be found")
        assert "64 are treated; 60 are needed." in page.inner_text("main")
        page.click("a.govuk-back-link")
        page.click("a:text-is('Data of the study')")
        for words, sure in (("Freeze a copy", "Freeze it"), ("Match outcomes", "Match them"),
                            ("Run the study", "Open outcomes and run it")):  # fmt: skip
            page.click(f"button:text-is('{words}')")
            page.click(f"button:text-is('{sure}')")
        told = page.inner_text("main")
        assert "Committed a proven reoffence within a one-year period: lower" in told
        assert "For 100 typical people" in told and "Maryland level" in told
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1
        with page.expect_download() as kept:
            page.click("a:text-is('tables/estimates.csv')")
        assert kept.value.suggested_filename == "mentoring-run-1-estimates.csv"
    assert StudyRun.objects.get().by == "eva as evaluator"
