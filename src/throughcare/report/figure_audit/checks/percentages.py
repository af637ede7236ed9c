"""A percentage against the counts beside it, and against the number of people that it was taken of.

It follows when the counts, rounded to the decimals given, give it; of a half either way is accepted. Where only the
base is known ("(n=32)") some whole number of that base must give it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from throughcare.core.rounding import percent
from throughcare.report.figure_audit.alarm import Alarm, said, said_in
from throughcare.report.figure_audit.document import Cell, Document, Row, Sentence, Table
from throughcare.report.figure_audit.numbers import SPOKEN, count_of, numbers

KIND = "percentage"
_COUNT = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{SPOKEN})"
_PERCENT = r"(?P<percent>\d+(?:\.\d+)?)\s?(?:%|per\s?cent\b)"
_OF = rf"(?P<part>{_COUNT})(?:\s*/\s*|\s+(?:out\s+)?of\s+(?:the\s+|all\s+|these\s+)?)(?P<whole>{_COUNT})(?![\d.%])"
_AFTER = re.compile(rf"{_PERCENT}\s*(?:\(|;|,)\s*(?:or\s+)?(?:n\s*=\s*)?{_OF}", re.I)
_BEFORE = re.compile(rf"\b{_OF}(?:\s+[A-Za-z’-]+){{0,4}}?\s*(?:\(|,\s+or\s+|;\s*|\s=\s)\s*{_PERCENT}", re.I)
_WHOLE_FIRST = re.compile(rf"^\W*(?:of|out\s+of|among)\s+(?:the\s+|these\s+|all\s+)?(?P<whole>{_COUNT})\s", re.I)
_PAIR = re.compile(rf"(?:^|[\s,])(?P<part>{_COUNT})\s+(?:[A-Za-z’-]+\s+){{0,2}}?\((?:or\s+)?{_PERCENT}\)", re.I)
_PAIR_TURNED = re.compile(rf"{_PERCENT}\s+\((?:n\s*=\s*)?(?P<part>\d[\d,]*)\)", re.I)
_BASE = re.compile(r"\(?\b[nN]\s*=\s*(\d[\d,]*)\)?(?!\s*/)")
_MIXED = re.compile(r"(?P<part>\d[\d,]*)\s*\((?P<percent>\d+(?:\.\d+)?)\s?%\)$")
_TOTAL = re.compile(r"^(?:grand\s+)?(?:total|all|overall|base|sum)s?\b", re.I)


def follows(value: Decimal, part: int, whole: int, decimals: int) -> bool:
    """Whether `value` is `part` of `whole` as a percentage, within the rounding of its decimals."""
    return abs(Fraction(value) - Fraction(100 * part, whole)) <= Fraction(1, 2 * 10**decimals)


def possible(value: Decimal, whole: int, decimals: int) -> bool:
    """Whether any whole number of `whole` gives `value`."""
    near = int(value * whole / 100)
    return any(follows(value, part, whole, decimals) for part in range(max(near - 1, 0), near + 3))


def check(document: Document) -> Iterator[Alarm]:
    for sentence in document.sentences:
        yield from _in_sentence(sentence)
    for table in document.tables:
        for number, row in enumerate(table.rows):
            yield from _of_base(table, number, row)
        yield from _mixed(table)


def _in_sentence(sentence: Sentence) -> Iterator[Alarm]:
    seen: set[int] = set()
    for match in (*_AFTER.finditer(sentence.text), *_BEFORE.finditer(sentence.text)):
        seen.add(match.start("percent"))
        yield from _judged(sentence, match, match["part"], match["whole"])
    base = _one_base(sentence.text)
    for match in (*_PAIR.finditer(sentence.text), *_PAIR_TURNED.finditer(sentence.text)):
        if base and match.start("percent") not in seen:
            seen.add(match.start("percent"))
            yield from _judged(sentence, match, match["part"], base)


def _one_base(text: str) -> str:
    """The one number that the sentence says its parts are of, "" for none or more than one."""
    if first := _WHOLE_FIRST.match(text):
        return first["whole"]
    bases = {match[1] for match in _BASE.finditer(text)}
    return bases.pop() if len(bases) == 1 else ""


def _judged(sentence: Sentence, match: re.Match[str], part: str, whole: str) -> Iterator[Alarm]:
    a, b, value = count_of(part), count_of(whole), Decimal(match["percent"])
    decimals = len(match["percent"].partition(".")[2])
    if a is None or not b or follows(value, a, b, decimals):
        return
    at = match.start("percent")
    true = percent(a, b, decimals)
    yield Alarm(
        kind=KIND, what=f"{match['percent']}% does not follow from {a} of {b}",
        one=said(f"{match['percent']}%", sentence, at), other=said(f"{a} of {b}", sentence, match.start()),
        working=f"{a} of {b} is {percent(a, b, decimals + 2)}%, which rounds to {true}%",
    )  # fmt: skip


def _of_base(table: Table, number: int, row: Row) -> Iterator[Alarm]:
    base = _BASE.search(row.label)
    for column, cell in enumerate(row.cells):
        whole = int(base[1].replace(",", "")) if base else _head_base(table.columns[column])
        if whole and cell.percent and cell.value is not None and not possible(cell.value, whole, cell.decimals):
            near = int(cell.value * whole / 100)
            around = " and ".join(f"{part} of {whole} is {percent(part, whole, cell.decimals)}%" for part in (near, near + 1))
            yield Alarm(
                kind=KIND, what=f"{cell.text} cannot be a share of {whole}", one=said_in(cell.text, table, number, column),
                other=said_in(f"n={whole}", table, number), working=around,
            )  # fmt: skip


def _head_base(head: str) -> int:
    match = _BASE.search(head)
    return int(match[1].replace(",", "")) if match else 0


def _mixed(table: Table) -> Iterator[Alarm]:
    """Columns of cells such as "12 (32%)", against the row that totals them."""
    totals = [number for number, row in enumerate(table.rows) if _TOTAL.match(row.label)]
    if len(totals) != 1:
        return
    for column, whole in enumerate(table.rows[totals[0]].cells):
        found = numbers(whole.text)
        base = int(found[0].value) if found and not found[0].percent else 0
        for number, row in enumerate(table.rows):
            match = _MIXED.match(row.cells[column].text)
            if base and match and number != totals[0]:
                yield from _mixed_cell(table, number, column, match, base, row.cells[column])


def _mixed_cell(table: Table, row: int, column: int, match: re.Match[str], base: int, cell: Cell) -> Iterator[Alarm]:
    part, value = int(match["part"].replace(",", "")), Decimal(match["percent"])
    decimals = len(match["percent"].partition(".")[2])
    if not follows(value, part, base, decimals):
        yield Alarm(
            kind=KIND, what=f"{value}% does not follow from {part} of {base}", one=said_in(cell.text, table, row, column),
            other=said_in(f"total {base}", table, row, column),
            working=f"{part} of {base} is {percent(part, base, decimals + 2)}%",
        )  # fmt: skip
