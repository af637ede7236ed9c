"""Where the SQL of a match is run: DuckDB in this process, or Apache Spark for more fixes than one machine holds.

The SQL is one text for both: functions that both have under one name, `micros` and `hashed` for those that they do not. Spark
reads the same Parquet; a file in another form is turned into Parquet first.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import duckdb
import polars as pl

from throughcare.core import spark
from throughcare.positions.fixes import COLUMNS, NAMES
from throughcare.positions.reading import connect, given, sql_text


@dataclass(frozen=True)
class Kept:
    """Parquet as the store keeps it, with all columns of a fix: read as it is. A file from elsewhere is judged first."""

    files: tuple[Path, ...]


Fixes = pl.DataFrame | Sequence[Path] | Kept
"""Fixes to be asked about: a frame with the columns of a fix, files, or files of the store."""

MEMORY = "300MB"


class Session(Protocol):
    """Tables with names, and questions on them. `fixes` is there from the start: the columns of a fix."""

    def micros(self, instant: str) -> str:
        """SQL of an instant as microseconds since 1970."""
        ...

    def hashed(self, values: str) -> str:
        """SQL of 64 bits that stand for some values: the same for the same."""
        ...

    def table(self, name: str, frame: pl.DataFrame) -> None: ...

    def keep(self, name: str, asked: str) -> None:
        """The answer as a table, worked out once."""
        ...

    def ask(self, asked: str) -> pl.DataFrame: ...


class Engine(Protocol):
    """Opens a session on fixes; what it made goes when the session ends."""

    def opened(self, fixes: Fixes) -> Any:
        """A context that gives a `Session`."""
        ...


@dataclass(kw_only=True)
class DuckDB:
    """In this process, held to `memory`; what is more is spilled to a folder that goes at the end."""

    memory: str = MEMORY
    threads: int | None = None

    @contextmanager
    def opened(self, fixes: Fixes) -> Iterator["_OnDuckDB"]:
        with (
            tempfile.TemporaryDirectory(prefix="throughcare-positions-") as folder,
            connect(memory=self.memory, threads=self.threads, temporary=Path(folder)) as connection,
        ):
            view(connection, "fixes", fixes)
            yield _OnDuckDB(connection)


@dataclass
class _OnDuckDB:
    connection: duckdb.DuckDBPyConnection

    def micros(self, instant: str) -> str:
        return f"epoch_us({instant})"

    def hashed(self, values: str) -> str:
        return f"hash({values})"

    def table(self, name: str, frame: pl.DataFrame) -> None:
        self.connection.register(name, frame.to_arrow())

    def keep(self, name: str, asked: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {asked}")

    def ask(self, asked: str) -> pl.DataFrame:
        told: pl.DataFrame = self.connection.sql(asked).pl()
        return told

    def write(self, asked: str, to: Path) -> None:
        """The answer as a Parquet file."""
        self.connection.execute(f"COPY ({asked}) TO {sql_text(str(to))} (FORMAT parquet, COMPRESSION zstd)")


def view(connection: duckdb.DuckDBPyConnection, name: str, fixes: Fixes) -> None:
    """Fixes under a name: typed, rows that are none left out."""
    if isinstance(fixes, Kept):
        files = ", ".join(sql_text(str(file)) for file in fixes.files)
        connection.execute(f"CREATE TEMP VIEW {name} AS SELECT {', '.join(NAMES)} FROM read_parquet([{files}])")
        return
    if isinstance(fixes, pl.DataFrame):
        connection.register(f"{name}_given", fixes.to_arrow())
        connection.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {name}_given")
        return
    columns = ", ".join(column.name for column in COLUMNS)
    each = [f"SELECT {columns} FROM {given(connection, path).taken}" for path in fixes]
    connection.execute(f"CREATE TEMP VIEW {name} AS {' UNION ALL '.join(each)}")


@dataclass(kw_only=True)
class Spark:
    """On Apache Spark (core/spark.py). Refuses at once where PySpark or Java is absent."""

    def __post_init__(self) -> None:
        spark.require()

    @contextmanager
    def opened(self, fixes: Fixes) -> Iterator["_OnSpark"]:
        started = spark.started()
        folder = Path(tempfile.mkdtemp(prefix="positions-", dir=started.folder))
        session = started.session.newSession()
        session.conf.set("spark.sql.session.timeZone", "UTC")
        asked = _OnSpark(session, folder)
        try:
            asked.fixes(fixes)
            yield asked
        finally:
            session.catalog.clearCache()
            shutil.rmtree(folder, ignore_errors=True)


@dataclass
class _OnSpark:
    session: Any
    folder: Path

    def fixes(self, fixes: Fixes) -> None:
        if isinstance(fixes, pl.DataFrame):
            self.table("fixes", fixes)
            return
        paths = fixes.files if isinstance(fixes, Kept) else fixes
        files = [str(file) for path in paths for file in self._as_parquet(path)]
        self.session.read.parquet(*files).createOrReplaceTempView("fixes")

    def _as_parquet(self, path: Path) -> list[Path]:
        """The file itself where it is Parquet with the columns of a fix as they are kept, else a copy that is."""
        with connect(temporary=self.folder / "spilled") as connection:
            if path.suffix == ".parquet" and _kept_so(connection, path):
                return [path.absolute()]
            copy = self.folder / f"{len(list(self.folder.iterdir()))}-fixes.parquet"
            connection.execute(f"COPY (SELECT * FROM {given(connection, path).taken}) TO '{copy}' (FORMAT parquet)")
        return [copy]

    def micros(self, instant: str) -> str:
        return f"unix_micros({instant})"

    def hashed(self, values: str) -> str:
        return f"xxhash64({values})"

    def table(self, name: str, frame: pl.DataFrame) -> None:
        file = self.folder / f"{len(list(self.folder.iterdir()))}-{name}.parquet"
        frame.write_parquet(file)
        self.session.read.parquet(file.as_uri()).createOrReplaceTempView(name)

    def keep(self, name: str, asked: str) -> None:
        file = self.folder / f"{len(list(self.folder.iterdir()))}-{name}.parquet"
        self.session.sql(asked).write.parquet(file.as_uri())
        self.session.read.parquet(file.as_uri()).createOrReplaceTempView(name)

    def ask(self, asked: str) -> pl.DataFrame:
        file = self.folder / f"{len(list(self.folder.iterdir()))}-answer.parquet"
        self.session.sql(asked).write.parquet(file.as_uri())
        return pl.read_parquet(file / "*.parquet")


def _kept_so(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    told = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    types = {name: kind for name, kind, *_ in told}
    kept = {"text": "VARCHAR", "number": "DOUBLE", "instant": "TIMESTAMP WITH TIME ZONE"}
    return all(types.get(column.name) == kept[column.kind] for column in COLUMNS)
