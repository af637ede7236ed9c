"""The tree that is checked, and small trees with a breach planted in them."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def repo() -> Path:
    return REPO


@pytest.fixture(scope="session")
def src() -> Path:
    return REPO / "src"


@pytest.fixture(scope="session")
def contracts(repo: Path) -> dict[str, dict[str, Any]]:
    """The import contracts of pyproject.toml by their names."""
    settings = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["name"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


@pytest.fixture
def plant(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes one module, named from the package down, into a tree of the test's own; gives the root of that tree."""

    def planted(path: str, code: str) -> Path:
        file = tmp_path / "throughcare" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(code, encoding="utf-8")
        return tmp_path

    return planted
