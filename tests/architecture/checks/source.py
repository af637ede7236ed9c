"""The source tree as the checks read it: its modules, parsed, and what is said of a line that breaks a rule."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EXEMPT_FOLDERS = {"migrations", "tests"}


@dataclass(frozen=True, kw_only=True, order=True)
class Finding:
    """One breach: where it is and what is wrong there. Printed as path:line, so that an editor can open it."""

    path: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.says}"


@dataclass(frozen=True, kw_only=True)
class Module:
    """One Python file; `path` is relative to the root that was read, with forward slashes."""

    path: str
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The line of the design that it belongs to: "casework" for throughcare/casework/people/models.py."""
        parts = self.path.split("/")
        return parts[1] if len(parts) > 2 else ""

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def is_product(self) -> bool:
        """False for tests and migrations, which stand outside most rules."""
        return not EXEMPT_FOLDERS & set(self.path.split("/"))

    def finding(self, node: ast.expr | ast.stmt, says: str) -> Finding:
        return Finding(path=self.path, line=node.lineno, says=says)


def modules(root: Path) -> Iterator[Module]:
    """Every Python file under `root`, in the order of their paths."""
    for file in sorted(root.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        yield Module(path=file.relative_to(root).as_posix(), text=text, tree=ast.parse(text, filename=str(file)))


def chain(node: ast.expr) -> list[str]:
    """The names along a dotted expression, calls and indexes passed over: `Person.objects.filter(x)[0].save` gives
    Person, objects, filter, save. A part without a name, as in `(a or b).save`, gives nothing.
    """
    names: list[str] = []
    step: ast.expr | None = node
    while step is not None:
        match step:
            case ast.Attribute(value=value, attr=attr):
                names.append(attr)
                step = value
            case ast.Call(func=inner) | ast.Subscript(value=inner):
                step = inner
            case ast.Name(id=name):
                names.append(name)
                step = None
            case _:
                step = None
    return names[::-1]
