"""A court morning from the first look to the figures: the list comes, three are matched, a plea, a report, a miss, a sentence.

7 December 2016 at Thames. Ansel Inscope is in the cohort; Bertil Barredman is restricted; a third name only may be Inscope.
"""

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demonstration.browser import ROOT, serving
from tests.demonstration.conftest import run_in
from tests.demonstration.courtroom import OFFICER
from tests.demonstration.test_court_desk import kept, says, sign_in, tablet
from tests.homes import environment
from throughcare.core.identifiers import make_pnc

FIGURES = {
    # The slug and group of each figure, before the morning and after it.
    ("psr.delivered", "Thames|all"): ("3", "4"),
    ("psr.on_the_day", "Thames|all"): ("3", "4"),
    ("psr.misses_without_reason", "all"): ("100.0", "75.0"),
    ("psr.miss_reasons", "learned_too_late"): ("0.0", "25.0"),
    ("lists.prompts", "Thames"): ("0", "1"),
    ("lists.false_prompts", "Thames"): ("0", "1"),
    ("ear.open", "imposed"): ("0", "1"),
    ("sentence.community_or_suspended", "with a report"): ("", "100.0"),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A small home in which no list has come."""
    command = [sys.executable, "-m", "tests.demonstration.courtroom", str(tmp_path / "home"), "early"]
    (tmp_path / "home").mkdir()
    told = environment(tmp_path / "home", tables=True)
    done = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return tmp_path / "home"


def the_list() -> str:
    """Forty names as they are copied from the court's own list."""
    rows = [
        "Courtroom;Time;Name;Date of birth;PNC;Bail;Offence",
        f"C1;10:00;INSCOPE, Ansel;09/03/1991;{make_pnc(2003, 4401)};custody;Theft from a shop",
        f"C2;10:30;BARREDMAN, Bertil;09/03/1992;{make_pnc(2003, 4402)};bail;Burglary",
        "C1;11:00;INSCOPE, Ansell;09/03/1991;;bail;Going equipped",
    ]
    others = [f"C{1 + n % 4};{10 + n % 6}:15;{chr(65 + n % 26)}{'ab'[n // 26]}rowner, Terence;03/09/{1960 + n};;bail;Theft"
              for n in range(37)]  # fmt: skip
    return "\n".join([*rows, *others])


def figures(home: Path) -> dict[tuple[str, str], str]:
    told = run_in(home)("measures", "--from", "2016-11-01", "--to", "2017-01-01", "--format", "csv").stdout
    return {(row["id"], row["group"]): row["value"] for row in csv.DictReader(io.StringIO(told))}


def test_a_court_morning(home: Path, browser: Browser):
    before = figures(home)
    with serving(home) as court, tablet(browser) as context:
        page = sign_in(context.new_page(), court, OFFICER)
        assert "Thames list not received" in page.inner_text("main")
        assert "Cohort" not in page.inner_text("main")
        _the_list_comes(page, court)
        _the_third_is_somebody_else(page, court)
        with _no_connection(page):
            _guilty_at(page, "10:40")
        page.goto(f"{court}/court-desk/")
        expect(page.locator(".tc-desk__typed")).to_have_text("Today: Guilty 10:40")
        says(page, "Offline ready")  # which is said when nothing waits to be sent
        assert kept(page)["kinds"] == ["page"]
        _spoken_in_two_taps(page)
        _why_the_other_was_missed(page, court)
        _sentenced(page, court)
        assert "BARREDMAN" not in page.content()
    after = figures(home)
    assert {figure: (before[figure], after[figure]) for figure in FIGURES} == FIGURES


def _the_list_comes(page: Page, court: str) -> None:
    page.get_by_role("link", name="Paste a list").click()
    page.get_by_label("The list").fill(the_list())
    page.get_by_role("button", name="Check what was read").click()
    assert "40 names were read" in page.inner_text("main")
    page.get_by_role("button", name="Keep").first.click()
    expect(page.locator(".moj-alert").first).to_contain_text("of whom 2 known here and 1 to confirm")


def _the_third_is_somebody_else(page: Page, court: str) -> None:
    page.goto(f"{court}/court-desk/")
    says(page, "Offline ready")
    told = page.inner_text("main")
    for words in ("Cohort (2)", "To confirm (1)", "Others (37)", "Restricted: ring", "Possible: "):
        assert words in told, words
    page.get_by_role("button", name="Not", exact=True).click()
    expect(page.locator("#desk-others summary")).to_have_text("Others (38)")


@contextmanager
def _no_connection(page: Page) -> Iterator[None]:
    page.context.set_offline(True)
    yield
    says(page, "Kept on this tablet, 1 to send")
    page.context.set_offline(False)


def _guilty_at(page: Page, at: str) -> None:
    page.get_by_text("In court", exact=False).first.click()
    page.locator("form[data-send^=court-desk-plea] [name=at]").fill(at)
    page.get_by_role("button", name="Guilty", exact=True).first.click()


def _spoken_in_two_taps(page: Page) -> None:
    page.get_by_role("link", name="Report on INSCOPE").click()
    assert "Guilty on 7 December 2016" in page.inner_text("main")
    for _ in range(2):
        page.locator("main form button").first.click()
    assert "delivered" in page.inner_text("main").lower()


def _why_the_other_was_missed(page: Page, court: str) -> None:
    page.goto(f"{court}/")
    page.get_by_role("link", name="Say why").click()
    page.get_by_label("too late").check()
    page.locator("main form button").last.click()
    page.goto(f"{court}/")
    assert "Missed reports without a reason" not in page.inner_text("main")


def _sentenced(page: Page, court: str) -> None:
    page.goto(f"{court}/cases/1/")
    page.get_by_role("link", name="Record the sentence").click()
    page.get_by_label("Community order").check()
    page.get_by_label("Enhanced activity", exact=False).first.check()
    page.get_by_label("Days of enhanced activity ordered", exact=False).fill("30")
    page.get_by_role("button", name="Continue").click()
    assert "Enhanced activity requirement" in page.inner_text("main")
    page.get_by_role("button", name="Record it").click()
    expect(page.locator("main")).to_contain_text("Community order")
    assert "Nothing yet" not in page.inner_text("main")
