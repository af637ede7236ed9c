"""Runs the model on Apache Spark through Splink's own back end, for more records than one machine holds.

Spark is the extra `throughcare[spark]` and needs Java 17 or newer. It runs on this machine's cores, or on the master that
THROUGHCARE_SPARK_MASTER names, whose machines must then all see the folder for temporary files (TMPDIR) under the same path.
The people are those that DuckDB finds, which is why names are compared by `LIKENESS` and not by the function in Splink's jar.
"""

import atexit
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from throughcare.core.errors import UserError

MASTER = "THROUGHCARE_SPARK_MASTER"
ASKED = "--engine spark"
JAVA = "Java 17 or newer, in JAVA_HOME or on the PATH"
INSTALL = "pip install 'throughcare[spark]' (in a checkout make test-spark, which takes requirements/spark.txt), and Java 17"
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


class SparkAbsent(UserError):
    """Spark is asked for, and PySpark or a Java that can run it is not there."""


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
        if importlib.util.find_spec("pyspark") is None:
            raise SparkAbsent(what="PySpark is not installed", record=ASKED, expected=f"PySpark 4 and {JAVA}", mend=INSTALL)
        home = os.environ.get("JAVA_HOME")
        if shutil.which("java", path=str(Path(home) / "bin") if home else None) is None:
            where = f"there is no Java in JAVA_HOME, {home}" if home else "Java is not found"
            raise SparkAbsent(what=where, record=ASKED, expected=JAVA, mend="install Java 17, or set JAVA_HOME to where it is")

    def api(self) -> Any:
        from splink.internals.spark.database_api import SparkAPI

        splink: Any = SparkAPI
        started = _started()
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


@dataclass(frozen=True, kw_only=True)
class _Started:
    """Spark as this process runs it, and the folder, closed to other users, for all that is written."""

    session: Any
    folder: Path


@cache
def _started() -> _Started:
    """Starts Spark, once. A session that the process has already is used, and left to whoever started it."""
    from pyspark.sql import SparkSession

    folder = Path(tempfile.mkdtemp(prefix="throughcare-spark-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    running = SparkSession.getActiveSession()
    if running is not None:
        return _Started(session=running, folder=folder)
    session, end = _start(folder)
    atexit.register(end)
    return _Started(session=session, folder=folder)


def _start(folder: Path) -> tuple[Any, Callable[[], None]]:
    """A session, and what ends it. What Java says goes into a file, not to the user: what matters comes back as an error."""
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    launch: Any = launch_gateway
    settings = SparkConf().setAll(list(_settings(folder).items()))
    log = folder / "java.log"
    try:
        with log.open("w", encoding="utf-8") as said:
            gateway = launch(settings, {"stdout": said, "stderr": said})
    except PySparkRuntimeError as error:
        lines = (line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if "Picked up" not in line)
        raise SparkAbsent(
            what=f"Java does not run Spark ({next(lines, 'it says nothing')})", record=ASKED, expected=JAVA,
            mend="install Java 17, or set JAVA_HOME to where it is",
        ) from error  # fmt: skip
    context = SparkContext(conf=settings, gateway=gateway)
    context.setLogLevel("ERROR")
    return SparkSession(context), lambda: _end(context, gateway)


def _end(context: Any, gateway: Any) -> None:
    """Java ends with its standard input; its folder may go only when it has ended, since it writes there to the last."""
    context.stop()
    gateway.shutdown()
    if gateway.proc is None:
        return
    gateway.proc.stdin.close()
    try:
        gateway.proc.wait(timeout=30)
    except subprocess.TimeoutExpired:
        gateway.proc.kill()


def _settings(folder: Path) -> dict[str, str]:
    """No page, no progress bars, no catalogue on disk; nothing is written outside the folder."""
    master = os.environ.get(MASTER, "local[*]")
    told = {
        "spark.app.name": "throughcare link", "spark.master": master,
        "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
        "spark.sql.catalogImplementation": "in-memory", "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
        "spark.local.dir": str(folder), "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={folder}",
    }  # fmt: skip
    if master.startswith("local"):
        told |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        told["spark.sql.shuffle.partitions"] = str(2 * (os.cpu_count() or 1))
        if "SPARK_DRIVER_MEMORY" not in os.environ:
            told["spark.driver.memory"] = f"{_half_of_memory()}m"
    return told


def _half_of_memory() -> int:
    """Of this machine, in megabytes. Spark takes one gigabyte unless told, however much there is."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**21
