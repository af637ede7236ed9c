"""Every page of sign-in is ours, keeps the content-security policy, and has no script or style in it."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator

import throughcare.web
from tests.web.sign_in_kit import PASSWORD, account, code_now, read, sign_in, usual, with_app, with_recovery_codes
from throughcare.web.sign_in.configured import SignOn

pytestmark = pytest.mark.django_db
TEMPLATES = Path(throughcare.web.__file__).parent / "templates"
OURS = sorted(p for folder in ("account", "mfa", "socialaccount") for p in (TEMPLATES / folder).rglob("*.html"))
BEFORE = ["", "inactive/", "with/cancelled/", "with/error/"]
WITHIN = [
    "out/", "again/", "password/", "second-step/", "second-step/again/", "second-step/app/remove/", "second-step/keys/",
    "second-step/recovery-codes/", "second-step/recovery-codes/new/", "second-step/keys/add/", "second-step/keys/again/",
    "second-step/keys/{key}/edit/", "second-step/keys/{key}/remove/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _usual(settings):
    usual(settings)
    settings.SIGN_ONS = (
        SignOn(id="probation", name="Probation Service", server_url="https://p.example", client_id="t", secret="s"),
    )


def is_ours_and_safe(page):
    """Our frame, the policy's header, no script or style in the page, and no two elements of one name."""
    words = page.content.decode()
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";" and "style-src 'self';" in policy + ";" and "unsafe" not in policy
    assert "not part of GOV.UK" in words, "the page is not in our frame"
    found = read(words)
    assert found.found == []
    assert len(set(found.ids)) == len(found.ids)
    assert words.count("<h1") == 1 and "Log in" not in words and "Sign Up" not in words


@pytest.mark.parametrize("path", BEFORE)
def test_pages_before_sign_in(client, path):
    is_ours_and_safe(client.get(f"/sign-in/{path}"))


def test_the_lock_out_page(client):
    for _ in range(5):
        page = sign_in(client, "jo", "wrong")
    is_ours_and_safe(page)


def test_the_page_of_the_rate_limit(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client)
    page = sign_in(client)
    assert page.status_code == 429
    is_ours_and_safe(page)


def key_of(holder) -> Authenticator:
    """A security key that is only listed, renamed and removed, so that any credential will do."""
    data = {"name": "My key", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}
    return Authenticator.objects.create(user=holder, type="webauthn", data=data)


@pytest.fixture
def within(client, monkeypatch):
    """Somebody signed in with every kind of second step, who has said again who it is."""
    jo = account()
    with_app(jo)
    with_recovery_codes(jo)
    sign_in(client)
    is_ours_and_safe(client.get("/sign-in/second-step/code/"))
    client.post("/sign-in/second-step/code/", {"code": code_now()})
    client.post("/sign-in/again/", {"password": PASSWORD})
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])
    return client, key_of(jo)


@pytest.mark.parametrize("path", WITHIN)
def test_pages_within(within, path):
    client, key = within
    page = client.get("/sign-in/" + path.format(key=key.pk))
    assert page.status_code == 200
    is_ours_and_safe(page)


def test_the_page_of_a_first_app(client):
    account()
    sign_in(client)
    is_ours_and_safe(client.get("/sign-in/second-step/app/"))


@pytest.mark.parametrize("template", OURS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_has_a_script_or_a_style_in_it(template):
    assert read(template.read_text(encoding="utf-8")).found == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("<script>alert(1)</script>", ["script"]), ("<style>a{}</style>", ["style"]), ('<p style="x">', ["style"]),
        ('<a onclick="x">', ["onclick"]), ('<a href="javascript:x">', ["href"]), ('<script src="/a.js"></script>', []),
        ('<script type="application/json">{}</script>', []),
    ],
)  # fmt: skip
def test_what_the_policy_refuses_is_found(planted, found):
    assert read(planted).found == found
