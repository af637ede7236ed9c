"""A rule never asks what day it is: `as_at` is a parameter, so that yesterday's answer can be had again."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checks.source import Finding, modules

TIMELESS = {"core", "rules", "linkage", "positions", "stats", "measures"}
CLOCKS = {"today", "now", "utcnow", "localdate", "localtime"}


def asks_the_clock(root: Path) -> list[Finding]:
    """Every `date.today`, `datetime.now` and the like, called or handed on, in the lines that hold rules."""
    return [
        module.finding(node, f"asks the clock ({name}): take `as_at` as a parameter")
        for module in modules(root)
        if module.package in TIMELESS and module.is_product
        for node, name in _clocks(module.tree)
    ]


def _clocks(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if name in CLOCKS:
                yield node, name
            case ast.Call(func=ast.Name(id=name)) if name in CLOCKS:
                yield node, name
