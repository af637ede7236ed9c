"""A file is at most 400 lines and a function at most 60, tests included; migrations are generated and stand outside."""

import ast
from pathlib import Path

from tests.architecture.checks.source import Finding, Module, modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def too_long(root: Path) -> list[Finding]:
    """Files and functions over the limit. A function is measured from its `def` to its last line, docstring and all."""
    return [
        finding
        for module in modules(root)
        if "migrations" not in module.path.split("/")
        for finding in [*_long_file(module), *_long_functions(module)]
    ]


def _long_file(module: Module) -> list[Finding]:
    lines = len(module.text.splitlines())
    if lines <= LONGEST_FILE:
        return []
    return [Finding(path=module.path, line=LONGEST_FILE + 1, says=f"has {lines} lines, at most {LONGEST_FILE}")]


def _long_functions(module: Module) -> list[Finding]:
    functions = (n for n in ast.walk(module.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return [
        module.finding(node, f"{node.name} has {lines} lines, at most {LONGEST_FUNCTION}")
        for node in functions
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
