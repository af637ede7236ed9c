"""Two people press Approve at the same moment for more than is left: one succeeds, the other is told, nothing is overspent."""

import re

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import Visitor, visiting

pytestmark = pytest.mark.xdist_group("pilot")
PRESS = "document.querySelector('main button[name=send]').click()"


def places_of(visitor: Visitor) -> list[str]:
    """The places that the visitor sees."""
    visitor.go("/budgets/")
    return [str(link.get_attribute("href")) for link in visitor.page.locator("main table a[href^='/budgets/']").all()]


def left(visitor: Visitor, place: str) -> str:
    return str(re.search(r"£([\d.,]+) of £", visitor.go(place).text).group(1)).replace(",", "")  # type: ignore[union-attr]


def asks(visitor: Visitor, place: str, what: str, pounds: str) -> None:
    page = visitor.go(f"{place}ask/").page
    page.fill("[name=description]", what)
    page.select_option("[name=category]", "Travel")
    page.get_by_label("A travel operator").check()
    page.fill("[name=pence]", pounds)
    visitor.press("Continue")
    page.locator("main button[name=send]").click()
    assert "It is asked for" in visitor.told


def before_approving(visitor: Visitor, place: str, what: str) -> None:
    """The page on which the approval is seen once more."""
    visitor.go(place)
    visitor.page.locator(f".govuk-summary-card:has-text({what!r}) a:has-text('Approve')").first.click()
    visitor.press("Continue")


def test_the_last_pound_is_spent_by_one_of_two_and_the_other_is_told(service: str, browser: Browser):
    with (
        visiting(browser, service) as senior, visiting(browser, service, size="phone") as manager,
    ):  # fmt: skip
        senior.sign_in("senior_officer")
        manager.sign_in("offender_manager")
        both = set(places_of(manager))
        place = next(each for each in places_of(senior) if each in both)
        rest = left(senior, place)
        asks(senior, place, "Bus pass of the one", rest)
        asks(manager, place, "Coach fare of the other", rest)
        before_approving(senior, place, "Coach fare of the other")
        before_approving(manager, place, "Bus pass of the one")
        for visitor in (senior, manager):
            visitor.page.evaluate(f"setTimeout(() => {PRESS}, 400)")
        for visitor in (senior, manager):
            visitor.page.wait_for_selector("text=/approved\\.|more than is available/")
        told = [f"{visitor.told} {visitor.text}" for visitor in (senior, manager)]
        assert len([words for words in told if ": approved." in words]) == 1
        (refused,) = [words for words in told if "more than is available" in words]
        assert "at most" in refused or "ask for less" in refused
        assert left(senior, place) == left(manager, place) == "0.00"
        assert "-£" not in senior.text
