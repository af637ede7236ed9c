"""What a reader can work out of tables by subtraction, and which further cells must be withheld against it.

A cell has two counts: those counted and those not (0 for a plain count). Zeros are always published, so a withheld count
is at least 1, and only cells that hold somebody can protect another. What a published total leaves over beside all its
parts (ages or prisons not shown) is an unpublished cell like any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from throughcare.measures.tables import COUNTED, REST, Atom, Sum

LAYERS = (COUNTED, REST)


@dataclass(frozen=True, kw_only=True)
class Protected:
    """Cells to protect: their counts, the sums that a reader knows, the smallest count published.

    few: cells that are small whatever their counts (a mean of two people a month over a year).
    silent: cells whose counts are published in no case (of a median): nobody subtracts them, and to withhold them helps nobody.
    """

    counts: tuple[tuple[int, ...], ...]
    sums: tuple[Sum, ...]
    smallest: int
    few: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()

    def small(self, count: int) -> bool:
        return 0 < count < self.smallest

    def size(self, cell: int) -> int:
        return sum(self.counts[cell])

    def count(self, atom: Atom) -> int:
        return self.counts[atom[0]][atom[1]]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sum: `left` is what the total has beside its parts. Parts that add to more than their total make no line."""

    parts: tuple[Atom, ...]
    total: Atom | None
    left: int

    @property
    def cells(self) -> set[int]:
        return {cell for cell, _ in (*self.parts, *([self.total] if self.total else []))}


def withheld(table: Protected) -> set[int]:
    """The cells not to publish: the small ones, and the smallest others that keep any reader from working them out.

    Along each line those withheld (with what is left over) are two or more, or none, and together not a small number; and
    the lines, taken together as equations, determine none of them. Cells are only ever added, so it ends.
    """
    hidden = {i for i, counts in enumerate(table.counts) if i in table.few or any(table.small(n) for n in counts)}
    lines = list(_lines(table))
    while candidates := _next(table, lines, hidden):
        hidden.add(min(candidates, key=lambda cell: (table.size(cell), cell)))
    return hidden


def _lines(table: Protected) -> Iterator[Line]:
    for line in table.sums:
        whole = line.base if line.total is None else table.count(line.total)
        left = whole - sum(table.count(part) for part in line.parts)
        if left >= 0 and whole:
            yield Line(parts=line.parts, total=line.total, left=left)


def _next(table: Protected, lines: list[Line], hidden: set[int]) -> list[int]:
    """Cells of which one must be withheld next; none where all is safe."""
    for line in lines:
        if _tells(table, line, hidden) and (candidates := _open_cells(table, line, hidden)):
            return candidates
    for cell in _determined(table, lines, hidden):
        if candidates := _nearest_open_cells(table, lines, hidden, cell):
            return candidates
    return []


def _nearest_open_cells(table: Protected, lines: list[Line], hidden: set[int], cell: int) -> list[int]:
    """Open cells of a line with the cell; where all its lines are withheld, of the lines that these hang together with."""
    reached, waiting = {cell}, [line for line in lines if not line.left]
    while near := [line for line in waiting if line.cells & reached]:
        for line in near:
            if candidates := _open_cells(table, line, hidden):
                return candidates
        waiting = [line for line in waiting if line not in near]
        reached.update(*(line.cells for line in near))
    return []


def _open_cells(table: Protected, line: Line, hidden: set[int]) -> list[int]:
    """Published cells of the line that hold somebody: its parts, or where there is none left its total."""
    unknown = hidden | table.silent
    parts = [part[0] for part in line.parts if part[0] not in unknown and table.count(part)]
    if parts or line.total is None or line.total[0] in unknown:
        return parts
    return [line.total[0]]


def _tells(table: Protected, line: Line, hidden: set[int]) -> bool:
    """Whether this one sum gives a withheld count away, or a small sum of them."""
    not_told = hidden | table.silent
    unknown = [n for part in line.parts if part[0] in not_told and (n := table.count(part))]
    unknown += [line.left] * bool(line.left)
    if line.total and line.total[0] in not_told:
        return line.total[0] in hidden and not unknown
    if len(unknown) == 1 and not any(cell in hidden for cell, _ in line.parts):
        return table.small(unknown[0])
    return len(unknown) == 1 or table.small(sum(unknown))


def _determined(table: Protected, lines: list[Line], hidden: set[int]) -> list[int]:
    """Withheld cells of which a count follows from all lines together, as equations in the counts not published.

    A line that leaves something over has an unknown of its own and says nothing of the others.
    """
    unknown = sorted(hidden | table.silent)
    atoms = [(cell, layer) for cell in unknown for layer in LAYERS if table.counts[cell][layer]]
    column = {atom: number for number, atom in enumerate(atoms)}
    rows = [_equation(line, column) for line in lines if not line.left]
    equations = np.array([row for row in rows if row.any()])
    if not equations.size:
        return []
    used = equations.any(axis=0)
    _, strengths, directions = np.linalg.svd(equations, full_matrices=True)
    free = directions[int((strengths > 1e-9).sum()) :]
    solved = used & ~(np.abs(free) > 1e-9).any(axis=0)
    return list(dict.fromkeys(cell for (cell, _), number in column.items() if solved[number] and cell in hidden))


def _equation(line: Line, column: dict[Atom, int]) -> np.ndarray:
    row = np.zeros(len(column))
    for part in line.parts:
        if part in column:
            row[column[part]] += 1
    if line.total in column:
        row[column[line.total]] -= 1
    return row
