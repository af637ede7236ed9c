"""A synthetic world as strands see it: lives, and who is cast for what. Strands write their extracts from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zlib import crc32

import numpy as np
import polars as pl


@dataclass(frozen=True, kw_only=True)
class World:
    """Lives (as `synthetic.lives.Life`, in order of number) and, by strand, frames of what is to happen to whom and when.

    `casting` is empty for scenarios that no published figures fix; a strand then makes something plausible for a few.
    `until` is the last day known. Every random choice comes from `random(name)`, so the same seed gives the same world.
    """

    seed: int
    scenario: str
    until: date
    lives: tuple[Any, ...]
    casting: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def random(self, name: str) -> np.random.Generator:
        """A stream of its own for each name: adding one strand changes no other."""
        return np.random.default_rng([self.seed, crc32(name.encode())])
