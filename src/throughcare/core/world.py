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

    Every scenario is cast: the pilot so that counting gives the published figures, a smaller world in proportion, as far as
    it has people for it. A strand for which nothing was cast, as of a pilot that does not run it, writes no extract.
    `until` is the last day known. `later`: what was cast comes on top of a first casting, so a strand that hangs on none has
    written all it has. Every random choice comes from `random(name)`, so the same seed gives the same world.
    """

    seed: int
    scenario: str
    until: date
    lives: tuple[Any, ...]
    casting: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    later: bool = False

    def random(self, name: str) -> np.random.Generator:
        """A stream of its own for each name: adding one strand changes no other."""
        return np.random.default_rng([self.seed, crc32(name.encode())])
