"""The broker in a real browser: two people from the accepted referral into work; one job is kept 13 weeks, one lost in week 3."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import ROOT, Visitor, serving
from tests.demonstration.grouping import turn_to
from tests.demonstration.test_groups import at_work
from tests.demonstration.working import DAY
from tests.homes import environment

KEEPS, LOSES = "Keepsit, Sam", "Losesit, Sam"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    command = [sys.executable, "-m", "tests.demonstration.working", str(folder)]
    told = environment(folder, tables=True)
    done = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def record(visitor: Visitor, name: str) -> Visitor:
    """The person's work record, from the desk."""
    return visitor.go("/employment/").press(name)


def waiting(visitor: Visitor, words: str) -> list[str]:
    """What waits on Today with these words."""
    told = visitor.go("/today/all/").page.locator("main .tc-task__words").all_inner_texts()
    return [each for each in told if words in each]


def get_ready(visitor: Visitor, name: str) -> None:
    """Right to work, readiness, what is looked for: each on its own form."""
    page = record(visitor, name).page
    visitor.press("Keep what you saw")
    page.check("[name=kind][value=uk_passport]")
    visitor.press("Keep what you have seen")
    page.locator("a[href$='/ready/']").click()
    page.check("[name=state][value=ready]")
    page.check("[name=to_do][value=clothes]")
    visitor.press("Keep it")
    page.locator("a[href$='/looking/']").click()
    page.check("[name=boroughs][value=Hackney]")
    visitor.press("Keep it")
    assert "British or Irish passport, seen on 5 September 2016" in visitor.text
    assert "clothes for an interview" in visitor.text


def need(visitor: Visitor) -> None:
    """Work clothes, bought by the employer."""
    visitor.press("Tell a need").page.select_option("[name=kind]", "clothes")
    visitor.press("Keep the need").press("Say what was arranged")
    visitor.page.fill("[name=arranged]", "Boots, size 9")
    visitor.page.check("[name=paid_by][value=employer]")
    visitor.page.fill("[name=pence]", "35")
    visitor.press("Keep what was arranged")
    assert "Boots, size 9" in visitor.text
    assert "£35.00" in visitor.text


def vacancy(visitor: Visitor) -> None:
    """A late shift: it fits one of them, and the other has a curfew."""
    visitor.go("/employment/vacancies/new/")
    page = visitor.page
    for name, value in (("employer", "Groundwork Ltd"), ("job", "night porter"), ("hours_a_week", "35"), ("shift_from", "15:00"),
                        ("shift_until", "23:00"), ("pence_an_hour", "9.75")):  # fmt: skip
        page.fill(f"[name={name}]", value)
    visitor.press("Add the vacancy")
    assert "Choose: in which borough?" in visitor.text  # and what was typed is kept
    assert page.input_value("[name=employer]") == "Groundwork Ltd"
    assert visitor.faults() == []
    page.select_option("[name=borough]", "Hackney")
    visitor.press("Add the vacancy")
    assert "Cannot: curfew 7pm to 7am" in visitor.text
    assert visitor.faults() == []


def put_forward(visitor: Visitor) -> None:
    """Applied, a letter that tells nothing, an interview, an offer, and the first day in work."""
    visitor.press("Put forward").press("Put them forward")
    assert "The letter names neither the pilot nor convictions".lower() in visitor.text.lower()
    assert "Blue Sky" not in visitor.page.inner_text(".tc-paper")
    assert visitor.faults() == []
    visitor.press("Write this letter")
    assert "I put forward Sam Keepsit" in visitor.text
    assert visitor.faults() == []
    visitor.page.locator("a.govuk-back-link").click()
    visitor.press("Interview").press("Keep the interview")
    visitor.press("Offered").press("They are offered the job")
    visitor.press("They start work")
    assert visitor.page.input_value("[name=employer]") == "Groundwork Ltd"
    visitor.page.fill("[name=on]", f"{DAY:%d/%m/%Y}")
    visitor.press("Check and keep").press("Keep the placement")
    assert "In work" in visitor.text
    assert visitor.faults() == []


def start_without(visitor: Visitor, name: str) -> None:
    """A job by day that the person found, without a vacancy."""
    record(visitor, name).press("They start work")
    for field, value in (("employer", "Kitchens Ltd"), ("job", "porter"), ("on", f"{DAY:%d/%m/%Y}")):
        visitor.page.fill(f"[name={field}]", value)
    visitor.press("Check and keep").press("Keep the placement")
    assert "Kitchens Ltd" in visitor.text


def look(visitor: Visitor, name: str, week: int) -> None:
    """Still in work in that week."""
    record(visitor, name).page.locator(f"a[href$='/weeks/{week}/']").click()
    visitor.page.check("[name=found][value=kept]")
    visitor.press("Keep what you found")
    assert f"Week {week}: still in this job" in visitor.told


def test_a_job_kept_for_13_weeks_and_one_lost_in_week_3(home: Path, browser: Browser):
    with serving(home) as address:
        with at_work(browser, address, "manager") as manager:
            manager.go("/find/?q=Losesit").press("Losesit").press("Work").press("Tell a condition")
            manager.page.check("[name=kind][value=curfew]")
            manager.page.fill("[name=from_time]", "19:00")
            manager.page.fill("[name=until_time]", "7:00")
            manager.press("Tell the broker")
            assert "Curfew 7pm to 7am" in manager.text
        with at_work(browser, address, "broker") as broker:
            get_ready(broker, KEEPS)
            need(broker)
            get_ready(broker, LOSES)
            vacancy(broker)
            put_forward(broker)
            start_without(broker, LOSES)
            assert "In work 2" in broker.go("/employment/").text
            assert broker.faults() == []
    turn_to(home, DAY + timedelta(days=17))
    with serving(home) as address, at_work(browser, address, "broker", size="phone", script=False) as broker:
        assert len(waiting(broker, "Week 1 with")) == 2
        look(broker, KEEPS, 1)
        look(broker, LOSES, 1)
        broker.press("End it")
        broker.page.fill("[name=last]", "21/9/2016")
        broker.page.select_option("[name=reason]", "stopped")
        broker.press("Check and end it").press("End the placement")
        assert "stopped coming" in broker.text
        assert broker.faults(axe=False) == []
    turn_to(home, DAY + timedelta(weeks=13))
    with serving(home) as address:
        with at_work(browser, address, "broker") as broker:
            assert len(waiting(broker, "with Groundwork Ltd was reached")) == 2
            assert waiting(broker, "with Kitchens Ltd") == []
            look(broker, KEEPS, 4)
            look(broker, KEEPS, 13)
            assert "Kept\nWeek 13" in broker.text
            lost = record(broker, LOSES).text
            assert [f"Lost\nWeek {week}," in lost for week in (1, 4, 13, 26)] == [False, True, True, True]
        with at_work(browser, address, "broker", size="phone") as broker:
            for path in ("/employment/", "/employment/vacancies/?show=all", "/employment/vacancies/1/"):
                assert broker.go(path).faults() == []
            assert record(broker, KEEPS).faults() == []
            assert "the placement goes on" in record(broker, LOSES).press("Take the end back").told
        with at_work(browser, address, "manager", size="phone") as manager:
            manager.go("/find/?q=Keepsit").press("Keepsit").press("Work")
            assert "Night porter, Groundwork Ltd" in manager.text
            assert "3pm to 11pm" in manager.text
            assert "an hour" not in manager.text  # pay is between the person, the employer and the broker
            assert "Applications" not in manager.text
            assert manager.faults() == []
    turn_to(home, DAY + timedelta(weeks=27))
    with serving(home) as address, at_work(browser, address, "broker") as broker:
        assert waiting(broker, "was planned until") == []
        look(broker, KEEPS, 26)
        assert waiting(broker, "The contract with Groundwork Ltd was planned until Sunday 5 March 2017") != []
