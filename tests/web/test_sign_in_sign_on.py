"""An organisation's own sign-on (OpenID Connect), against a provider that runs in a thread of the test."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client

from tests.web.sign_in_kit import account, audited, sign_in, signed_in, usual, with_app
from throughcare.casework.access.models import Account
from throughcare.web.sign_in.configured import SignOn, sign_ons
from throughcare.web.sign_in.errors import SignInSettingError

pytestmark = pytest.mark.django_db
SECRET = "a secret of more than thirty-two bytes, so that nobody warns"
FILE = """
[[sign_on]]
id = "probation"
name = "Probation Service"
server_url = "https://login.example.org/realm"
client_id = "throughcare"
secret_file = "probation.secret"
"""


class Provider(BaseHTTPRequestHandler):
    """Says of whoever comes what `claims` say; refuses a code that it did not give."""

    claims: dict = {}

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, told: dict, status: int = 200) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:  # the name that http.server calls
        ends = {
            "issuer": self.root, "authorization_endpoint": f"{self.root}/authorize", "token_endpoint": f"{self.root}/token",
            "userinfo_endpoint": f"{self.root}/userinfo", "jwks_uri": f"{self.root}/keys",
        }  # fmt: skip
        self.answer(self.claims if self.path == "/userinfo" else ends)

    def do_POST(self) -> None:
        asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if asked["code"] != ["good"] or "code_verifier" not in asked:
            return self.answer({"error": "invalid_grant"}, 400)
        token = {"iss": self.root, "aud": "throughcare", "iat": time.time() - 5, "exp": time.time() + 60, **self.claims}
        return self.answer(
            {"access_token": "t", "token_type": "Bearer", "id_token": jwt.encode(token, SECRET, algorithm="HS256")}
        )

    def log_message(self, *told) -> None:
        pass


@pytest.fixture(autouse=True)
def _usual(settings):
    usual(settings)
    settings.SECOND_STEP_REQUIRED = True


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def configure(**told) -> None:
        url = f"http://127.0.0.1:{server.server_port}"
        sign_on = SignOn(id="probation", name="Probation Service", server_url=url, client_id="throughcare", secret="s", **told)
        settings.SIGN_ONS = (sign_on,)
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [sign_on.app], "OAUTH_PKCE_ENABLED": True}}

    configure()
    yield configure
    server.shutdown()
    server.server_close()


def come(client, claims: dict, code: str = "good", **more):
    """Goes to the provider and comes back, as a browser would."""
    Provider.claims = claims
    asked = urlsplit(client.get("/sign-in/with/probation/", more).headers["Location"])
    assert asked.path == "/authorize"
    return client.get("/sign-in/with/probation/back/", {"code": code, "state": parse_qs(asked.query)["state"][0]})


KNOWN = {"sub": "17", "email": "Jo@probation.example", "email_verified": True, "preferred_username": "jo.b", "name": "Jo"}


def test_a_verified_address_signs_in_the_account_that_has_it_without_another_second_step(client, provider):
    jo = account(email="jo@probation.example", password=None)
    assert come(client, KNOWN, next="/account/").headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert audited() == [
        ("sign-in.connected", str(jo.pk), {"sign_on": "probation"}),
        ("sign-in.ok", str(jo.pk), {"with": ["probation"]}),
    ]


def test_afterwards_it_is_known_by_its_number_whatever_its_address(client, provider):
    account(email="jo@probation.example")
    come(client, KNOWN)
    client.post("/sign-in/out/")
    come(client, KNOWN | {"email": "married@probation.example"})
    assert signed_in(client)
    assert [verb for verb, _, _ in audited()].count("sign-in.connected") == 1


def test_a_sign_on_without_second_factor_asks_for_ours(client, provider):
    provider(second_step=False)
    account(email="jo@probation.example")
    come(client, KNOWN)
    assert client.get("/account/").headers["Location"] == "/sign-in/second-step/"


def test_who_set_up_a_second_step_here_is_asked_for_it_this_way_too(client, provider):
    with_app(account(email="jo@probation.example"))
    assert come(client, KNOWN).headers["Location"] == "/sign-in/second-step/code/"


@pytest.mark.parametrize(
    "claims",
    [
        KNOWN | {"email": "nobody@probation.example"}, KNOWN | {"email_verified": False}, {"sub": "17"},
        KNOWN | {"email": "two@p.example"},
    ],
)  # fmt: skip
def test_who_has_no_account_is_told_so_and_none_is_made(client, provider, claims):
    account(email="jo@probation.example")
    account("two", email="two@p.example")
    account("too", email="two@p.example")
    page = come(client, claims)
    assert page.status_code == 403 and "You have no account here yet" in page.content.decode()
    assert not signed_in(client) and Account.objects.count() == 3


def test_a_closed_account_is_not_found(client, provider):
    Account.objects.filter(pk=account(email="jo@probation.example").pk).update(is_active=False)
    assert come(client, KNOWN).status_code == 403


def test_an_account_closed_after_it_was_tied_does_not_come_in(client, provider):
    account(email="jo@probation.example")
    come(client, KNOWN)
    Account.objects.update(is_active=False)
    other = Client()
    assert come(other, KNOWN).headers["Location"] == "/sign-in/inactive/"
    assert not signed_in(other)


def test_where_a_claim_is_the_username_only_that_claim_counts(client, provider):
    provider(username_claim="preferred_username")
    account("other", email="jo@probation.example")
    assert come(client, KNOWN).status_code == 403
    named = account("jo.b")
    come(client, KNOWN)
    assert client.session["_auth_user_id"] == str(named.pk)


def test_a_provider_may_be_trusted_for_its_addresses(client, provider):
    provider(emails_verified=True)
    account(email="jo@probation.example")
    come(client, {"sub": "17", "email": "jo@probation.example"})
    assert signed_in(client)


def test_somebody_signed_in_cannot_tie_a_stranger_to_the_account(client, provider, settings):
    settings.SECOND_STEP_REQUIRED = False
    account()
    sign_in(client)
    assert come(client, {"sub": "99"}, process="connect").status_code == 403
    assert "sign-in.connected" not in [verb for verb, _, _ in audited()]


@pytest.mark.parametrize("told", [{"code": "bad"}, {"state": "bad", "code": "good"}, {"error": "server_error"}])
def test_an_answer_that_cannot_be_used_is_explained(client, provider, told):
    Provider.claims = KNOWN
    state = parse_qs(urlsplit(client.get("/sign-in/with/probation/").headers["Location"]).query)["state"][0]
    page = client.get("/sign-in/with/probation/back/", {"state": state} | told)
    assert page.status_code == 401
    assert "Your organisation&#39;s sign-on did not work" in page.content.decode().replace("'", "&#39;")


def test_a_provider_that_does_not_answer_is_explained(client, provider, settings):
    sign_on = SignOn(id="probation", name="Probation Service", server_url="http://127.0.0.1:9", client_id="t", secret="s")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [sign_on.app]}}
    page = client.get("/sign-in/with/probation/")
    assert page.status_code == 502 and "sign-on did not work" in page.content.decode()


def test_an_answer_without_a_number_of_the_person_is_explained(client, provider):
    assert come(client, {"email": "jo@probation.example", "email_verified": True}).status_code == 502


def test_stopping_there_is_explained(client, provider):
    state = parse_qs(urlsplit(client.get("/sign-in/with/probation/").headers["Location"]).query)["state"][0]
    back = client.get("/sign-in/with/probation/back/", {"state": state, "error": "access_denied"})
    assert "You stopped signing in" in client.get(back.headers["Location"]).content.decode()


def test_the_page_has_a_button_for_it(client, provider):
    page = client.get("/sign-in/?next=/account/").content.decode()
    assert "Sign in with Probation Service" in page and "/sign-in/with/probation/?next=%2Faccount%2F" in page


@pytest.mark.parametrize("path", ["probation/", "probation/back/", "cancelled/", "error/"])
def test_without_one_there_is_no_button_and_no_address(client, path):
    assert "Sign in with Probation" not in client.get("/sign-in/").content.decode()
    assert client.get(f"/sign-in/with/{path}").status_code == 404


def test_an_unknown_provider_has_no_address(client, provider):
    assert client.get("/sign-in/with/prison/").status_code == 404


def written(folder: Path, text: str) -> str:
    (folder / "probation.secret").write_text("hush\n", encoding="utf-8")
    (folder / "sign-on.toml").write_text(text, encoding="utf-8")
    return str(folder / "sign-on.toml")


def test_the_file_is_read(tmp_path):
    (found,) = sign_ons(written(tmp_path, FILE + 'username_claim = "upn"\nsecond_step = false\n'))
    assert (found.id, found.secret, found.username_claim, found.second_step) == ("probation", "hush", "upn", False)
    assert found.app["settings"] == {"server_url": "https://login.example.org/realm", "verified_email": False}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FILE + "colour = 'red'\n", "'colour' is not known"),
        (FILE.replace('client_id = "throughcare"\n', ""), "client_id is missing"),
        (FILE + "second_step = 'no'\n", "second_step = 'no' cannot be"),
        (FILE.replace('"probation"', '"../x"', 1), "cannot be part of an address"),
        (FILE.replace("probation.secret", "other.secret"), "the secret cannot be read"),
        (FILE + FILE, "two sign-ons have the same id"),
        ("provider = 1", "the file has something else"),
        ("[[", "cannot be read"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(tmp_path, text, said):
    with pytest.raises(SignInSettingError, match=said.replace("[", r"\[")):
        sign_ons(written(tmp_path, text))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SignInSettingError, match="cannot be read"):
        sign_ons(str(tmp_path / "none.toml"))
