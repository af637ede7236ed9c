"""A home with a publication is backed up and restored: the restored one makes the publication again, to the byte."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demonstration.conftest import run_in
from tests.homes import environment

pytestmark = [pytest.mark.xdist_group("pilot"), pytest.mark.slow]


def test_a_restored_home_reproduces_its_publication(pilot_home: Path, tmp_path: Path):
    home, again = Path(shutil.copytree(pilot_home, tmp_path / "home")), tmp_path / "again"
    command = [sys.executable, "-m", "tests.demonstration.publishing"]
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    number = done.stdout.strip()
    run_in(home)("backup", tmp_path / "kept.tar.gz")
    assert "whole" in run_in(home)("audit", "verify").stdout, "that it was taken is kept"
    shutil.rmtree(home)
    run_in(again)("restore", tmp_path / "kept.tar.gz")
    published = {path.name: path.read_bytes() for path in (again / "publications" / number).iterdir()}
    assert "report.pdf" in published
    told = run_in(again)("publication", "reproduce", number, "--output", tmp_path / "made").stdout
    assert "All files are the same, to the byte." in told
    assert {path.name: path.read_bytes() for path in (tmp_path / "made").iterdir()} == published
    assert "whole" in run_in(again)("audit", "verify").stdout
