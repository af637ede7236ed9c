"""Only `measures` counts: page, report, workbook and API show its results, and so cannot contradict each other."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checks.source import Finding, chain, modules

AGGREGATES = {"Count", "Sum", "Avg"}
AGGREGATING = {"aggregate", "annotate", "aaggregate"}
COUNTING = {"count", "acount"}
LOOKING_UP = {"Subquery", "Exists", "Coalesce", "Case"}
"""What a row may be annotated with: its own cells, or something read of another row, as its latest state. That counts nothing."""


def counts_outside_measures(root: Path) -> list[Finding]:
    """Database aggregates, imported or by attribute; `aggregate` and `annotate`; `.count()` of a query on `objects`."""
    return [
        module.finding(node, f"counts ({name}) outside measures: declare a Measure")
        for module in modules(root)
        if module.package != "measures" and module.is_product
        for node, name in _counts(module.tree)
    ]


def _looks_up(told: ast.keyword) -> bool:
    return isinstance(told.value, ast.Call) and isinstance(told.value.func, ast.Name) and told.value.func.id in LOOKING_UP


def _counts(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(source), names=names) if source.startswith("django.db.models"):
                yield from ((node, a.name) for a in names if a.name in AGGREGATES)
            case ast.Attribute(value=ast.Name(id="models"), attr=name) if name in AGGREGATES:
                yield node, name
            case ast.Call(func=ast.Attribute(attr="annotate"), args=[], keywords=told) if told and all(map(_looks_up, told)):
                continue
            case ast.Call(func=ast.Attribute(attr=name)) if name in AGGREGATING:
                yield node, name
            case ast.Call(func=ast.Attribute(attr=name) as func) if name in COUNTING and "objects" in chain(func):
                yield node, name
