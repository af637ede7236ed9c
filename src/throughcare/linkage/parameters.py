"""The model's parameters: how much each degree of agreement says. A file with a version; nothing else decides a weight."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from pathlib import Path

from throughcare.core.errors import UserError
from throughcare.linkage.comparisons import COMPARISONS

PUBLISHED = Path(__file__).parent / "models" / "published.toml"


class ModelError(UserError):
    """A model file that is none, or whose levels are not those of the product."""


@dataclass(frozen=True, kw_only=True)
class Chances:
    """m: how often records of one person show the level; u: how often records of two people do. Both above 0, at most 1."""

    m: float
    u: float

    @property
    def weight(self) -> float:
        return log2(self.m / self.u)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Chances by comparison and level, and the version that every pair scored with them names."""

    version: str
    chances: Mapping[str, Mapping[str, Chances]]

    def weight(self, comparison: str, level: str) -> float:
        return self.chances[comparison][level].weight


def load(path: Path = PUBLISHED) -> Parameters:
    """Reads a model file. Refuses, naming the comparison and level, one that lacks or adds a level or has no chance in (0, 1]."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _refuse(path, f"the model cannot be read ({error})", "a model file as `link --train` writes it") from error
    return parse_text(text, path)


def parse_text(text: str, path: Path) -> Parameters:
    """The parameters that a model file's text says; `path` names it in errors."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refuse(path, f"the model cannot be read ({error})", "a model file as `link --train` writes it") from error
    version = told.pop("version", None)
    if not isinstance(version, str) or not version:
        raise _refuse(path, "the model has no version", 'version = "..."')
    return parse(version, told, path)


def parse(version: str, told: Mapping[str, object], path: Path) -> Parameters:
    """The parameters of a table of comparisons, each a table of levels, each {m, u}."""
    wanted = {c.slug: [level.slug for level in c.levels] for c in COMPARISONS}
    if set(told) != set(wanted):
        raise _refuse(path, "the model has other comparisons than the product", ", ".join(wanted))
    chances: dict[str, dict[str, Chances]] = {}
    for comparison, levels in told.items():
        if not isinstance(levels, dict) or set(levels) != set(wanted[comparison]):
            raise _refuse(path, f"the levels of {comparison} are not the product's", ", ".join(wanted[comparison]))
        chances[comparison] = {level: _chances(path, f"{comparison}.{level}", levels[level]) for level in wanted[comparison]}
    return Parameters(version=version, chances=chances)


def _chances(path: Path, where: str, told: object) -> Chances:
    if isinstance(told, dict) and set(told) == {"m", "u"}:
        m, u = told["m"], told["u"]
        if all(isinstance(x, float | int) and not isinstance(x, bool) and 0 < x <= 1 for x in (m, u)):
            return Chances(m=float(m), u=float(u))
    raise _refuse(path, f"{where} has no two chances", "m and u, above 0 and at most 1")


def as_text(parameters: Parameters, *, why: str) -> str:
    """The text of a model file; `why` says where the parameters come from."""
    lines = [*(f"# {line}" for line in why.splitlines()), "", f"version = {json.dumps(parameters.version)}"]
    for comparison, levels in parameters.chances.items():
        lines += ["", f"[{comparison}]", *(f"{level} = {{ m = {c.m!r}, u = {c.u!r} }}" for level, c in levels.items())]
    return "\n".join(lines) + "\n"


def save(parameters: Parameters, path: Path, *, why: str) -> None:
    """Writes a model file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(as_text(parameters, why=why), encoding="utf-8")
    beside.replace(path)


def digest(chances: Mapping[str, Mapping[str, Chances]]) -> str:
    """A short name for these numbers, so that two models of one name are told apart."""
    told = repr([(c, level, x.m, x.u) for c, levels in chances.items() for level, x in levels.items()])
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def _refuse(path: Path, what: str, expected: str) -> ModelError:
    return ModelError(what=what, record=str(path), expected=expected, mend="correct the file, or train a new model")
