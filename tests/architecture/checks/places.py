"""The project names no registry host and no path of the machine it was made on: it must build anywhere."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.architecture.checks.source import Finding

# Written in two parts, so that this file does not name them either.
HOSTS = tuple(
    f"{name}.{ending}"
    for name, ending in [
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"),
        ("debian", "org"), ("jsdelivr", "net"), ("unpkg", "com"), ("cdnjs", "com"),
    ]
)  # fmt: skip


def tracked(root: Path) -> list[Path]:
    """The files that git tracks or would track, so that a breach is found before it is committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True).stdout
    return [root / name for name in listed.split("\0") if name and (root / name).is_file()]


def machine_paths(root: Path) -> set[str]:
    """Folders that only this machine has: the checkout's own, the one it stands in, the home, the interpreter's."""
    shared_by_all = {Path("/"), Path("/usr"), Path("/usr/local"), Path("/home"), Path(tempfile.gettempdir()).resolve()}
    own = {root.resolve(), root.resolve().parent, Path.home().resolve(), Path(sys.base_prefix).resolve()}
    return {str(path) for path in own - shared_by_all}


def names_a_place(files: Iterable[Path], *, root: Path, paths: Iterable[str]) -> list[Finding]:
    """Lines that hold a registry host or one of `paths` (as whole folders). Files that are not text are passed over."""
    ours = [re.compile(rf"(?<![\w.~/-]){re.escape(path)}(?![\w.-])") for path in paths]
    banned = [*(re.compile(re.escape(host), re.I) for host in HOSTS), *ours]
    return [
        Finding(path=file.relative_to(root).as_posix(), line=number, says=f"names {found[0]}")
        for file in files
        for number, line in _lines(file)
        for pattern in banned
        if (found := pattern.search(line))
    ]


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    yield from enumerate(text.splitlines(), start=1)
