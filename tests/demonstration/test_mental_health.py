"""The mental-health pathway in a browser: advice without its note, a risk answer that stays open, a missed session."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import ROOT, Visitor, serving
from tests.demonstration.test_groups import at_work
from tests.homes import environment

ADVICE, NOTE, TRUST = "Meet him in the morning, and ask how he slept", "Persecutory ideas since the summer", "T-4471"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    command = [sys.executable, "-m", "tests.demonstration.pathway", str(folder)]
    told = environment(folder, tables=True)
    done = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_a_consultation_whose_advice_the_manager_reads_and_whose_note_he_cannot(home: Path, browser: Browser):
    tab = f"/people/{(home / 'person.txt').read_text()}/mental-health/"
    with serving(home) as address:
        with at_work(browser, address, "manager") as manager:
            manager.go(tab).press("Ask for a consultation")
            manager.page.fill("[name=question]", "He does not sleep, and shouts at the desk")
            manager.page.check("[name=before][value='2']")
            assert manager.faults() == []
            manager.press("Continue").press("Ask")
            assert "Asked" in manager.told
        with at_work(browser, address, "practitioner") as practitioner:
            practitioner.press("Record the consultation")
            assert "shouts at the desk" in practitioner.text
            page = practitioner.page
            page.fill("[name=advice]", ADVICE)
            practitioner.press("Continue")
            assert "Enter a clinical note" in practitioner.text
            page.fill("[name=note]", NOTE)
            page.fill("[name=trust_record]", TRUST)
            assert practitioner.faults() == []
            practitioner.press("Continue")
            assert "Check what goes to whom" in practitioner.text
            practitioner.press("Change")
            assert page.input_value("[name=note]") == NOTE
            practitioner.press("Continue").press("Keep the consultation")
            assert NOTE in practitioner.text
        with at_work(browser, address, "manager", size="phone", script=False) as manager:
            manager.press("Read the advice")
            assert ADVICE in manager.text
            assert manager.faults(axe=False) == []
            manager.page.check("[name=after][value='4']")
            manager.press("Keep this")
            assert "it is kept" in manager.told
            where = manager.page.url.removeprefix(address)
            for path in (where, tab, tab.replace("mental-health", "timeline"), "/", "/today/all/", "/notices/"):
                page_of = manager.go(path).page.content()
                assert [word for word in (NOTE, TRUST, "Persecutory") if word in page_of] == [], path
            for path in ("team/", "scores/", "consultations/new/", "letters/new/"):
                answer = manager.page.goto(f"{address}{tab}{path}")
                assert answer is not None and answer.status == 404, path


def plan(practitioner: Visitor, tab: str) -> None:
    """From the question of a team to a care plan with work in it."""
    page = practitioner.page
    practitioner.go(tab).press("Begin an assessment")
    assert "Already under a team?" in practitioner.text
    page.check("[name=answer][value=no]")
    practitioner.press("Keep the answer").press("Begin an assessment").press("Begin")
    page.check("[name=outcome][value=care_plan]")
    page.fill("[name=text]", "Low mood, poor sleep")
    assert practitioner.faults() == []
    practitioner.press("Keep the outcome").press("Begin the care plan")
    page.fill("[name=aims]", "Sleep six hours")
    practitioner.press("Begin the plan").press("Begin a kind of work")
    page.select_option("[name=kind]", "anxiety management")
    practitioner.press("Begin it")
    assert "Anxiety management" in practitioner.text
    assert practitioner.faults() == []


def test_a_care_plan_with_a_risk_answer_whose_task_does_not_close_without_a_response(home: Path, browser: Browser):
    tab = f"/people/{(home / 'person.txt').read_text()}/mental-health/"
    with serving(home) as address:
        with at_work(browser, address, "practitioner") as practitioner:
            page = practitioner.page
            plan(practitioner, tab)
            practitioner.go(f"{tab}scores/phq_9/")
            for item in range(1, 9):
                page.select_option(f"[name=item_{item}]", "2")
            page.select_option("[name=item_9]", "1")
            assert practitioner.faults() == []
            practitioner.press("Keep the answers")
            assert "Respond today" in practitioner.text and "PHQ-9 17, moderately severe" in practitioner.text
            assert practitioner.faults() == []
            task = practitioner.go("/").page.locator("li.tc-task:has-text('An answer is a risk')")
            assert task.locator("text=Not now").count() == 0
            task.locator("a.govuk-button").click()
            practitioner.press("Keep the response")
            assert "Enter what was done" in practitioner.text
            page.check("[name=what][value=not_reached]")
            page.fill("[name=text]", "Rang twice, left word with his mother")
            practitioner.press("Keep the response")
            assert "stays open" in practitioner.told
            assert "An answer is a risk" in practitioner.go("/").text
        with at_work(browser, address, "manager") as manager:
            assert "risk" not in manager.go(tab).text and "PHQ" not in manager.page.content()
        with at_work(browser, address, "practitioner", size="phone") as practitioner:
            practitioner.press("Respond")
            practitioner.page.check("[name=what][value=safety_plan]")
            practitioner.page.fill("[name=text]", "Spoke at noon: safety plan, his sister holds the tablets")
            practitioner.press("Keep the response")
            assert "closed" in practitioner.told
            assert practitioner.faults() == []
            assert "An answer is a risk" not in practitioner.go("/").text
            practitioner.go(f"{tab}scores/phq_9/")
            for item in range(1, 10):
                practitioner.page.select_option(f"[name=item_{item}]", "0" if item == 9 else "1")
            practitioner.page.fill("[name=on]", "1/12/2016")
            practitioner.press("Keep the answers")
            assert "Responded to" in practitioner.text and practitioner.page.locator("svg.tc-steps").count() == 1
            assert practitioner.faults() == []


def test_a_missed_session_is_booked_again_from_the_same_page(home: Path, browser: Browser):
    with serving(home) as address, at_work(browser, address, "practitioner") as practitioner:
        page = practitioner.page
        practitioner.go("/mental-health/sessions/")
        assert "Room 5" in practitioner.text
        assert practitioner.faults() == []
        practitioner.press("Pathway, Tom")
        page.check("[name=how][value=missed]")
        practitioner.press("Keep this")
        assert "Choose why" in practitioner.text
        page.select_option("[name=reason]", "work")
        practitioner.press("Keep this")
        assert "Book it again" in practitioner.text
        first = page.locator("li.tc-task").first
        assert "12 December 2016 at 8am, Hackney" in first.inner_text()
        assert practitioner.faults() == []
        practitioner.press("Book this one")
        assert "Booked again: Monday 12 December 2016" in practitioner.told
        assert "In place of" in practitioner.text
        practitioner.go("/mental-health/sessions/")
        assert "booked again" in practitioner.text
