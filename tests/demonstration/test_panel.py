"""A panel in a real browser, with a charity in the room: none of the secrets on record is on the shared screen or in a pack.

The people are those of the attacks on access control (tests/web/access/world.py): about the one in everybody's work there is
a consultation, an assessment, a care plan, an intelligence plan, a tasking, a note, a court case; others are restricted.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import ROOT, Visitor, serving, visiting
from tests.demonstration.planted import PASSWORD, STRANGER
from tests.homes import environment
from tests.web.access.world import traces_of

HEALTH = ("ental health", "onsultation", "ssessment", "are plan", "nger management", "MARKCLINIC")
INTELLIGENCE = ("lan requested", "lan asked", "ntelligence", "asking carried", "ssociation")
RESTRICTED = tuple(word for who in ("bar", "named", "nobody", "out") for word in traces_of(who))
NEVER = (*HEALTH, *INTELLIGENCE, *RESTRICTED, "MARKNOTE", "MARKCONCERN", "MARKAVOID", "MARKCOURT", "MARKBUDGET")
NOT_FOR_A_CHARITY = ("MARKRAG", "Rated", "In the cohort", "Risk score", "MARKDECISION", "Keep him Amber", STRANGER["surname"])


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small service with secrets in it."""
    home: Path = tmp_path_factory.mktemp("planted")
    command = [sys.executable, "-m", "tests.demonstration.planted", str(home)]
    done = subprocess.run(command, env=environment(home, tables=True), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with serving(home) as address:
        yield address


@contextmanager
def signed_in(browser: Browser, address: str, name: str) -> Iterator[Visitor]:
    with visiting(browser, address) as visitor:
        visitor.page.goto(f"{address}/sign-in/")
        visitor.page.locator("input[name=login]:visible").fill(name)
        visitor.page.locator("input[name=password]:visible").fill(PASSWORD)
        visitor.page.locator("form:has(input[name=login]:visible) button:has-text('Sign in')").click()
        visitor.page.wait_for_url(f"{address}/")
        yield visitor


def secrets(visitor: Visitor, *more: str) -> list[str]:
    """The secrets in the whole page as it was sent, not only in what is seen of it; the names of posts apart."""
    sent = visitor.page.content().replace("Post health_practitioner", "")
    return [word for word in (*NEVER, *more) if word in sent]


def sits(visitor: Visitor, words: str) -> None:
    visitor.page.locator(f"button:has-text('{words}')").first.click()


def test_a_panel_with_a_charity_in_the_room(planted: str, browser: Browser):
    with signed_in(browser, planted, "iom_coordinator") as visitor:
        plan(visitor)
        run(visitor)
        close_and_send(visitor)
    read_the_packs(browser, planted)
    with signed_in(browser, planted, "provider_worker") as visitor:
        visitor.go("/panels/").press("Ring his landlord").press("It is done")
        visitor.press("It is done")
        assert "There is a problem" in visitor.text
        visitor.page.fill("[name=words]", "Rang: he keeps the room")
        visitor.press("It is done")
        assert "Kept: done" in visitor.told


def plan(visitor: Visitor) -> None:
    """Plans it, asks three posts to come, puts everybody suggested on the agenda and somebody by number, and begins."""
    visitor.go("/panels/")
    visitor.page.fill("[name=on]", "7/12/2016")
    visitor.press("Plan it")
    for post in ("provider-worker", "tasking-officer", "health-practitioner"):
        visitor.page.select_option("[name=post]", post)
        visitor.press("Ask them")
    assert "Red" in visitor.text and "Restricted person" not in visitor.text
    for box in visitor.page.locator("input[name=person]").all():
        box.check()
    visitor.press("Put those ticked")
    visitor.page.fill("[name=number]", STRANGER["crn"])
    visitor.press("Add by hand")
    assert STRANGER["surname"] in visitor.text
    assert visitor.faults() == []
    assert [word for word in RESTRICTED if word in visitor.page.content()] == []
    visitor.press("Begin the panel").press("Open the shared screen")


def run(visitor: Visitor) -> None:
    """Shows both, with the charity in the room and without it, and records what is said."""
    page = visitor.page
    sits(visitor, "Post tasking_officer comes in")
    if "Inscope" not in visitor.text:
        page.keyboard.press("ArrowRight")
        page.wait_for_selector("h1:has-text('Inscope')")
    screen = page.url
    assert "In the cohort" in visitor.text and page.locator("[name=rag]").count() == 1
    assert secrets(visitor) == []
    alone = len(visitor.text)
    sits(visitor, "Post provider_worker comes in")
    assert "Inscope" in visitor.text and len(visitor.text) < alone
    assert secrets(visitor, *NOT_FOR_A_CHARITY) == []
    assert visitor.faults() == []
    others(visitor)
    page.goto(screen)
    sits(visitor, "Post tasking_officer leaves")
    page.fill("[name=words]", "Ring his landlord")
    page.select_option("[name=owner]", "provider-worker")
    page.fill("[name=due_on]", "14/12/2016")
    visitor.press("Give the action")
    assert "Ring his landlord" in visitor.text
    assert secrets(visitor, *NOT_FOR_A_CHARITY) == []
    sits(visitor, "Post provider_worker leaves")
    decide(visitor, screen)


def others(visitor: Visitor) -> None:
    """Of whom the charity may not hear, nothing is told but that it is to step out."""
    page = visitor.page
    page.keyboard.press("ArrowRight" if page.locator("a[rel=next]").count() else "ArrowLeft")
    page.wait_for_selector("h1:has-text('Not for everybody')")
    assert "Post provider_worker may not hear about this person: ask them to step out." in visitor.text
    assert secrets(visitor, *NOT_FOR_A_CHARITY, STRANGER["crn"], STRANGER["forenames"]) == []
    assert visitor.faults() == []


def decide(visitor: Visitor, screen: str) -> None:
    """The decision, the rating, and an action of which not even the police in the room may know: on the co-ordinator's own
    screen. What is typed survives a reload; somebody who comes in, in another window, changes the screen at once."""
    page = visitor.page
    with page.expect_response(lambda answer: answer.status == 204):
        page.locator("[name=text]").press_sequentially("Keep him Am")
    page.goto(screen)
    assert page.input_value("[name=text]") == "Keep him Am"
    page.fill("[name=text]", "Keep him Amber")
    page.select_option("[name=rag]", "Amber")
    visitor.press("Keep the decision")
    assert "Keep him Amber" in visitor.text
    own = page.context.new_page()
    own.goto(screen.replace("/screen/", "/record/"))
    own.fill("[name=words]", "MARKCLINIC see him on the ward")
    own.select_option("[name=owner]", "health-practitioner")
    own.fill("[name=due_on]", "12/12/2016")
    own.click("button:has-text('Give the action')")
    own.wait_for_selector("li:has-text('MARKCLINIC')")
    own.goto(screen.split("screen/")[0])
    own.click("li:has-text('Post tasking_officer') button:has-text('Is here')")
    page.wait_for_selector("#room:has-text('Post tasking_officer')")
    assert "Keep him Amber" in visitor.text
    assert secrets(visitor) == []
    own.click("li:has-text('Post provider_worker') button:has-text('Is here')")
    page.wait_for_selector("#room:has-text('Post provider_worker')")
    assert secrets(visitor, *NOT_FOR_A_CHARITY, "Ring his landlord") == []
    own.close()


def close_and_send(visitor: Visitor) -> None:
    visitor.press("Panel of Hackney").press("Close the panel").press("Close the panel")
    assert "The panel is closed" in visitor.told
    visitor.press("Check and send the packs")
    assert "Ring his landlord" in visitor.text and "MARKCLINIC" in visitor.text
    visitor.press("Send")
    assert "It is sent" in visitor.told


PACKS = {
    # who: what their pack tells, what it must not tell
    "provider_worker": (("Ring his landlord", "Inscope"), (*NEVER, *NOT_FOR_A_CHARITY)),
    "tasking_officer": (("Keep him Amber", "Inscope"), (*NEVER, "Ring his landlord")),
    "health_practitioner": (("MARKCLINIC see him on the ward", "Keep him Amber"), (*RESTRICTED, "Ring his landlord", "MARKNOTE")),
}


def read_the_packs(browser: Browser, address: str) -> None:
    """Each opens its own from all its tasks, and finds in it what is for it and nothing else; another's is not there."""
    for name, (told, hidden) in PACKS.items():
        with signed_in(browser, address, name) as visitor:
            visitor.go("/today/all/")
            task = visitor.page.locator(".tc-task:has-text('Panel of Hackney on 7 December 2016: your pack')")
            task.locator("a.govuk-button").click()
            visitor.page.wait_for_selector("h1:has-text('pack')")
            assert [word for word in told if word not in visitor.text] == [], name
            assert [word for word in hidden if word in visitor.text] == [], name
            assert visitor.faults() == []
            for other in PACKS.keys() - {name}:
                answer = visitor.page.request.get(visitor.page.url.replace(name.replace("_", "-"), other.replace("_", "-")))
                assert answer.status == 404, (name, other)
