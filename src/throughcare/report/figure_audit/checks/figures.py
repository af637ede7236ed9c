"""A `figures.csv`: each share and mean against its counts, and no figure twice with two values."""

from collections.abc import Iterator
from decimal import Decimal

from throughcare.report.figure_audit.alarm import Alarm, Said
from throughcare.report.figure_audit.document import Document, Figure

KIND = "figure"
PERCENT = ("percent", "%")
_CLOSE = Decimal("0.000001")


def check(document: Document) -> Iterator[Alarm]:
    seen: dict[tuple[str, str], Figure] = {}
    for figure in document.figures:
        first = seen.setdefault((figure.id, figure.group), figure)
        if first.value != figure.value:
            yield Alarm(
                kind=KIND, what=f"{figure.id} [{figure.group}] has two values", one=_said(first), other=_said(figure),
                working=f"line {first.line} and line {figure.line} are of one figure",
            )  # fmt: skip
        yield from _counts(figure)


def _counts(figure: Figure) -> Iterator[Alarm]:
    if figure.value is None or figure.numerator is None or not figure.denominator:
        return
    true = figure.numerator / figure.denominator * (100 if figure.unit in PERCENT else 1)
    if abs(true - figure.value) > _CLOSE:
        counts = Said(value=f"{figure.numerator} of {figure.denominator}", place=figure.place, words="numerator and denominator")
        yield Alarm(
            kind=KIND, what=f"{figure.id} [{figure.group}] does not follow from its counts", one=_said(figure), other=counts,
            working=f"{figure.numerator} by {figure.denominator} gives {round(true, 6)}",
        )  # fmt: skip


def _said(figure: Figure) -> Said:
    return Said(
        value="" if figure.value is None else str(figure.value), place=figure.place, words=f"{figure.id} [{figure.group}]"
    )
