"""The demonstration pilot, built once by the command line as a user would, and shared by the tests of one run."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import chromium, opened, serving
from tests.homes import environment

ROOT = Path(__file__).resolve().parents[2]
BUILT_FROM = ("src", "pilots", "requirements")
PERIOD = ("--from", "2016-02-06", "--to", "2017-01-01")
Run = Callable[..., subprocess.CompletedProcess[str]]


def run_in(home: Path) -> Run:
    """Runs `throughcare` on a home of its own, on SQLite; fails with what it said."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from throughcare.cli import app; app()", *map(str, arguments)]
        told = environment(home, tables=arguments[0] == "import")
        done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    return run


@pytest.fixture(scope="package")
def pilot_home(pytestconfig: pytest.Config) -> Path:
    """A home with the demonstration pilot built in it. Tests must not change it: copy it first.

    It is kept beside pytest's own cache while nothing that it is built from changes, for the next run of these tests.
    """
    kept = Path(pytestconfig.cache.mkdir("demonstration"))
    home = kept / _digest()
    if not home.exists():
        shutil.rmtree(kept)
        kept.mkdir()
        run_in(kept / "half")("demo", "--no-serve", "--home", kept / "half")
        (kept / "half").rename(home)
    return home


def _digest() -> str:
    """Of the product as it is, its pilot files, and the packages that it runs with."""
    told = hashlib.sha256()
    for path in sorted(path for folder in BUILT_FROM for path in (ROOT / folder).rglob("*") if path.is_file()):
        if "__pycache__" not in path.parts and "static" not in path.parts:
            told.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()[:16]


@pytest.fixture(scope="package")
def service(pilot_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demonstration, served from a copy that journeys may change."""
    chromium()
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(pilot_home, home)
    with serving(home) as address:
        yield address


@pytest.fixture
def tutorial_service(pilot_home: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a demonstration in which nobody has decided anything yet."""
    chromium()
    shutil.copytree(pilot_home, tmp_path / "home")
    with serving(tmp_path / "home") as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    chromium()
    with opened() as found:
        yield found
