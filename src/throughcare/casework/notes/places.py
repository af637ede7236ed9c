"""Whether a place that somebody typed is one to keep away from. Nothing here reads the store."""

import re
from collections.abc import Iterable

LEAST = 3
"""Letters or figures of the shortest word that names a place by itself."""


def _tokens(place: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", place.casefold()) if word != "the"]


def same_place(one: str, other: str) -> bool:
    """Whether all words of one stand in the other, side by side: "Brick Lane" is in "Youth centre, Brick Lane".

    It errs on the side of yes. Words that name nothing, of fewer than three letters alone, are no place.
    """
    short, long = sorted((_tokens(one), _tokens(other)), key=len)
    if not any(len(word) >= LEAST for word in short):
        return False
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def any_place(place: str, others: Iterable[str]) -> bool:
    """Whether the place is one of the others."""
    return any(same_place(place, other) for other in others)
