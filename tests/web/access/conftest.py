"""The world of the attacks on access control: planted once for all of them; what a test changes is taken back after the test."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.courtroom import everybody_listed
from tests.web.access.asking import Answer
from tests.web.access.crawl import crawl
from tests.web.access.planting import planted_once
from tests.web.access.world import DAY, World
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort import as_stood
from throughcare.web import boards


@pytest.fixture(scope="package", autouse=True)
def scored_once() -> Iterator[None]:
    """A score rests on nothing but the histories that it is given: of the same ones it is worked out once, for all lists."""
    known: dict[tuple[Any, ...], pl.DataFrame] = {}
    real = as_stood.scores_of

    def once(*histories: pl.DataFrame, as_at: date) -> pl.DataFrame:
        asked = (as_at, *(tuple(each.rows()) for each in histories))
        if asked not in known:
            known[asked] = real(*histories, as_at=as_at)
        return known[asked]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(as_stood, "scores_of", once)
        yield


@pytest.fixture(scope="package")
def planted(django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world, in a transaction around every test of the folder."""
    with planted_once(django_db_blocker, tmp_path_factory.mktemp("extracts")) as world:
        everybody_listed(world)
        yield world


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


@pytest.fixture(scope="package")
def as_planted(planted: World) -> Callable[[str], Reader]:
    """as_planted("court_officer"): who reads, as they were planted, with nothing asked yet. For tests that change no rights."""
    kept: dict[str, Reader] = {}

    def reader(name: str) -> Reader:
        if name not in kept:
            kept[name] = planted.reader(name)
        return replace(kept[name], _asked={})

    return reader


@pytest.fixture(scope="package")
def crawled() -> dict[str, dict[str, Answer]]:
    """By account, what it was shown of the world as it was planted."""
    return {}


@pytest.fixture
def pages(world: World, crawled: dict[str, dict[str, Answer]]) -> Callable[[str], dict[str, Answer]]:
    """pages("court_officer"): every page that is shown to that account, by address, before a test changes anything. Crawled once
    for all tests of the xdist group "crawled".
    """

    def of(name: str) -> dict[str, Answer]:
        if name not in crawled:
            crawled[name] = crawl(world, world.reader(name))
        return crawled[name]

    return of


@pytest.fixture
def worked_out_anew() -> Iterator[None]:
    """What a test wrote is taken back after it, and so is in no kept figure before or after."""
    kept = (boards._kept, boards._kept_figure, boards._kept_caveats)
    for each in kept:
        each.cache_clear()
    yield
    for each in kept:
        each.cache_clear()
