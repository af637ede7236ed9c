"""Django's `migrate`; but a new store is given the tables as the last migration leaves them, not step by step.

For each step Django makes all models anew that hang together, and here nearly all do: half a minute for what is a second's work.
"""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor

PARTLY = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune")
"""With any of these options it is not asked to make the whole store."""


class Command(migrate.Command):
    """`migrate`, with a short way to a new store."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not any(options[each] for each in PARTLY) and not connection.introspection.table_names():
            make_at_once(connection)
        super().handle(*args, **options)


def make_at_once(connection: BaseDatabaseWrapper) -> None:
    """Every table, and in their order what migrations do beside tables: in one transaction, so that all is there and noted as
    done, or nothing.

    What the libraries migrate before any of ours goes step by step: their steps may name columns that later ones take away.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    before = [(each, False) for each, _ in plan if _of_libraries_alone(executor, each)]
    executor.migrate([(each.app_label, each.name) for each, _ in before], plan=before)
    left = [each for each, _ in plan if (each, False) not in before]
    there = set(connection.introspection.table_names())
    state = executor.loader.project_state()
    with connection.schema_editor(atomic=True) as editor:
        for model in state.apps.get_models():
            if model._meta.can_migrate(connection) and model._meta.db_table not in there:
                editor.create_model(model)
        for statement in editor.deferred_sql:  # what refers to other tables, before rows are written
            editor.execute(statement)
        editor.deferred_sql.clear()
        for migration in left:
            for step in migration.operations:
                if isinstance(step, (RunPython, RunSQL)):
                    step.database_forwards(migration.app_label, editor, state, state)
            executor.record_migration(migration)


def _of_libraries_alone(executor: MigrationExecutor, migration: Migration) -> bool:
    """Whether neither it nor what it rests on is of the product."""
    steps = executor.loader.graph.forwards_plan((migration.app_label, migration.name))
    return not any(apps.get_app_config(label).name.startswith("throughcare.") for label, _ in steps)
