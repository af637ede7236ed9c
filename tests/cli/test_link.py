"""`throughcare link`, `who` and what `import` links, as a user meets them."""

import csv
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.test_commands import throughcare
from tests.homes import environment

pytestmark = pytest.mark.xdist_group("link")
HEADER = "source,record_id,forename,middle_names,surname,date_of_birth,sex,pnc_id,cro_number,prison_number,crn,postcode\n"
ROWS = (
    "nps,1,Tavik,Oren,Brellan,1990-02-03,M,,,,X320741,E8 1DY\n"
    "police,1,Tavik,,Brelan,03/02/1990,M,79/163001B,,,,\n"
    "prison,1,TAVIK,,BRELLAN,1990-02-03,M,1979/0163001B,,A1234BC,,\n"
    "nps,2,Tavin,,Brellan,1990-02-03,M,,,,X320742,E8 1DY\n"
)
PROBATION = "record_id,crn,pnc,cro,prison_number,forenames,surname,date_of_birth,sex,ethnicity\n"
POLICE = "record_id,pnc,cro,forenames,surname,date_of_birth,sex,ethnicity\n"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.csv"
    path.write_text(HEADER + ROWS)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_files_are_linked_without_a_store(records, tmp_path):
    home, out = tmp_path / "home", tmp_path / "out" / "people.csv"
    done = throughcare("link", records, "--output", out, home=home)
    assert done.returncode == 0, done.stderr
    assert "4 records are 2 people" in done.stderr
    told = [(r["source"], r["record_id"], r["person_id"], r["certainty"]) for r in rows_of(out)]
    assert told == [
        ("nps", "1", "1", "joined"),
        ("police", "1", "1", "joined"),
        ("prison", "1", "1", "joined"),
        ("nps", "2", "2", "possible"),
    ]
    pairs = rows_of(out.with_suffix(".pairs.csv"))
    twins = next(p for p in pairs if {p["left_record_id"], p["right_record_id"]} == {"1", "2"} and p["guard"] == "twins")
    assert (twins["decision"], twins["date_of_birth"], twins["crn"]) == ("possible", "same", "different")
    assert not home.exists(), "nothing is written anywhere else"


REFUSED = {
    "an id twice": (ROWS + ROWS.splitlines()[0] + "\n", "nps 1"),
    "a day that no calendar has": (ROWS + "nps,3,Oren,,Velska,2016-02-30,M,,,,,\n", "nps 3 (2016-02-30)"),
    "a birth still to come": (ROWS + "nps,3,Oren,,Velska,2999-01-01,M,,,,,\n", "nps 3 (2999-01-01)"),
    "a row with cells too many": (ROWS + "nps,3,Oren,,Velska,1990-01-01,M,,,,,,,,\n", "records.csv"),
    "nothing to link by": ("nps,1,,,,,,,,,,\n", "records.csv"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_bad_input_is_refused_with_the_record_and_nothing_is_written(tmp_path, why):
    rows, record = REFUSED[why]
    (tmp_path / "records.csv").write_text(HEADER + rows)
    done = throughcare("link", tmp_path / "records.csv", "--output", tmp_path / "people.csv", home=tmp_path)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert record in done.stderr and "to mend it" in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*people*"))


def test_files_without_an_output_are_refused(records, tmp_path):
    done = throughcare("link", records, home=tmp_path)
    assert done.returncode == 2
    assert "--output" in done.stderr


def test_a_wrong_check_letter_is_said_and_the_number_not_used(tmp_path):
    path = tmp_path / "records.csv"
    path.write_text("record_id,surname,pnc_id,shoe_size\n1,Brellan,1979/0163001A,9\n2,Velska,1979/0163001B,8\n")
    done = throughcare("link", path, "--output", tmp_path / "people.csv", home=tmp_path)
    assert "pnc_id: 1 are no valid number and are not used (records 1)" in done.stderr
    assert "not used: shoe_size" in done.stderr
    assert [r["certainty"] for r in rows_of(tmp_path / "people.csv")] == ["alone", "alone"]


@pytest.fixture
def home(imported: Path, tmp_path: Path) -> Path:
    """A copy of the store for a test of its own."""
    return Path(shutil.copytree(imported, tmp_path / "home"))


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two records that are one person, and two that may be."""
    tmp_path = tmp_path_factory.mktemp("imported")
    folder = tmp_path / "extracts"
    folder.mkdir()
    (folder / "nps-people.csv").write_text(
        PROBATION + "N1,X320741,1979/0163001B,,,Tavik,Brellan,1990-02-03,M,\nN2,X320742,,,,Danl,Okwabira,1985-05-05,M,\n"
    )
    (folder / "police-people.csv").write_text(
        POLICE + "P1,1979/0163001B,,Tavik,Brelan,1990-02-03,M,\nP2,1981/0000034U,,Danel,Okwabira,1985-05-05,M,\n"
    )
    done = throughcare("import", folder, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert "4 of 4 agencies' records looked at: 3 people" in done.stdout
    assert "1 questions wait" in done.stdout
    return tmp_path / "home"


def test_an_import_links_and_the_store_is_written_like_files(home, tmp_path):
    done = throughcare("link", "--all", "--output", tmp_path / "people.csv", home=home)
    assert done.returncode == 0, done.stderr
    told = {(r["source"], r["record_id"]): (r["person_id"], r["certainty"]) for r in rows_of(tmp_path / "people.csv")}
    assert told["nps-people", "N1"] == told["police-people", "P1"]
    assert {certainty for _, certainty in told.values()} == {"joined", "possible"}
    decisions = [p["decision"] for p in rows_of(tmp_path / "people.pairs.csv")]
    assert sorted(decisions) == ["joined", "possible"]


def test_a_question_is_shown_decided_and_taken_back(home):
    asked = throughcare("who", "questions", home=home)
    (one, other) = re.findall(r"person (\d+)", asked.stdout)
    shown = throughcare("who", "show", one, other, home=home).stdout
    assert "Danl Okwabira" in shown and "Danel Okwabira" in shown
    assert "nearly the same, as by a slip of the pen" in shown
    done = throughcare("who", "join", one, other, "--reason", "one photograph", "--by", "k.osei", home=home)
    assert "throughcare who undo 1" in done.stdout
    assert throughcare("who", "questions", home=home).stdout == ""
    shown = throughcare("who", "show", other, home=home).stdout
    assert f"person {other} is person {one}" in shown and "same, by k.osei: one photograph" in shown
    assert throughcare("who", "undo", 1, "--reason", "a mistake", "--by", "a.tembo", home=home).returncode == 0
    assert "undone by a.tembo: a mistake" in throughcare("who", "show", one, home=home).stdout
    assert re.findall(r"person (\d+)", throughcare("who", "questions", home=home).stdout) == [one, other]


SAYS = ("--reason", "r", "--by", "b")


@pytest.mark.parametrize("arguments", [("show", 99), ("undo", 7, *SAYS), ("join", 1, 99, *SAYS)])
def test_who_refuses_what_is_not_there(home, arguments):
    done = throughcare("who", *arguments, home=home)
    assert (done.returncode, "to mend it" in done.stderr) == (2, True), done.stderr


def test_a_machine_that_stops_while_linking_leaves_the_store_as_it_was(home, tmp_path):
    """A made-up twin of every record comes; the machine is stopped at some moments of the linking; then it is done."""
    folder = tmp_path / "more"
    folder.mkdir()
    rows = "".join(f"P{n},,,Name{chr(65 + n % 26)}ael,Sur{n}name,19{60 + n % 40}-02-03,M,\n" for n in range(10, 400))
    (folder / "courts-people.csv").write_text(POLICE + rows)
    loads = (
        "from throughcare.cli.store import open_store; open_store(); from pathlib import Path; from throughcare.registry.parts "
        "import feeds; from throughcare.casework.people.actions import resolve; from throughcare.casework.imports.actions import "
        f"import_extracts; import_extracts(by='t', paths=[Path({str(folder)!r})], feeds=feeds(), resolve=resolve)"
    )
    subprocess.run([sys.executable, "-c", loads], env=environment(home), check=True)
    store, before = home / "throughcare.sqlite3", {}

    def tables() -> dict[str, list[tuple[object, ...]]]:
        names = ("people_person", "people_agencyrecord", "people_identifier", "linking_linked", "linking_comparison",
                 "linking_regrouping", "audit_entry")  # fmt: skip
        with sqlite3.connect(store) as connection:
            return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}

    before = tables()
    command = [sys.executable, "-c", "from throughcare.cli import app; app()", "link"]
    stopped = 0
    for after in (1.0, 1.6, 2.2):
        process = subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        if process.wait() == -signal.SIGKILL and tables() == before:
            stopped += 1
        elif tables() != before:
            break
    assert stopped, "at least once it was stopped in the middle"
    done = throughcare("link", home=home)
    assert done.returncode == 0, done.stderr
    after = tables()
    assert len(after["linking_linked"]) == len(after["people_agencyrecord"])
    assert "whole" in throughcare("audit", "verify", home=home).stdout
