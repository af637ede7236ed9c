"""Spark gives the matches of DuckDB, on frames, the store's Parquet and CSV. Needs PySpark and Java: `make test-spark`."""

import importlib.util
import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from tests.positions.test_match import wandering
from throughcare.positions.engines import DuckDB, Spark
from throughcare.positions.match import match
from throughcare.positions.parameters import Parameters
from throughcare.positions.store import import_fixes, parts

HOME = os.environ.get("JAVA_HOME")
READY = importlib.util.find_spec("pyspark") is not None and shutil.which("java", path=f"{HOME}/bin" if HOME else None) is not None
pytestmark = [
    pytest.mark.slow, pytest.mark.xdist_group("spark"),
    pytest.mark.skipif(not READY, reason="needs PySpark and Java 17: make test-spark"),
]  # fmt: skip
PARAMETERS = Parameters(radius_m=150, min_fixes=2, max_precision_m=50, buffer=timedelta(minutes=3))


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize("form", ["frame", "csv", "store"])
def test_spark_gives_the_pairs_visits_and_outcomes_of_duckdb(tmp_path, seed, form):
    given, crimes = wandering(seed)
    fixes = given
    if form != "frame":
        given.write_csv(tmp_path / "fixes.csv", datetime_format="%Y-%m-%dT%H:%M:%SZ")
        fixes = [tmp_path / "fixes.csv"]
    if form == "store":
        import_fixes(fixes, tmp_path / "positions", at=datetime(2017, 4, 1, tzinfo=UTC))
        fixes = parts(tmp_path / "positions")
    one, other = (match(fixes, crimes, PARAMETERS, engine=engine) for engine in (Spark(), DuckDB()))
    assert one.pairs.height > 3
    assert one.crimes.equals(other.crimes)
    for told, expected, metres in ((one.pairs, other.pairs, "nearest_m"), (one.fixes, other.fixes, "metres")):
        assert told.drop(metres).equals(expected.drop(metres))
        assert (told[metres] - expected[metres]).abs().max() < 1e-6
