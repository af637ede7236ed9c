"""Finds casework apps and strands by folder. Names none of them, imports none of them: Django must not be ready yet."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def parts(line: str) -> tuple[str, ...]:
    """Dotted names of the folders of a line ("casework" or "strands") that have models, in alphabetical order."""
    found = sorted(p.parent.name for p in (PACKAGE / line).glob("*/models.py"))
    return tuple(f"throughcare.{line}.{name}" for name in found)


def django_apps() -> list[str]:
    return [*parts("casework"), *parts("strands")]
