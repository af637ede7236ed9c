"""What a reader can work out of a table by subtraction, and which further cells must be withheld against it.

A cell has two counts: those counted and those not (0 for a plain count). Zeros are always published, so a withheld count
is at least 1, and only cells that hold somebody can protect another. What a published total leaves over beside all its
parts (ages or prisons not shown) is an unpublished cell like any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from throughcare.measures.tables import Sum

LAYERS = (0, 1)


@dataclass(frozen=True, kw_only=True)
class Protected:
    """A table to protect: the counts of its cells, the sums that a reader knows, the smallest count published."""

    counts: tuple[tuple[int, ...], ...]
    sums: tuple[Sum, ...]
    smallest: int

    def small(self, count: int) -> bool:
        return 0 < count < self.smallest

    def size(self, cell: int) -> int:
        return sum(self.counts[cell])


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sum in one layer: `left` is what the total has beside its parts. Groups that overlap make no line."""

    parts: tuple[int, ...]
    total: int | None
    layer: int
    left: int


def withheld(table: Protected) -> set[int]:
    """The cells not to publish: the small ones, and the smallest others that keep any reader from working them out.

    Along each line those withheld (with what is left over) are two or more, or none, and together not a small number; and
    the lines, taken together as equations, determine none of them. Cells are only ever added, so it ends.
    """
    hidden = {i for i, counts in enumerate(table.counts) if any(table.small(n) for n in counts)}
    lines = list(_lines(table))
    while candidates := _next(table, lines, hidden):
        hidden.add(min(candidates, key=lambda cell: (table.size(cell), cell)))
    return hidden


def _lines(table: Protected) -> Iterator[Line]:
    for line in table.sums:
        for layer in LAYERS if line.both else LAYERS[:1]:
            whole = line.base if line.total is None else table.counts[line.total][layer]
            left = whole - sum(table.counts[part][layer] for part in line.parts)
            if left >= 0 and whole:
                yield Line(parts=line.parts, total=line.total, layer=layer, left=left)


def _next(table: Protected, lines: list[Line], hidden: set[int]) -> list[int]:
    """Cells of which one must be withheld next; none where all is safe."""
    for line in lines:
        if _tells(table, line, hidden) and (candidates := _open_cells(table, line, hidden)):
            return candidates
    for cell in _determined(table, lines, hidden):
        for line in lines:
            if cell in (*line.parts, line.total) and (candidates := _open_cells(table, line, hidden)):
                return candidates
    return []


def _open_cells(table: Protected, line: Line, hidden: set[int]) -> list[int]:
    """Published cells of the line that hold somebody: its parts, or where there is none left its total."""
    parts = [part for part in line.parts if part not in hidden and table.counts[part][line.layer]]
    if parts or line.total is None or line.total in hidden:
        return parts
    return [line.total]


def _tells(table: Protected, line: Line, hidden: set[int]) -> bool:
    """Whether this one sum gives a withheld count away, or a small sum of them."""
    unknown = [n for part in line.parts if part in hidden and (n := table.counts[part][line.layer])]
    unknown += [line.left] * bool(line.left)
    if line.total in hidden:
        return not unknown
    if len(unknown) == 1 and not any(part in hidden for part in line.parts):
        return table.small(line.left)
    return len(unknown) == 1 or table.small(sum(unknown))


def _determined(table: Protected, lines: list[Line], hidden: set[int]) -> list[int]:
    """Withheld cells whose count follows from all lines together, as equations in the counts withheld."""
    return [cell for layer in LAYERS for cell in _solved(table, [x for x in lines if x.layer == layer], hidden, layer)]


def _solved(table: Protected, lines: list[Line], hidden: set[int], layer: int) -> list[int]:
    cells = sorted(cell for cell in hidden if table.counts[cell][layer])
    column = {cell: number for number, cell in enumerate(cells)}
    width = len(cells) + len(lines)
    equations = np.zeros((len(lines), width))
    for row, line in enumerate(lines):
        for part in line.parts:
            if part in column:
                equations[row, column[part]] = 1
        if line.total in column:
            equations[row, column[line.total]] = -1
        if line.left:
            equations[row, len(cells) + row] = 1
    known = ~equations.any(axis=1)
    equations = equations[~known]
    if not cells or not equations.size:
        return []
    _, strengths, directions = np.linalg.svd(equations, full_matrices=True)
    free = directions[int((strengths > 1e-9).sum()) :]
    return [cell for cell, number in column.items() if not (np.abs(free[:, number]) > 1e-9).any() and equations[:, number].any()]
