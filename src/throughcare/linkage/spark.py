"""Runs the model on Apache Spark through Splink's own back end, for more records than one machine holds (core/spark.py).

The people are those that DuckDB finds, which is why names are compared by `LIKENESS` and not by the function in Splink's jar.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from throughcare.core import spark

LIKENESS = """
CREATE TEMPORARY FUNCTION likeness(a STRING, b STRING) RETURNS DOUBLE RETURN
CASE WHEN a = b THEN 1D WHEN a = '' OR b = '' THEN 0D WHEN a IS NOT NULL AND b IS NOT NULL THEN aggregate(
  sequence(1, length(b)),
  named_struct('rest', a, 'places', CAST(array() AS ARRAY<INT>), 'near', greatest(length(a), length(b), 2) div 2 - 1),
  (seen, n) -> element_at(transform(
    array(locate(substr(b, n, 1), seen.rest, greatest(1, n - seen.near))),
    place -> IF(place BETWEEN 1 AND n + seen.near, named_struct('rest', overlay(seen.rest PLACING ' ' FROM place),
      'places', array_append(seen.places, place), 'near', seen.near), seen)), 1),
  seen -> IF(size(seen.places) = 0, 0D, element_at(transform(transform(
      array(size(filter(zip_with(seen.places, array_sort(seen.places), (x, y) -> substr(a, x, 1) <> substr(a, y, 1)), o -> o))),
      astray -> (CAST(size(seen.places) AS DOUBLE) / length(a) + CAST(size(seen.places) AS DOUBLE) / length(b)
                 + CAST(size(seen.places) - astray div 2 AS DOUBLE) / size(seen.places)) / 3D),
    jaro -> IF(jaro > 0.7D, jaro + 0.1D * size(filter(sequence(1, 4),
      n -> n <= length(a) AND left(a, n) = left(b, n))) * (1D - jaro), jaro)), 1))) END
"""
"""Jaro-Winkler as DuckDB and Winkler's own code have it: letters out of their order are halved and rounded down. The function
`jaro_winkler` of Splink's jar does not round, so that RUMEN and RUNMEN are 0.876 alike there and 0.902 here, on two sides of a
threshold.
"""


@dataclass(kw_only=True)
class Spark:
    """The engine. Refuses at once where PySpark or Java is absent; Spark itself starts with the first question and ends with
    the process. Each question has a session and a folder of its own, which goes when the answer has been collected. One
    question at a time in a process.
    """

    dialect: str = "spark"
    _folder: Path | None = field(default=None, init=False, repr=False)
    _numbers: Iterator[int] = field(default_factory=count, init=False, repr=False)

    def __post_init__(self) -> None:
        spark.require()

    def api(self) -> Any:
        from splink.internals.spark.database_api import SparkAPI

        splink: Any = SparkAPI
        started = spark.started()
        self._clear()
        self._folder = Path(tempfile.mkdtemp(prefix="question-", dir=started.folder))
        session = started.session.newSession()
        session.sparkContext.setCheckpointDir(self._folder.as_uri())
        session.sql(LIKENESS)
        return splink(spark_session=session, register_udfs_automatically=False)

    def register(self, api: Any, frame: pl.DataFrame, name: str) -> Any:
        file = self._file(name)
        frame.write_parquet(file)
        return api.register(api.spark.read.parquet(file.as_uri()), dataset_display_name=name)

    def predict(self, api: Any, linker: Any) -> Any:
        return linker.inference.predict(warning_mode="never")

    def collect(self, api: Any, told: Any, columns: Sequence[str], where: str) -> pl.DataFrame:
        file = self._file("answer")
        api.spark.sql(f"SELECT {', '.join(columns)} FROM {told.physical_name} WHERE {where}").write.parquet(file.as_uri())
        answer = pl.read_parquet(file / "*.parquet")
        self._clear()
        return answer

    def _file(self, name: str) -> Path:
        assert self._folder is not None, "the question has been answered"
        return self._folder / f"{next(self._numbers)}-{name}.parquet"

    def _clear(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
