"""The tutorial, step by step: one corrected date changes measures, report, figures.csv and audit alike.

It also keeps what the tutorial says true: the counts that it names are looked for here.
"""

import csv
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demonstration.conftest import PERIOD, run_in

pytestmark = pytest.mark.xdist_group("pilot")
SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "tutorial" / "correct_one_report.py"


@pytest.fixture(scope="module")
def home(pilot_home, tmp_path_factory) -> Path:
    return Path(shutil.copytree(pilot_home, tmp_path_factory.mktemp("tutorial") / "home"))


def counts(run) -> tuple[str, str]:
    done = run("measures", *PERIOD, "--only", "psr.within_5_days_rate", "--format", "csv")
    (row,) = csv.DictReader(done.stdout.splitlines())
    return row["numerator"], row["denominator"]


def in_report(run, out: Path) -> tuple[str, set[str]]:
    """The same figure in figures.csv, and the counts of the report's page that are shown with a share of reports in time."""
    run("report", *PERIOD, "--audience", "governance", "--output", out)
    with (out / "figures.csv").open() as file:
        row = next(r for r in csv.DictReader(file) if r["id"] == "psr.within_5_days_rate")
    page = (out / "index.html").read_text(encoding="utf-8")
    return row["numerator"], set(re.findall(r"(\d+) of 225\b", page))


def test_the_tutorial(home, tmp_path):
    run = run_in(home)
    assert counts(run) == ("86", "225")
    number, shown = in_report(run, tmp_path / "before")
    assert number == "86"
    assert "86" in shown
    told = subprocess.run(
        [sys.executable, SCRIPT, home / "extracts", tmp_path / "corrected"], capture_output=True, text=True, check=True
    )
    record = re.match(r"Report (\S+):", told.stdout).group(1)

    dry = run("import", tmp_path / "corrected", "--dry-run")
    assert "0 new, 1 changed" in dry.stdout
    assert counts(run) == ("86", "225"), "a dry run changes nothing"

    assert "0 new, 1 changed" in run("import", tmp_path / "corrected").stdout
    assert counts(run) == ("87", "225")
    number, shown = in_report(run, tmp_path / "after")
    assert number == "87"
    assert "87" in shown
    assert "86" not in shown

    assert "whole" in run("audit", "verify").stdout
    with sqlite3.connect(home / "throughcare.sqlite3") as store:
        entries = store.execute(
            "SELECT details FROM audit_entry WHERE verb = 'import.correct' AND subject_type = 'court-reports' AND subject_id = ?",
            [record],
        ).fetchall()
    assert len(entries) == 1
    assert "delivered_on" in entries[0][0]


def test_importing_everything_again_changes_nothing(home):
    again = run_in(home)("import", home / "extracts", "--dry-run").stdout.splitlines()
    changed = [line for line in again if ".csv" in line and not ("0 new, " in line and "0 in quarantine" in line)]
    assert changed == []
