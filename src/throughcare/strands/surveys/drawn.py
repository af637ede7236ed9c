"""Numbers and orders that are drawn: neither says what came first."""

from collections.abc import Sequence
from random import SystemRandom
from typing import TypeVar

LEAST, MOST = 2**40, 2**52
T = TypeVar("T")
_lot = SystemRandom()


def numbers(many: int) -> list[int]:
    """So many different numbers for rows, in no order. The store refuses one that is taken; of so many that does not happen."""
    return _lot.sample(range(LEAST, MOST), many)


def shaken(papers: Sequence[T]) -> list[T]:
    """The papers in an order that was drawn."""
    return _lot.sample(papers, len(papers))
