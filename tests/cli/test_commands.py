"""The command line as a user meets it: exit codes, what goes to standard error, what is written."""

import csv
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.homes import environment
from throughcare.casework.people.extracts import FEEDS
from throughcare.cli.demo import clear
from throughcare.config.secret import secret_key

HEADER = (
    "id,sex,date_of_birth,conviction_date,followup_date,first_sanction_date,age_at_first_sanction,sanctions,"
    "offence_code,offence_group\n"
)
PERIOD = ("--from", "2016-01-01", "--to", "2017-01-01")
PEOPLE = "record_id,pnc,cro,forenames,surname,date_of_birth,sex,ethnicity\n"


STORED = ("import", "measures", "report", "audit", "quarantine", "cohort", "who", "subject-access")
"""Commands that open the home's store at once."""


def throughcare(*arguments: object, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from throughcare.cli import app; app()", *map(str, arguments)]
    told = environment(home, tables=arguments[0] in STORED)
    return subprocess.run(command, env=told, capture_output=True, text=True, check=False)


def test_score_writes_a_score_and_a_refusal_side_by_side(tmp_path):
    source, target = tmp_path / "people.csv", tmp_path / "scored.csv"
    source.write_text(
        HEADER
        + "a,M,1991-07-17,2021-08-05,2021-12-12,,21,2,11618,\n"
        + "b,M,,2021-08-05,2021-12-12,,21,2,11618,\n"
    )
    done = throughcare("score", source, "--output", target, "--profile", "oasys", home=tmp_path)
    assert done.returncode == 0, done.stderr
    scored = list(csv.DictReader(target.open()))
    told = [(r["id"], r["percent_1y"], r["percent_2y"], r["band"]) for r in scored]
    assert told == [("a", "9", "17", "LOW"), ("b", "", "", "")]
    assert scored[1]["error"].startswith("MISSING_MANDATORY_INPUT")


MISTAKES = [
    ("no such file", ("score", "absent.csv", "--output", "out.csv"), "no such file"),
    ("not a date", ("measures", "--from", "5 July", "--to", "2017-01-01"), "YYYY-MM-DD"),
    ("an empty period", ("measures", "--from", "2017-01-01", "--to", "2017-01-01"), "exclusive"),
    ("an unknown breakdown", ("measures", *PERIOD, "--by", "shoe"), "shoe"),
    ("no such extract", ("import", "absent"), "no such file"),
    ("an unknown scenario", ("synth", "out", "--scenario", "huge"), "huge"),
    ("an unknown audience", ("report", *PERIOD, "--audience", "all", "--output", "o"), "all"),
]


@pytest.mark.parametrize(("case", "arguments", "says"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_mistake_of_the_users_ends_with_2_and_one_message_without_a_traceback(tmp_path, case, arguments, says):
    done = throughcare(*arguments, home=tmp_path / "home")
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_import_says_what_came_in_and_what_waits_and_the_audit_is_whole(tmp_path):
    extract = tmp_path / "police-people.csv"
    good, bad = "P1,1979/0163001B,,Tavi,Brellan,1979-02-28,F,White\n", "P2,1979/0163001C,,Oren,Castrick,1980-01-01,M,White\n"
    extract.write_text(PEOPLE + good + bad)
    home = tmp_path / "home"
    dry = throughcare("import", extract, "--dry-run", home=home)
    assert "1 new, 0 changed, 0 unchanged, 1 in quarantine" in dry.stdout
    assert "0 entries" in throughcare("audit", "verify", home=home).stdout
    done = throughcare("import", extract, home=home)
    assert (done.returncode, "1 new, 0 changed, 0 unchanged, 1 in quarantine" in done.stdout) == (0, True)
    assert "line 3, pnc" in done.stderr
    assert "Castrick" not in done.stderr, "a message names the record, not the person"
    listed = throughcare("quarantine", home=home).stdout.splitlines()
    assert [line.split(",")[:5] for line in listed[1:]] == [["police-people", "police-people.csv", "3", "P2", "pnc"]]
    with sqlite3.connect(home / "throughcare.sqlite3") as store:
        verbs = Counter(verb for (verb,) in store.execute("SELECT verb FROM audit_entry"))
    assert (verbs["import.file"], verbs["linking.link"]) == (1, 1)
    assert set(verbs) == {"import.file", "linking.link", "referrals.publish_service", "awareness.keep_figures"}
    assert f"{verbs.total()} entries, whole" in throughcare("audit", "verify", home=home).stdout


WHO, PNC = {"crn": "X100000"}, {"pnc": "2001/0001000B"}
THEFT = {**PNC, "offence_code": "03900", "principal": "yes", "disposal": "conviction"}
ELIGIBLE = {
    "nps-people": [{**WHO, **PNC, "surname": "Brellan", "date_of_birth": "1995-06-01", "sex": "M"}],
    "nps-addresses": [{**WHO, "borough": "Hackney", "start": "2000-01-01"}],
    "nps-supervision": [{**WHO, "kind": "community", "start": "2015-01-10"}],
    "police-convictions": [{**THEFT, "convicted_on": f"20{year}-01-10"} for year in range(10, 16)],
}


def write_extracts(folder: Path, rows: dict[str, list[dict[str, str]]]) -> None:
    for feed in FEEDS:
        if feed.slug in rows:
            with (folder / f"{feed.slug}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, [column.name for column in feed.columns], restval="")
                writer.writeheader()
                writer.writerows({"record_id": f"{n}", **row} for n, row in enumerate(rows[feed.slug]))


@pytest.mark.parametrize(("day", "options", "made"), [
    ("2016-06-01", (), 1), ("2016-06-01", ("--no-propose",), 0), ("2017-04-01", (), 0),
])  # fmt: skip
def test_import_then_proposes_as_of_today_while_the_pilot_lasts_unless_told_not_to(tmp_path, day, options, made):
    (home := tmp_path / "home").mkdir()
    (home / "demonstration.txt").write_text(f"day: {day}\n")
    (folder := tmp_path / "extracts").mkdir()
    write_extracts(folder, ELIGIBLE)
    done = throughcare("import", folder, *options, home=home)
    assert done.returncode == 0, done.stderr
    assert ("1 new proposals" in done.stderr) == bool(made), done.stderr
    assert all(": " in line and "new" in line for line in done.stdout.splitlines()[:4]), "what came in is said as before"
    again = throughcare("cohort", "propose", "--as-at", "2016-06-01", home=home)
    assert f"{1 - made} new proposals" in again.stderr, "what waits already is not proposed twice"


def test_demo_refuses_a_home_that_holds_something_else(tmp_path):
    (tmp_path / "letters.txt").write_text("mine")
    done = throughcare("demo", "--no-serve", "--home", tmp_path, home=tmp_path)
    assert done.returncode == 2
    assert "not a demonstration" in done.stderr
    assert (tmp_path / "letters.txt").read_text() == "mine"


def test_demo_begins_in_a_folder_that_holds_nothing_but_the_key_put_there_by_itself(tmp_path):
    secret_key(tmp_path)
    clear(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["demonstration.txt"]


def test_demo_says_at_once_that_its_port_is_taken(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = throughcare("demo", "--serve", "--port", port, "--home", tmp_path / "home", home=tmp_path)
    assert done.returncode == 2
    assert "the port is in use" in done.stderr
    assert not (tmp_path / "home").exists(), "nothing was built"
