"""Only `actions.py` writes: one place to look for every change, each in a transaction with its audit entry inside."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checks.source import Finding, chain, modules

# Writes on whatever they are called: nothing but a query or a record has a method of that name.
ALWAYS = {
    "bulk_create", "abulk_create", "bulk_update", "abulk_update", "executemany",
    "get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create",
}  # fmt: skip
# Writes where called on a query: a dict has `update` too, a set `add`.
ON_A_QUERY = {"create", "acreate", "update", "aupdate", "delete", "adelete", "save"}
# Writes where called without a positional argument: `person.save()` and `form.save()`, not `chart.save("chart.svg")`.
ON_A_RECORD = {"save", "asave", "delete", "adelete"}
MANAGERS = {"objects", "_base_manager", "_default_manager"}
SQL = re.compile(r"\s*(INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|TRUNCATE)\b", re.I)


def writes_outside_actions(root: Path) -> list[Finding]:
    """Calls that change the store, `recording` blocks and SQL that writes, in any file but an actions.py."""
    return [
        module.finding(node, f"writes ({what}) outside an actions.py")
        for module in modules(root)
        if module.is_product and module.name != "actions.py"
        for node, what in [*_calls(module.tree), *_sql(module.tree)]
    ]


def _calls(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    queries = _names_of_queries(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="recording")):
                yield node, "recording"
            case ast.Call(func=ast.Attribute(attr=name)) if _writes(node, name, queries):
                yield node, name


def _writes(call: ast.Call, name: str, queries: set[str]) -> bool:
    path = chain(call.func)
    if path[:1] == ["super"]:
        return False
    on_a_query = bool(MANAGERS & set(path)) or path[0] in queries
    return name in ALWAYS or (name in ON_A_QUERY and on_a_query) or (name in ON_A_RECORD and not call.args)


def _names_of_queries(tree: ast.Module) -> set[str]:
    """Names that anywhere in the file are given a query: `late = Referral.objects.filter(...)`."""
    return {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and MANAGERS & set(chain(node.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _sql(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    not_sql = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    not_sql |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) not in not_sql and (found := SQL.match(_text(node))):
            yield node, found[1]


def _text(node: ast.AST) -> str:
    """The text of a string, its inserted values written as x; "" for anything else."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) or "x" for part in parts)
    return ""
