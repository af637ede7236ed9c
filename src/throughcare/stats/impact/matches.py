"""Who is compared with whom: what every matching gives, and every check of it takes."""

from dataclasses import dataclass

import numpy as np

from throughcare.stats.arrays import Floats, Ints


@dataclass(frozen=True, kw_only=True)
class Matches:
    """One entry a pair, by row numbers of the sample. The weights of one treated person's pairs add up to 1."""

    treated: Ints
    compared: Ints
    weight: Floats

    @property
    def sets(self) -> Ints:
        """The treated who found somebody, each once, in the order of the sample."""
        return np.unique(self.treated)

    @property
    def used(self) -> Ints:
        """Those whom somebody was compared with, each once."""
        return np.unique(self.compared)

    @property
    def repeated(self) -> bool:
        """Whether anybody stands in for more than one treated person."""
        return len(self.used) < len(self.compared)

    def weights(self, rows: int) -> Floats:
        """What each row of the sample counts for: a treated person found 1, a compared one the sum of their pairs."""
        total = np.zeros(rows)
        total[self.sets] = 1
        np.add.at(total, self.compared, self.weight)
        return total


def matches_of(found: list[tuple[int, int, float]]) -> Matches:
    """Puts pairs in the order of the sample and shares each treated person's weight among their pairs."""
    treated = np.array([pair[0] for pair in found], dtype=np.int64)
    compared = np.array([pair[1] for pair in found], dtype=np.int64)
    weight = np.array([pair[2] for pair in found], dtype=np.float64)
    order = np.lexsort((compared, treated))
    treated, compared, weight = treated[order], compared[order], weight[order]
    if len(treated):
        totals = np.bincount(treated, weights=weight)
        weight = weight / totals[treated]
    return Matches(treated=treated, compared=compared, weight=weight)
