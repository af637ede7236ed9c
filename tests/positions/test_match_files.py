"""`throughcare match` and `throughcare positions import` on plain files: what is written, what is said, what is refused."""

import csv
import json
import sys
from pathlib import Path

import pytest

from tests.positions.made import fix, fixes
from throughcare.cli import app

CRIMES = """crime_id,time_from,time_to,latitude,longitude
C1,2017-03-22T10:00:00Z,2017-03-22T10:30:00+00:00,51.55,-0.06
C2,2017-03-22T10:00,2017-03-22T11:00,,
"""
POLICE = 'Metropolitan,BIAD,burglary,MPS20170323-1,REF {n},20170322100000,20170322103000,,,51.55,-0.06,,"text, with a comma"\n'


@pytest.fixture
def given(tmp_path: Path) -> Path:
    fixes(fix("10:00"), fix("10:01", 20), fix("10:02", 20, tag="T2")).write_csv(
        tmp_path / "fixes.csv", datetime_format="%Y-%m-%dT%H:%M:%SZ"
    )
    (tmp_path / "crimes.csv").write_text(CRIMES)
    return tmp_path


def throughcare(monkeypatch, *arguments) -> int:
    monkeypatch.setattr(sys, "argv", ["throughcare", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        app()
    return ended.value.code


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_command_writes_pairs_fixes_crimes_and_the_run(given, monkeypatch, capsys):
    output = given / "out" / "matches.csv"
    assert throughcare(monkeypatch, "match", given / "fixes.csv", given / "crimes.csv", "--output", output) == 0
    assert rows(output) == [{
        "crime_id": "C1", "tag": "T1", "fixes": "2", "first_time": "2017-03-22T10:00:00Z", "last_time": "2017-03-22T10:01:00Z",
        "nearest_m": "0.0",
    }]  # fmt: skip
    assert [row["visit"] + row["number"] for row in rows(output.with_suffix(".fixes.csv"))] == ["A1", "A2"]
    assert {row["crime_id"]: row["outcome"] for row in rows(output.with_suffix(".crimes.csv"))} == {
        "C1": "matched",
        "C2": "not_run",
    }
    run = json.loads(output.with_suffix(".run.json").read_text())
    assert run["parameters"] == {
        "radius_m": 100.0,
        "min_fixes": 2,
        "mechanisms": ["GPS", "WIFI"],
        "max_precision_m": None,
        "buffer": 0.0,
    }
    assert set(run["read"]) == {"fixes.csv", "crimes.csv"}
    assert sorted(path.name for path in output.parent.iterdir()) == [
        "matches.crimes.csv",
        "matches.csv",
        "matches.fixes.csv",
        "matches.run.json",
    ]
    assert "2 crimes: 1 matched, 0 with nobody near, 1 not run; 1 pairs" in capsys.readouterr().err


def test_the_polices_own_file_is_matched_by_the_last_version_of_each_crime(given, monkeypatch, capsys):
    bad = POLICE.format(n=3).replace("BIAD", "XX")
    (given / "police.csv").write_text(
        "\ufeff" + POLICE.format(n=1) + POLICE.format(n=2) + bad + POLICE.format(n=1).replace("51.55", "51.75")
    )
    output = given / "matches.csv"
    assert throughcare(monkeypatch, "match", given / "fixes.csv", given / "police.csv", "--output", output) == 0
    assert [row["crime_id"] for row in rows(output)] == ["REF 2"]
    assert "not read: row 3, crimeTypeId 'XX'" in capsys.readouterr().err


def test_the_options_change_the_match(given, monkeypatch):
    output = given / "matches.csv"
    options = ("--radius", "10", "--min-fixes", "1", "--mechanism", "gps", "--max-precision", "15", "--buffer", "5")
    assert throughcare(monkeypatch, "match", given / "fixes.csv", given / "crimes.csv", "--output", output, *options) == 0
    assert [(row["tag"], row["fixes"]) for row in rows(output)] == [("T1", "1")]
    kept = json.loads(output.with_suffix(".run.json").read_text())["parameters"]
    assert kept == {"radius_m": 10.0, "min_fixes": 1, "mechanisms": ["GPS"], "max_precision_m": 15.0, "buffer": 300.0}


@pytest.mark.parametrize(
    ("crimes", "options", "says"),
    [
        ("name\nx\n", (), "no column crime_id, time_from, time_to"),
        (CRIMES, ("--radius", "0"), "no match has that radius"),
        ("crime_id,time_from,time_to\n", (), "latitude and longitude"),
        (CRIMES, ("--mechanism", "smell"), "no such mechanism: expected"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_written(given, monkeypatch, capsys, crimes, options, says):
    (given / "crimes.csv").write_text(crimes)
    assert (
        throughcare(monkeypatch, "match", given / "fixes.csv", given / "crimes.csv", "--output", given / "out.csv", *options) == 2
    )
    assert says.split(":")[0] in capsys.readouterr().err
    assert not (given / "out.csv").exists()


BAD_ROWS = """
,2017-03-22T10:00,2017-03-22T11:00,51.5,-0.1     | crime_id
X,never,2017-03-22T11:00,51.5,-0.1               | time_from
X,2017-03-22T10:00,2017-03-22T09:00,51.5,-0.1    | time_to
X,2017-03-22T10:00,2017-03-22T11:00,north,-0.1   | latitude
X,2017-03-22T10:00,2017-03-22T11:00,91,-0.1      | latitude
C1,2017-03-22T10:00,2017-03-22T11:00,51.5,-0.1   | crime_id
"""


@pytest.mark.parametrize("line", BAD_ROWS.strip().splitlines())
def test_a_row_that_is_no_crime_is_said_and_the_others_are_matched(given, monkeypatch, capsys, line):
    row, column = (cell.strip() for cell in line.split("|"))
    (given / "crimes.csv").write_text(CRIMES + row + "\n")
    assert throughcare(monkeypatch, "match", given / "fixes.csv", given / "crimes.csv", "--output", given / "out.csv") == 0
    assert f"not read: row 3, {column}" in capsys.readouterr().err
    assert len(rows(given / "out.csv")) == 1


def test_a_place_on_the_national_grid_is_taken(given, monkeypatch):
    """TQ 34608 85240 is at 51.5500 north, 0.0600 west."""
    (given / "crimes.csv").write_text(
        "crime_id,time_from,time_to,easting,northing\nG,2017-03-22T10:00,2017-03-22T10:30,534608,185240\n"
    )
    assert throughcare(monkeypatch, "match", given / "fixes.csv", given / "crimes.csv", "--output", given / "out.csv") == 0
    (row,) = rows(given / "out.csv")
    assert float(row["nearest_m"]) < 100


def test_fixes_brought_into_the_home_are_matched_from_there(given, home, monkeypatch, capsys, db):
    """The store itself is opened by other tests: here only its folder is asked for."""
    monkeypatch.setattr("throughcare.cli.store.open_store", lambda: home)
    (given / "fixes.csv").open("a").write("T9,never,51.5,-0.1,10,,,GPS,,,,\n")
    assert throughcare(monkeypatch, "positions", "import", given / "fixes.csv") == 0
    assert throughcare(monkeypatch, "positions", "import", given / "fixes.csv") == 0
    said = capsys.readouterr().err
    assert "3 fixes of 2017-03-22 to 2017-03-22" in said and "1 rows are no fix" in said and "came before" in said
    assert throughcare(monkeypatch, "match", home / "positions", given / "crimes.csv", "--output", given / "out.csv") == 0
    assert len(rows(given / "out.csv")) == 1
