"""The import contracts of pyproject.toml: the tree keeps them, and each is broken by the breach planted for it.

The planted tree bears the product's own name and is read with the product's own contracts, in a process of its own.
"""

import subprocess
import sys
from pathlib import Path

import pytest

CONTRACTS = {
    "Layers: a line imports only from lines below it": {
        "core/spans.py": "import throughcare.rules.age\n",
        "report/text.py": "import throughcare.synthetic.lives\n",
    },
    "Strands do not know each other": {"strands/courts/queries.py": "import throughcare.strands.prison.queries\n"},
    "The science is free of Django": {
        "rules/age.py": "import throughcare.core.clock\n",
        "core/clock.py": "from django.utils import timezone\n",
        "positions/gaps.py": "from django.conf import settings\n",
    },
    "Splink is known to linkage alone": {"casework/people.py": "import splink\n", "cli/link.py": "from splink import Linker\n"},
    "A strand's tables are read only inside the strand": {
        "report/text.py": "import throughcare.strands.courts.models\n",
    },
    "No cycles between siblings": {
        "rules/age.py": "import throughcare.rules.score\n",
        "rules/score.py": "import throughcare.rules.age\n",
    },
}
PACKAGES = [
    "casework", "cli", "config", "core", "design", "linkage", "measures", "positions", "registry", "report", "rules",
    "stats", "strands", "strands/courts", "strands/prison", "synthetic",
]  # fmt: skip
MODULES = [
    "core/spans.py", "report/text.py", "rules/age.py", "strands/courts/models.py", "strands/courts/queries.py",
    "strands/prison/queries.py", "synthetic/lives.py",
]  # fmt: skip


def lint(folder: Path, config: Path) -> str:
    """What import-linter says of the product's package as found in `folder`."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    options = ["--no-logo", "--no-cache", "--config", str(config)]
    return subprocess.run([*command, *options], cwd=folder, capture_output=True, text=True, check=False).stdout


@pytest.fixture
def small_tree(tmp_path: Path) -> Path:
    """A clean tree with every line that must exist."""
    package = tmp_path / "throughcare"
    for name in ["", *PACKAGES]:
        (package / name).mkdir(parents=True, exist_ok=True)
        (package / name / "__init__.py").touch()
    for name in MODULES:
        (package / name).touch()
    return tmp_path


def broken(answer: str) -> set[str]:
    return {line.removesuffix(" BROKEN") for line in answer.splitlines() if line.endswith(" BROKEN")}


def test_the_tree_keeps_every_contract(src, repo, contracts):
    answer = lint(src, repo / "pyproject.toml")
    assert f"Contracts: {len(contracts)} kept, 0 broken." in answer, answer


def test_every_contract_has_its_breach_here(contracts):
    assert set(CONTRACTS) == set(contracts)


def test_a_clean_small_tree_keeps_them(small_tree, repo):
    answer = lint(small_tree, repo / "pyproject.toml")
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in answer, answer


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_planted_breach_breaks_its_contract(small_tree, repo, name):
    for path, code in CONTRACTS[name].items():
        (small_tree / "throughcare" / path).write_text(code)
    answer = lint(small_tree, repo / "pyproject.toml")
    assert name in broken(answer), answer


def test_a_package_without_a_line_is_refused(small_tree, repo):
    (small_tree / "throughcare" / "helpers").mkdir()
    (small_tree / "throughcare" / "helpers" / "__init__.py").touch()
    assert "helpers" in lint(small_tree, repo / "pyproject.toml")
