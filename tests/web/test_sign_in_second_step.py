"""The second step: of whom it is required, how it is set up, used, throttled, lost and forgotten."""

import re
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from tests.web.sign_in_kit import (
    PASSWORD,
    SECRET,
    account,
    audited,
    code_now,
    sign_in,
    signed_in,
    usual,
    with_app,
    with_recovery_codes,
)
from throughcare.web.sign_in.actions import forget_second_step

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _usual(settings):
    usual(settings)
    settings.SECOND_STEP_REQUIRED = True


@pytest.fixture
def jo():
    return account()


@pytest.fixture
def with_step(jo):
    with_app(jo)
    return jo


def step(client, code):
    return client.post("/sign-in/second-step/code/", {"code": code})


@pytest.mark.parametrize("path", ["/", "/account/", "/find/?q=bailey", "/who-sees-what/", "/sign-in/password/"])
def test_an_account_without_one_is_sent_to_set_one_up(client, jo, path):
    sign_in(client)
    assert client.get(path).headers["Location"] == "/sign-in/second-step/"


@pytest.mark.parametrize("path", ["", "app/", "keys/add/", "keys/"])
def test_setting_one_up_needs_no_second_step_nor_the_password_again(client, jo, path):
    sign_in(client)
    page = client.get(f"/sign-in/second-step/{path}")
    assert page.status_code == 200
    assert "mobile telephone" in page.content.decode() or path == "keys/"


def test_signing_out_and_staying_need_none(client, jo):
    sign_in(client)
    assert client.get("/still-here/").json() == {"still": True}
    assert client.post("/sign-in/out/").headers["Location"] == "/sign-in/"
    assert not signed_in(client)


@pytest.mark.parametrize("change", [{"SECOND_STEP_REQUIRED": False}, {"DEMONSTRATION": date(2016, 7, 5)}])
def test_none_is_asked_where_it_is_off_or_a_demonstration(client, jo, settings, change):
    for name, value in change.items():
        setattr(settings, name, value)
    sign_in(client)
    assert client.get("/account/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(client, jo):
    with_recovery_codes(jo)
    sign_in(client)
    assert client.get("/account/").headers["Location"] == "/sign-in/second-step/"


def test_an_app_is_set_up_and_then_asked_at_sign_in(client, jo, django_capture_on_commit_callbacks):
    sign_in(client)
    page = client.get("/sign-in/second-step/app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert 'src="data:image/svg+xml;base64,' in page
    assert "Try again" in client.post("/sign-in/second-step/app/", {"code": "000000"}).content.decode()
    _, now, _ = yield_hotp_counters_from_time()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/sign-in/second-step/app/", {"code": format_hotp_value(hotp_value(secret, now))})
    added = [details["kind"] for verb, _, details in audited() if verb == "sign-in.second-step.added"]
    assert sorted(added) == ["recovery_codes", "totp"]
    codes = client.get(done.headers["Location"]).content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", codes)) == 10
    assert client.get("/account/").status_code == 200
    client.post("/sign-in/out/")
    assert sign_in(client).headers["Location"] == "/sign-in/second-step/code/"


def test_password_and_app_sign_in_together_and_neither_alone(client, with_step):
    assert sign_in(client, next="/account/").headers["Location"] == "/sign-in/second-step/code/"
    assert not signed_in(client)
    assert client.get("/account/").headers["Location"] == "/sign-in/?next=/account/"
    assert "That code or key is not right" in step(client, "000000").content.decode()
    assert step(client, code_now()).headers["Location"] == "/account/"
    assert signed_in(client)
    assert [verb for verb, _, _ in audited()] == ["sign-in.failed", "sign-in.ok"]
    assert audited()[0][2] == {"at": "second step"}
    assert audited()[1][2] == {"with": ["password", "totp"]}


def test_a_code_of_the_app_works_once(client, with_step):
    code = code_now()
    sign_in(client)
    step(client, code)
    client.post("/sign-in/out/")
    sign_in(client)
    assert step(client, code).status_code == 200
    assert not signed_in(client)


def test_a_recovery_code_works_once_and_is_audited(client, with_step):
    code = with_recovery_codes(with_step)[0]
    sign_in(client)
    assert step(client, code).headers["Location"] == "/"
    assert ("sign-in.second-step.recovery-code", str(with_step.pk), {}) in audited()
    client.post("/sign-in/out/")
    sign_in(client)
    assert step(client, code).status_code == 200
    assert not signed_in(client)


def test_wrong_codes_are_throttled_by_account_not_by_session(with_step):
    for _ in range(5):
        client = Client()
        sign_in(client)
        step(client, "000000")
        last = step(client, "000001")
    assert "not right" in last.content.decode()
    client = Client()
    sign_in(client)
    assert "Too many wrong tries" in step(client, code_now()).content.decode()
    assert not signed_in(client)


def test_what_a_step_is_worked_out_from_is_kept_sealed(client, with_step, settings):
    with_recovery_codes(with_step)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    settings.SECRET_KEY = "another"
    app = Authenticator.objects.get(type="totp").wrap()
    assert not app.validate_code(code_now()), "sealed with another key it fits no code"


def test_half_way_in_one_can_begin_again_as_somebody_else(client, with_step):
    sign_in(client)
    assert client.get("/sign-in/").headers["Location"] == "/sign-in/second-step/code/"
    client.post("/sign-in/out/", {"next": "/sign-in/"})
    assert client.get("/sign-in/").status_code == 200


def test_the_second_step_has_no_address_before_the_password(client, with_step):
    assert client.get("/sign-in/second-step/code/").headers["Location"] == "/sign-in/"
    assert step(client, code_now()).headers["Location"] == "/sign-in/"


def test_taking_a_step_away_asks_who_it_is_and_is_audited(client, with_step):
    sign_in(client)
    step(client, code_now())
    asked = client.post("/sign-in/second-step/app/remove/")
    assert asked.headers["Location"].startswith("/sign-in/again/")
    client.post(asked.headers["Location"], {"password": PASSWORD})
    client.post("/sign-in/second-step/app/remove/")
    assert not Authenticator.objects.exists()
    assert ("sign-in.second-step.removed", str(with_step.pk), {"kind": "totp"}) in audited()
    assert client.get("/account/").headers["Location"] == "/sign-in/second-step/"


def test_new_recovery_codes_replace_the_old_and_are_audited(client, with_step, django_capture_on_commit_callbacks):
    old = with_recovery_codes(with_step)
    sign_in(client)
    step(client, code_now())
    client.post("/sign-in/again/", {"password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/sign-in/second-step/recovery-codes/new/")
    page = client.get("/sign-in/second-step/recovery-codes/").content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", page)) == 10 and old[0] not in page
    assert "sign-in.second-step.renewed" in [verb for verb, _, _ in audited()]


def test_a_wrong_password_when_asked_again_counts_towards_the_lock(client, with_step):
    sign_in(client)
    step(client, code_now())
    for _ in range(4):
        assert client.post("/sign-in/again/", {"password": "wrong"}).status_code == 200
    assert client.post("/sign-in/again/", {"password": "wrong"}).status_code == 429


def test_an_administrator_forgets_a_lost_second_step_and_ends_the_sessions(client, with_step):
    with_recovery_codes(with_step)
    other = account("sam")
    with_app(other)
    sign_in(client)
    step(client, code_now())
    forget_second_step(by="admin as pilot-manager", account=with_step)
    assert list(Authenticator.objects.values_list("user", flat=True)) == [other.pk]
    assert client.get("/account/").headers["Location"].startswith("/sign-in/?next=")
    details = {"kinds": ["recovery_codes", "totp"], "sessions": 1}
    assert audited()[-1] == ("sign-in.second-step.forgotten", str(with_step.pk), details)
    sign_in(client)
    assert client.get("/account/").headers["Location"] == "/sign-in/second-step/"


def test_forgetting_what_is_not_there_does_nothing_but_is_audited(jo):
    forget_second_step(by="admin", account=jo)
    assert audited()[-1][2] == {"kinds": [], "sessions": 0}
