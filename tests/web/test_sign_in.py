"""Signing in by password: who may, what is refused, what locks, what the audit keeps, how a session ends."""

import time
from datetime import date, timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings as real
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.web.sign_in_kit import PASSWORD, account, audited, sign_in, signed_in, usual
from throughcare.casework.access.actions import remove_account, set_password
from throughcare.casework.access.models import Account
from throughcare.config import sign_in as config
from throughcare.web.sign_in.configured import one_of
from throughcare.web.sign_in.errors import SignInSettingError
from throughcare.web.sign_in.middleware import SEEN, STARTED

pytestmark = pytest.mark.django_db
WRONG = "The username or password is not right"


@pytest.fixture(autouse=True)
def _usual(settings):
    usual(settings)


def fail(client, login="jo", times=1):
    return [sign_in(client, login, "not the password") for _ in range(times)][-1]


@pytest.mark.parametrize("login", ["jo", "JO", " jo ", "jo@probation.example", "Jo@Probation.Example"])
def test_username_or_e_mail_in_any_case_signs_in(client, login):
    account(email="jo@probation.example")
    assert sign_in(client, login).headers["Location"] == "/"
    assert signed_in(client)


@pytest.mark.parametrize("login", ["jo", "nobody", "nobody@probation.example"])
def test_a_wrong_password_and_an_unknown_name_are_told_alike(client, login):
    account()
    assert WRONG in fail(client, login).content.decode()
    assert not signed_in(client)


@pytest.mark.parametrize(
    "path",
    ["signup/", "login/", "password/reset/", "password/set/", "email/", "confirm-email/", "3rdparty/", "3rdparty/signup/",
     "social/signup/", "2fa/", "second-step/recovery-codes/download/", "second-step/keys/signup/", "login/code/", "sessions/"],
)  # fmt: skip
def test_what_we_do_not_offer_is_not_there(client, path):
    client.force_login(account())
    assert client.get(f"/sign-in/{path}").status_code == 404
    assert Client().get(f"/sign-in/{path}").status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email", "socialaccount_connections"])
def test_what_we_do_not_offer_has_no_name(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_no_account_is_made_by_trying(client):
    sign_in(client, "new", PASSWORD)
    assert not Account.objects.exists()


def test_a_closed_account_is_told_so_only_with_its_password(client):
    closed = account()
    remove_account(by="test", account=closed, on=date(2016, 7, 5))
    set_password(by="test", account=closed, password=PASSWORD)
    assert WRONG in fail(client).content.decode()
    assert "This account is closed" in client.get(sign_in(client).headers["Location"]).content.decode()
    assert not signed_in(client)


def test_five_wrong_passwords_lock_the_account_whatever_the_address_and_the_spelling(client):
    account(email="jo@probation.example")
    for number, login in enumerate(["jo", "JO", "jo@probation.example", "Jo@Probation.example"]):
        tried = client.post("/sign-in/", {"login": login, "password": "wrong"}, REMOTE_ADDR=f"10.0.0.{number}")
        assert tried.status_code == 200
    page = client.post("/sign-in/", {"login": "jo", "password": "wrong"}, REMOTE_ADDR="10.0.0.9")
    assert page.status_code == 429
    words = page.content.decode()
    assert "Too many wrong passwords" in words and "15 minutes" in words and "Try again after" in words
    assert real.SIGN_IN_HELP in words.replace("&#39;", "'")
    assert sign_in(client).status_code == 429, "the right password does not unlock"
    assert not signed_in(client)


def test_a_lock_ends_after_a_quarter_of_an_hour_and_trying_meanwhile_does_not_prolong_it(client):
    account()
    fail(client, times=5)
    before = AccessAttempt.objects.get()
    fail(client, times=3)
    after = AccessAttempt.objects.get()
    assert (after.attempt_time, after.failures_since_start) == (before.attempt_time, 5)
    AccessAttempt.objects.update(attempt_time=before.attempt_time - timedelta(minutes=16))
    sign_in(client)
    assert signed_in(client)


def test_others_at_the_same_address_are_not_locked(client):
    account()
    account("sam")
    fail(client, times=6)
    sign_in(client, "sam")
    assert signed_in(client)


def test_a_name_without_account_is_locked_alike_and_kept_nowhere(client):
    assert fail(client, "my secret passw0rd", times=5).status_code == 429
    kept = AccessAttempt.objects.get()
    assert "passw0rd" not in "".join(str(value) for value in vars(kept).values())
    assert "passw0rd" not in str(audited())
    assert {(verb, about) for verb, about, _ in audited()} == {("sign-in.failed", ""), ("sign-in.locked", "")}


def test_success_forgets_the_failures_before_it(client):
    account()
    fail(client, times=4)
    sign_in(client)
    client.post("/sign-in/out/")
    assert fail(client, times=4).status_code == 200


def test_the_audit_tells_in_out_failed_and_locked(client):
    jo = str(account().pk)
    fail(client)
    sign_in(client)
    client.post("/sign-in/out/")
    assert audited() == [
        ("sign-in.failed", jo, {"at": "password"}),
        ("sign-in.ok", jo, {"with": ["password"]}),
        ("sign-in.out", jo, {}),
    ]
    fail(client, times=5)
    assert [verb for verb, _, _ in audited()].count("sign-in.locked") == 1


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "https:///evil.example", "\\\\evil.example"]
)
def test_next_leads_only_to_our_own_addresses(client, settings, to):
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    account()
    assert sign_in(client, next=to).headers["Location"] == "/"
    assert client.post("/sign-in/out/", {"next": to}).headers["Location"] == "/sign-in/"


def test_next_to_our_own_address_is_followed(client):
    account()
    assert client.get("/account/").headers["Location"] == "/sign-in/?next=/account/"
    assert sign_in(client, next="/account/").headers["Location"] == "/account/"


def test_the_session_key_changes_at_sign_in(client):
    account()
    client.get("/sign-in/")
    fail(client)
    session = client.session
    session["something"] = 1
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client)
    assert client.cookies["sessionid"].value != before


def test_cookies_have_their_flags(client):
    account()
    client.get("/sign-in/")
    sign_in(client)
    session, csrf = client.cookies["sessionid"], client.cookies["csrftoken"]
    assert session["httponly"] and session["samesite"] == "Lax" and not session["max-age"]
    assert csrf["httponly"] and csrf["samesite"] == "Lax"


def test_over_https_cookies_are_secure(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    account()
    client.get("/sign-in/", secure=True)
    client.post("/sign-in/", {"login": "jo", "password": PASSWORD}, secure=True, headers={"referer": "https://testserver/"})
    assert client.cookies["sessionid"]["secure"] and client.cookies["csrftoken"]["secure"]


def test_a_session_idle_too_long_is_over(client):
    account()
    sign_in(client)
    assert client.session.get_expiry_age() == config.IDLE_SECONDS + config.KEPT_EVERY


@pytest.mark.parametrize(
    ("seconds_ago", "page", "written"),
    [
        (30, "/account/", False),  # of the minute: nothing is written, and 20 minutes are left all the same
        (59, "/account/", False),
        (60, "/account/", True),
        (600, "/account/", True),
        (1, "/still-here/", True),
    ],
)
def test_a_session_in_use_is_kept_from_its_idle_end(client, seconds_ago, page, written):
    account()
    sign_in(client)
    session = client.session
    session[SEEN] = before = time.time() - seconds_ago
    session.save()
    assert client.get(page).status_code == 200
    assert (client.session[SEEN] > before) is written


def test_a_session_is_over_after_twelve_hours_however_busy(client):
    account()
    sign_in(client)
    session = client.session
    session[STARTED] = time.time() - 12 * 3600 + 60
    session.save()
    assert client.get("/account/").status_code == 200
    session[STARTED] -= 120
    session.save()
    assert client.get("/account/").headers["Location"] == "/sign-in/?next=%2Faccount%2F"
    assert not signed_in(client)
    assert audited()[-1][0] == "sign-in.out"


def test_a_new_password_ends_other_sessions_and_keeps_this_one(client):
    jo = account()
    other = Client()
    sign_in(client)
    sign_in(other)
    new = "four odder words here"
    changed = client.post("/sign-in/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert changed.headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert audited()[-1] == ("sign-in.password-changed", str(jo.pk), {})


@pytest.mark.parametrize(
    ("told", "words"),
    [({"password1": "short", "password2": "short"}, "at least 12"), ({"oldpassword": "wrong"}, "that you have now is not right")],
)
def test_a_password_that_is_too_weak_or_not_confirmed_is_refused(client, told, words):
    account()
    sign_in(client)
    asked = {"oldpassword": PASSWORD, "password1": "four odder words here", "password2": "four odder words here"} | told
    assert words in client.post("/sign-in/password/", asked).content.decode()


def test_an_account_without_password_has_no_password_to_change(client):
    client.force_login(account(password=None))
    assert client.get("/sign-in/password/").status_code == 404


def test_the_demonstration_offers_its_accounts_by_role_and_signs_in_by_the_ordinary_form(client, settings):
    settings.DEMONSTRATION, settings.SECOND_STEP_REQUIRED = date(2016, 7, 5), True
    account("offender-manager", password="demonstration")
    account("somebody", password="demonstration")
    remove_account(by="test", account=account("auditor"), on=date(2016, 7, 5))
    words = client.get("/sign-in/").content.decode()
    assert "Offender manager" in words and "Sign in as this" in words
    assert '<input type="hidden" name="login" value="offender-manager">' in words
    assert 'value="somebody"' not in words and 'value="auditor"' not in words
    assert sign_in(client, "offender-manager", "demonstration").headers["Location"] == "/"
    assert client.get("/account/").status_code == 200, "a demonstration asks for no second step"


def test_outside_a_demonstration_no_account_is_told(client):
    account("offender-manager", password="demonstration")
    words = client.get("/sign-in/").content.decode()
    assert "offender-manager" not in words and "demonstration" not in words.lower()


def test_a_value_of_the_second_step_that_is_not_known_is_refused(monkeypatch):
    monkeypatch.setenv("THROUGHCARE_SECOND_STEP", "maybe")
    with pytest.raises(SignInSettingError, match="THROUGHCARE_SECOND_STEP=maybe is not known: expected on or off"):
        one_of("THROUGHCARE_SECOND_STEP", "on", "off")


def test_tries_are_counted_where_all_worker_processes_see_them():
    assert real.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_a_form_of_another_session_is_refused_in_our_words():
    client = Client(enforce_csrf_checks=True)
    page = sign_in(client)
    assert page.status_code == 403 and "This could not be sent" in page.content.decode()
