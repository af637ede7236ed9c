"""Reading an extract: which feed it is, whether the file is what it says, and its rows in batches with line numbers."""

import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from throughcare.core.contracts import Feed, Wide
from throughcare.core.errors import UserError

BATCH = 10_000
MONTH = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])")


class FileRefused(UserError):
    """A file that is not what it says: refused whole, nothing of it is loaded."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Rows of a file: cells in the order of the header, with the line on which each row ends; `ragged` have too few or many."""

    rows: list[list[str]]
    lines: list[int]
    ragged: list[tuple[int, list[str]]]


def refuse(path: Path, *, what: str, expected: str, mend: str) -> FileRefused:
    return FileRefused(what=what, record=path.name, expected=expected, mend=mend)


def feed_of(path: Path, feeds: Mapping[str, Feed]) -> Feed:
    """The feed whose slug begins the file's name: `police-convictions.csv`, `police-convictions-2016-06.csv`."""
    stem = path.name.removesuffix(".csv")
    fitting = [slug for slug in feeds if stem == slug or stem.startswith(f"{slug}-")]
    if path.suffix != ".csv" or not fitting:
        raise refuse(
            path,
            what="the file's name says no feed that is known",
            expected=f"one of {', '.join(sorted(feeds))}, then .csv",
            mend="name the file after its feed, for example court-results-2016-06.csv",
        )
    return feeds[max(fitting, key=len)]


def extracts_in(paths: list[Path], feeds: Mapping[str, Feed]) -> list[tuple[Path, Feed]]:
    """The extracts among files and folders (a folder's own CSV files), in the order in which they must be loaded."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise refuse(
                path, what="there is no such file", expected="a CSV extract or a folder of them", mend="check the path"
            )
        found += sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not found:
        raise refuse(
            paths[0], what="the folder holds no CSV extract", expected="files named after feeds", mend="check the path"
        )
    named = [(path, feed_of(path, feeds)) for path in found]
    return sorted(named, key=lambda pair: (pair[1].order, pair[1].slug, pair[0].name))


def whole(path: Path) -> None:
    """Refuses an empty file and one that does not end with a line break: it was cut off on the way."""
    with path.open("rb") as file:
        if not file.seek(0, 2):
            raise refuse(path, what="the file is empty", expected="a header and rows", mend="send the file again")
        file.seek(-1, 2)
        if file.read(1) not in (b"\n", b"\r"):
            raise refuse(
                path,
                what="the file does not end with a line break, so it may be cut off",
                expected="a line break after the last row",
                mend="send the file again, whole",
            )


def batches(path: Path, feed: Feed, *, size: int = BATCH) -> Iterator[Batch]:
    """Rows of the file, `size` at a time, cells stripped and in the order of the feed's columns.

    Refused whole: other columns than the feed's, another encoding than UTF-8, quotes left open, NUL characters.
    """
    whole(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(_without_nul(path, file), strict=True)
            width, rows_of = _form(path, feed, next(reader, []))
            rows: list[list[str]] = []
            lines: list[int] = []
            ragged: list[tuple[int, list[str]]] = []
            for row in reader:
                if len(row) != width:
                    if row:
                        ragged.append((reader.line_num, row))
                    continue
                for found in rows_of(row):
                    rows.append(found)
                    lines.append(reader.line_num)
                if len(rows) >= size:
                    yield Batch(rows=rows, lines=lines, ragged=ragged)
                    rows, lines, ragged = [], [], []
            if rows or ragged:
                yield Batch(rows=rows, lines=lines, ragged=ragged)
    except UnicodeDecodeError as error:
        raise refuse(
            path,
            what=f"the file is not UTF-8 (byte {error.start})",
            expected="UTF-8, with or without a byte order mark",
            mend="export it again as UTF-8",
        ) from error
    except csv.Error as error:
        raise refuse(
            path,
            what=f"the file is not a whole CSV ({error})",
            expected="comma-separated cells, quotes closed",
            mend="send the file again",
        ) from error


def _without_nul(path: Path, file: Iterable[str]) -> Iterator[str]:
    """The lines of the file; a NUL character is no text, and stops it."""
    for line in file:
        if "\0" in line:
            raise refuse(
                path,
                what="the file holds a NUL character, so it is not text",
                expected="UTF-8 text",
                mend="export it again as UTF-8",
            )
        yield line


def passed_over(paths: list[Path]) -> list[Path]:
    """Files in the folders given that are not CSV extracts and will not be loaded, so that nobody takes them for loaded."""
    inside = (item for path in paths if path.is_dir() for item in sorted(path.iterdir()))
    return [item for item in inside if item.is_file() and item.suffix != ".csv"]


RowsOf = Callable[[list[str]], Iterable[list[str]]]


def _form(path: Path, feed: Feed, header: list[str]) -> tuple[int, RowsOf]:
    """How many cells a row of the file has, and the rows of the feed that it gives: itself, or one a month of the wide form."""
    if feed.wide is not None and (wide := _wide(feed, feed.wide, [name.strip() for name in header])):
        return len(header), wide
    order = _header(path, feed, header)
    straight = order == list(range(len(order)))
    return len(order), lambda row: (row if straight else [row[i] for i in order],)


def _wide(feed: Feed, wide: Wide, header: list[str]) -> RowsOf | None:
    """The rows that a row of the wide form gives; None where the header is not of that form."""
    months = {place: f"{name[:4]}-{name[4:]}-01" for place, name in enumerate(header) if MONTH.fullmatch(name)}
    named = {place: wide.names[name] for place, name in enumerate(header) if name in wide.names}
    whole = sorted(named.values()) == sorted(set(wide.names.values()))
    if not months or not whole or len(months) + len(named) < len(header) or len(set(months.values())) < len(months):
        return None

    def rows_of(row: list[str]) -> Iterator[list[str]]:
        told = {column: " ".join(row[place].split()) for place, column in named.items()}
        key = hashlib.blake2b("\x1f".join(told[name] for name in sorted(told)).casefold().encode(), digest_size=8).hexdigest()
        for place, month in months.items():
            if row[place].strip():
                cells = {**told, "record_id": f"{month[:7]}-{key}", wide.month: month, wide.value: row[place]}
                yield [cells.get(column.name, "") for column in feed.columns]

    return rows_of


def _header(path: Path, feed: Feed, header: list[str]) -> list[int]:
    """Where each column of the feed stands in the file."""
    given = [name.strip() for name in header]
    wanted = [column.name for column in feed.columns]
    missing, unknown = [n for n in wanted if n not in given], [n for n in given if n not in wanted]
    if missing or unknown or len(given) != len(wanted):
        wide = f"; or {', '.join(feed.wide.names)} and a column a month, as 201604" if feed.wide else ""
        says = "; ".join(
            [f"missing: {', '.join(missing)}"] * bool(missing) + [f"not known: {', '.join(unknown)}"] * bool(unknown)
        )
        raise refuse(
            path,
            what=f"the columns are not those of {feed.slug} ({says or 'a column stands twice'})",
            expected=", ".join(wanted),
            mend="send the columns of the feed's reference page, each once" + wide,
        )
    return [given.index(name) for name in wanted]
