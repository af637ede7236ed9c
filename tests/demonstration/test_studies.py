"""The demonstration's studies, as an evaluator finds them: one not ready, because …; one run, with what it cannot rule out; and
what the pilot is worth, as far as that can be told."""

import json
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import visiting
from throughcare.synthetic.studies import PROTOCOLS

pytestmark = pytest.mark.xdist_group("pilot")


def test_one_study_is_not_ready_and_one_has_been_run(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("evaluator")
        visitor.go("/studies/")
        told = visitor.page.inner_text("main")
        assert "Not ready, because of the pilot's rule and follow-up" in told
        assert "were sentenced to custody: not determined" in told
        visitor.go("/studies/impact/readiness/")
        told = visitor.page.inner_text("main")
        assert "Ready on Tuesday 28 August 2018 at the earliest" in told and "0 of" in told
        visitor.go("/studies/impact/")
        assert "not yet" in visitor.page.inner_text("main")  # its outcomes have not been opened
        visitor.go("/studies/court-reports/readiness/")
        told = visitor.page.inner_text("main")
        assert "Earlier cases at the same courts: 1,389" in told and "Cases at the comparison courts: 88" in told
        visitor.go("/studies/court-reports/")
        visitor.page.click("a:has-text('Run of 1 March 2017')")
        told = visitor.page.inner_text("main")
        assert "Who gets a report is not random" in told and "the protocol compares with others" in told
        assert "sentence soon after it is in part what having one means" in told
        assert visitor.faults() == []


def test_what_is_not_determined_stands_before_any_ratio(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("analyst")
        visitor.go("/worth/pilot/")
        told = visitor.page.inner_text("main")
        order = ["The effect on custody is not determined", "Proven reoffending: its study is not ready",
                 "Benefits for each pound of cost", "What it hangs on", "Effect on custody"]  # fmt: skip
        assert [told.index(each) for each in order] == sorted(told.index(each) for each in order)
        assert "HM Prison and Probation Service" in told
        assert visitor.faults() == []


def test_the_model_counts_as_many_as_the_study_had(pilot_home: Path):
    model = tomllib.loads((PROTOCOLS / "value.toml").read_text(encoding="utf-8"))
    (results,) = (pilot_home / "studies" / "court-reports").glob("run-*/results.json")
    custody = next(e for e in json.loads(results.read_text())["estimates"] if e["outcome"] == "custody")
    assert [line["population"] for line in model["benefit"]] == [custody["treated"]]


def test_a_study_of_boroughs_and_months_has_its_charts_and_their_numbers(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("evaluator")
        visitor.go("/studies/borough-burglary/")
        told = visitor.page.inner_text("main")
        assert "Recorded burglaries of a borough and month" in told and "not determined" in told  # no effect was planted
        visitor.page.click("a:has-text('Run of 1 March 2017')")
        charts = visitor.page.locator("main figure svg[role=img]")
        assert charts.count() == 2
        assert "It began in 2016-05" in charts.first.locator("desc").text_content()
        told = visitor.page.inner_text("main")
        assert "Pre-trends: passed" in told and "Only 8 treated units" in told
        rows = visitor.page.locator("main table tbody tr:has(th:text-matches('^20'))")
        assert (rows.count(), rows.first.locator("th").inner_text()) == (34, "2014-04")  # April 2014 to January 2017
        assert visitor.faults() == []
        visitor.go("/studies/borough-burglary/readiness/")
        assert "8 boroughs of the pilot and 24 boroughs beside it" in visitor.page.inner_text("main")
        assert visitor.faults() == []
