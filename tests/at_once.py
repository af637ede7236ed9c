"""Deeds begun at the same moment, each on a connection of its own, in a store of their own: on SQLite and on PostgreSQL.

The audit is append-only, so that a test database cannot be emptied after real transactions: a program of the test's own does
the deeds on a new store, and prints what came of them.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psycopg

from tests.homes import environment


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """What came of each deed: "done", or the name of its refusal. For use inside the program."""
    from django.db import connections

    from throughcare.core.errors import UserError

    start = Barrier(len(deeds))

    def told(deed: Callable[[], object]) -> str:
        try:
            start.wait(timeout=60)
            deed()
        except UserError as refused:
            return type(refused).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(told, deeds))


def in_a_new_store(program: str, *arguments: str, folder: Path) -> list[list[str]]:
    """Runs the module on a new store of the database that the tests run on; the words of each line that it prints."""
    command = [sys.executable, "-m", program, *arguments]
    done = subprocess.run(command, env=_store(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()]


def _store(folder: Path) -> dict[str, str]:
    told = environment(folder / "home", tables=True)
    server = os.environ.get("THROUGHCARE_DATABASE_URL", "")
    if not server:
        return told
    name = f"race_{os.getpid()}_{folder.name}".lower()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    path, mark, rest = server.partition("?")
    return told | {"THROUGHCARE_DATABASE_URL": f"{path.rpartition('/')[0]}/{name}{mark}{rest}"}
