"""Makes the store ready for a command: the home, Django, the tables."""

import os
from pathlib import Path


def open_settings(home: Path | None = None) -> None:
    """Sets Django up, on the home given or THROUGHCARE_HOME (`./var` by default), without touching a store."""
    if home is not None:
        os.environ["THROUGHCARE_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.config.settings")
    import django

    django.setup()


def open_store(home: Path | None = None) -> Path:
    """Sets Django up and brings the tables of the home's store up to date; a new home is made."""
    open_settings(home)
    from django.conf import settings

    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    return Path(settings.HOME)
