"""The science is free of Django: it can be read, tested and used without a database or settings."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checks.source import Finding, modules

SCIENCE = {"core", "rules", "linkage", "positions", "stats"}


def imports_django(root: Path) -> list[Finding]:
    """Every import of Django in the science, also inside a function. An import through another of our modules is for
    the import contracts.
    """
    return [
        module.finding(node, f"imports {name}: the science is free of Django")
        for module in modules(root)
        if module.package in SCIENCE
        for node, name in _imports(module.tree)
        if name.split(".")[0] == "django"
    ]


def _imports(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node, alias.name) for alias in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield node, name
