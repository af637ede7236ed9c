"""A group of eight in a real browser: planned, filled, checked, run on three days, finished; a report that the manager reads."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import ROOT, Visitor, serving, visiting
from tests.demonstration.grouping import DAY, turn_to
from tests.demonstration.planted import PASSWORD
from tests.homes import environment

EIGHT = 8
MISSED = {0: ("UAAB", "AAME"), 1: ("UAAB",), 2: ()}
"""By session, what came of those who did not come: the others attended."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    command = [sys.executable, "-m", "tests.demonstration.grouping", str(folder)]
    told = environment(folder, tables=True)
    done = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@contextmanager
def at_work(browser: Browser, address: str, name: str, *, size: str = "desktop", script: bool = True) -> Iterator[Visitor]:
    with visiting(browser, address, size=size, script=script) as visitor:
        page = visitor.page
        page.goto(f"{address}/sign-in/")
        page.locator("input[name=login]:visible").fill(name)
        page.locator("input[name=password]:visible").fill(PASSWORD)
        page.locator("form:has(input[name=login]:visible) button:has-text('Sign in')").click()
        page.wait_for_url(f"{address}/")
        yield visitor


def plan(visitor: Visitor) -> None:
    """Plans the group on its page, gives its eight places from the waiting list, and asks for the check."""
    visitor.go("/groups/")
    page = visitor.page
    page.select_option("[name=service]", "tiger/rise_mutual")
    for name, value in (("name", "TIGER 3"), ("venue", "Mare Street hall"), ("starts_on", f"{DAY:%d/%m/%Y}"), ("at", "2pm"),
                        ("weeks", "3"), ("capacity", "8"), ("quorum", "6")):  # fmt: skip
        page.fill(f"[name={name}]", value)
    visitor.press("Plan the group")
    for placed in range(1, EIGHT + 1):
        visitor.press("Offer the place")
        assert f"In the group {placed}" in visitor.text
    visitor.press("Offer the place")
    assert "No place is free" in visitor.told
    visitor.press("Ask for the check")
    assert visitor.faults() == []


def attend(visitor: Visitor, session: int, *, axe: bool = True) -> None:
    """Takes the attendance of everybody at once: who did not come is marked, the button marks the others."""
    visitor.go("/provider/").press("Take attendance: TIGER 3")
    boxes = visitor.page.locator("main select")
    assert boxes.count() == EIGHT
    for place, outcome in enumerate(MISSED[session]):
        boxes.nth(place).select_option(outcome)
    assert visitor.faults(axe=axe) == []
    visitor.press("Keep: all others attended")
    assert "The attendance is kept" in visitor.told


def finish(visitor: Visitor) -> None:
    """Finishes the group: one ended early, seven completed; once more before it is sent, and changed without typing anew."""
    visitor.press("Finish the group")
    visitor.page.locator("main select").first.select_option("not_engaged")
    assert visitor.faults() == []
    visitor.press("Go on")
    assert "Check before you finish TIGER 3" in visitor.text
    assert visitor.text.count("Completed") == EIGHT - 1
    assert "Stopped attending" in visitor.text
    assert visitor.faults() == []
    visitor.press("Change")
    assert visitor.page.locator("main select").first.input_value() == "not_engaged"
    visitor.press("Go on").press("Finish the group")
    assert "The group is finished" in visitor.told


def report(visitor: Visitor) -> None:
    """Writes the report of whoever was in the first place: the sessions are worked out; it is not sent half written."""
    visitor.go("/provider/").press("Write the report")
    assert "of 3 offered" in visitor.text
    visitor.page.fill("[name=done]", "We worked on how he answers to a quarrel")
    visitor.press("Check and send")
    assert "Enter what should happen next" in visitor.text
    visitor.page.fill("[name=following]", "The manager speaks with him about work")
    assert visitor.faults() == []
    visitor.press("Check and send").press("Send the report")
    assert "The report is sent" in visitor.told


def test_a_group_of_eight_run_to_completion(home: Path, browser: Browser):
    with serving(home) as address:
        with at_work(browser, address, "rise_worker") as worker:
            plan(worker)
        with at_work(browser, address, "hackney_iom") as coordinator:
            coordinator.press("Check")
            coordinator.page.check("[name=answer][value=go]")
            coordinator.press("Tell the provider")
        with at_work(browser, address, "rise_worker", size="phone", script=False) as worker:
            worker.go("/groups/").press("TIGER 3").press("Confirm the group").press("Begin the group")
            assert "Running" in worker.text
            assert worker.faults(axe=False) == []
            attend(worker, 0, axe=False)
    for session in (1, 2):
        turn_to(home, DAY + session * timedelta(weeks=1))
        with serving(home) as address, at_work(browser, address, "rise_worker") as worker:
            attend(worker, session)
            if session == 2:
                finish(worker)
                report(worker)
    with serving(home) as address, at_work(browser, address, "manager") as manager:
        manager.go("/today/all/").press("Read the report")
        assert "We worked on how he answers to a quarrel" in manager.text
        assert "of 3 offered" in manager.text
        manager.press("I have read it")
        assert "Marked as read" in manager.told
        assert "Read the report" not in manager.go("/today/all/").text
