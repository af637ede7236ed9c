"""Starts Apache Spark for whatever is too much for one machine: linking records, matching positions.

Spark is the extra `throughcare[spark]` and needs Java 17 or newer. It runs on this machine's cores, or on the master that
THROUGHCARE_SPARK_MASTER names, whose machines must then all see the folder for temporary files (TMPDIR) under the same path.
"""

import atexit
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from throughcare.core.errors import UserError

MASTER = "THROUGHCARE_SPARK_MASTER"
ASKED = "--engine spark"
JAVA = "Java 17 or newer, in JAVA_HOME or on the PATH"
INSTALL = "pip install 'throughcare[spark]' (in a checkout make test-spark, which takes requirements/spark.txt), and Java 17"


class SparkAbsent(UserError):
    """Spark is asked for, and PySpark or a Java that can run it is not there."""


def require() -> None:
    """Refuses where PySpark or Java is absent, before anything is begun."""
    if importlib.util.find_spec("pyspark") is None:
        raise SparkAbsent(what="PySpark is not installed", record=ASKED, expected=f"PySpark 4 and {JAVA}", mend=INSTALL)
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=str(Path(home) / "bin") if home else None) is None:
        where = f"there is no Java in JAVA_HOME, {home}" if home else "Java is not found"
        raise SparkAbsent(what=where, record=ASKED, expected=JAVA, mend="install Java 17, or set JAVA_HOME to where it is")


@dataclass(frozen=True, kw_only=True)
class Started:
    """Spark as this process runs it, and the folder, closed to other users, for all that is written."""

    session: Any
    folder: Path


@cache
def started() -> Started:
    """Starts Spark, once. A session that the process has already is used, and left to whoever started it."""
    from pyspark.sql import SparkSession

    folder = Path(tempfile.mkdtemp(prefix="throughcare-spark-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    running = SparkSession.getActiveSession()
    if running is not None:
        return Started(session=running, folder=folder)
    session, end = start(folder)
    atexit.register(end)
    return Started(session=session, folder=folder)


def start(folder: Path) -> tuple[Any, Callable[[], None]]:
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
        "spark.app.name": "throughcare", "spark.master": master,
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
