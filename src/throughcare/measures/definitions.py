"""How each figure is defined: its rule in words and in code, who answers for it, and since when it has been so.

`definitions.csv` keeps every definition that was, with its day and the reason for the change; a measure that is not defined as
its last entry says fails a test. `docs/definitions.py` adds the entries.
"""

import ast
import csv
import hashlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import polars as pl

from throughcare.casework.access.policy import ROLES
from throughcare.core.contracts import Axis, Feed, Measure
from throughcare.core.pilot import Pilot
from throughcare.measures.sources import feeds_of
from throughcare.registry.parts import done_by

FILE = Path(__file__).with_name("definitions.csv")
COLUMNS = ("slug", "on", "digest", "reason", "words", "code")
WITHDRAWN = ""
"""The digest of a measure that is no more."""
_PLAIN = (
    (re.compile(r"dyn (?:int|float): "), ""), (re.compile(r'col\("([^"]+)"\)'), r"\1"), (re.compile(r"\((\w+)\)"), r"\1"),
    (re.compile(r'\(("[^"]*"|-?[\d.]+)\)'), r"\1"), (re.compile(r"\(\[\[([^\[\]]*)\]\]\)"), r"(\1)"),
    (re.compile(r"\[([^\[\]]*)\]"), r"(\1)"), (re.compile(r"\((\w+\.\w+\([^()]*\))\)"), r"\1"),
    (re.compile(r"\(\(([^()]*)\)\)"), r"(\1)"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A definition as it was from a day on, and why it was changed then; `digest` "" says that the measure was withdrawn."""

    slug: str
    on: date
    digest: str
    reason: str
    words: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A measure with all that tells what it is. `history`: the last definition first."""

    measure: Measure
    service: str
    owner: str
    feeds: tuple[Feed, ...]
    rule: tuple[tuple[str, str], ...]
    axes: tuple[str, ...]
    when: str
    history: tuple[Entry, ...]


def definitions(measures: Iterable[Measure], *, pilot: Pilot) -> tuple[Definition, ...]:
    """The catalogue: every measure by its slug."""
    kept = entries()
    names = {service.slug: service.name for service in pilot.services}
    return tuple(
        Definition(
            measure=m, service=names.get(m.service, ""), owner=owner_of(m.service, pilot),
            feeds=feeds_of(m.slug), rule=rule_of(m), when=when_of(m, names), history=tuple(reversed(kept.get(m.slug, ()))),
            axes=tuple(axis_words(axis) for axis in m.axes if axis.column or axis.groups),
        )
        for m in sorted(measures, key=lambda m: m.slug)
    )  # fmt: skip


def owner_of(service: str, pilot: Pilot) -> str:
    """Who answers for its figures: its providers, else those whose posts do the work; of no service, the pilot's manager."""
    providers = [provider.name for provider in pilot.providers if service in provider.services]
    role = done_by().get(service, "pilot_manager")
    return ", ".join(providers) or ROLES[role]


def when_of(measure: Measure, services: Mapping[str, str]) -> str:
    """Over which days it is counted, in words."""
    if measure.reference_day:
        return f"on the reference day {_words(measure.reference_day)}"
    life = f", while {services[measure.service]} ran" if measure.service in services else ""
    window = f" in the window {_words(measure.window)}" if measure.window else ""
    return f"the period asked for{window}{life}"


def rule_of(measure: Measure) -> tuple[tuple[str, str], ...]:
    """The rule in code, as (part, text): what a row is, which are counted, what of them counts, and how they make the figure."""
    told = [("a row", rows_of(measure.rows)), ("counted", plain(measure.counted))]
    told += [("hit", plain(measure.hit))] * (measure.hit is not None) + [("value", plain(measure.value))] * (
        measure.value is not None
    )
    groups = [f"{g.label}: {plain(g.where)}" for axis in measure.axes for g in axis.groups if g.where is not None]
    return (*told, ("figure", measure.statistic), *(("group", group) for group in groups))


def rows_of(rows: Callable[..., pl.DataFrame]) -> str:
    """The function that gives the rows, by its name, and what it says a row is."""
    function, given = _function(rows)
    says = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ").rstrip(".")
    name = f"{function.__module__.removeprefix('throughcare.')}.{function.__qualname__}"
    told = f"{name}({', '.join(given)})" if given else name
    return f"{told}: {says}" if says else told


def plain(expression: pl.Expr | None) -> str:
    """A Polars expression as it reads without its marks: (court == "Thames")."""
    text, before = str(expression), ""
    while text != before:
        before = text
        for pattern, instead in _PLAIN:
            text = pattern.sub(instead, text)
    return text


def axis_words(axis: Axis) -> str:
    """In what the figure is divided: by court; by named groups."""
    named = ", ".join(group.label for group in axis.groups) or ", ".join(axis.only)
    by = f"by {_words(axis.column)}" if axis.column else "by group"
    return f"{by}: {named}" if named else by


def digest_of(measure: Measure) -> str:
    """Of all that makes the figure what it is: the rule, the code that gives its rows, days, target, groups. Not of its title."""
    function, given = _function(measure.rows)
    axes = [(axis.column, axis.only, axis.known, axis.total, axis.within) for axis in measure.axes]
    told = (
        rule_of(measure), _source(function), given, axes, measure.unit, measure.target, measure.service, measure.window,
        measure.reference_day, measure.definition, measure.digits, *(["protected"] * measure.protected),
    )  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


@cache
def entries() -> Mapping[str, tuple[Entry, ...]]:
    """The entries of `definitions.csv` by slug, the oldest first."""
    found: dict[str, tuple[Entry, ...]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            told = {name: row[name] for name in COLUMNS if name != "on"}
            entry = Entry(on=date.fromisoformat(row["on"]), **told)
            found[entry.slug] = (*found.get(entry.slug, ()), entry)
    return found


def fresh(measures: Iterable[Measure], kept: Mapping[str, tuple[Entry, ...]], *, on: date, reason: str) -> list[Entry]:
    """The entries that are lacking: of measures that are new, that are defined otherwise than last said, or that are no more."""
    now = {m.slug: m for m in measures}
    gone = [last for history in kept.values() if (last := history[-1]).slug not in now and last.digest != WITHDRAWN]
    found = [
        Entry(slug=slug, on=on, digest=digest_of(m), reason=reason, words=m.definition or m.why, code=code_of(m))
        for slug, m in now.items() if slug not in kept or kept[slug][-1].digest != digest_of(m)
    ]  # fmt: skip
    found += [Entry(slug=e.slug, on=on, digest=WITHDRAWN, reason=reason, words="", code="") for e in gone]
    return sorted(found, key=lambda entry: entry.slug)


def code_of(measure: Measure) -> str:
    return "; ".join(f"{part}: {text}" for part, text in rule_of(measure))


def _function(rows: Any) -> tuple[Any, tuple[str, ...]]:
    """What gives the rows, and what it is given besides the scope."""
    if isinstance(rows, partial):
        function, given = _function(rows.func)
        return function, (*given, *map(repr, rows.args), *(f"{name}={value!r}" for name, value in rows.keywords.items()))
    return inspect.unwrap(rows), ()


def _source(function: Callable[..., Any]) -> str:
    """Its code without its layout, comments and docstring: these change no figure."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def _words(slug: str) -> str:
    return slug.replace("_", " ")
