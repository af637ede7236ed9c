"""A new store, made at once, is the one that the migrations make step by step."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.homes import STORE, environment

AT_ONCE = "from throughcare.cli.store import open_store; open_store()"
STEP_BY_STEP = """
from throughcare.cli.store import open_settings
open_settings()
from django.core.management import call_command
from django.core.management.commands.migrate import Command
call_command(Command(), verbosity=0, interactive=False)
"""


def made(home: Path, commands: str) -> Path:
    home.mkdir()
    subprocess.run([sys.executable, "-c", commands], env=environment(home), check=True)
    return home / STORE


def told(store: Path) -> dict[tuple[str, str], list[str]]:
    """By kind and name of what is in a store, what it is made of: in any order, for where a column stands is nobody's matter."""
    with closing(sqlite3.connect(store)) as opened:
        return {(kind, name): sorted((sql or "").removesuffix(")").split(", ")) for kind, name, sql in opened.execute(
            "SELECT type, name, sql FROM sqlite_master")}  # fmt: skip


def rows(store: Path) -> dict[str, int]:
    with closing(sqlite3.connect(store)) as opened:
        tables = [name for kind, name in told(store) if kind == "table"]
        return {name: opened.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables}


@pytest.mark.slow
def test_a_store_made_at_once_is_as_the_steps_make_it(tmp_path):
    at_once, by_steps = made(tmp_path / "at-once", AT_ONCE), made(tmp_path / "by-steps", STEP_BY_STEP)
    assert told(at_once) == told(by_steps)
    assert rows(at_once) == rows(by_steps)
    assert ("trigger", "audit_entry_no_update") in told(at_once)
    assert rows(at_once)["django_migrations"] > 100
