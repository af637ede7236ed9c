"""A survey in a real browser: designed, sent, answered on a telephone without script, closed, read."""

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demonstration.asking import DAY
from tests.demonstration.browser import ROOT, Visitor, serving, visiting
from tests.demonstration.grouping import turn_to
from tests.demonstration.test_groups import at_work
from tests.homes import environment

SLIPS = 6
CLOSES = DAY + timedelta(days=7)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    told = environment(folder, tables=True)
    command = [sys.executable, "-m", "tests.demonstration.asking", str(folder)]
    done = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def add(visitor: Visitor, text: str, kind: str, **more: str) -> None:
    visitor.press("Add a question")
    page = visitor.page
    page.fill("[name=text]", text)
    page.select_option("[name=kind]", kind)
    if "scale" in more:
        page.select_option("[name=scale]", more["scale"])
    page.fill("[name=options]", more.get("options", ""))
    for group in page.locator("[name=asked_of]").all():
        group.check()
    assert visitor.faults() == []
    visitor.press("Keep it")
    assert text in visitor.text


def design(visitor: Visitor) -> list[str]:
    """The survey with three questions, sent as slips; gives the links."""
    page = visitor.page
    visitor.go("/surveys/").press("Begin a survey")
    page.fill("[name=title]", "Working together")
    page.fill("[name=purpose]", "To put right what does not work.")
    visitor.press("Begin it")
    add(visitor, "I hear back in good time", "statement", scale="agreement")
    add(visitor, "What helps?", "several", options="Panels\nTraining")
    add(visitor, "What should change?", "text")
    page.fill("[name=opens_on]", f"{DAY:%d/%m/%Y}")
    page.fill("[name=closes_on]", f"{CLOSES:%d/%m/%Y}")
    visitor.press("Plan the wave")
    visitor.press("By a link on paper")
    slips = page.locator("form:has([name=do][value=slips])")
    slips.locator("[name=group][value=practitioner]").check()
    slips.locator("[name=number]").fill("4")
    slips.locator("button").click()
    assert "4 more are asked" in visitor.told
    visitor.press("Check and send").press("Send the links")
    assert "Too few are asked" in visitor.told
    visitor.press("By a link on paper")
    slips.locator("[name=group][value=practitioner]").check()
    slips.locator("[name=number]").fill("2")
    slips.locator("button").click()
    visitor.press("Check and send")
    assert "cannot be taken back" in visitor.text
    visitor.press("Send the links")
    assert visitor.faults() == []
    visitor.press("Links to hand out")
    links = [str(link.get_attribute("href")) for link in page.locator("main li a").all()]
    assert len(set(links)) == SLIPS
    return ["/s/" + link.rstrip("/").rpartition("/")[2] + "/" for link in links]


def answered(visitor: Visitor, link: str, how: str) -> None:
    visitor.go(link)
    page = visitor.page
    page.check(f"[name=q1][value={how}]")
    page.check("[name=q2][value=Panels]")
    visitor.press("Look at my answers").press("Send my answers")
    assert "Your answers are sent" in visitor.text


def test_a_survey_is_designed_sent_answered_on_a_telephone_and_read(home: Path, browser: Browser):
    with serving(home) as address:
        with at_work(browser, address, "analyst") as analyst:
            links = design(analyst)
        with visiting(browser, address, size="phone", script=False) as phone:
            a_mistake_and_a_change_of_mind(phone, links[0])
        with visiting(browser, address, size="phone") as phone:
            phone.go(links[1])
            assert phone.faults() == []
            assert "Sign out" not in phone.page.inner_text("body")
            for link in links[1:]:
                answered(phone, link, "agree")
            answer = phone.page.goto(f"{address}{links[1]}")
            assert answer is not None and answer.status == 404
            assert "This link has been used" in phone.text
        with at_work(browser, address, "analyst") as analyst:
            analyst.go("/surveys/results/s1-1/")
            assert "100%" in analyst.text and "when the wave is closed" in analyst.text and "I hear back" not in analyst.text
    turn_to(home, CLOSES)
    with serving(home) as address, at_work(browser, address, "analyst", size="phone") as analyst:
        read(analyst)


def a_mistake_and_a_change_of_mind(phone: Visitor, link: str) -> None:
    """What was typed is kept on a mistake and on a change; stopping keeps nothing."""
    page = phone.page
    phone.go(link)
    page.check("[name=q1][value=disagree]")
    page.check("[name=q2][value=Panels]")
    page.check("[name=q2][value=none]")
    page.fill("[name=q3]", "Ansel Inscope should ring back")
    phone.press("Look at my answers")
    assert "There is a problem" in phone.text and page.input_value("[name=q3]").startswith("Ansel")
    assert page.is_checked("[name=q1][value=disagree]")
    page.uncheck("[name=q2][value=none]")
    phone.press("Look at my answers")
    assert "Disagree" in phone.text and "cannot be changed" in phone.text
    phone.press("Change")
    assert page.input_value("[name=q3]").startswith("Ansel")
    phone.go(link)  # stopped: nothing is kept, and the link works
    assert not page.is_checked("[name=q1][value=disagree]")
    page.check("[name=q1][value=disagree]")
    page.fill("[name=q3]", "Ansel Inscope should ring back")
    phone.press("Look at my answers").press("Send my answers")
    assert "Your answers are sent" in phone.text


def read(analyst: Visitor) -> None:
    """The background closes the wave; then its answers may be read, with names in free words pointed out."""
    for _ in range(120):
        analyst.go("/surveys/results/s1-1/")
        if "I hear back in good time" in analyst.text:
            break
        time.sleep(0.5)
    assert "83%" in analyst.text and "(5 of 6" in analyst.text
    assert analyst.faults() == []
    analyst.press("What was written in their own words")
    assert "LOOK BEFORE YOU QUOTE" in analyst.text.upper() and "Looks like a name: Ansel Inscope" in analyst.text
    assert analyst.faults() == []
    answer = analyst.page.goto(f"{analyst.address}/surveys/waves/1/")
    assert answer is not None and "are forgotten" in analyst.text
    analyst.go("/who-is-served/")
    analyst.go("/voices/")
    assert analyst.faults() == []
