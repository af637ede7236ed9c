"""A document against the store: figures by their id, prose and tables by the title of a measure.

A `figures.csv` is compared figure by figure; what was suppressed in it is passed
over, and so are counts that it does not tell. In prose and tables a number is
compared only where the words beside it are those of one measure's title and no more, and its unit fits: "in Camden" or
"last year" beside them makes it another figure, which is left alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from throughcare.core.pilot import Period
from throughcare.measures.results import Result
from throughcare.report.figure_audit.alarm import Alarm, Said, said, said_in
from throughcare.report.figure_audit.checks.figures import PERCENT
from throughcare.report.figure_audit.clauses import Clause, clauses
from throughcare.report.figure_audit.document import Document, Figure, Place
from throughcare.report.figure_audit.numbers import numbers
from throughcare.report.figure_audit.words import stems

KIND = "store"
WHOLE = ("all", "total")
WORDS_ENOUGH = 3  # fewer words in a title tell no measure from another
_CLOSE = Fraction(1, 10**6)
Titles = dict[tuple[frozenset[str], bool], list[Result]]


def against_store(document: Document, results: Sequence[Result]) -> Iterator[Alarm]:
    """What differs from `results`, those of the store over the period that the document is of."""
    undivided = [result for result in results if not result.breakdown]
    cells = {(result.slug, result.group): result for result in undivided}
    for figure in document.figures:
        yield from _figure(figure, cells.get((figure.id, figure.group)))
    titles = _titles(undivided)
    for sentence in document.sentences:
        for clause in clauses(sentence):
            yield from _clause(clause, titles)
    yield from _tables(document, titles)


def _figure(figure: Figure, result: Result | None) -> Iterator[Alarm]:
    if figure.suppressed:
        return
    one = Said(value="" if figure.value is None else str(figure.value), place=figure.place, words=f"{figure.id} [{figure.group}]")
    if result is None:
        yield Alarm(
            kind=KIND, what=f"the store has no figure {figure.id} [{figure.group}]", one=one,
            other=Said(value="", place=_STORE, words=""),
            working="no measure of that id gives that group",
        )  # fmt: skip
        return
    told = (figure.value, figure.numerator, figure.denominator)
    kept = (result.value, result.numerator, result.denominator)
    differing = [
        f"{name} {_plain(a)} is {_plain(b)} in the store"
        for name, a, b in zip(("value", "numerator", "denominator"), told, kept, strict=True)
        if not _equal(a, b) and (a is not None or name == "value")
    ]  # fmt: skip
    if differing:
        yield Alarm(
            kind=KIND,
            what=f"{figure.id} [{figure.group}] differs from the store",
            one=one,
            other=_in_store(result),
            working="; ".join(differing),
        )


def _equal(one: Decimal | None, other: float | int | None) -> bool:
    return (one is None) == (other is None) and (one is None or other is None or abs(Fraction(one) - Fraction(other)) <= _CLOSE)


def _plain(number: object) -> str:
    return "none" if number is None else str(number)


def _titles(results: Sequence[Result]) -> Titles:
    """The results by the words of their title and whether they are percentages; titles of two measures are left out."""
    found: Titles = defaultdict(list)
    for result in results:
        words = frozenset(stems(result.title))
        if len(words) >= WORDS_ENOUGH:
            found[words, result.unit in PERCENT].append(result)
    return {key: same for key, same in found.items() if len({result.slug for result in same}) == 1}


def _clause(clause: Clause, titles: Titles) -> Iterator[Alarm]:
    found = numbers(clause.text)
    if len(found) != 1:
        return
    number = found[0]
    words = frozenset(stems(clause.text[: number.start] + " " + clause.text[number.end :]))
    result = _whole(titles.get((words, number.percent), ()))
    if result is not None and not _shown_so(number.value, number.decimals, result):
        at = clause.start + number.start
        yield _differs(said(number.text, clause.sentence, at), result)


def _tables(document: Document, titles: Titles) -> Iterator[Alarm]:
    """Rows headed by a title; a column by a group of that measure, or the only one."""
    for table in document.tables:
        for number, row in enumerate(table.rows):
            words = frozenset(stems(row.label))
            for column, cell in enumerate(row.cells):
                same = titles.get((words, cell.percent), ())
                result = _whole(same) if len(row.cells) == 1 else _of_group(same, table.columns[column])
                if result is not None and cell.value is not None and not _shown_so(cell.value, cell.decimals, result):
                    yield _differs(said_in(cell.text, table, number, column), result)


def _whole(same: Sequence[Result]) -> Result | None:
    """The figure of all: the only group, or the one that is called so."""
    return same[0] if len(same) == 1 else next((result for result in same if result.group in WHOLE), None)


def _of_group(same: Sequence[Result], head: str) -> Result | None:
    asked = head.lower().replace(", ", "|").replace(" ", "_")
    return next((result for result in same if result.group.lower().replace(" ", "_") == asked), None)


def _shown_so(value: Decimal, decimals: int, result: Result) -> bool:
    """Whether the number as written is the store's, at the decimals written. A figure without a value is not compared."""
    return result.value is None or abs(Fraction(value) - Fraction(result.exact)) <= Fraction(1, 2 * 10**decimals)


def _differs(one: Said, result: Result) -> Alarm:
    return Alarm(
        kind=KIND, what=f"{result.title} is {result.shown} in the store, {one.value} in the document",
        one=one, other=_in_store(result),
        working=f"the words are those of the measure {result.slug} [{result.group}]: {_counts(result)}",
    )  # fmt: skip


_STORE = Place(cell="the store")


def _in_store(result: Result) -> Said:
    return Said(
        value="none" if result.shown is None else str(result.shown),
        place=_STORE,
        words=f"{result.slug} [{result.group}], {_days(result.period)}",
    )


def _counts(result: Result) -> str:
    return str(result.shown) if result.denominator is None else f"{result.numerator} of {result.denominator}"


def _days(period: Period) -> str:
    return f"{period.start} to {period.end} (excluded)"
