"""Within what range a reader can place a number that is not published, from all sums taken together, in whole numbers.

A reader knows that what is withheld is a whole number of at least 1, as zeros are published; what nobody publishes, such as
what a total leaves over, may be 0. A number is safe where the sums also hold with another in its place, and a small one only
where they hold with one that is not small, or with 0: else the reader knows that it is small, or what it is. Each such other set
of numbers is a witness. One that was found stays one whatever is withheld besides, so that no number is asked about
twice (Fischetti and Salazar-Gonzalez, Management Science 2001).
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Name = tuple[int | str, int]
Equation = Mapping[Name, int]
"""How often each unknown number is in a sum. What it comes to is known: it holds with the true numbers."""
NEARLY = 1e-6
NODES = 500
"""So far a search for whole numbers goes; what is not found by then counts as not there, and more is withheld."""


@dataclass(kw_only=True)
class Ranges:
    """Numbers to protect, of which some are shown to be safe. smallest: the smallest number that may be told apart. unseen:
    those of them that nobody publishes."""

    smallest: int
    unseen: set[Name] = field(default_factory=set)
    safe: set[Name] = field(default_factory=set)

    def first_unsafe(self, wanted: Sequence[Name], equations: Iterable[Equation], numbers: Mapping[Name, int]) -> Name | None:
        """The first of those wanted that a reader can work out, or knows to be small; None where all are safe.

        `numbers`: the true ones of all that the equations name, each at least 1.
        """
        groups, of = _together([each for each in equations if each])
        asked: dict[int, list[Name]] = {}
        for name in wanted:
            if name not in of:
                self.safe.add(name)  # in no sum: it may be any number
            elif name not in self.safe:
                asked.setdefault(of[name], []).append(name)
        systems: dict[int, _System] = {}
        for name in wanted:
            if name in self.safe:
                continue
            group = of[name]
            if group not in systems:
                systems[group] = _System(equations=groups[group], numbers=numbers, unseen=self.unseen)
                self._all_at_once(systems[group], asked[group], numbers)
            if name not in self.safe and not self._another(systems[group], name, numbers[name], asked[group], numbers):
                return name
        return None

    def _all_at_once(self, system: "_System", names: Sequence[Name], numbers: Mapping[Name, int]) -> None:
        """One set of numbers in which as many as may be differ by enough: it mostly spares asking about each."""
        self._keep(system.most({name: self._needed(numbers[name]) for name in names}), names, numbers)

    def _another(self, system: "_System", name: Name, number: int, names: Sequence[Name], numbers: Mapping[Name, int]) -> bool:
        needed = self._needed(number)
        self._keep(system.most({name: needed}), names, numbers)
        if name not in self.safe and (number >= self.smallest or name in self.unseen):
            self._keep(system.most({name: -1 if number >= self.smallest else -number}), names, numbers)
        return name in self.safe

    def _needed(self, number: int) -> int:
        """By how much a number must be able to be more: a small one so far that it would not be small."""
        return max(self.smallest - number, 1)

    def _keep(self, witness: Mapping[Name, int], names: Sequence[Name], numbers: Mapping[Name, int]) -> None:
        for name in names:
            by = witness.get(name, 0)
            number = numbers[name]
            if by >= self._needed(number) or (by and (number >= self.smallest or number + by == 0)):
                self.safe.add(name)


@dataclass(kw_only=True)
class _System:
    """Sums that hang together, in the difference of each number from the true one: they add to nothing."""

    equations: Sequence[Equation]
    numbers: Mapping[Name, int]
    unseen: Set[Name]

    def __post_init__(self) -> None:
        names = list(dict.fromkeys(name for each in self.equations for name in each))
        self.names = names
        self.column = {name: i for i, name in enumerate(names)}
        entries = [(n, row, self.column[name]) for row, each in enumerate(self.equations) for name, n in each.items()]
        values, rows, columns = zip(*entries, strict=True)
        self.matrix = csr_array((values, (rows, columns)), shape=(len(self.equations), len(names)), dtype=float)
        self.least = np.array([float(name not in self.unseen) - self.numbers[name] for name in names])

    def most(self, wanted: Mapping[Name, int]) -> dict[Name, int]:
        """Differences, in whole numbers, in which those wanted go as far towards what is wanted as they can together."""
        aim, most = np.zeros(len(self.names)), np.full(len(self.names), np.inf)
        least = self.least.copy()
        for name, by in wanted.items():
            i = self.column[name]
            aim[i] = -1.0 if by > 0 else 1.0
            if by > 0:
                most[i] = by
            else:
                least[i] = max(least[i], by)
        for whole in (0, 1):
            found = milp(
                aim, constraints=LinearConstraint(self.matrix, 0, 0), bounds=Bounds(least, most), integrality=whole,
                options={"node_limit": NODES},
            )  # fmt: skip
            if found.x is None:
                return {}
            near = np.rint(found.x)
            if np.abs(found.x - near).max() < NEARLY and not np.any(self.matrix @ near):
                return {name: int(n) for name, n in zip(self.names, near, strict=True) if n}
        return {}


def _together(equations: Sequence[Equation]) -> tuple[list[list[Equation]], dict[Name, int]]:
    """The sums in groups that share no unknown number, and the group of each."""
    above: dict[Name, Name] = {}

    def top(name: Name) -> Name:
        while above.setdefault(name, name) != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    for each in equations:
        first, *others = each
        for other in others:
            above[top(other)] = top(first)
        top(first)
    number: dict[Name, int] = {}
    of = {name: number.setdefault(top(name), len(number)) for name in list(above)}
    groups: list[list[Equation]] = [[] for _ in number]
    for each in equations:
        groups[of[next(iter(each))]].append(each)
    return groups, of
