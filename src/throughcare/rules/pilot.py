"""Reads the file that describes a pilot, and refuses it by file, line and mend where it is not what it should be."""

import tomllib
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from throughcare.core.errors import UserError
from throughcare.core.pilot import Pilot
from throughcare.core.toml_lines import Path as KeyPath
from throughcare.core.toml_lines import line_of, line_of_syntax_error, lines_of
from throughcare.rules.pilot_checks import mistakes_in


class PilotFileError(UserError):
    """A pilot file with a mistake in it; `line` is where."""

    def __init__(self, *, what: str, record: str, expected: str, mend: str, line: int) -> None:
        super().__init__(what=what, record=record, expected=expected, mend=mend)
        self.line = line


def load_pilot(path: Path, *, strands: Collection[str] = (), feeds: Collection[str] = ()) -> Pilot:
    """The pilot of a TOML file in UTF-8.

    `strands`: those that its services may name; `feeds`: those that it may expect; where none is given, any.

    Refuses, with the first line that is wrong: a file that cannot be read, unknown and missing keys, values of the
    wrong kind, and values that cannot be together (a provider of an unknown service, a window outside the life).
    """
    text = _text(path)
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(
            path, line_of_syntax_error(error, text), what="the line is not TOML", expected=str(error),
            mend="correct the line: key = value, texts in quotes, dates as 2016-02-06",
        ) from error  # fmt: skip
    lines = lines_of(text)
    try:
        pilot = Pilot.model_validate(told)
    except ValidationError as error:
        mistakes = [_by_line(dict(each), told, lines) for each in error.errors()]
        # What pydantic finds only in the file as a whole has no place; the checks below have one for it.
        placed = [mistake for mistake in mistakes if mistake[0]] + _placed(told, lines, strands, feeds)
        line, parts = min(placed or mistakes, key=_foremost)
        raise _refused(path, max(line, 1), **parts) from error
    if impossible := _placed(told, lines, strands, feeds):
        line, parts = min(impossible, key=_foremost)
        raise _refused(path, line, **parts)
    return pilot


def _foremost(mistake: tuple[int, dict[str, str]]) -> tuple[bool, int]:
    """By line, what is missing last: a misspelt key makes another one missing, and the misspelling is the mistake."""
    line, parts = mistake
    return parts["what"].endswith(" is missing"), line


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            what="the pilot file cannot be read", record=str(path), expected="a TOML file that is there to be read",
            mend="correct the path",
        ) from error  # fmt: skip
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise _refused(
            path, data[: error.start].count(b"\n") + 1, what="the file is not UTF-8", expected="text in UTF-8",
            mend="save the file again as UTF-8",
        ) from error  # fmt: skip


def _placed(
    told: dict[str, Any], lines: dict[KeyPath, int], strands: Collection[str], feeds: Collection[str]
) -> list[tuple[int, dict[str, str]]]:
    return [
        (line_of(mistake.at, lines), {"what": mistake.what, "expected": mistake.expected, "mend": mistake.mend})
        for mistake in mistakes_in(told, strands=strands, feeds=feeds)
    ]


def _by_line(error: dict[str, Any], told: dict[str, Any], lines: dict[KeyPath, int]) -> tuple[int, dict[str, str]]:
    """One of pydantic's errors: its line (0 where it has no place), and what to say of it."""
    place: KeyPath = tuple(error["loc"])
    name = ".".join(str(part) for part in place if not isinstance(part, int)) or "the file"
    line = line_of(place, lines) if place else 0
    if error["type"] == "missing":
        key = place[-1]
        says = {"what": f"{name} is missing", "expected": f"the key {key}", "mend": f"add {key} = ... here"}
        return max(line, 1), says
    if error["type"] == "extra_forbidden":
        return line, _unknown(place, name)
    expected = str(error["msg"])
    value = _value(told, place)
    return line, {
        "what": f"{name} cannot be {value!r}" if place else "the file does not fit together",
        "expected": expected[:1].lower() + expected[1:],
        "mend": "correct the value",
    }


def _unknown(place: KeyPath, name: str) -> dict[str, str]:
    known = _known_keys(place[:-1])
    close = get_close_matches(str(place[-1]), known, n=1)
    mend = f"did you mean {close[0]}?" if close else "take it out"
    return {"what": f"{name} is not a key of a pilot file", "expected": f"one of {', '.join(known)}", "mend": mend}


def _known_keys(place: KeyPath) -> list[str]:
    """The keys that a pilot file may have at a place."""
    model: type[BaseModel] = Pilot
    for part in place:
        if isinstance(part, str) and part in model.model_fields:
            kind: Any = model.model_fields[part].annotation
            inner = [each for each in (kind, *getattr(kind, "__args__", ())) if isinstance(each, type)]
            model = next((each for each in inner if issubclass(each, BaseModel)), model)
    return sorted(model.model_fields)


def _value(told: Any, place: KeyPath) -> Any:
    for part in place:
        try:
            told = told[part]
        except (KeyError, IndexError, TypeError):
            return told
    return told


def _refused(path: Path, line: int, *, what: str, expected: str, mend: str) -> PilotFileError:
    return PilotFileError(what=what, record=f"{path}, line {line}", expected=expected, mend=mend, line=line)
