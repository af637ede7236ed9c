"""The co-ordinator's tutorial, step by step in a real browser: each step is done, each word in bold is on the screen."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import Visitor, visiting

pytestmark = pytest.mark.xdist_group("pilot")
TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial" / "a-borough-s-cohort.md"
STEPS: list[Callable[["Reader"], None]] = []


class Reader:
    """Who follows the tutorial; `seen` is all that the screen has shown since the step began."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page, self.seen = visitor, visitor.page, ""
        self.joined = ""

    def look(self) -> None:
        self.page.wait_for_load_state()
        self.seen += "\n" + self.page.inner_text("body")

    def press(self, words: str, within: str = "main") -> None:
        self.look()
        self.page.locator(f"{within} :is(button, a, summary):has-text({words!r})").first.click()
        self.look()

    def menu(self, words: str) -> None:
        self.look()
        self.page.get_by_role("navigation").get_by_role("link", name=words, exact=True).first.click()
        self.look()

    def decide(self, why: str, answer: str = "") -> None:
        if answer:
            self.page.check(f"[name=answer][value={answer}]")
        self.page.fill("[name=reason]", why)
        self.press("Go on")
        self.press("Keep the decision")
        assert "Decided" in self.visitor.told or "Parked" in self.visitor.told

    def proposals(self) -> None:
        self.visitor.go("/cohort/proposals/")
        self.look()

    def group(self, title: str) -> list[str]:
        """The people listed under a heading of the proposals."""
        found = self.page.locator(f"h2:has-text({title!r}) + ul .tc-task__who, h2:has-text({title!r}) + form .tc-task__who")
        return [name.strip() for name in found.all_inner_texts()]


def step(done: Callable[[Reader], None]) -> Callable[[Reader], None]:
    STEPS.append(done)
    return done


@step
def signs_in(reader: Reader) -> None:
    reader.visitor.go("/sign-in/")
    reader.look()
    reader.visitor.sign_in("iom_coordinator")
    assert "Wednesday 1 March 2017" in reader.page.inner_text("h1")


@step
def opens_the_proposals(reader: Reader) -> None:
    reader.menu("Cohort")
    reader.menu("Proposals")
    assert reader.page.url.endswith("/cohort/proposals/")


@step
def looks_at_the_sources(reader: Reader) -> None:
    reader.press("Sources")
    assert reader.page.locator("details[open] li").count() >= 3


def accepts_the_first(reader: Reader) -> str:
    reader.proposals()
    who = reader.group("Join")[0]
    reader.press("Accept…")
    assert reader.page.is_checked("[name=answer][value=yes]")
    reader.decide("The facts bear it out; agreed with the manager")
    return who


@step
def accepts_a_joiner(reader: Reader) -> None:
    reader.joined = accepts_the_first(reader)


@step
def takes_it_back_and_accepts_it_again(reader: Reader) -> None:
    reader.press("It was a mistake")
    reader.page.fill("[name=reason]", "It was somebody else")
    reader.press("Take it back")
    reader.press("Take it back")
    reader.proposals()
    assert reader.joined in reader.group("Join")
    assert accepts_the_first(reader) == reader.joined


@step
def refuses_the_next(reader: Reader) -> None:
    reader.proposals()
    who = reader.group("Join")[0]
    reader.press("Refuse…")
    reader.decide("About to move to Kent, with a date")
    reader.proposals()
    assert who not in reader.page.inner_text("main")


@step
def parks_the_third(reader: Reader) -> None:
    reader.proposals()
    who = reader.group("Join")[0]
    reader.press("Park until…")
    reader.page.fill("[name=until]", "15 March 2017")
    reader.decide("The court decides on 14 March")
    reader.proposals()
    assert who in reader.group("Parked")


@step
def decides_of_leavers_together(reader: Reader) -> None:
    reader.proposals()
    leavers = reader.group("Leave, by date or address")
    for box in reader.page.locator("[name=proposal]").all():
        box.check()
    reader.page.check("[name=answer][value=leave]")
    reader.page.fill("[name=reason]", "The orders have ended: no longer ours")
    reader.press("Decide of those ticked")
    reader.press("Keep the decision")
    assert f"{len(leavers)} " in reader.visitor.text
    reader.proposals()
    assert reader.group("Leave, by date or address") == []


@step
def decides_of_the_rest_one_by_one(reader: Reader) -> None:
    for words in ("Keep, because…", "Take over…"):
        reader.proposals()
        while reader.page.locator(f"main a:has-text({words!r})").count():
            reader.press(words)
            reader.decide("Talked over with the manager")
            reader.proposals()
    left = reader.page.locator(".tc-task").count()
    assert left == len(reader.group("Parked")) > 0


@step
def looks_at_the_members(reader: Reader) -> None:
    reader.menu("Members")
    everybody = reader.page.locator(".tc-scroll tbody tr").count()
    reader.press("Filter, or look at another day")
    reader.page.select_option("[name=rag]", label="Red")
    reader.page.get_by_role("button", name="Apply").click()
    reader.look()
    assert "rag=Red" in reader.page.url
    rows = reader.page.locator(".tc-scroll tbody tr")
    assert 0 < rows.count() < everybody
    assert rows.count() == rows.filter(has_text="Red").count()
    with reader.page.expect_download() as taken:
        reader.page.click("text=Take out as a file (CSV)")
    assert Path(taken.value.path()).read_text(encoding="utf-8-sig").count("Red") >= 1


@step
def rates_somebody(reader: Reader) -> None:
    reader.visitor.go("/cohort/")
    reader.page.locator(".tc-scroll tbody tr", has_not_text=re.compile("Red|Amber|Green")).first.locator("a").first.click()
    reader.press("Rate Red, Amber or Green")
    reader.page.check("[name=rag][value=Amber]")
    reader.page.fill("[name=reason]", "Settled in the new place")
    reader.press("Keep the rating")
    assert "Amber" in reader.visitor.text


@step
def looks_at_what_changed(reader: Reader) -> None:
    reader.menu("Cohort")
    reader.menu("What changed")
    row = reader.page.locator("tr", has_text=reader.joined).filter(has_text="Joined: by the rule")
    assert row.count() == 1
    assert "Amber" in reader.visitor.text
    reader.press("Since last month")


@step
def goes_back_to_today(reader: Reader) -> None:
    reader.menu("Today")
    assert "Proposals to decide" not in reader.visitor.text
    assert "Letters to give" in reader.visitor.text


def told() -> list[str]:
    """The steps of the tutorial, in order."""
    return re.findall(r"^\d+\. (.+)$", TUTORIAL.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_tutorial_leads_from_sign_in_to_a_decided_cohort(tutorial_service: str, browser: Browser) -> None:
    steps = told()
    assert len(steps) == len(STEPS)
    with visiting(browser, tutorial_service) as visitor:
        reader = Reader(visitor)
        for words, do in zip(steps, STEPS, strict=True):
            reader.seen = ""
            do(reader)
            missing = [bold for bold in re.findall(r"\*\*(.+?)\*\*", words) if bold not in reader.seen]
            assert missing == [], f"{do.__name__}: not on the screen"
        assert visitor.complaints == []
