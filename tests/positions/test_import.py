"""Fixes come in from CSV, JSON lines and Parquet, are kept as they came by the day of the fix, and nothing is lost."""

import csv
import json
import math
from datetime import UTC, date, datetime

import polars as pl
import pytest

from tests.positions.made import fix, fixes
from throughcare.positions import store
from throughcare.positions.fixes import NAMES
from throughcare.positions.quality import flagged
from throughcare.positions.reading import FixesRefused
from throughcare.positions.store import all_days, import_fixes, parts, records

NOW = datetime(2017, 3, 23, 9, tzinfo=UTC)
HEADER = "tag,time,latitude,longitude,precision_m,mechanism\n"


def brought(folder, *paths, at=NOW):
    return import_fixes(list(paths), folder / "positions", at=at)


def file(folder, text, name="fixes.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def kept(folder, **span):
    return store.fixes(folder / "positions", **span).select(NAMES)


@pytest.fixture
def day() -> pl.DataFrame:
    return fixes(
        *(
            fix(
                f"{hour:02}:{minute:02}",
                hour,
                minute,
                tag=f"T{hour % 3}",
                speed_kmh=4.5,
                direction=90.0,
                satellites=7.0,
                hdop=1.1,
            )
            for hour in range(24)
            for minute in range(0, 60, 20)
        )
    )


def test_the_same_fixes_come_from_csv_json_lines_and_parquet(tmp_path, day):
    text = day.with_columns(pl.col("time").dt.to_string("%Y-%m-%dT%H:%M:%SZ"))
    text.write_csv(tmp_path / "a.csv")
    text.write_ndjson(tmp_path / "a.jsonl")
    day.write_parquet(tmp_path / "a.parquet")
    for name in ("a.csv", "a.jsonl", "a.parquet"):
        (done,) = brought(tmp_path / name.replace(".", "-"), tmp_path / name)
        assert (done.rows, done.refused, done.days) == (72, 0, ("2017-03-22",))
        assert kept(tmp_path / name.replace(".", "-")).equals(day.sort("tag", "time"))


def test_names_and_numbers_of_the_ministrys_feed_are_read(tmp_path):
    text = "DEVICE_ID,gps_date,Lat,Lon,Precision,speed,lbs,colour\nT1,2017-03-22 08:00:00,51.5,-0.1,12,3,5,red\n"
    (done,) = brought(tmp_path, file(tmp_path, text))
    assert done.ignored == ("colour",)
    assert kept(tmp_path).select("tag", "precision_m", "speed_kmh", "mechanism").row(0) == ("T1", 12.0, 3.0, "LBS")


def test_the_same_file_twice_and_under_another_name_does_nothing(tmp_path):
    first = file(tmp_path, HEADER + "T1,2017-03-22T08:00:00Z,51.5,-0.1,10,GPS\n")
    again = file(tmp_path, first.read_text(), "again.csv")
    told = [brought(tmp_path, path)[0] for path in (first, first, again)]
    assert [done.already for done in told] == [False, True, True]
    assert kept(tmp_path).height == 1
    assert all_days(told) == ["2017-03-22"]


def test_a_late_upload_lands_in_the_day_of_the_fix(tmp_path):
    brought(tmp_path, file(tmp_path, HEADER + "T1,2017-03-22T08:00:00Z,51.5,-0.1,10,GPS\n"))
    raw = {path: path.read_bytes() for path in (tmp_path / "positions" / "raw").rglob("*.parquet")}
    late = HEADER + "T1,2017-03-22T07:00:00Z,51.5,-0.1,10,GPS\nT1,2017-03-25T23:59:59Z,51.5,-0.1,10,GPS\n"
    (done,) = brought(tmp_path, file(tmp_path, late, "late.csv"))
    assert done.days == ("2017-03-22", "2017-03-25")
    assert [time.hour for time in kept(tmp_path, last=date(2017, 3, 22))["time"]] == [7, 8]
    assert all(path.read_bytes() == content for path, content in raw.items()), "what came before is not touched"


HOSTILE = (
    "T1,2017-03-22T08:00:00Z,51.5,-0.1,10,GPS",
    "T1,2017-03-22T08:01:00Z,NaN,NaN,10,GPS",
    "T1,2017-03-22T08:02:00Z,0,0,10,GPS",
    "T1,2099-01-01T00:00:00Z,51.5,-0.1,10,GPS",
    "T1,2017-03-22T08:03:00Z,-0.1,51.5,10,GPS",
    "T1,2017-03-22T08:04:00Z,inf,1e300,0,GPS",
    *["T1,2017-03-22T08:05:00Z,51.5,-0.1,10,GPS"] * 10,
    "T1,2017-03-22T08:06:00Z,,,,",
    "T1,1970-01-01T00:00:00Z,91,181,-5,TELEPATHY",
)


def test_hostile_fixes_lose_nothing_and_break_nothing(tmp_path):
    (done,) = brought(tmp_path, file(tmp_path, HEADER + "\n".join(HOSTILE) + "\n"))
    assert (done.rows, done.refused) == (len(HOSTILE), 0)
    found = kept(tmp_path)
    assert found.height == len(HOSTILE)
    assert any(value is not None and math.isnan(value) for value in found["latitude"]), "NaN stays NaN"
    told = flagged(found, as_at=NOW)
    assert told.height == len(HOSTILE)
    assert told.filter("usable")["time"].dt.to_string("%H:%M").to_list() == ["08:00", "08:05"]


REFUSED = """
T1,yesterday,51.5,-0.1,10,GPS              | time        | yesterday            | a time in ISO 8601, from 1970 to 2999
T1,2017-02-30T08:00:00Z,51.5,-0.1,10,GPS   | time        | 2017-02-30T08:00:00Z | a time in ISO 8601, from 1970 to 2999
T1,9999-01-01T08:00:00Z,51.5,-0.1,10,GPS   | time        | 9999-01-01T08:00:00Z | a time in ISO 8601, from 1970 to 2999
T1,,51.5,-0.1,10,GPS                       | time        |                      | a fix has a time
,2017-03-22T08:00:00Z,51.5,-0.1,10,GPS     | tag         |                      | a fix has a tag
T1,2017-03-22T08:00:00Z,north,-0.1,10,GPS  | latitude    | north                | a number
T1,2017-03-22T08:00:00Z,51.5,-0.1,ten,GPS  | precision_m | ten                  | a number
T1,2017-03-22T08:00:00Z,51.5             |             | T1,2017-03-22T08:00:00Z,51.5 | as many cells as the header has, in UTF-8
"""


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_a_row_that_is_no_fix_is_kept_aside_with_file_row_rule_and_mend(tmp_path, line):
    row, column, value, rule = (cell.strip() for cell in line.split("|"))
    good = "T1,2017-03-22T09:00:00Z,51.5,-0.1,10,GPS\n"
    (done,) = brought(tmp_path, file(tmp_path, HEADER + good + row + "\n" + good.replace("09", "10")))
    assert (done.rows, done.refused) == (2, 1), "the good rows are kept"
    with (tmp_path / "positions" / "refused" / f"{done.digest}.csv").open(encoding="utf-8", newline="") as kept_aside:
        (refusal,) = csv.DictReader(kept_aside)
    assert (refusal["file"], refusal["row"], refusal["column"], refusal["value"], refusal["rule"]) == (
        "fixes.csv",
        "2",
        column,
        value,
        rule,
    )
    assert refusal["mend"]


def test_bytes_that_are_no_text_refuse_their_row_alone(tmp_path):
    path = tmp_path / "fixes.csv"
    path.write_bytes(HEADER.encode() + b"T1,2017-03-22T08:00:00Z,51.5,-0.1,10,GPS\nT\xff,2017-03-22T08:01:00Z,51.5,-0.1,10,GPS\n"
                     b"T2,2017-03-22T08:02:00Z,51.5,-0.1,10,GPS\n")  # fmt: skip
    (done,) = brought(tmp_path, path)
    assert (done.rows, done.refused) == (2, 1)


def test_rows_are_counted_past_lines_that_could_not_be_cut(tmp_path):
    rows = [
        "T1,x",
        "T1,2017-03-22T08:00:00Z,51.5,-0.1,10,GPS",
        "T1,never,51.5,-0.1,10,GPS",
        "T1,a,b,c,d,e,f,g",
        "T1,no,1,1,1,GPS",
    ]
    (done,) = brought(tmp_path, file(tmp_path, HEADER + "\n".join(rows) + "\n"))
    told = (tmp_path / "positions" / "refused" / f"{done.digest}.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert sorted(line.split(",")[1] for line in told) == ["1", "3", "4", "5"]


def test_lines_that_are_no_json_are_kept_aside(tmp_path):
    good = {"tag": 7, "time": "2017-03-22T08:00:00Z", "latitude": 51.5, "longitude": "-0.1"}
    lines = [
        json.dumps(good),
        "{broken",
        "[1, 2]",
        json.dumps({**good, "latitude": "north"}),
        '{"tag": 8, "time": "2017-03-22", "latitude": NaN}',
    ]
    (done,) = brought(tmp_path, file(tmp_path, "\n".join(lines) + "\n", "fixes.jsonl"))
    assert (done.rows, done.refused) == (2, 3)
    told = (tmp_path / "positions" / "refused" / f"{done.digest}.csv").read_text(encoding="utf-8")
    assert "a line is an object in JSON" in told and "{broken" in told
    assert kept(tmp_path)["tag"].to_list() == ["7", "8"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("fixes.xlsx", "", "none that can be read"),
        ("fixes.csv", "tag,time\n", "no column latitude, longitude"),
        ("fixes.csv", "", "no column"),
        ("fixes.parquet", "no parquet", "cannot be read"),
        ("fixes.jsonl", "{}\n", "no column tag"),
    ],
)
def test_a_file_that_is_none_of_fixes_is_refused_whole(tmp_path, name, text, says):
    with pytest.raises(FixesRefused, match=says):
        brought(tmp_path, file(tmp_path, text, name))
    assert not list((tmp_path / "positions").rglob("*.parquet"))


def test_a_parquet_whose_time_is_a_number_is_refused(tmp_path):
    pl.DataFrame({"tag": ["T1"], "time": [1], "latitude": [51.5], "longitude": [0.1]}).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(FixesRefused, match="time is BIGINT"):
        brought(tmp_path, tmp_path / "a.parquet")


@pytest.mark.parametrize("moves", [0, 1, 2])
def test_a_crash_while_parts_move_in_leaves_nothing_to_read_and_the_next_try_brings_all(tmp_path, monkeypatch, moves):
    path = file(tmp_path, HEADER + "T1,2017-03-22T08:00:00Z,51.5,-0.1,10,GPS\nT1,2017-03-23T08:00:00Z,51.5,-0.1,10,GPS\n")
    move, left = store.Path.replace, [moves]

    def dies(self, target):
        if not left[0]:
            raise OSError("the power is gone")
        left[0] -= 1
        return move(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(store.Path, "replace", dies)
        with pytest.raises(OSError, match="power"):
            brought(tmp_path, path)
    assert parts(tmp_path / "positions") == []
    (done,) = brought(tmp_path, path)
    assert (done.rows, done.already, kept(tmp_path).height) == (2, False, 2)
    assert [record.digest for record in records(tmp_path / "positions")] == [done.digest]


def test_the_fixes_of_some_tags_and_days_are_read(tmp_path, day):
    day.write_parquet(tmp_path / "a.parquet")
    brought(tmp_path, tmp_path / "a.parquet")
    assert set(kept(tmp_path, tags=["T1"])["tag"]) == {"T1"}
    assert kept(tmp_path, first=date(2017, 3, 23)).height == 0
