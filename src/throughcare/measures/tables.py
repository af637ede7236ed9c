"""Which cells add up to which, as a reader can see: within one figure's table, and between figures.

A cell has two counts: those counted (COUNTED) and those not (REST: of a share the others of its base, else none).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from throughcare.measures.results import Place, Result

ADDING = ("count", "share", "mean", "monthly")
COUNTED, REST = 0, 1
ANY = "*"
Atom = tuple[int, int]
Key = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, kw_only=True)
class Sum:
    """Counts (cell, COUNTED or REST) that add up to a total, or to less: what is left over is of nobody shown.

    `total` is a count too; None where it is `base`, published beside each of the parts.
    """

    parts: tuple[Atom, ...]
    total: Atom | None = None
    base: int = 0

    def moved(self, by: int) -> "Sum":
        """The same, of cells that are numbered on from there."""
        if not by:
            return self
        total = (self.total[0] + by, self.total[1]) if self.total else None
        return Sum(parts=tuple((cell + by, layer) for cell, layer in self.parts), total=total, base=self.base)


@dataclass(frozen=True, kw_only=True)
class Term:
    """Counts of a figure. `groups`: those meant, ("*",) all there are; none named: the group of the relation's first term.

    `month`: the figure divided by month, that month; not named: the breakdown of the first term.
    """

    slug: str
    groups: tuple[str, ...] = ()
    counts: tuple[int, ...] = (COUNTED,)
    month: str = ""


@dataclass(frozen=True, kw_only=True)
class Relation:
    """The parts are among the whole and exclude each other; without a whole they are hits of shares of one base.

    Holds for each group and breakdown that its first term has (the whole's, else the first part's). A part that a report
    does not have belongs to what is left over.
    """

    parts: tuple[Term, ...]
    whole: Term | None = None


def sums(cells: Sequence[Result]) -> tuple[Sum, ...]:
    """For each cell of one figure and each axis at its total, the cells that divide it by that axis.

    Not only those counted add up, those not counted too; but shares of one base (an axis `within`) add to a base that is
    published beside every one of them, also where the total itself is not in the table. Medians, minima and maxima do not add.
    """
    at = {cell.place: number for number, cell in enumerate(cells) if cell.statistic in ADDING}
    within = {axis for cell in cells for axis in cell.within}
    lines: dict[tuple[Place, str], list[int]] = {}
    for place, number in at.items():
        for axis, label in place:
            lines.setdefault((place - {(axis, label)}, axis), []).append(number)
    return tuple(
        Sum(
            parts=tuple((part, layer) for part in parts),
            total=(at[place], layer) if place in at else None,
            base=cells[parts[0]].denominator or 0,
        )
        for (place, axis), parts in lines.items()
        for layer in ((COUNTED,) if axis in within else (COUNTED, REST))
        if place in at or axis in within
    )


@dataclass(kw_only=True)
class Related:
    """The cells of all figures by slug, group and breakdown, for the sums that relations make of them."""

    cells: Sequence[Result]
    at: dict[str, dict[Key, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, cell in enumerate(self.cells):
            self.at.setdefault(cell.slug, {})[_key(cell.group, cell.breakdown)] = number

    def sums(self, relations: Iterable[Relation]) -> tuple[Sum, ...]:
        return tuple(line for relation in relations for line in self._of(relation))

    def _of(self, relation: Relation) -> Iterable[Sum]:
        first = relation.whole or relation.parts[0]
        for group, breakdown in self.at.get(first.slug, {}):
            if first.groups not in ((), (ANY,)) and group not in first.groups:
                continue
            parts = tuple(atom for term in relation.parts for atom in self._atoms(term, group, breakdown))
            if relation.whole is None:
                base = self.cells[self.at[first.slug][group, breakdown]].denominator or 0
                yield Sum(parts=parts, base=base)
            elif parts:
                cell = self.at[first.slug][group, breakdown]
                yield from (Sum(parts=parts, total=(cell, layer)) for layer in first.counts)

    def _atoms(self, term: Term, group: str, breakdown: tuple[tuple[str, str], ...]) -> Iterable[Atom]:
        found = self.at.get(term.slug, {})
        breakdown = (("month", term.month),) if term.month else breakdown
        groups = [g for g, by in found if by == breakdown] if term.groups == (ANY,) else term.groups or (group,)
        for each in groups:
            if (each, breakdown) in found:
                yield from ((found[each, breakdown], layer) for layer in term.counts)


def _key(group: str, breakdown: Mapping[str, str]) -> Key:
    return group, tuple(sorted(breakdown.items()))
