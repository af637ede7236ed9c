"""The court desk on a tablet that loses its connection: read, searched, typed into; sent once; nobody else's; then gone."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.demonstration.browser import ROOT, Visitor, serving, visiting
from tests.demonstration.courtroom import OFFICER, SECOND
from tests.demonstration.planted import PASSWORD
from tests.homes import environment

TABLET, ONE = {"width": 834, "height": 1112}, "C1 10:00"
expect.set_options(timeout=60_000)
KEPT = """async () => {
  const stores = (await indexedDB.databases()).map((each) => each.name), rows = [];
  if (stores.includes("throughcare-kept")) {
    const done = (r) => new Promise((resolve) => { r.onsuccess = () => resolve(r.result); });
    const open = await done(indexedDB.open("throughcare-kept"));
    rows.push(...await done(open.transaction("kept").objectStore("kept").getAll()));
    open.close();
  }
  const text = rows.map((row) => JSON.stringify({ ...row, iv: 0, data: 0 }) + new TextDecoder().decode(row.data)).join(" ");
  return { kinds: rows.map((row) => row.kind).sort(), text, stores, caches: await caches.keys(),
           session: JSON.stringify(sessionStorage) };
}"""
"""What a thief of the browser's stores would read: every row as it lies there, the names of caches, the tab's session."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home: Path = tmp_path_factory.mktemp("courtroom")
    command = [sys.executable, "-m", "tests.demonstration.courtroom", str(home)]
    done = subprocess.run(command, env=environment(home, tables=True), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return home


@pytest.fixture
def court(built: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a small service, the court of which sits today, and nobody has done anything yet."""
    home = shutil.copytree(built, tmp_path / "home")
    with serving(home) as address:
        yield address


@contextmanager
def tablet(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=TABLET)
    try:
        yield context
    finally:
        context.close()


def sign_in(page: Page, address: str, name: str, *, to: str = "/court-desk/") -> Page:
    page.goto(f"{address}/sign-in/?next={to}")
    page.locator("input[name=login]:visible").fill(name)
    page.locator("input[name=password]:visible").fill(PASSWORD)
    page.locator("form:has(input[name=login]:visible) button:has-text('Sign in')").click()
    page.wait_for_url(f"{address}{to}")
    return page


def says(page: Page, words: str) -> None:
    expect(page.locator("[data-part=state]")).to_contain_text(words)


def plead(page: Page, at: str) -> None:
    page.get_by_text("In court", exact=False).first.click()
    page.locator("form[data-send^=court-desk-plea] [name=at]").fill(at)
    page.get_by_role("button", name="Not guilty").click()


def write(page: Page, text: str) -> None:
    page.locator("summary:has-text('Note')").first.click()
    page.locator("form[data-send^=court-desk-note] [name=text]").fill(text)
    page.get_by_role("button", name="Keep the note").click()


def kept(page: Page) -> Any:
    return page.evaluate(KEPT)


def test_a_morning_without_a_connection(court: str, browser: Browser):
    """Read, searched, typed into and opened anew without a connection; sent once when there is one; gone at sign-out."""
    with tablet(browser) as context:
        page = sign_in(context.new_page(), court, OFFICER)
        says(page, "Offline ready")
        assert kept(page)["kinds"] == ["page"] and "INSCOPE" not in kept(page)["text"]
        context.set_offline(True)
        plead(page, "10:40")
        says(page, "Kept on this tablet, 1 to send")
        page.reload()
        says(page, "No connection: the list as it was at")
        page.get_by_label("Search this list").fill("qarowner ter")
        expect(page.locator("[data-entry]:visible")).to_have_count(1)
        assert "QAROWNER, Terence" in page.inner_text("main") and "BAROWNER" not in page.inner_text("main")
        page.get_by_label("Search this list").fill("")
        write(page, "His sister is in court")
        says(page, "Kept on this tablet, 2 to send")
        assert kept(page)["kinds"] == ["page", "send", "send"]
        assert "sister" not in kept(page)["text"]
        context.set_offline(False)  # the desk sends by itself, and opens anew when it has
        expect(page.locator(".tc-desk__typed")).to_have_text("Today: Not guilty 10:40; Note")
        says(page, "Offline ready")
        page.reload()
        expect(page.locator(".tc-desk__typed")).to_have_text("Today: Not guilty 10:40; Note")
        assert kept(page)["kinds"] == ["page"]
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(f"{court}/sign-in/")
        left = kept(page)
        assert (left["kinds"], left["stores"], left["caches"]) == ([], [], [])
        assert "owner" not in left["session"] and "key" not in left["session"]


def test_the_idle_sign_out_loses_nothing_and_shows_nobody_else_anything(court: str, browser: Browser):
    """The session ends with a note unsent: the desk stays; another officer on the tablet sees nothing of it, and cannot send it,
    in the same tab or another; the officer signs in again, and it is sent."""
    with tablet(browser) as context:
        page = sign_in(context.new_page(), court, OFFICER)
        says(page, "Offline ready")
        context.clear_cookies()  # what is left when the session has ended
        write(page, "Ring his landlord")
        says(page, "You are signed out, and the desk stays here")
        says(page, "1 to send")
        assert ONE in page.inner_text("main")
        other = sign_in(context.new_page(), court, SECOND)
        says(other, "Somebody else typed something here that is not sent")
        assert "landlord" not in other.content() and "landlord" not in kept(other)["text"]
        page.evaluate("window.dispatchEvent(new Event('online'))")
        says(page, "Somebody else is signed in")
        says(page, "1 to send")
        other.get_by_role("button", name="Sign out").click()
        other.wait_for_url(f"{court}/sign-in/")
        assert kept(other)["kinds"] == ["send"]
        other.close()
        page.wait_for_url(re.compile("/sign-in/"))  # told that the other signed out, the tab shows nothing any more
        sign_in(page, court, OFFICER)
        expect(page.locator(".tc-desk__typed")).to_have_text("Today: Note")
        says(page, "Sent")


def test_who_signs_in_after_an_officer_cannot_open_their_desk_without_a_connection(court: str, browser: Browser):
    with tablet(browser) as context:
        page = sign_in(context.new_page(), court, OFFICER)
        says(page, "Offline ready")
        context.clear_cookies()
        sign_in(page, court, SECOND, to="/")
        context.set_offline(True)
        page.goto(f"{court}/court-desk/")
        assert "Nothing of the desk can be opened here now" in page.inner_text("main")
        assert "INSCOPE" not in page.content()


def test_what_is_refused_comes_back_to_be_corrected(court: str, browser: Browser):
    """Two officers enter the same plea: the second is told, with what was typed still there."""
    with tablet(browser) as first, tablet(browser) as second:
        mine, theirs = sign_in(first.new_page(), court, OFFICER), sign_in(second.new_page(), court, SECOND)
        says(mine, "Offline ready")
        first.set_offline(True)
        mine.get_by_role("button", name="Take this case").first.click()
        says(mine, "Kept on this tablet, 1 to send")
        theirs.get_by_role("button", name="Take this case").first.click()
        expect(theirs.locator(".tc-desk__taken")).to_contain_text("Yours")
        first.set_offline(False)
        mine.evaluate("window.dispatchEvent(new Event('online'))")
        says(mine, "1 to correct")
        assert "Second officer has this case now" in mine.inner_text("[data-part=queue]")
        mine.get_by_role("button", name="Take off this list").click()
        expect(mine.locator("[data-part=queue]")).to_be_hidden()
        assert kept(mine)["kinds"] == ["page"]


def test_at_the_end_of_the_court_day_it_is_gone(court: str, browser: Browser):
    with tablet(browser) as context:
        page = context.new_page()
        page.clock.install()
        sign_in(page, court, OFFICER)
        says(page, "Offline ready")
        page.clock.fast_forward("24:00:00")
        expect(page.locator("main h1")).to_have_text("The court day is over")
        assert kept(page)["kinds"] == [] and "owner" not in kept(page)["session"]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_the_desk_is_used_and_printed_at_every_width(court: str, browser: Browser, script: bool, tmp_path: Path):
    for size in ("desktop", "phone"):
        with visiting(browser, court, size=size, script=script) as visitor:
            sign_in(visitor.page, court, OFFICER)
            assert f"{ONE}" in visitor.text and "Restricted: ring" in visitor.text and "BARREDMAN" not in visitor.page.content()
            assert small_targets(visitor) == []
            if not script:
                continue
            assert visitor.faults() == []
            sheet = tmp_path / "desk.pdf"
            visitor.page.pdf(path=sheet, prefer_css_page_size=True)
            assert sheet.read_bytes().count(b"/Type /Page\n") + sheet.read_bytes().count(b"/Type /Page ") == 1
    if not script:
        with visiting(browser, court, script=False) as visitor:
            without_a_script(sign_in(visitor.page, court, OFFICER))


def small_targets(visitor: Visitor) -> list[str]:
    """Buttons and folds of the desk that a thumb might miss: lower than 44 pixels."""
    found = []
    for target in visitor.page.locator(".tc-desk :is(button, summary, .govuk-button, input:not([type=hidden]), textarea)").all():
        box = target.bounding_box() if target.is_visible() else None
        if box and box["height"] < 44:
            found.append(f"{target.inner_text()[:30]}: {box['height']}")
    return found


def without_a_script(page: Page) -> None:
    """The same forms, sent one by one."""
    page.locator("summary:has-text('Note')").first.click()
    page.locator("form[data-send^=court-desk-note] [name=text]").fill("By hand")
    page.get_by_role("button", name="Keep the note").click()
    assert "The note is kept" in page.inner_text(".moj-alert")
    page.get_by_role("button", name="Take this case").click()
    assert "The case is yours" in page.inner_text(".moj-alert >> nth=0")
    page.get_by_role("button", name="Hand back").click()
    assert "nobody has it" in page.inner_text(".moj-alert >> nth=0")
