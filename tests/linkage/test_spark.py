"""Spark gives the people that DuckDB gives. The tests that start Spark need PySpark and Java: `make test-spark`."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.linkage.records import cleaned, population
from throughcare.cli import app
from throughcare.core.spark import SparkAbsent, start
from throughcare.linkage import thresholds as t
from throughcare.linkage.frequencies import frequencies
from throughcare.linkage.model import Model
from throughcare.linkage.parameters import load
from throughcare.linkage.people import Linkage, link
from throughcare.linkage.scoring import DuckDB, score_between
from throughcare.linkage.spark import Spark
from throughcare.synthetic.names import forename, surname

INSTALLED = importlib.util.find_spec("pyspark") is not None
HOME = os.environ.get("JAVA_HOME")
READY = INSTALLED and shutil.which("java", path=f"{HOME}/bin" if HOME else None) is not None
PEOPLE = 130


def on_spark(test: Any) -> Any:
    """Out of `make test`, since it takes a while; and all in one worker, which starts Java once."""
    for mark in (
        pytest.mark.slow, pytest.mark.xdist_group("spark"),
        pytest.mark.skipif(not READY, reason="needs PySpark and Java 17: make test-spark"),
    ):  # fmt: skip
        test = mark(test)
    return test


@pytest.fixture(scope="module", autouse=True)
def java_that_starts_fast() -> Iterator[None]:
    """Without the compiler that pays off only in long runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield


def _records() -> list[dict[str, Any]]:
    """People with slips, swapped days, twins and namesakes; some with several postcodes, other names, offence dates. The last
    four are two pairs that only a postcode, and only a sentence date, of several bring together.
    """
    rng = Random(5)
    records, _ = population(5, PEOPLE)
    for record in records:
        if record["postcodes"] and rng.random() < 0.4:
            record["postcodes"] = [*record["postcodes"], f"N{rng.randint(1, 9)} 4BG", "SE1 7PB"]
        if rng.random() < 0.3:
            record["offence_dates"] = record["sentence_dates"]
            record["other_forenames"], record["other_surnames"] = [forename(rng, "M")], [record["surname"]]
            record["surname"] = surname(rng) if rng.random() < 0.3 else record["surname"]
        if record["date_of_birth"] and rng.random() < 0.1:
            record["date_of_birth"] += timedelta(days=rng.choice((1, 400)))
    a, b = {"forename": "Quilan", "surname": "Zanford"}, {"forename": "Quiman", "surname": "Zanfard"}
    days = [record["sentence_dates"][0] for record in records if record["sentence_dates"]][:3]
    return [
        *records, {**a, "postcodes": ["W1 1AA", "W2 2BB"]}, {**b, "postcodes": ["W2 2BB", "W3 3DD"]},
        {**a, "sentence_dates": days[:2]}, {**b, "sentence_dates": days[1:]},
    ]  # fmt: skip


@pytest.fixture(scope="module")
def records() -> pl.DataFrame:
    return cleaned(*_records())


@pytest.fixture(scope="module")
def model(records: pl.DataFrame) -> Model:
    return Model(parameters=load(), frequencies=frequencies(records))


@pytest.fixture(scope="module")
def with_duckdb(records: pl.DataFrame, model: Model) -> Linkage:
    return link(records, model, engine=DuckDB())


def assert_same_pairs(one: pl.DataFrame, other: pl.DataFrame) -> None:
    """The same pairs with the same levels, guards and decisions; weights to a millionth."""
    one, other = one.sort("left", "right"), other.sort("left", "right")
    weights = [name for name, kind in one.schema.items() if kind == pl.Float64]
    assert one.drop(weights).equals(other.drop(weights))
    assert max((one[name] - other[name]).abs().max() or 0.0 for name in weights) < 1e-6


@on_spark
def test_spark_gives_the_people_decisions_and_guards_of_duckdb(records, model, with_duckdb):
    found = link(records, model, engine=Spark())
    assert found.people.sort("id").equals(with_duckdb.people.sort("id"))
    assert_same_pairs(found.pairs, with_duckdb.pairs)


def test_the_records_show_what_must_not_differ(records, with_duckdb):
    pairs, last = with_duckdb.pairs, records["id"].max()
    assert {"joined", "possible", "apart"} == set(pairs["decision"])
    assert {"", "twins", "perhaps_twins", "namesakes", "other_police_number"} <= set(pairs["guard"])
    assert {"same", "similar", "swapped", "other_name"} <= set(pairs["name"].cast(pl.String))
    assert {"same", "swapped", "one_digit", "near"} <= set(pairs["date_of_birth"].cast(pl.String))
    by_a_list = {(last - 3, last - 2), (last - 1, last)}
    assert by_a_list <= set(pairs.select("left", "right").rows())


@on_spark
def test_new_records_are_weighed_against_known_ones_alike(records, model):
    known, new = records.filter(pl.col("id") % 3 != 0), records.filter(pl.col("id") % 3 == 0)
    found, expected = (score_between(known, new, model, engine=engine) for engine in (Spark(), DuckDB()))
    assert expected.height > 100
    assert_same_pairs(found, expected)


def _names(rng: Random) -> Iterator[tuple[str, str]]:
    """Names with slips in them, names of others, and words of three letters, in which many letters are out of their order."""
    yield from [("RUMEN", "RUNMEN"), ("MARTHA", "MARHTA"), ("A", "A"), ("A", "B"), ("ZOË", "ZOE"), ("AB", "ABCDEFGHIJKL")]
    for _ in range(3_000):
        name = rng.choice((forename(rng, "F"), surname(rng))).upper()
        place, letter = rng.randrange(len(name)), rng.choice("AEIOURNST")
        slips = [name[:place] + letter + name[place + rng.randint(0, 1) :], name[:place] + name[place + 1 :][::-1] + letter]
        yield name, rng.choice([*slips, forename(rng, "F").upper()])
        yield ("".join(rng.choices("ABC", k=rng.randint(1, 9))), "".join(rng.choices("ABC", k=rng.randint(1, 12))))


@on_spark
def test_names_are_as_alike_as_in_duckdb_and_not_as_in_the_jar_of_splink():
    from splink.internals.spark.database_api import SparkAPI
    from splink.internals.spark.jar_location import similarity_jar_location

    frame = pl.DataFrame(list(_names(Random(7))), schema=["a", "b"], orient="row").unique(maintain_order=True)
    engine = Spark()
    api = engine.api()
    api.spark.sql(f"ADD JAR '{similarity_jar_location()}'")
    SparkAPI(spark_session=api.spark, register_udfs_automatically=True)
    columns = ["a", "b", "likeness(a, b) AS spark", "jaro_winkler(a, b) AS jar"]
    told = engine.collect(api, engine.register(api, frame, "names"), columns, "true")
    with duckdb.connect() as connection:
        connection.register("told", told.to_arrow())
        both = connection.sql("SELECT *, jaro_winkler_similarity(a, b) AS duck FROM told").pl()
    assert both.height == frame.height
    assert both.filter((pl.col("duck") - pl.col("spark")).abs() > 1e-12).height == 0
    for threshold in (t.SIMILAR_NAME, t.SOMEWHAT_SIMILAR_NAME, t.SIMILAR_SECOND_NAME):
        assert both.filter((pl.col("duck") >= threshold) != (pl.col("spark") >= threshold)).height == 0
    # Why the function of Splink's jar does not do: the day this fails, `LIKENESS` can go.
    assert both.filter((pl.col("duck") >= t.SIMILAR_NAME) != (pl.col("jar") >= t.SIMILAR_NAME)).height > 0


def throughcare(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command, with a working directory and a folder for temporary files of its own."""
    for name in ("here", "temporary"):
        (folder / name).mkdir(exist_ok=True)
    command = [sys.executable, "-c", "from throughcare.cli import app; app()", *map(str, arguments)]
    environment = {**os.environ, "TMPDIR": str(folder / "temporary"), "THROUGHCARE_HOME": str(folder / "home")}
    return subprocess.run(command, env=environment, cwd=folder / "here", capture_output=True, text=True, check=False)


def _file(folder: Path) -> Path:
    frame = pl.DataFrame(_records(), infer_schema_length=None).with_row_index("record_id")
    lists = [pl.col(name).cast(pl.List(pl.String)).list.join(";") for name, kind in frame.schema.items() if kind == pl.List]
    frame.with_columns(lists).write_csv(folder / "records.csv")
    return folder / "records.csv"


@on_spark
def test_the_command_gives_the_same_files_and_leaves_nothing_else(tmp_path):
    given = _file(tmp_path)
    for engine in ("duckdb", "spark"):
        done = throughcare("link", given, "--output", tmp_path / engine / "people.csv", "--engine", engine, folder=tmp_path)
        assert done.returncode == 0, done.stderr
    for name in ("people.csv", "people.pairs.csv"):
        assert (tmp_path / "spark" / name).read_text() == (tmp_path / "duckdb" / name).read_text()
    assert len(done.stderr.splitlines()) == 1, "Java keeps quiet"
    assert list((tmp_path / "here").iterdir()) == []
    assert list((tmp_path / "temporary").iterdir()) == []


def _refused(patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> str:
    """What the command says on standard error when it ends with 2 and has written nothing."""
    (folder / "records.csv").write_text("record_id,forename,surname\n1,Ann,Other\n2,Ann,Other\n")
    output = folder / "people.csv"
    patch.setattr(sys, "argv", ["throughcare", "link", f"{folder}/records.csv", "--output", str(output), "--engine", "spark"])
    with pytest.raises(SystemExit) as ended:
        app()
    assert ended.value.code == 2
    assert not output.exists()
    return capsys.readouterr().err


def test_without_pyspark_the_command_says_how_to_install_it(tmp_path, monkeypatch, capsys):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "pyspark" else find(name, *rest))
    said = _refused(monkeypatch, capsys, tmp_path)
    assert "pip install 'throughcare[spark]'" in said
    assert "Java 17" in said


@pytest.mark.parametrize("home", ["", "/no/such/java"])
def test_without_java_the_command_says_which_is_needed(tmp_path, monkeypatch, capsys, home):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: object() if name == "pyspark" else find(name, *rest))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("JAVA_HOME", home)
    said = _refused(monkeypatch, capsys, tmp_path)
    assert "Java 17" in said
    assert "JAVA_HOME" in said
    assert home in said


@pytest.mark.skipif(not INSTALLED, reason="needs PySpark: make test-spark")
def test_a_java_that_does_not_run_spark_is_the_users_to_mend(tmp_path, monkeypatch):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'older than class files are' >&2\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(SparkAbsent, match="older than class files are"):
        start(tmp_path)
