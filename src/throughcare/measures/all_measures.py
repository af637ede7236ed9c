"""Every measure of the product: those that casework apps and strands declare, and those over several of them."""

from collections import Counter
from importlib import import_module

from throughcare.core.contracts import Measure
from throughcare.core.errors import ThroughcareError
from throughcare.registry.parts import measures

ACROSS_STRANDS = ("services", "overlap", "victims")


class DeclaredTwice(ThroughcareError):
    """Two measures have one slug, so that a figure would have two definitions."""


def all_measures() -> tuple[Measure, ...]:
    """All measures, in the order of their parts. Refuses a slug that is declared twice. Django must be ready."""
    shared = (import_module(f"throughcare.measures.{name}").MEASURES for name in ACROSS_STRANDS)
    found = (*measures(), *(measure for several in shared for measure in several))
    twice = [slug for slug, times in Counter(m.slug for m in found).items() if times > 1]
    if twice:
        raise DeclaredTwice(
            what="A figure has two definitions", record=", ".join(twice), expected="one measure for each slug",
            mend="give one of them a slug of its own",
        )  # fmt: skip
    return found
