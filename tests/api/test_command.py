"""`throughcare token`: made for one post, shown once, listed, withdrawn; what may not be is refused in words."""

import pytest
from typer.testing import CliRunner

from tests.api.conftest import with_token
from tests.web.access.world import BEFORE
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Token
from throughcare.casework.access.tokens import NotAToken
from throughcare.cli.token import commands


@pytest.fixture
def run(world, monkeypatch):
    monkeypatch.setattr("throughcare.cli.store.open_store", lambda: None)
    return lambda *told: CliRunner().invoke(commands, told)


MAKE = ("make", "offender_manager", "--name", "Caseload screen", "--expires", "2017-06-01")


def test_made_listed_withdrawn(run):
    done = run(*MAKE)
    assert done.exit_code == 0, done.output
    text = done.stdout.strip()
    assert with_token(text).get("/api/v1/me").json()["post"] == "offender-manager"
    token = Token.objects.get()
    listed = run("list", "offender_manager").stdout
    assert f"{token.pk}  offender-manager  Caseload screen  until 2017-06-01, last used 2016-12-07" in listed
    assert text not in listed
    assert run("withdraw", str(token.pk)).exit_code == 0
    assert with_token(text).get("/api/v1/me").status_code == 401
    assert "withdrawn" in run("list", "offender_manager").stdout


def test_of_several_posts_one_is_named(run, world):
    access.hold(by="test", post=world.posts["camden-iom"], account=world.accounts["offender_manager"], start=BEFORE)
    assert isinstance(run(*MAKE).exception, NotAToken)
    done = run(*MAKE, "--post", "camden-iom")
    assert with_token(done.stdout.strip()).get("/api/v1/me").json()["role"] == "iom_coordinator"


@pytest.mark.parametrize(
    "told", [("list", "nobody"), ("withdraw", "987654"), (*MAKE, "--post", "auditor"), (*MAKE[:-1], "2019-01-01")]
)
def test_what_may_not_be(run, told):
    assert isinstance(run(*told).exception, NotAToken)
