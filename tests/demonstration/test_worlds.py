"""The other worlds: `small` for tests, `hostile` as a bad month would bring it; and a machine that stops in the middle."""

import csv
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.demonstration.conftest import PERIOD, run_in
from tests.homes import environment


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


FORGOTTEN = "court-hearings.csv"
"""Lists of days long past: once loaded they are forgotten, but for those on them who are known."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("worlds") / "hostile"
    run_in(out.parent / "none")("synth", out, "--scenario", "hostile", "--seed", 7, "--people", 200)
    return out


def test_the_same_seed_writes_the_same_world(tmp_path):
    run = run_in(tmp_path / "home")
    for name in ("one", "two"):
        run("synth", tmp_path / name, "--scenario", "small", "--seed", 5)
    one, two = ({p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.csv")} for n in ("one", "two"))
    assert one == two
    assert len(one) > 25


def test_small_fills_every_feed_and_all_of_it_loads(tmp_path):
    from throughcare.registry.parts import feeds

    run = run_in(tmp_path / "home")
    run("synth", tmp_path / "world", "--scenario", "small")
    written = {p.stem for p in (tmp_path / "world").glob("*.csv")}
    assert set(feeds()) - written <= {"court-lists", "nps-registrations", "crc-registrations", "police-aliases"}
    *loaded, linked = run("import", tmp_path / "world").stdout.splitlines()
    assert all(line.endswith(" 0 in quarantine") for line in loaded)
    assert "agencies' records looked at" in linked
    measured = run("measures", *PERIOD, "--format", "csv").stdout
    assert len(measured.splitlines()) > 200


def test_hostile_rows_are_loaded_or_kept_and_none_is_lost(hostile, tmp_path):
    home = tmp_path / "home"
    run_in(home)("import", hostile)
    with sqlite3.connect(home / "throughcare.sqlite3") as store:
        held = dict(store.execute("SELECT feed, COUNT(*) FROM imports_sourcerow GROUP BY feed"))
        kept = dict(store.execute("SELECT feed, COUNT(DISTINCT line) FROM imports_quarantinedrow GROUP BY feed"))
        mends = store.execute("SELECT COUNT(*) FROM imports_quarantinedrow WHERE rule = '' OR mend = ''").fetchone()
    assert sum(kept.values()) > 20, "the scenario has faults"
    assert mends == (0,)
    # A row that stands twice is held once and kept once, a row with cells too many is kept: a line is a row all the same.
    for extract in set(hostile.glob("*.csv")) - {hostile / FORGOTTEN}:
        assert held.get(extract.stem, 0) + kept.get(extract.stem, 0) == len(rows_of(extract)), extract.stem


def test_hostile_has_rows_twice_and_rows_with_cells_too_many(hostile):
    rows = {extract.stem: rows_of(extract) for extract in hostile.glob("*.csv")}
    ids = {stem: [row["record_id"] for row in found] for stem, found in rows.items()}
    assert sum(len(found) - len(set(found)) for found in ids.values()) > 5
    assert sum(None in row for found in rows.values() for row in found) > 5


def test_what_comes_late_comes_with_the_second_delivery_only_and_is_held_or_kept(hostile, tmp_path):
    home, late = tmp_path / "home", sorted((hostile / "late").glob("*.csv"))
    in_time = {(extract.stem, row["record_id"]) for extract in hostile.glob("*.csv") for row in rows_of(extract)}
    coming = [(extract.stem.removesuffix("-late"), row["record_id"]) for extract in late for row in rows_of(extract)]
    coming = [row for row in coming if row[0] != Path(FORGOTTEN).stem]
    assert len(coming) > 50
    assert in_time.isdisjoint(coming)
    run_in(home)("import", hostile)
    run_in(home)("import", hostile / "late")
    with sqlite3.connect(home / "throughcare.sqlite3") as store:
        held = set(store.execute("SELECT feed, record_id FROM imports_sourcerow"))
        kept = set(store.execute("SELECT feed, record_id FROM imports_quarantinedrow"))
    assert set(coming) <= held | kept
    assert len(held.intersection(coming)) > 0.9 * len(coming)


def test_the_truth_names_every_record_that_names_a_person(hostile):
    truth = {(r["source"], r["record_id"]) for r in rows_of(hostile / "truth" / "people.csv")}
    named = {(path.stem, r["record_id"]) for path in hostile.glob("*-people.csv") for r in rows_of(path)}
    assert truth == named
    assert {source for source, _ in truth} > {"courts-people", "providers-people"}


@pytest.mark.parametrize("after", [0.5, 1.0, 2.0])
def test_a_machine_that_stops_while_loading_leaves_the_store_before_or_after_a_file(hostile, tmp_path, after):
    home = tmp_path / "home"
    run_in(home)("audit", "verify")
    command = [sys.executable, "-c", "from throughcare.cli import app; app()", "import", str(hostile)]
    process = subprocess.Popen(command, env=environment(home, tables=True), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    store = home / "throughcare.sqlite3"
    while process.poll() is None and not _loads(store):
        time.sleep(0.02)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with sqlite3.connect(store) as connection:
        rows = dict(connection.execute("SELECT file_id, COUNT(*) FROM imports_sourcerow GROUP BY file_id"))
        files = connection.execute("SELECT id, feed, new FROM imports_fileload").fetchall()
    forgotten = {file for file, feed, _ in files if feed == Path(FORGOTTEN).stem}
    said = {file: new for file, _, new in files if new and file not in forgotten}
    assert said == {file: new for file, new in rows.items() if file not in forgotten}, "every file is in whole, or not at all"
    run_in(home)("import", hostile)
    assert "whole" in run_in(home)("audit", "verify").stdout


def _loads(store: Path) -> int:
    with sqlite3.connect(store) as connection:
        return connection.execute("SELECT COUNT(*) FROM imports_fileload").fetchone()[0]
