"""Small numbers are not published, nor what would let them be worked out.

Every figure counts people or something about one person, so every count is protected. A count of 1 to `smallest` - 1 is
small; 0 is not, and is published as 0. A share is small where those who are counted, or those who are not, are few; a
mean where few people are in it; a minimum or maximum where few people have it. What is suppressed has no value, no
numerator and no denominator, and one reason for all: to tell small ones from those that protect them would give them away.

Suppressing a cell is not enough: a reader may subtract. `tables` says which cells add up to which; more cells are withheld
until no sum of a table gives a small number away (Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapter 4).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from throughcare.measures.results import Result
from throughcare.measures.subtraction import Protected, withheld
from throughcare.measures.tables import sums


def suppress(results: Iterable[Result], *, smallest: int) -> tuple[Result, ...]:
    """The results as the public may see them, in their order. Results of one figure are protected together.

    Give all results that will be published at once: cells that are published apart can be put together by a reader.
    The same cell given twice is suppressed or published alike. Refuses nothing; `smallest` of 1 suppresses nothing.
    """
    found = tuple(results)
    hidden = set()
    for slug in dict.fromkeys(r.slug for r in found):
        hidden |= {(slug, place) for place in _hidden([r for r in found if r.slug == slug], smallest)}
    return tuple(_without(r, smallest) if (r.slug, r.place) in hidden else r for r in found)


def reason(smallest: int) -> str:
    """Why a figure is not published, for the reader."""
    return f"fewer than {smallest}, or would let a number under {smallest} be worked out"


def _without(result: Result, smallest: int) -> Result:
    return replace(result, value=None, numerator=None, denominator=None, cases=0, suppressed=reason(smallest), note="")


def _hidden(figure: Sequence[Result], smallest: int) -> set[frozenset[tuple[str, str]]]:
    """The places of the cells of one figure that are not published."""
    cells = {r.place: r for r in figure}
    places = list(cells)
    layers = [counts(cells[place]) for place in places]
    protected = Protected(counts=tuple(layers), sums=sums([cells[p] for p in places]), smallest=smallest)
    return {places[i] for i in withheld(protected)}


def counts(result: Result) -> tuple[int, ...]:
    """The counts that a published result gives away: of a share those counted and those not."""
    if result.statistic == "share" and result.denominator is not None and result.numerator is not None:
        hits = int(result.numerator)
        return hits, result.denominator - hits
    return result.cases, 0
