"""The reference is what the code says; what the pages point to is there."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(p for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def generator():
    found = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


GENERATED = ["access.md", "pages.md", "feeds.md", "linkage.md", "measures.md", "services.md", "commands.md", "guides.md"]


@pytest.mark.parametrize("name", GENERATED)
def test_the_reference_is_what_the_code_says(name):
    committed = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert generator().PAGES[name]() == committed, "run `make docs` and commit what it writes"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page):
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_the_readme_gives_both_commands_and_one_picture():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme
    assert readme.count("![") == 1


def test_the_architecture_page_names_the_lines_that_there_are():
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    folders = {p.parent.name for p in (ROOT / "src" / "throughcare").glob("*/__init__.py")}
    assert {name for name in folders if not re.search(rf"\b{name}\b", page)} == set()
