"""Days, lists and offences as reasons write them."""

from collections.abc import Sequence
from datetime import date

GROUPS = {"burglary_domestic": "domestic burglary", "burglary_other": "burglary (not domestic)"}
STATUSES = {
    "custody": "in custody, serving a sentence",
    "licence": "on licence",
    "pss": "on post-sentence supervision",
    "community": "on a community order",
    "suspended": "on a suspended sentence order",
}


def day(on: date) -> str:
    """A day as it is written in a sentence: 1 December 2015."""
    return f"{on.day} {on:%B %Y}"


def offence(group: str) -> str:
    return GROUPS.get(group, group.replace("_", " "))


def one_of(words: Sequence[str]) -> str:
    """a, b or c."""
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
