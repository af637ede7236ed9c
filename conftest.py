"""What all tests share, those in `tests/` and those beside a strand's or a casework app's code.

The database is SQLite in memory, or PostgreSQL where THROUGHCARE_DATABASE_URL names one (`make test-postgres`).
"""

from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings

# How long an example takes depends on what else the machine does; how fast the product is, the benchmarks say.
hypothesis.settings.register_profile("ours", deadline=None)
hypothesis.settings.load_profile("ours")

USES_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that asks for the database, so that one expression selects them; skips what needs PostgreSQL."""
    on_postgres = django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    for item in items:
        if USES_DATABASE & set(getattr(item, "fixturenames", ())) and not item.get_closest_marker("django_db"):
            item.add_marker("django_db")
        if item.get_closest_marker("postgres") and not on_postgres:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: make test-postgres"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Path:
    """An empty home of the test's own, for this process and for the commands that it starts."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("THROUGHCARE_HOME", str(folder))
    settings.HOME = folder
    return folder
