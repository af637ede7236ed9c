"""Who has no good token is nobody; who has one works as its post and as no other."""

from datetime import timedelta

import pytest

from tests.api.conftest import token_for, with_token
from tests.web.access.world import BEFORE, DAY
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Holding, Token
from throughcare.casework.access.tokens import LONGEST, NotAToken, digest_of, tokens_of
from throughcare.casework.audit.models import Entry

ROLE = "offender_manager"


def status(text: str) -> int:
    return with_token(text).get("/api/v1/me").status_code


@pytest.fixture
def token(world) -> str:
    return token_for(world.accounts[ROLE], world.posts[ROLE])


def test_a_token_is_shown_once_and_kept_as_a_digest(token):
    kept = Token.objects.get()
    assert kept.digest == digest_of(token) and token not in str(Token.objects.values())
    assert token not in str(list(Entry.objects.values("details", "subject_id")))
    assert len(token) >= 43


def test_it_works_as_its_one_post(world, token):
    """Another post of the account, and its people, are not there."""
    access.hold(by="test", post=world.posts["camden-manager"], account=world.accounts[ROLE], start=BEFORE)
    client = with_token(token)
    told = client.get("/api/v1/me").json()
    assert (told["account"], told["post"], told["role"]) == ("offender_manager", "offender-manager", "offender_manager")
    assert client.get(f"/api/v1/people/{world.people['in']}").status_code == 200
    assert client.get(f"/api/v1/people/{world.people['out']}").status_code == 404
    other = with_token(token_for(world.accounts[ROLE], world.posts["camden-manager"]))
    assert other.get(f"/api/v1/people/{world.people['out']}").status_code == 200


@pytest.mark.parametrize("text", ["", "tc_", "tc_" + "A" * 43, "x" * 5000, "\xff", "Bearer", "' OR 1=1 --"])
def test_what_is_no_token(world, token, text):
    assert status(text) == 401


def test_nothing_but_the_header_is_taken(world, token, browser, client):
    assert client.get("/api/v1/me").status_code == 401
    assert client.get("/api/v1/me", {"token": token}).status_code == 401
    assert client.get("/api/v1/me", headers={"authorization": f"Basic {token}"}).status_code == 401
    assert browser(ROLE).get("/api/v1/me").status_code == 401, "a session is no token"
    answer = browser(ROLE).post(f"/api/v1/people/{world.people['in']}/notes", '{"text": "x"}', content_type="application/json")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_it_is_good_until_the_day_it_expires(settings, token):
    settings.DEMONSTRATION = DAY + timedelta(days=29)
    assert status(token) == 200
    settings.DEMONSTRATION = DAY + timedelta(days=30)
    assert status(token) == 401


def test_a_withdrawn_one(token):
    access.withdraw_token(by="test", token=Token.objects.get())
    assert status(token) == 401
    assert Entry.objects.order_by("pk").last().verb == "access.withdraw_token"


def test_a_leaver_has_none_and_gets_none_back_by_coming_back(world, token):
    account = world.accounts[ROLE]
    access.remove_account(by="test", account=account, on=DAY)
    assert status(token) == 401
    access.restore_account(by="test", account=account)
    access.hold(by="test", post=world.posts[ROLE], account=account, start=DAY)
    assert status(token) == 401


def test_a_post_that_is_not_held_today_or_is_closed(world, token, settings):
    access.let_go(by="test", holding=Holding.objects.get(account=world.accounts[ROLE]), on=DAY)
    assert status(token) == 401
    again = access.hold(by="test", post=world.posts[ROLE], account=world.accounts[ROLE], start=DAY, end=DAY + timedelta(days=2))
    assert again and status(token) == 200
    settings.DEMONSTRATION = DAY + timedelta(days=2)
    assert status(token) == 401


def test_the_last_day_of_use_is_kept_once_a_day(token, settings):
    for _ in range(3):
        status(token)
    assert Token.objects.get().last_used_on == DAY
    assert Entry.objects.filter(verb="access.use_token").count() == 1
    settings.DEMONSTRATION = DAY + timedelta(days=1)
    status(token)
    assert Token.objects.get().last_used_on == DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("post", "name", "days"),
    [("camden-iom", "Test", 30), (ROLE, " ", 30), (ROLE, "x" * 101, 30), (ROLE, "Test", 0), (ROLE, "Test", LONGEST + 1)],
)
def test_what_may_not_be_made(world, post, name, days):
    with pytest.raises(NotAToken):
        access.make_token(by="test", account=world.accounts[ROLE], post=world.posts[post], name=name, on=DAY,
                          expires_on=DAY + timedelta(days=days))  # fmt: skip
    assert tokens_of(world.accounts[ROLE]) == []


def test_too_many_requests_of_one_token_and_not_of_another(world, settings, token, api):
    settings.API_RATE = 2
    assert [status(token) for _ in range(3)] == [200, 200, 429]
    answer = with_token(token).get("/api/v1/me")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.json()["error"]["what"] == "Too many requests with this token"
    assert api("court_officer").get("/api/v1/me").status_code == 200
