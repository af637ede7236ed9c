"""The world of the attacks on access control, asked through the API: a token for each account, and a client that sends it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

from tests.web.access.planting import planted_once
from tests.web.access.world import DAY, World
from throughcare.casework.access.actions import make_token
from throughcare.casework.access.models import Account, Post


@pytest.fixture(scope="package")
def planted(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """The world, in a transaction around every test of the folder."""
    with planted_once(django_db_blocker, tmp_path_factory.mktemp("extracts")) as world:
        yield world


@pytest.fixture
def world(planted: World, db, settings) -> World:
    """The world, on its day; whatever a test changes is taken back."""
    settings.DEMONSTRATION = DAY
    settings.SECOND_STEP_REQUIRED = False
    settings.API_RATE = 1_000_000
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    return planted


def token_for(account: Account, post: Post, *, days: int = 30) -> str:
    _, text = make_token(by="test", account=account, post=post, name="Test", on=DAY, expires_on=DAY + timedelta(days=days))
    return text


def with_token(text: str) -> Client:
    return Client(headers={"authorization": f"Bearer {text}"}, raise_request_exception=True)


@pytest.fixture
def api(world: World) -> Callable[[str], Client]:
    """api("court_officer"): a client with a token of that account and post."""
    return lambda name: with_token(token_for(world.accounts[name], world.posts[name]))


@pytest.fixture
def browser(world: World) -> Callable[[str], Client]:
    """browser("court_officer"): a browser in which that account is signed in."""

    def client(name: str) -> Client:
        made = Client()
        made.force_login(world.accounts[name], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
        return made

    return client
