"""Reads a protocol or a model that a person wrote in TOML: every mistake is told by its line, its key and the mend."""

import hashlib
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from throughcare.core.toml_lines import line_of, line_of_syntax_error, lines_of
from throughcare.stats.mistakes import ProtocolError


class Strict(BaseModel):
    """A table of the file: unknown keys are refused, values are not bent into shape, nothing changes once read."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Read = TypeVar("Read", bound=BaseModel)


def read_toml(path: Path, model: type[Read]) -> tuple[Read, str]:
    """The file as the model says, and the SHA-256 of its bytes. Refuses the first line that is wrong."""
    return parse_toml(text_of(path), model, name=str(path))


def text_of(path: Path) -> str:
    """The file's text, to the last byte. Refuses what cannot be read."""
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise ProtocolError(what="The file cannot be read", record=str(path), expected="a TOML file in UTF-8",
                            mend="correct the path, or save the file as UTF-8") from error  # fmt: skip


def parse_toml(text: str, model: type[Read], *, name: str) -> tuple[Read, str]:
    """The text as the model says, and the SHA-256 of its bytes in UTF-8. `name`: what it is called in what is refused."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProtocolError(
            what="The line is not TOML", record=f"{name}, line {line_of_syntax_error(error, text)}", expected=str(error),
            mend="correct the line: key = value, texts in quotes, dates as 2016-02-06",
        ) from error  # fmt: skip
    try:
        return model.model_validate(told), hashlib.sha256(text.encode()).hexdigest()
    except ValidationError as error:
        lines = lines_of(text)
        first = min(error.errors(), key=lambda each: (_later(each["type"]), line_of(_place(each, told), lines)))
        place = _place(first, told)
        raise _refused(name, dict(first), place, _known(model, first["loc"][:-1]), line_of(place, lines)) from error


def _later(kind: str) -> int:
    """A misspelt key makes another one missing, and a wrong item makes its list too short: the first is the mistake."""
    return ("missing", "too_short").index(kind) + 1 if kind in ("missing", "too_short") else 0


def _place(error: Any, told: Any) -> tuple[str | int, ...]:
    """Where it stands in the text: without the kind by which one of several forms of a table was chosen."""
    place: list[str | int] = []
    for part in error["loc"]:
        if isinstance(told, dict) and part not in told and part == told.get("kind"):
            continue
        place.append(part)
        known = isinstance(told, list) and isinstance(part, int) and part < len(told)
        told = told[part] if known else told.get(part) if isinstance(told, dict) else None
    return tuple(place)


def _refused(
    name_of: str, error: dict[str, Any], place: tuple[str | int, ...], known: list[str], line: int
) -> ProtocolError:  # fmt: skip
    name = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
    where = f"{name_of}, line {line}"
    if error["type"] == "missing":
        return ProtocolError(what=f"{name} is missing", record=where, expected="a value", mend=f"write {place[-1]} = …")
    if error["type"] == "extra_forbidden":
        close = get_close_matches(str(place[-1]), known, n=1)
        return ProtocolError(what=f"{name} is not a key", record=where, expected=f"one of {', '.join(known)}",
                             mend=f"did you mean {close[0]}?" if close else "take it out")  # fmt: skip
    said = str(error["msg"])
    if error["type"] == "value_error":  # a rule between keys: the words are its own
        said = said.removeprefix("Value error, ")
        return ProtocolError(what=said, record=where, expected="keys that go together",
                             mend="correct what is named")  # fmt: skip
    return ProtocolError(what=f"{name} cannot be {error['input']!r}", record=where, expected=said[:1].lower() + said[1:],
                         mend="correct the value")  # fmt: skip


def _known(model: type[BaseModel], place: tuple[str | int, ...]) -> list[str]:
    """The keys that there are at a place."""
    forms = [model]
    for part in place:
        if (told := forms[0].model_fields.get(str(part))) is not None:
            kind: Any = told.annotation
            inner = [each for each in (kind, *get_args(kind)) if isinstance(each, type)]
            forms = [each for each in inner if issubclass(each, BaseModel)] or forms
        elif len(forms) > 1:
            forms = [each for each in forms if part in get_args(each.model_fields["kind"].annotation)] or forms
    return sorted(field.alias or name for name, field in forms[0].model_fields.items())
