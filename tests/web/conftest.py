"""The world of the attacks on access control, for the other pages: planted once a module."""

from collections.abc import Iterator

import pytest

from tests.web.access.planting import planted_once
from tests.web.access.world import World


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with planted_once(django_db_blocker, tmp_path_factory.mktemp("extracts")) as world:
        yield world
