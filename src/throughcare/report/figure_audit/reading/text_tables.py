"""Tables in plain text, where nothing but their lines of numbers tells them.

Two lines or more that end in the same number of numbers (two at least) are rows. What stands between them labels them;
what stands above heads them, as far as the heads can be told apart: where they cannot, columns are known by number.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from throughcare.report.figure_audit.document import Place, Row, Table
from throughcare.report.figure_audit.reading.cells import cell, named
from throughcare.report.figure_audit.reading.lines import Line
from throughcare.report.figure_audit.reading.prose import without_marks
from throughcare.report.figure_audit.reading.table_heads import heads

CAPTION = re.compile(r"^(?:Table|Figure|Chart)\s+[A-Z]?\d+(?:\.\d+)?\s*[.:–-]\s*\S|^Table\s+\d+$")
_NUMBER = r"(?:[-–]|[£$€]?\d[\d,]*(?:\.\d+)?\s?%?)"
_ROW = re.compile(rf"^(?P<label>.*?)(?P<numbers>(?:(?:^|\s+){_NUMBER}){{2,}})$")
_LABEL, _HEAD, _PIECES = 60, 60, 14
SectionOf = Callable[[Sequence[Line]], str]


def cut_tables(lines: Sequence[Line], *, section_of: SectionOf) -> Iterator[Line | Table]:
    """The lines in order, each table's lines replaced by the table."""
    text = " ".join(line.text for line in lines)
    found = {start: (end, rows) for start, end, rows in _found(lines)}
    section, caption, of_caption, number = "", "", "", 0
    while number < len(lines):
        line = lines[number]
        if number in found:
            end, rows = found[number]
            yield _table(lines[number:end], rows, caption=caption, section=of_caption if caption else section, text=text)
            number, caption = end, ""
            continue
        if CAPTION.match(line.text):
            caption, of_caption = (line.text, section) if line.text.startswith("Table") else (caption, of_caption)
        elif line.breaks:
            section = section_of(lines[number : number + 3]) or section
        yield line
        number += 1


def _found(lines: Sequence[Line]) -> Iterator[tuple[int, int, list[int]]]:
    """(first line, line after the last, places of the rows from the first line) of each table."""
    number, after = 0, 0
    while number < len(lines):
        rows = _run(lines, number)
        if len(rows) < 2:
            number += 1
            continue
        start = _top(lines, rows[0], after)
        number = after = rows[-1] + 1
        yield start, after, [row - start for row in rows]


def _run(lines: Sequence[Line], first: int) -> list[int]:
    """The rows that begin at a line, with at most four label lines between two of them."""
    width = _width(lines[first])
    rows, number = ([first] if width else []), first + 1
    while rows and number < len(lines) and number - rows[-1] <= 5:
        if _width(lines[number]) == width:
            rows.append(number)
        elif _width(lines[number]) or not _is_label(lines[number], _LABEL):
            break
        number += 1
    return rows


def _width(line: Line) -> int:
    match = _ROW.match(line.text)
    if line.note or not match or len(match["label"]) > _LABEL + 20 or match["label"].rstrip().endswith((".", ",", ";")):
        return 0
    return len(match["numbers"].split())


def _is_label(line: Line, longest: int) -> bool:
    return len(line.text) <= longest and not line.text.endswith((".", ";", ":")) and not line.note


def _top(lines: Sequence[Line], row: int, after: int) -> int:
    """Where the head begins: below the caption, or below the first line that is too long for a head."""
    start = row
    while (
        start > after
        and row - start < _PIECES
        and _is_label(lines[start - 1], _HEAD)
        and not CAPTION.match(lines[start - 1].text)
    ):
        start -= 1
    return start


def _table(lines: Sequence[Line], rows: Sequence[int], *, caption: str, section: str, text: str) -> Table:
    labels = _labels(lines, rows)
    matches = [_ROW.match(lines[row].text) for row in rows]
    first = rows[0] - (Counter(len(label) for label in labels[1:]).most_common(1)[0][0])
    labels[0] = list(range(max(first, 0), rows[0]))
    numbers = [match["numbers"].replace(" %", "%").split() for match in matches if match]
    columns, groups = heads([line.text for line in lines[: max(first, 0)]], width=len(numbers[0]), text=text)
    made = tuple(
        Row(
            label=without_marks(" ".join([*(lines[at].text for at in above), match["label"].strip()]).strip()),
            cells=tuple(cell(one) for one in cells), line=lines[row].number,
        )
        for row, above, match, cells in zip(rows, labels, matches, numbers, strict=True) if match
    )  # fmt: skip
    name, title = named(caption)
    place = Place(section=section, page=lines[0].page, line=lines[0].number)
    return Table(name=name, title=title, columns=columns, rows=made, place=place, groups=groups)


def _labels(lines: Sequence[Line], rows: Sequence[int]) -> list[list[int]]:
    """For each row the lines above it that label it: those since the row before."""
    starts = [rows[0], *(row + 1 for row in rows[:-1])]
    return [list(range(start, row)) for start, row in zip(starts, rows, strict=True)]
