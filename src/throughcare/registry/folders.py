"""Finds casework apps and strands by folder. Names none of them, imports none of them: Django must not be ready yet."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def parts(line: str) -> tuple[str, ...]:
    """Dotted names of the folders of a line ("casework", "strands" or "report") that have models, in alphabetical order."""
    found = sorted(p.parent.name for p in (PACKAGE / line).glob("*/models.py"))
    return tuple(f"throughcare.{line}.{name}" for name in found)


def alone() -> tuple[str, ...]:
    """Dotted names of the lines that are an app by themselves: a folder of the package with models."""
    return tuple(f"throughcare.{p.parent.name}" for p in sorted(PACKAGE.glob("*/models.py")))


def django_apps() -> list[str]:
    return [*parts("casework"), *parts("strands"), *parts("report"), *alone()]


def template_folders() -> list[Path]:
    """The folders of page templates: of the design, the web, and every part that has pages."""
    named = [PACKAGE / "design" / "templates", PACKAGE / "web" / "templates"]
    named += [PACKAGE / name.rpartition(".")[2] / "templates" for name in alone()]
    return [*named, *sorted(p for line in ("casework", "strands", "report") for p in (PACKAGE / line).glob("*/templates"))]
