"""A new store, made at once, is the one that the migrations make step by step, on either database."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.homes import STORE, environment
from tests.postgres import temporary_server

AT_ONCE = "from throughcare.cli.store import open_store; open_store()"
STEP_BY_STEP = """
from throughcare.cli.store import open_settings
open_settings()
from django.core.management import call_command
from django.core.management.commands.migrate import Command
call_command(Command(), verbosity=0, interactive=False)
"""
OF_POSTGRESQL = {
    "columns": "SELECT table_name, column_name, data_type, is_nullable, character_maximum_length, column_default, is_identity "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
    "triggers": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
}


def made(home: Path, commands: str, **more: str) -> Path:
    home.mkdir()
    subprocess.run([sys.executable, "-c", commands], env=environment(home) | more, check=True)
    return home / STORE


def told(store: Path) -> dict[tuple[str, str], list[str]]:
    """By kind and name of what is in a store, what it is made of: in any order, for where a column stands is nobody's matter."""
    with closing(sqlite3.connect(store)) as opened:
        return {(kind, name): sorted((sql or "").removesuffix(")").split(", ")) for kind, name, sql in opened.execute(
            "SELECT type, name, sql FROM sqlite_master")}  # fmt: skip


def rows(store: Path) -> dict[str, int]:
    with closing(sqlite3.connect(store)) as opened:
        tables = [name for kind, name in told(store) if kind == "table" and not name.startswith("sqlite_")]
        return {name: opened.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables}


def test_a_store_made_at_once_is_as_the_steps_make_it(tmp_path):
    at_once, by_steps = made(tmp_path / "at-once", AT_ONCE), made(tmp_path / "by-steps", STEP_BY_STEP)
    assert told(at_once) == told(by_steps)
    assert rows(at_once) == rows(by_steps)
    assert ("trigger", "audit_entry_no_update") in told(at_once)
    assert rows(at_once)["django_migrations"] > 100


BREAKS_OFF = """
from django.db.migrations.recorder import MigrationRecorder
noted = MigrationRecorder.record_applied
def breaks_off(self, app, name):
    if app == "panel":
        raise KeyboardInterrupt
    noted(self, app, name)
MigrationRecorder.record_applied = breaks_off
"""


def test_one_that_breaks_off_leaves_none_of_our_tables_and_is_made_by_the_next_start(tmp_path):
    home = tmp_path / "home"
    with pytest.raises(subprocess.CalledProcessError):
        made(home, BREAKS_OFF + AT_ONCE)
    there = {name for kind, name in told(home / STORE) if kind == "table"}
    assert "django_migrations" in there
    assert not {"people_person", "audit_entry", "panel_panel"} & there
    subprocess.run([sys.executable, "-c", AT_ONCE], env=environment(home), check=True)
    assert told(home / STORE) == told(made(tmp_path / "at-once", AT_ONCE))


@pytest.mark.postgres
def test_a_store_made_at_once_is_as_the_steps_make_it_on_postgresql(tmp_path):
    with temporary_server() as url:
        for name, commands in (("at_once", AT_ONCE), ("by_steps", STEP_BY_STEP)):
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            made(tmp_path / name, commands, THROUGHCARE_DATABASE_URL=of(url, name))
        at_once, by_steps = (told_by_postgresql(of(url, name)) for name in ("at_once", "by_steps"))
    assert at_once == by_steps
    assert len(at_once["columns"]) > 2000
    assert len(at_once["triggers"]) == 2, "the audit's own"


def of(url: str, database: str) -> str:
    return url.replace("/postgres?", f"/{database}?")


def told_by_postgresql(url: str) -> dict[str, set[tuple[object, ...]]]:
    with psycopg.connect(url) as connection:
        found = {what: set(connection.execute(question).fetchall()) for what, question in OF_POSTGRESQL.items()}
        tables = sorted({str(table) for table, *_ in found["columns"]})
        found["rows"] = {(table, *connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()) for table in tables}
    return found
