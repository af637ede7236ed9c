"""Homes for commands that tests start: their tables are made once a run, for that takes longer than most commands."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

STORE = "throughcare.sqlite3"


def environment(home: Path, *, tables: bool = False) -> dict[str, str]:
    """The variables of a command that works on this home, on SQLite. `tables`: a home that is new is given them."""
    if tables and not (home / STORE).exists():
        home.mkdir(parents=True, exist_ok=True)
        shutil.copy(_with_tables() / STORE, home / STORE)
    return {k: v for k, v in os.environ.items() if k != "THROUGHCARE_DATABASE_URL"} | {"THROUGHCARE_HOME": str(home)}


@cache
def _with_tables() -> Path:
    home = Path(mkdtemp(prefix="throughcare-tables-"))
    command = [sys.executable, "-c", "from throughcare.cli.store import open_store; open_store()"]
    subprocess.run(command, env=environment(home), check=True)
    return home
