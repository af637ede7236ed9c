"""Reads a file of fixes: CSV, JSON lines or Parquet. A row that cannot be a fix is refused, by row and rule; the rest is read.

A fix needs a tag and a time. Its numbers may be anything that is a number (NaN, (0,0), swapped, the year 2099 are kept as they
came, and flagged by `quality`); a cell that is no number is refused with its row, for nobody knows what was meant.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from throughcare.core.errors import UserError
from throughcare.positions.fixes import CODES, COLUMNS, MECHANISMS, TYPES, Column

KINDS = {".csv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".parquet": "parquet"}
FIRST, LAST = "TIMESTAMPTZ '1970-01-01'", "TIMESTAMPTZ '2999-12-31 23:59:59'"
LONGEST_LINE = 1_000_000
SHOWN = 200

_WHOLE = ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UBIGINT", "UINTEGER", "USMALLINT", "UTINYINT", "HUGEINT")
_OF_KIND = {
    "text": ("ENUM", *_WHOLE),
    "number": ("DOUBLE", "FLOAT", "DECIMAL", *_WHOLE),
    "instant": ("TIMESTAMP", "DATE"),
}
_TAKEN = {column.name: _OF_KIND[column.kind] for column in COLUMNS}
"""Types of a Parquet column that can be read as one of a fix."""


class FixesRefused(UserError):
    """A whole file that cannot be read as fixes: another form, or a column lacking without which there is no fix."""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One row that is no fix: where, which cell, the rule and the mend. `row` counts rows of data from 1."""

    file: str
    row: int
    column: str
    value: str
    rule: str
    mend: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a row must keep to: the SQL, on its cells and values, that is true where it does not."""

    column: str
    wrong: str
    words: str
    mend: str


@dataclass(frozen=True, kw_only=True)
class Given:
    """A file as DuckDB reads it. `rows`: the SQL of its rows. `cells`: by column of a fix, the SQL of its cell and whether that
    is text. `ignored`: columns that play no part.
    """

    path: Path
    kind: str
    rows: str
    cells: dict[str, tuple[str, bool]]
    ignored: tuple[str, ...]

    @property
    def judged(self) -> str:
        """SQL of every row: the columns of a fix, typed; `broken`, the number of the rule that it breaks or null; `shown`."""
        line = ", line, is_object" if self.kind == "jsonl" else ""
        cells = ", ".join(f"{self._cell(column)} AS cell_{column.name}" for column in COLUMNS)
        values = ", ".join(f"{self._value(column)} AS {column.name}" for column in COLUMNS)
        numbered = list(enumerate(self.rules()))
        broken = " ".join(f"WHEN coalesce({rule.wrong}, false) THEN {number}" for number, rule in numbered)
        shown = " ".join(f"WHEN {number} THEN {self._shown(rule)}" for number, rule in numbered)
        typed = f"SELECT *, {values} FROM (SELECT {cells}{line} FROM {self.rows})"
        names = ", ".join(column.name for column in COLUMNS)
        told = f"SELECT *, CASE {broken} END AS broken FROM ({typed})"
        return f"(SELECT {names}, broken, CASE broken {shown} END AS shown FROM ({told}))"

    @property
    def taken(self) -> str:
        """SQL of the fixes: the rows that break no rule."""
        return f"(SELECT {', '.join(c.name for c in COLUMNS)} FROM {self.judged} WHERE broken IS NULL)"

    def rules(self) -> Iterator[Rule]:
        if self.kind == "jsonl":
            yield Rule(column="", wrong="NOT is_object", words="a line is an object in JSON", mend="send it again as one")
        for column in COLUMNS:
            cell, value, is_text = f"cell_{column.name}", column.name, self.cells.get(column.name, ("", False))[1]
            if column.name in ("tag", "time"):
                yield Rule(column=column.name, wrong=f"{cell} IS NULL", words=f"a fix has a {column.name}", mend="fill it in")
            if is_text and column.kind == "number":
                wrong = f"{cell} IS NOT NULL AND {value} IS NULL"
                yield Rule(column=column.name, wrong=wrong, words="a number", mend="write digits with a point, or nothing")
            if column.kind == "instant" and (is_text or column.name == "time"):
                wrong = f"{cell} IS NOT NULL AND coalesce({value} NOT BETWEEN {FIRST} AND {LAST}, true)"
                yield Rule(column=column.name, wrong=wrong, words="a time in ISO 8601, from 1970 to 2999",
                           mend="write 2017-03-22T01:40:00Z")  # fmt: skip

    def _cell(self, column: Column) -> str:
        return self.cells.get(column.name, (f"CAST(NULL AS {TYPES[column.kind]})", False))[0]

    def _value(self, column: Column) -> str:
        cell, is_text = f"cell_{column.name}", self.cells.get(column.name, ("", False))[1]
        typed = f"TRY_CAST({cell} AS {TYPES[column.kind]})" if is_text else f"CAST({cell} AS {TYPES[column.kind]})"
        if column.name != "mechanism":
            return typed
        return _mechanism(typed)

    def _shown(self, rule: Rule) -> str:
        return f"left(CAST({f'cell_{rule.column}' if rule.column else 'line'} AS VARCHAR), {SHOWN})"


def _mechanism(told: str) -> str:
    """SQL of a mechanism by its name here: nearly every fix has it already, and is not looked at twice."""
    others = " ".join(f"WHEN '{code}' THEN '{name}'" for code, name in CODES.items())
    own = ", ".join(sql_text(name) for name in MECHANISMS)
    return f"CASE WHEN {told} IN ({own}) THEN {told} ELSE CASE upper({told}) {others} ELSE upper({told}) END END"


def connect(*, memory: str = "400MB", threads: int | None = None, temporary: Path | None = None) -> duckdb.DuckDBPyConnection:
    """DuckDB in memory, held to `memory`, what is more going to `temporary`; instants without an offset are UTC."""
    told: dict[str, Any] = {"memory_limit": memory, "preserve_insertion_order": "false"}
    if threads:
        told["threads"] = threads
    if temporary:
        told["temp_directory"] = str(temporary)
    connection = duckdb.connect(":memory:", config=told)
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def given(connection: duckdb.DuckDBPyConnection, path: Path) -> Given:
    """The file as rows and cells. Refuses a file of another form, and one that lacks a column without which there is no fix."""
    kind = "parquet" if path.is_dir() else KINDS.get(path.suffix.lower())
    if kind is None:
        raise _refused(path, "the file is none that can be read", "CSV, JSON lines (.jsonl) or Parquet", "export it so")
    try:
        return {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}[kind](connection, path)
    except (duckdb.Error, OSError, UnicodeDecodeError) as error:
        said = str(error).strip().splitlines()[0]
        raise _refused(path, f"the file cannot be read ({said})", "a file of fixes", "export it again") from error


def refusals(connection: duckdb.DuckDBPyConnection, file: Given) -> Iterator[Refusal]:
    """Every refused row, in order. A second reading, in the order of the file: only worth it where some are refused."""
    broken = _broken_lines(connection, file)
    for each in broken:
        yield each[1]
    lines = sorted(line for line, _ in broken)
    told = list(file.rules())
    connection.execute("SET preserve_insertion_order = true")
    numbered = f"SELECT row_number() OVER () AS number, broken, shown FROM {file.judged}"
    asked = connection.execute(f"SELECT * FROM ({numbered}) WHERE broken IS NOT NULL ORDER BY number")
    for number, broke, shown in iter(asked.fetchone, None):
        rule = told[broke]
        yield Refusal(file=file.path.name, row=_row_in_file(number, lines), column=rule.column, value=shown or "",
                      rule=rule.words, mend=rule.mend)  # fmt: skip
    connection.execute("SET preserve_insertion_order = false")


def _row_in_file(row: int, broken: list[int]) -> int:
    """Rows that could not be cut into cells are not among those counted by DuckDB, and come back into the count."""
    for each in broken:
        if each > row:
            break
        row += 1
    return row


def _broken_lines(connection: duckdb.DuckDBPyConnection, file: Given) -> list[tuple[int, Refusal]]:
    """Lines of a CSV that could not be cut into its columns, with their row."""
    if file.kind != "csv":
        return []
    asked = "SELECT line, any_value(csv_line), min(error_message) FROM reject_errors JOIN reject_scans USING (scan_id, file_id) "
    asked += "WHERE file_path = ? GROUP BY line ORDER BY line"
    try:
        found = connection.execute(asked, [str(file.path)]).fetchall()
    except duckdb.CatalogException:
        return []
    return [
        (line - 1, Refusal(file=file.path.name, row=line - 1, column="", value=(text or "").strip()[:SHOWN],
                           rule="as many cells as the header has, in UTF-8", mend=f"mend the line ({_plain(said)})"))
        for line, text, said in found
    ]  # fmt: skip


def _plain(said: str) -> str:
    return said.splitlines()[0].replace("Expected Number of Columns", "columns expected").replace("Found", "found")


def _csv(connection: duckdb.DuckDBPyConnection, path: Path) -> Given:
    with path.open("rb") as file:
        header = file.readline(LONGEST_LINE).decode("utf-8-sig").strip("\r\n")
    names = [name.strip().strip('"') for name in header.split(",")]
    columns = json.dumps(dict.fromkeys(_unlike(names), "VARCHAR")).replace("'", "''").replace('"', "'")
    rows = (
        f"read_csv({_text(path)}, columns = {columns}, header = true, auto_detect = false, delim = ',', quote = '\"', "
        "escape = '\"', store_rejects = true, rejects_limit = 0, null_padding = false)"
    )
    found, ignored = _named(path, _unlike(names))
    cells = {name: (f"NULLIF(trim({_quoted(there)}), '')", True) for name, there in found.items()}
    return Given(path=path, kind="csv", rows=rows, cells=cells, ignored=ignored)


def _unlike(names: list[str]) -> list[str]:
    """A name that stands twice in a header, or is empty, is of no use but must not hide another."""
    seen: set[str] = set()
    told = []
    for number, name in enumerate(names):
        told.append(name if name and name.lower() not in seen else f"{name or 'column'}_{number + 1}")
        seen.add(name.lower())
    return told


def _jsonl(connection: duckdb.DuckDBPyConnection, path: Path) -> Given:
    is_object = "coalesce(json_type(CASE WHEN json_valid(line) THEN line END) = 'OBJECT', false)"
    whole = "columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, delim = '\x01', quote = '', escape = ''"
    some = "line IS NOT NULL AND trim(line) <> ''"
    lines = f"(SELECT line, {is_object} AS is_object FROM read_csv({_text(path)}, {whole}) WHERE {some})"
    keys = f"SELECT DISTINCT unnest(json_keys(line)) FROM (FROM {lines} WHERE is_object LIMIT 1000)"
    names = sorted(name for (name,) in connection.execute(keys).fetchall())
    found, ignored = _named(path, names)
    paths = ", ".join(sql_text(f'$."{there}"') for there in found.values())
    rows = f"(SELECT line, is_object, CASE WHEN is_object THEN json_extract_string(line, [{paths}]) END AS told FROM {lines})"
    cells = {name: (f"NULLIF(trim(told[{number}]), '')", True) for number, name in enumerate(found, start=1)}
    return Given(path=path, rows=rows, kind="jsonl", cells=cells, ignored=ignored)


def _parquet(connection: duckdb.DuckDBPyConnection, path: Path) -> Given:
    place = path / "**" / "*.parquet" if path.is_dir() else path
    rows = f"read_parquet({_text(place)})"
    types = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()}
    found, ignored = _named(path, list(types))
    cells = {}
    for name, there in found.items():
        is_text = types[there] == "VARCHAR"
        if not is_text and not types[there].startswith(_TAKEN[name]):
            expected = f"one of {', '.join(_TAKEN[name])}, or text"
            raise _refused(path, f"the column {there} is {types[there]}", expected, "export it so")
        cells[name] = (f"NULLIF(trim({_quoted(there)}), '')" if is_text else _quoted(there), is_text)
    return Given(path=path, kind="parquet", rows=rows, cells=cells, ignored=ignored)


def _named(path: Path, names: list[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """By column of a fix, its name in the file; and the names that are no column of a fix."""
    lower = {name.lower(): name for name in names}
    found = {c.name: lower[n] for c in COLUMNS for n in (c.name, *c.also)[::-1] if n in lower}
    lacking = [column.name for column in COLUMNS if column.required and column.name not in found]
    if lacking:
        raise _refused(path, f"the file has no column {', '.join(lacking)}", f"columns {', '.join(c.name for c in COLUMNS)}",
                       "name the columns so")  # fmt: skip
    return found, tuple(name for name in names if name not in found.values())


def _refused(path: Path, what: str, expected: str, mend: str) -> FixesRefused:
    return FixesRefused(what=what, record=path.name, expected=expected, mend=mend)


def _text(path: Path) -> str:
    return sql_text(str(path))


def sql_text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
