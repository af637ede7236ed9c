"""Accounts to sign in with, and what signing in leaves behind."""

import json
from html.parser import HTMLParser

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from throughcare.casework.access.actions import make_account
from throughcare.casework.access.models import Account
from throughcare.casework.audit.models import Entry

PASSWORD = "three odd words"
SECRET = "JBSWY3DPEHPK3PXP"


def account(username: str = "jo", **told) -> Account:
    return make_account(by="test", username=username, password=told.pop("password", PASSWORD), **told)


def with_app(holder: Account) -> Authenticator:
    """Gives the account an authenticator app, whose secret we know."""
    return TOTP.activate(holder, SECRET).instance


def with_recovery_codes(holder: Account) -> list[str]:
    return RecoveryCodes.activate(holder).get_unused_codes()


def code_now() -> str:
    """The code of this half minute: the middle one of those that are taken."""
    _, now, _ = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(SECRET, now))


def usual(settings) -> None:
    """A real service's home, with passwords that are quick to check; no second step is asked unless a test asks it."""
    settings.DEMONSTRATION = None
    settings.SECOND_STEP_REQUIRED = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SIGN_ONS = ()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}


def sign_in(client, login: str = "jo", password: str = PASSWORD, **more):
    return client.post("/sign-in/", {"login": login, "password": password, **more})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def audited(prefix: str = "sign-in.") -> list[tuple[str, str, dict]]:
    """What the audit says of signing in: verb, the account's number or "", details."""
    found = Entry.objects.filter(verb__startswith=prefix).order_by("pk")
    return [(entry.verb, entry.subject_id, json.loads(entry.details)) for entry in found]


class Inline(HTMLParser):
    """Finds what a strict content-security policy refuses: scripts and styles that stand in the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in told and told.get("type") != "application/json"):
            self.found.append(tag)
        self.found += [name for name in told if name == "style" or name.startswith("on")]
        self.found += [name for name, value in attrs if (value or "").strip().lower().startswith("javascript:")]
        if told.get("id"):
            self.ids.append(told["id"] or "")


def read(html: str) -> Inline:
    parser = Inline()
    parser.feed(html)
    return parser
