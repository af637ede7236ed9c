"""Which cells of a figure's table add up to which, as a reader can see."""

from collections.abc import Sequence
from dataclasses import dataclass

from throughcare.measures.results import Place, Result

ADDING = ("count", "share", "mean", "monthly")


@dataclass(frozen=True, kw_only=True)
class Sum:
    """Parts that add up to a total. `total` is its cell, None where it is `base`, published beside each of the parts.

    `both`: not only those counted add up, those not counted too (they do not within one base, which is the same for each).
    """

    parts: tuple[int, ...]
    total: int | None
    base: int
    both: bool


def sums(cells: Sequence[Result]) -> tuple[Sum, ...]:
    """For each cell and each axis at its total, the cells that divide it by that axis.

    Shares of one base (an axis `within`) add to a base that is published beside every one of them, also where the total
    itself is not in the table. Medians, minima and maxima do not add.
    """
    at = {cell.place: number for number, cell in enumerate(cells) if cell.statistic in ADDING}
    within = {axis for cell in cells for axis in cell.within}
    lines: dict[tuple[Place, str], list[int]] = {}
    for place, number in at.items():
        for axis, label in place:
            lines.setdefault((place - {(axis, label)}, axis), []).append(number)
    return tuple(
        Sum(parts=tuple(parts), total=at.get(place), base=cells[parts[0]].denominator or 0, both=axis not in within)
        for (place, axis), parts in lines.items()
        if place in at or axis in within
    )
