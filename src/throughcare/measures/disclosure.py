"""Small numbers are not published, nor what would let them be worked out.

Every figure counts people or something about one person, so every count is protected. A count of 1 to `smallest` - 1 is
small; 0 is not, and is published as 0. A share is small where those who are counted, or those who are not, are few; a
mean where few people are in it; a minimum or maximum where few people have it; a number of people a month where it is small
itself, as it counts the same people month after month. What is suppressed has no value, no
numerator and no denominator, and one reason for all: to tell small ones from those that protect them would give them away.

Suppressing a cell is not enough: a reader may subtract, within a table and between figures. `tables` says which cells add
up to which, `relations` which figures do; more cells are withheld until no sum gives a small number away (Hundepool et al.,
Statistical Disclosure Control, Wiley 2012, chapter 4). A mean, median, minimum or maximum is published as it is shown and
without its counts: they would be counts of rows that another figure may protect, and more decimals would give them back.

What was published before is known as well: of another period that begins or ends on the same day, of the same period in an
earlier version (`earlier`). What was withheld there is protected too, as long as it can be by withholding here; a cell that was
withheld once stays withheld in every later publication of its period.

Nothing that is published, and no range that follows from all of it in whole numbers, tells a withheld number, nor that it is
small (`ranges`).

The limit: what is not declared a relation is not protected (a sum that happens to fit, figures of other sources, of publications
that are not given as `earlier`). What was added to a period since it was published is not protected where it is counted anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from throughcare.measures.earlier import Cell, Earlier, Stretches, edge, stretches
from throughcare.measures.results import Result
from throughcare.measures.rounded import rounded
from throughcare.measures.subtraction import Protected, withheld
from throughcare.measures.tables import Related, Relation, Sum, sums

AVERAGES = ("mean", "median", "minimum", "maximum")
NOT_ADDING = ("median", "minimum", "maximum")


def suppress(
    results: Iterable[Result], *, smallest: int, relations: Iterable[Relation] = (), earlier: Sequence[Earlier] = (),
    rounding: int = 0,
) -> tuple[Result, ...]:
    """The results as the public may see them, in their order. They are protected together, also across figures.

    Give all results that will be published at once: cells that are published apart can be put together by a reader; and as
    `earlier` what was published before, the newest first. The same cell given twice is suppressed or published alike.
    `rounding`: counts are published to the nearest multiple of it (0: as they are), each by itself, so that parts and their
    total need not add up; a share is that of the rounded counts. It comes after the withholding, and so tells less than what
    is safe already. Refuses nothing; `smallest` of 1 suppresses nothing.
    """
    found = tuple(results)
    if smallest > 1:
        hidden = _hidden(found, smallest, tuple(relations), tuple(earlier))
        found = tuple(_without(r, smallest) if (r.slug, r.place) in hidden else _published(r) for r in found)
    return tuple(rounded(r, rounding) for r in found) if rounding else found


def reason(smallest: int) -> str:
    """Why a figure is not published, for the reader."""
    return f"fewer than {smallest}, or would let a number under {smallest} be worked out"


def _without(result: Result, smallest: int) -> Result:
    return replace(result, value=None, numerator=None, denominator=None, cases=0, suppressed=reason(smallest), note="")


def _published(result: Result) -> Result:
    """An average as it is shown, without its counts; any other figure as it is."""
    if result.statistic not in AVERAGES:
        return result
    value = None if result.shown is None else float(result.shown)
    return replace(result, value=value, numerator=None, denominator=None, cases=0)


@dataclass(frozen=True, kw_only=True)
class _Edition:
    """The cells of one publication, each once, numbered from `first` on."""

    cells: tuple[Result, ...]
    first: int
    published: frozenset[Cell] | None = None

    @property
    def numbers(self) -> range:
        return range(self.first, self.first + len(self.cells))

    def sums(self, relations: tuple[Relation, ...]) -> Iterator[Sum]:
        for line in (*_of_tables(self.cells), *Related(cells=self.cells).sums(relations)):
            yield line.moved(self.first)

    @property
    def figures(self) -> tuple[frozenset[int], ...]:
        found: dict[str, set[int]] = {}
        for number, cell in zip(self.numbers, self.cells, strict=True):
            found.setdefault(cell.slug, set()).add(number)
        return tuple(frozenset(numbers) for numbers in found.values())

    def blank(self) -> Iterator[int]:
        """The cells of figures of which nothing was published then."""
        if self.published is not None:
            some = {slug for slug, _ in self.published}
            yield from (n for n, cell in zip(self.numbers, self.cells, strict=True) if cell.slug not in some)

    def told(self) -> Iterator[int]:
        """The cells that were published then."""
        for number, cell in zip(self.numbers, self.cells, strict=True):
            if self.published is not None and (cell.slug, cell.place) in self.published:
                yield number


def _editions(found: tuple[Result, ...], earlier: tuple[Earlier, ...]) -> list[_Edition]:
    """What is to be published, then what was, numbered on."""
    editions: list[_Edition] = []
    first = 0
    for results, published in ((found, None), *((each.results, each.published) for each in earlier)):
        cells = tuple({(r.slug, r.place): r for r in results}.values())
        editions.append(_Edition(cells=cells, first=first, published=published))
        first += len(cells)
    return editions


def _hidden(
    found: tuple[Result, ...], smallest: int, relations: tuple[Relation, ...], earlier: tuple[Earlier, ...]
) -> set[Cell]:
    """The slugs and places of the cells that are not published."""
    editions = _editions(found, earlier)
    cells = [cell for edition in editions for cell in edition.cells]
    numbers = [counts(cell) for cell in cells]
    over = stretches(cells, numbers, first=len(cells)) if earlier else Stretches(counts=(), sums=())
    told = frozenset(number for edition in editions for number in edition.told())
    before = frozenset(range(len(editions[0].cells), len(cells)))
    withheld_before, known = _as_before(cells, before, told)
    between = frozenset(range(len(cells), len(cells) + len(over.counts)))
    blank = frozenset(number for edition in editions for number in edition.blank())
    protected = Protected(
        counts=(*numbers, *over.counts),
        sums=(*(line for edition in editions for line in edition.sums(relations)), *over.sums),
        smallest=smallest,
        few=frozenset(number for number, cell in enumerate(cells) if _few_a_month(cell, smallest)) | withheld_before,
        silent=frozenset(number for number, cell in enumerate(cells) if cell.statistic in NOT_ADDING) | between,
        unseen=between | blank, told=told, before=before, known=known, figures=editions[0].figures,
    )  # fmt: skip
    return {(cells[i].slug, cells[i].place) for i in withheld(protected).intersection(editions[0].numbers)}


def _as_before(cells: Sequence[Result], before: frozenset[int], told: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Cells that were withheld in an earlier publication of the same period, and cells that it told as they are now."""
    hidden = {(cells[n].slug, cells[n].place, edge(cells[n])) for n in before - told}
    known = {(cells[n].slug, cells[n].place, edge(cells[n]), counts(cells[n])) for n in told}
    withheld, same = set(before - told), set()
    for number in range(len(cells)):
        cell = cells[number]
        if number in before:
            continue
        if (cell.slug, cell.place, edge(cell), counts(cell)) in known:
            same.add(number)
        elif (cell.slug, cell.place, edge(cell)) in hidden and any(counts(cell)):
            withheld.add(number)
    return frozenset(withheld), frozenset(same)


def _few_a_month(cell: Result, smallest: int) -> bool:
    return cell.statistic == "monthly" and cell.unit == "people" and 0 < (cell.value or 0) < smallest


def _of_tables(cells: Sequence[Result]) -> Iterable[Sum]:
    """The sums of each figure's own table."""
    figures: dict[str, list[int]] = {}
    for number, cell in enumerate(cells):
        figures.setdefault(cell.slug, []).append(number)
    for numbers in figures.values():
        for line in sums([cells[number] for number in numbers]):
            total = (numbers[line.total[0]], line.total[1]) if line.total else None
            yield Sum(parts=tuple((numbers[i], layer) for i, layer in line.parts), total=total, base=line.base)


def counts(result: Result) -> tuple[int, int]:
    """The counts that a published result gives away: of a share those counted and those not."""
    if result.statistic == "share" and result.denominator is not None and result.numerator is not None:
        hits = int(result.numerator)
        return hits, result.denominator - hits
    return result.cases, 0
