"""Where in a TOML file a key stands, so that a mistake can be shown by its line.

Follows tables, arrays of tables and keys; what stands inside an inline table or a list has the line of its key.
"""

import re
import tomllib

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[|\[)\s*(?P<path>[^\]]+?)\s*\]{1,2}\s*(#.*)?$")
_ONE = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_PART = re.compile(_ONE)
_KEY = re.compile(rf"^\s*(?P<key>{_ONE}(?:\s*\.\s*{_ONE})*)\s*=")
_LINE_OF_ERROR = re.compile(r"\(at line (\d+),")


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, of each table, array item and key of a readable TOML text. `()` is line 1."""
    found: dict[Path, int] = {(): 1}
    arrays: dict[Path, int] = {}
    table: Path = ()
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        was_inside = inside
        if (line.count('"""') + line.count("'''")) % 2:
            inside = not inside
        if was_inside:
            continue
        if header := _HEADER.match(line):
            table = _entered(header["path"], arrays, is_array=line.lstrip().startswith("[["))
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_parts(key["key"])), number)
    return found


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of the path, or of the nearest thing that holds it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def line_of_syntax_error(error: tomllib.TOMLDecodeError, text: str) -> int:
    """The line that the parser names; an error at the end of the document is on its last line."""
    told = _LINE_OF_ERROR.search(str(error))
    return int(told[1]) if told else max(1, len(text.splitlines()))


def _entered(path: str, arrays: dict[Path, int], *, is_array: bool) -> Path:
    """The path of a table's header, with the number of the item for each array of tables on the way."""
    *above, last = _parts(path)
    table: Path = ()
    for part in above:
        table = (*table, part)
        if table in arrays:
            table = (*table, arrays[table])
    table = (*table, last)
    if is_array:
        arrays[table] = arrays.get(table, -1) + 1
        table = (*table, arrays[table])
    return table


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]
