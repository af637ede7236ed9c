"""The demonstration's studies, as an evaluator finds them: one not ready, because …; one run, with what it cannot rule out."""

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import visiting

pytestmark = pytest.mark.xdist_group("pilot")


def test_one_study_is_not_ready_and_one_has_been_run(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("evaluator")
        visitor.go("/studies/")
        told = visitor.page.inner_text("main")
        assert "Not ready, because of the pilot's rule and follow-up" in told
        assert "custody: not determined" in told
        visitor.go("/studies/impact/readiness/")
        told = visitor.page.inner_text("main")
        assert "Ready on Tuesday 28 August 2018 at the earliest" in told and "0 of" in told
        visitor.go("/studies/impact/")
        assert "not yet" in visitor.page.inner_text("main")  # its outcomes have not been opened
        visitor.go("/studies/court-reports/")
        visitor.page.click("a:has-text('Run of 1 March 2017')")
        told = visitor.page.inner_text("main")
        assert "Who gets a report is not random" in told and "no sentence on record after 60 days" in told
        assert visitor.faults() == []
