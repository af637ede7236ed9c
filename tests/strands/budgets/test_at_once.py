"""Two people at the same moment: the money is bound once. On SQLite and, in `make test-postgres`, on PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.homes import environment

# Pence of the first and of the second purchase (0: both approve the first), of £1,000; what comes of the two, and what is left.
AT_ONCE = [
    (60_000, 40_001, "NotEnoughMoney", {"40000", "59999"}),
    (100_000, 100_000, "NotEnoughMoney", {"0"}),
    (60_000, 0, "WrongStep", {"40000"}),
]


def stores(folder: Path) -> dict[str, str]:
    """The variables of a new store, of the database that these tests run on."""
    told = environment(folder / "home", tables=True)
    server = os.environ.get("THROUGHCARE_DATABASE_URL", "")
    if not server:
        return told
    name = f"race_{os.getpid()}_{folder.name}".lower()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    path, mark, rest = server.partition("?")
    return told | {"THROUGHCARE_DATABASE_URL": f"{path.rpartition('/')[0]}/{name}{mark}{rest}"}


@pytest.mark.django_db  # so that it runs on PostgreSQL too
def test_the_last_pound_is_spent_once(tmp_path):
    pairs = [f"{first}+{second}" for first, second, _, _ in AT_ONCE]
    command = [sys.executable, "-m", "tests.strands.budgets.spend", *pairs]
    done = subprocess.run(command, env=stores(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for (_, _, refused, left), line in zip(AT_ONCE, done.stdout.splitlines(), strict=True):
        *came, available = line.split()
        assert came == [refused, "done"]
        assert available in left
