"""The world planted once for all tests of a folder or a module: what one of them changes is taken back after it, by `db`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import override_settings

from tests.web.access.world import DAY, World, plant


@contextmanager
def planted_once(django_db_blocker: Any, folder: Path) -> Iterator[World]:
    """The world while the block lasts, on its day, with a home in the folder, in a transaction around every test."""
    with django_db_blocker.unblock(), override_settings(DEMONSTRATION=DAY, HOME=folder / "home"), transaction.atomic():
        yield plant(folder)
        transaction.set_rollback(True)
