"""The world of the attacks on access control: planted once for all of them; what a test changes is taken back after the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client, override_settings

from tests.courtroom import everybody_listed
from tests.web.access.world import DAY, World, plant
from throughcare.web import boards


@pytest.fixture(scope="package")
def planted(django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world, in a transaction around every test of the folder."""
    folder: Path = tmp_path_factory.mktemp("extracts")
    with django_db_blocker.unblock(), override_settings(DEMONSTRATION=DAY, HOME=folder / "home"), transaction.atomic():
        world = plant(folder)
        everybody_listed(world)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(planted: World, db, settings) -> World:
    """The world, on its day; whatever a test changes is taken back."""
    settings.DEMONSTRATION = DAY
    return planted


@pytest.fixture
def as_(world: World) -> Callable[[str], Client]:
    """as_("court_officer"): a browser in which that account is signed in."""

    def client(name: str) -> Client:
        browser = Client(raise_request_exception=True)
        browser.force_login(world.accounts[name], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
        return browser

    return client


@pytest.fixture
def worked_out_anew() -> Iterator[None]:
    """What a test wrote is taken back after it, and so is in no kept figure before or after."""
    kept = (boards._kept, boards._kept_figure, boards._kept_caveats)
    for each in kept:
        each.cache_clear()
    yield
    for each in kept:
        each.cache_clear()
