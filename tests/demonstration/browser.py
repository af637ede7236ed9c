"""The service as people meet it: a copy of the demonstration served as a user serves it, and the system's Chromium before it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.homes import environment

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

SIZES = {"desktop": (1280, 900), "phone": (390, 844), "200% zoom": (640, 450)}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium() -> str:
    """The system's Chromium; where it is absent the test is skipped, but never in continuous integration."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed: the pages would go untested")
        pytest.skip("needs Chromium (apt-get install chromium)")
    return found


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """`throughcare serve` on a home, until the block ends; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from throughcare.cli import app; app()", "serve", "--port", str(port), "--workers", "1"]
    told = environment(home)
    with (home / "serve.log").open("w") as log, subprocess.Popen(command, env=told, stdout=log, stderr=log) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, server, home / "serve.log")
            yield address
        finally:
            server.terminate()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/sign-in/", timeout=30):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the service did not answer: {log.read_text()}")


def _to_a_whole_page(click: Callable[..., None]) -> Callable[..., None]:
    """A click that leads to another page ends when that page is whole.

    Playwright's own ends when the page begins to come: what a test then counts may be half of what a person sees.
    """

    def clicked(self: Page | Locator, *given: Any, **options: Any) -> None:
        click(self, *given, **options)
        (self if isinstance(self, Page) else self.page).wait_for_load_state()

    return clicked


Page.click, Locator.click = _to_a_whole_page(Page.click), _to_a_whole_page(Locator.click)  # type: ignore[method-assign]


@contextmanager
def opened() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


class Visitor:
    """Somebody at a screen: signed in, with what the browser complained of."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)

    def sign_in(self, role: str) -> "Visitor":
        """As the demonstration account of a role, by the button on the sign-in page."""
        self.page.goto(f"{self.address}/sign-in/")
        self.page.locator(f"form:has(input[type=hidden][name=login][value={role.replace('_', '-')}]) button").click()
        self.page.wait_for_url(f"{self.address}/")
        return self

    def go(self, path: str) -> "Visitor":
        answer = self.page.goto(f"{self.address}{path}")
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        return self

    def press(self, words: str) -> "Visitor":
        """The first button, link or fold of these words."""
        self.page.locator(f"main :is(button, a, summary):has-text({words!r})").first.click()
        return self

    @property
    def text(self) -> str:
        return self.page.inner_text("main")

    @property
    def told(self) -> str:
        """What the page says has happened."""
        alerts = self.page.locator(".moj-alert")
        return " ".join(alerts.all_inner_texts())

    def faults(self, *, axe: bool = True) -> list[str]:
        """What axe finds against WCAG 2.2 AA, what the browser complained of, and what does not fit the width."""
        wrong = self._axe() if axe else []
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return wrong + self.complaints + ([f"{wide} pixels too wide"] if wide > 1 else [])

    def _axe(self) -> list[str]:
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: Any = self.page.evaluate("(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
        return [f"{v['id']}: {v['nodes'][0]['html'][:120]} ({len(v['nodes'])})" for v in found["violations"]]


@contextmanager
def visiting(browser: Browser, address: str, *, size: str = "desktop", script: bool = True) -> Iterator[Visitor]:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
    try:
        yield Visitor(context, address)
    finally:
        context.close()
