"""What a reader can work out of tables by subtraction, and which further cells must be withheld against it.

A cell has two counts: those counted and those not (0 for a plain count). Zeros are always published, so a withheld count
is at least 1, and only cells that hold somebody can protect another. What a published total leaves over beside all its
parts (ages or prisons not shown) is an unpublished cell like any other. One sum alone is looked at here; all of them together
in `ranges`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from throughcare.measures.ranges import Name, Ranges
from throughcare.measures.tables import COUNTED, REST, Atom, Sum

LAYERS = (COUNTED, REST)


@dataclass(frozen=True, kw_only=True)
class Protected:
    """Cells to protect: their counts, the sums that a reader knows, the smallest count published.

    few: cells that are withheld whatever their counts (a mean of two people a month over a year; what was withheld before).
    silent: cells whose counts are published in no case (of a median): nobody subtracts them, and to withhold them helps nobody.
    unseen: of which a reader does not know that they are no 0: stretches between two days, which nobody publishes as such, and
        figures that earlier publications withheld whole.
    told: cells of earlier publications that were published: nothing can withhold them any more.
    before: all cells of earlier publications, told or not.
    known: cells that an earlier publication told already: to withhold them helps nobody.
    figures: the cells of each figure that is to be published now.
    """

    counts: tuple[tuple[int, ...], ...]
    sums: tuple[Sum, ...]
    smallest: int
    few: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()
    unseen: frozenset[int] = frozenset()
    told: frozenset[int] = frozenset()
    before: frozenset[int] = frozenset()
    known: frozenset[int] = frozenset()
    figures: tuple[frozenset[int], ...] = ()

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
    by all lines together each of them may be another number, and a small one a number that is not small. Cells are only ever
    added, so it ends. What earlier publications gave away by themselves cannot be called back, and is passed over. Where it
    would tell too much beside earlier ones that a cell is withheld, as it is then no 0, its figure is withheld whole, zeros too.
    """
    work = _Work(table=table, lines=list(_lines(table)))
    while candidates := work.next():
        work.hide(min(candidates, key=lambda cell: (table.size(cell), cell)))
    return work.hidden - work.in_vain()


def _lines(table: Protected) -> Iterator[Line]:
    for line in table.sums:
        whole = line.base if line.total is None else table.count(line.total)
        left = whole - sum(table.count(part) for part in line.parts)
        if left >= 0 and (whole or table.before):
            yield Line(parts=line.parts, total=line.total, left=left)


@dataclass(kw_only=True)
class _Work:
    """What is withheld so far, and of which numbers it is known that no reader can place them."""

    table: Protected
    lines: list[Line]
    lost: set[Name] = field(default_factory=set)
    hidden: set[int] = field(init=False)
    shut: frozenset[int] = field(init=False)
    """Cells that are no help: to withhold them is impossible, or tells a reader nothing less."""
    ranges: Ranges = field(init=False)
    whole: set[int] = field(default_factory=set)
    """Cells of figures of which nothing is published."""
    of: dict[int, list[int]] = field(default_factory=dict)
    waiting: list[int] = field(default_factory=list)
    """Numbers of the lines to look at once more, as a heap."""

    def __post_init__(self) -> None:
        table = self.table
        small = {i for i, counts in enumerate(table.counts) if i in table.few or any(table.small(n) for n in counts)}
        self.hidden = small - table.told
        self.shut = table.silent | table.before | table.known
        self.ranges = Ranges(smallest=table.smallest)
        for number, line in enumerate(self.lines):
            for cell in line.cells:
                self.of.setdefault(cell, []).append(number)
        self.waiting = list(range(len(self.lines)))
        if table.before:
            self._pass_over()

    @property
    def may_be_0(self) -> set[int]:
        return self.whole | self.table.unseen

    def in_vain(self) -> set[int]:
        """Cells that were withheld for others and that the rest gives away all the same: they are published."""
        table = self.table
        kept = self.whole | table.before | table.few | table.unseen
        asked = {cell for cell, _ in self.lost if isinstance(cell, int) and cell in self.hidden} - kept
        asked = {cell for cell in asked if not any(table.small(n) for n in table.counts[cell])}
        if not asked:
            return set()
        self.ranges, self.lost = Ranges(smallest=table.smallest), set()
        while (name := self._unsafe(self.hidden)) is not None:
            self.lost.add(name)
        return {cell for cell in asked if self.lost.issuperset(self._atoms(cell))}

    def hide(self, cell: int) -> None:
        self.hidden.add(cell)
        for number in self.of.get(cell, ()):
            heappush(self.waiting, number)

    def next(self) -> list[int]:
        """Cells of which one must be withheld next; none where all is safe."""
        while self.waiting:
            line = self.lines[self.waiting[0]]
            if _tells(self.table, line, self.hidden) and (candidates := _open_cells(self.table, line, self.hidden | self.shut)):
                return candidates
            heappop(self.waiting)
        while (name := self._unsafe(self.hidden)) is not None:
            if candidates := self._nearest(name):
                return candidates
            if not self._withhold_whole(name):
                self.lost.add(name)
        return []

    def _withhold_whole(self, name: Name) -> bool:
        """Withholds all of the figures to publish that hang together with the number; False where there is none any more."""
        if not self.table.before:
            return False
        reached = {cell for near in self._around(name) for line in near for cell in line.cells}
        figures = [figure for figure in self.table.figures if figure & reached and not figure <= self.whole]
        for figure in figures:
            self.whole |= figure
            self.hidden |= figure
        return bool(figures)

    def _pass_over(self) -> None:
        """What is not safe although nothing new is published at all is not looked at again, and to withhold it helps nobody."""
        table, hidden = self.table, self.hidden
        self.hidden = set(range(len(table.counts))) - table.told
        self.whole = self.hidden - table.before - table.unseen
        while (name := self._unsafe(self.hidden)) is not None:
            self.lost.add(name)
        given = {cell for cell in range(len(table.counts)) if (atoms := self._atoms(cell)) and self.lost.issuperset(atoms)}
        self.hidden, self.shut, self.ranges = hidden, self.shut | given, Ranges(smallest=table.smallest)
        self.whole = set()

    def _atoms(self, cell: int) -> list[Name]:
        return [(cell, layer) for layer in LAYERS if self.table.counts[cell][layer] or cell in self.may_be_0]

    def _unsafe(self, hidden: set[int]) -> Name | None:
        """The first number to protect that the lines together give away."""
        table, unknown = self.table, hidden | self.table.silent
        numbers: dict[Name, int] = {}
        self.ranges.unseen.update(name for cell in self.may_be_0 for name in self._atoms(cell))
        for cell in sorted(unknown):
            numbers |= {(cell, layer): table.counts[cell][layer] for _, layer in self._atoms(cell)}
        wanted = [name for name, n in numbers.items() if name[0] in self.hidden and n]
        equations = []
        for number, line in enumerate(self.lines):
            equation = _equation(line, numbers)
            if line.left and equation:
                equation["left", number] = 1
                numbers["left", number] = line.left
                self.ranges.unseen.add(("left", number))
                wanted += [("left", number)] * table.small(line.left)
            equations.append(equation)
        return self.ranges.first_unsafe([name for name in wanted if name not in self.lost], equations, numbers)

    def _nearest(self, name: Name) -> list[int]:
        """Open cells of a line with the number; where all its lines are withheld, of the lines that these hang together with."""
        for near in self._around(name):
            for line in near:
                if candidates := _open_cells(self.table, line, self.hidden | self.shut):
                    return candidates
        return []

    def _around(self, name: Name) -> Iterator[list[Line]]:
        """The lines with the number, then those that have a cell in common with these, and so on."""
        first, number = name
        reached = {first} if isinstance(first, int) else self.lines[number].cells
        seen: set[int] = set()
        while reached:
            seen |= reached
            near = [self.lines[n] for n in sorted({n for cell in reached for n in self.of.get(cell, ())})]
            yield near
            reached = {cell for line in near for cell in line.cells} - seen


def _open_cells(table: Protected, line: Line, unknown: set[int]) -> list[int]:
    """Published cells of the line that hold somebody: its parts, or where there is none left its total."""
    parts = [part[0] for part in line.parts if part[0] not in unknown and table.count(part)]
    if parts or line.total is None or line.total[0] in unknown or not table.count(line.total):
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


def _equation(line: Line, numbers: Mapping[Name, int]) -> dict[Name, int]:
    """How often each unknown number is in the line."""
    found: dict[Name, int] = {}
    for part in line.parts:
        if part in numbers:
            found[part] = found.get(part, 0) + 1
    if line.total is not None and line.total in numbers:
        found[line.total] = found.get(line.total, 0) - 1
    return {name: times for name, times in found.items() if times}
