"""Passkeys and security keys in a real Chromium, with a virtual authenticator in place of a person's finger."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as real
from django.core.handlers.wsgi import WSGIHandler
from pytest_django.live_server_helper import LiveServer

from tests.demonstration.browser import opened
from tests.web.sign_in_kit import PASSWORD, account, audited, usual

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
    pytest.mark.skipif(
        "sqlite" not in real.DATABASES["default"]["ENGINE"],
        reason="the server must see what the test's transaction holds: nothing may be committed, for the audit cannot be emptied",
    ),
]
INSIDE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
OLD_USB_KEY = {"protocol": "u2f", "transport": "usb", "automaticPresenceSimulation": True}


@pytest.fixture(autouse=True)
def _usual(settings):
    usual(settings)
    settings.SECOND_STEP_REQUIRED = True
    settings.ALLOWED_HOSTS = ["localhost"]


@pytest.fixture
def served(db, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The service on a port, on the test's own connection to the database: so one request after the other."""
    whole, turn = WSGIHandler.__call__, RLock()

    def in_turn(*request: Any) -> Any:
        with turn:
            return whole(*request)

    monkeypatch.setattr(WSGIHandler, "__call__", in_turn)
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@contextmanager
def browser(url: str) -> Iterator:
    """A page of a browser; its errors, which a broken policy would show as, end the test.

    Inside, the test may not ask the database: playwright's event loop runs in this thread, and Django would connect anew.
    """
    troubles: list[str] = []
    with opened() as chromium:
        page = chromium.new_context(base_url=url).new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        yield page
    assert [trouble for trouble in troubles if "404" not in trouble] == []  # the browser asks for /favicon.ico by itself


def holding(page, key: dict) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": key})


def by_password(page) -> None:
    page.goto("/sign-in/")
    page.fill("#id_login", "jo")
    page.fill("#id_password", PASSWORD)
    page.click("main form button:text-is('Sign in')")


def sign_out(page) -> None:
    page.click("header button:text-is('Sign out')")
    page.wait_for_url("**/sign-in/")


def add_key(page, *, alone: bool = True) -> None:
    page.wait_for_url("**/sign-in/second-step/")
    page.click("a:has-text('Add')")
    page.set_checked("#id_passwordless", alone)
    page.click("#key-go")
    page.wait_for_url("**/recovery-codes/")


def test_a_passkey_is_made_and_then_signs_in_alone(served):
    jo = account()
    with browser(served) as page:
        holding(page, INSIDE)
        by_password(page)
        add_key(page)
        sign_out(page)
        page.goto("/account/")
        page.click("#key-go")
        page.wait_for_url(f"{served}/account/")
        assert page.inner_text("h1") == "jo"
    assert audited()[-1] == ("sign-in.ok", str(jo.pk), {"with": ["webauthn"]})


def test_an_old_usb_key_is_a_second_step_and_not_a_passkey(served):
    account()
    with browser(served) as page:
        holding(page, OLD_USB_KEY)
        by_password(page)
        add_key(page, alone=False)
        sign_out(page)
        by_password(page)
        page.wait_for_url("**/second-step/code/")
        page.click("#key-go")
        page.wait_for_selector("header button:text-is('Sign out')")
    assert not Authenticator.objects.get(type="webauthn").wrap().is_passwordless
    assert audited()[-1][2] == {"with": ["password", "webauthn"]}


def test_a_key_that_fails_is_explained_in_words(served):
    with browser(served) as page:
        page.goto("/sign-in/")
        holding(page, INSIDE)
        page.click("#key-go")
        page.wait_for_selector("[data-key-trouble]:visible")
        assert "Try again" in page.inner_text("[data-key-trouble]")
