"""The background worker as a process: it loads what was sent, is started anew where it dies, and ends with the server."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_commands import throughcare
from tests.demonstration.browser import serving
from tests.homes import environment

SEND = """
from throughcare.cli.store import open_store
open_store()
from datetime import UTC, datetime
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account, Post
from throughcare.casework.uploads.actions import send
from throughcare.registry.parts import feeds
from throughcare.web.background.jobs import load_later
from throughcare.web.clock import today
from throughcare.web.middleware import reader_of
account = Account.objects.filter(username="sender").first() or access.make_account(by="test", username="sender")
if not Post.objects.exists():
    post = access.make_post(by="test", slug="analyst", title="Analyst", role="analyst")
    access.hold(by="test", post=post, account=account, start=today())
rows = b"record_id,pnc,cro,forenames,surname,date_of_birth,sex,ethnicity\\nP1,1979/0163001B,,Tavi,Brellan,1979-02-28,F,White\\n"
told = {"chunks": [rows], "feeds": feeds(), "at": datetime.now(UTC), "load_later": load_later}
send(reader=reader_of(account), name="police-people.csv", **told)
"""


def send(home: Path) -> None:
    subprocess.run([sys.executable, "-c", SEND], env=environment(home, tables=True), check=True)


def uploads(home: Path) -> list[tuple[str, int]]:
    """State and rows of each upload, from the home's own file."""
    with sqlite3.connect(home / "throughcare.sqlite3") as store:
        sql = "SELECT u.state, f.new FROM uploads_upload u LEFT JOIN imports_fileload f ON f.id = u.load_id ORDER BY u.id"
        return store.execute(sql).fetchall()


def until(true: Callable[[], bool], seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)


def worker(home: Path) -> int:
    """The number of the worker's process; 0 where there has been none."""
    lock = home / "worker.lock"
    return int(lock.read_text() or 0) if lock.exists() else 0


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_work_once_loads_what_was_sent_and_stops(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    send(home)
    assert uploads(home) == [("waiting", None)]
    done = throughcare("work", "--once", home=home)
    assert (done.returncode, uploads(home)) == (0, [("done", 1)]), done.stderr
    told = throughcare("feeds", "tell", home=home)
    assert (told.returncode, "nobody is told by e-mail" in told.stderr) == (0, True), told.stderr
    assert "whole" in throughcare("audit", "verify", home=home).stdout


@pytest.mark.slow
def test_serve_keeps_one_worker_going_and_ends_it(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    send(home)
    with serving(home):
        until(lambda: uploads(home) == [("done", 1)])
        first = worker(home)
        os.kill(first, signal.SIGKILL)
        until(lambda: worker(home) not in (0, first))
        send(home)
        until(lambda: uploads(home) == [("done", 1), ("done", 0)])
        second = worker(home)
        assert runs(second)
    until(lambda: not runs(second), 20)
