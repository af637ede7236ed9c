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

The limit: what is not declared a relation is not protected (a sum that happens to fit, figures of other reports, of another
period, of another source), nor is a narrow range, as of two numbers under a known sum.
"""

from collections.abc import Iterable
from dataclasses import replace

from throughcare.measures.results import Place, Result
from throughcare.measures.subtraction import Protected, withheld
from throughcare.measures.tables import Related, Relation, Sum, sums

AVERAGES = ("mean", "median", "minimum", "maximum")
NOT_ADDING = ("median", "minimum", "maximum")


def suppress(results: Iterable[Result], *, smallest: int, relations: Iterable[Relation] = ()) -> tuple[Result, ...]:
    """The results as the public may see them, in their order. They are protected together, also across figures.

    Give all results that will be published at once: cells that are published apart can be put together by a reader.
    The same cell given twice is suppressed or published alike. Refuses nothing; `smallest` of 1 suppresses nothing.
    """
    found = tuple(results)
    if smallest <= 1:
        return found
    hidden = _hidden(found, smallest, tuple(relations))
    return tuple(_without(r, smallest) if (r.slug, r.place) in hidden else _published(r) for r in found)


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


def _hidden(found: tuple[Result, ...], smallest: int, relations: tuple[Relation, ...]) -> set[tuple[str, Place]]:
    """The slugs and places of the cells that are not published."""
    cells = list({(r.slug, r.place): r for r in found}.values())
    protected = Protected(
        counts=tuple(counts(cell) for cell in cells),
        sums=(*_of_tables(cells), *Related(cells=cells).sums(relations)),
        smallest=smallest,
        few=frozenset(number for number, cell in enumerate(cells) if _few_a_month(cell, smallest)),
        silent=frozenset(number for number, cell in enumerate(cells) if cell.statistic in NOT_ADDING),
    )
    return {(cells[i].slug, cells[i].place) for i in withheld(protected)}


def _few_a_month(cell: Result, smallest: int) -> bool:
    return cell.statistic == "monthly" and cell.unit == "people" and 0 < (cell.value or 0) < smallest


def _of_tables(cells: list[Result]) -> Iterable[Sum]:
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
