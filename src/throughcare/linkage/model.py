"""What a linkage starts from: the model that weighs pairs, and what is known of the records before."""

from collections.abc import Collection
from dataclasses import dataclass, field

import polars as pl

from throughcare.linkage.frequencies import Frequencies
from throughcare.linkage.parameters import Parameters

Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Model:
    """All that decides a pair's weight: the parameters and the frequencies."""

    parameters: Parameters
    frequencies: Frequencies

    @property
    def prior(self) -> float:
        return self.frequencies.prior


@dataclass(frozen=True, kw_only=True)
class Known:
    """What holds before linking. `people`: id, person of records that were joined or found alone before. `same` and `apart`:
    pairs that people have decided, each beating any score.
    """

    people: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"id": pl.Int64, "person": pl.Int64}))
    same: Collection[Pair] = ()
    apart: Collection[Pair] = ()
