"""What was published before: what a reader can subtract of one period from another.

A count of events over [a, b) is the difference of two points of one running total. So all periods of a figure that were ever
published hang together where they share a day at which one begins or ends: a year less its first three quarters is the last,
months add to their quarter. The stretches between such days are counts like any other, published or not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise, permutations

from throughcare.measures.results import Place, Result
from throughcare.measures.tables import ADDING, COUNTED, REST, Sum

Cell = tuple[str, Place]
Edge = tuple[date, date]
Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """One publication as it was: its figures as they were counted then, and which of them were published."""

    results: tuple[Result, ...]
    published: frozenset[Cell]


def edge(result: Result) -> Edge:
    """The days over which a figure is counted: for one that holds on a day, that day."""
    if result.by_date:
        return result.period.start, result.period.end
    return result.as_at, result.as_at + timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Stretches:
    """Counts between two days at which a period begins or ends, numbered from `first` on, and what each cell is of them."""

    counts: tuple[Pair, ...]
    sums: tuple[Sum, ...]


def stretches(cells: Sequence[Result], counts: Sequence[Pair], *, first: int) -> Stretches:
    """Of cells in the order of trust, the newest first. Cells of one period alone need none of this.

    Periods that share no day, or that do not add up (counted anew since, or people who came in both), have a running total each;
    of two such a longer stretch of one holds the shorter ones of the other: what that leaves over is a number like any other.
    """
    at: dict[Cell, list[int]] = {}
    for number, cell in enumerate(cells):
        if cell.statistic in ADDING and edge(cell)[0] < edge(cell)[1]:
            at.setdefault((cell.slug, cell.place), []).append(number)
    made: list[Pair] = []
    sums: list[Sum] = []
    for numbers in (each for each in at.values() if len(each) > 1):
        totals = _totals(numbers, cells, counts)
        for total in totals:
            total.first = first + len(made)
            made += total.between
            sums += total.sums()
        for outer, inner in permutations(totals, 2):
            for whole, parts in outer.holding(inner):
                if len(whole) > 1:
                    number = first + len(made)
                    made.append(outer.count(whole))
                    sums += _adding(whole, number)
                sums += _adding(parts, whole[0] if len(whole) == 1 else number)
    return Stretches(counts=tuple(made), sums=tuple(sums))


def _adding(parts: Sequence[int], total: int) -> list[Sum]:
    return [Sum(parts=tuple((part, layer) for part in parts), total=(total, layer)) for layer in (COUNTED, REST)]


@dataclass(kw_only=True)
class _Total:
    """The running total of periods of one figure that hang together, and which cell is over which of them."""

    at: dict[date, Pair]
    used: list[tuple[int, Edge]]
    first: int = 0

    @property
    def between(self) -> list[Pair]:
        return [(self.at[b][0] - self.at[a][0], self.at[b][1] - self.at[a][1]) for a, b in pairwise(self.days)]

    @property
    def days(self) -> list[date]:
        return sorted(self.at)

    def sums(self) -> list[Sum]:
        """What each cell is of the stretches."""
        return [line for number, over in self.used for line in _adding(self.within(*over), number)]

    def within(self, start: date, end: date) -> list[int]:
        """The numbers of the stretches within these days."""
        return [self.first + i for i, (a, b) in enumerate(pairwise(self.days)) if start <= a and b <= end]

    def count(self, stretches: Sequence[int]) -> Pair:
        found = [self.between[number - self.first] for number in stretches]
        return sum(n for n, _ in found), sum(n for _, n in found)

    def holding(self, other: "_Total") -> Iterator[tuple[list[int], list[int]]]:
        """Stretches here, and those of another running total that lie within; not the same days, which were counted anew."""
        for start, end in combinations(self.days, 2):
            inner = [day for day in other.days if start <= day <= end]
            if len(inner) > 1 and (inner[0], inner[-1]) != (start, end):
                yield self.within(start, end), other.within(start, end)

    def take(self, number: int, over: Edge, counted: Pair) -> bool:
        """Takes one period more in; False where it shares no day with the others, or contradicts them."""
        start, end = over
        if start not in self.at and end not in self.at:
            return False
        base = self.at[start] if start in self.at else tuple(n - m for n, m in zip(self.at[end], counted, strict=True))
        new = {start: (base[0], base[1]), end: (base[0] + counted[0], base[1] + counted[1])}
        grown = self.at | new
        falls = any(grown[a][layer] > grown[b][layer] for a, b in pairwise(sorted(grown)) for layer in (COUNTED, REST))
        if falls or any(self.at.get(day, n) != n for day, n in new.items()):
            return False
        self.at = grown
        self.used.append((number, over))
        return True


def _totals(numbers: Sequence[int], cells: Sequence[Result], counts: Sequence[Pair]) -> list[_Total]:
    """The running totals of one figure: each takes in what shares a day with it and adds up."""
    found: list[_Total] = []
    waiting = list(numbers)
    while waiting:
        number = waiting.pop(0)
        start, end = edge(cells[number])
        total = _Total(at={start: (0, 0), end: counts[number]}, used=[(number, (start, end))])
        found.append(total)
        grown = True
        while grown:
            left = [each for each in waiting if not total.take(each, edge(cells[each]), counts[each])]
            grown, waiting = len(left) < len(waiting), left
    return found
