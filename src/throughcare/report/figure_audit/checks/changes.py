"""A change against its two ends: "rose from 20 to 30, a rise of 12"; "12 days quicker" of stages told as "(21 to 6 days)"."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from throughcare.core.rounding import half_up
from throughcare.report.figure_audit.alarm import Alarm, said
from throughcare.report.figure_audit.document import Document, Sentence

KIND = "change"
_NUM = r"\d[\d,]*(?:\.\d+)?"
_ENDS = re.compile(rf"\bfrom\s+(?P<a>{_NUM})(?P<pa>\s?%)?\s+[^().;]{{0,60}}?\bto\s+(?P<b>{_NUM})(?P<pb>\s?%)?(?![\d\w-])", re.I)
_UP = r"increase[ds]?|increasing|rose|risen|rises?|rising|grew|grown|grows?|climbed|gone up|went up|improved"
_DOWN = r"decrease[ds]?|decreasing|fell|fallen|falls?|falling|dropped|drops?|declined?|reduced|reduction|shrank|went down"
_WORD = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.I)
_BY = re.compile(
    rf"\b(?:an?|the)\s+(?:[a-z]+\s+)?(?:increase|rise|growth|decrease|fall|drop|decline|reduction|change)\s+of\s+"
    rf"(?P<by>{_NUM})(?P<percent>\s?%|\s+per\s?cent\b(?!age))?(?P<points>\s+percentage\s+points?)?", re.I,
)  # fmt: skip
_UNITS = r"(?P<unit{0}>second|minute|hour|day|week|month|year|pound)s?"
_QUICKER = re.compile(
    rf"(?P<by>{_NUM})\s+{_UNITS.format('')}\s+(?P<word>quicker|faster|shorter|sooner|earlier|fewer|less|slower|longer|later|more)\b",
    re.I,
)
_PAIR = re.compile(rf"\((?:from\s+)?(?P<a>{_NUM})\s+to\s+(?P<b>{_NUM})\s+{_UNITS.format('')}\)", re.I)


def check(document: Document) -> Iterator[Alarm]:
    for sentence in document.sentences:
        for match in _ENDS.finditer(sentence.text):
            yield from _direction(sentence, match)
            yield from _amount(sentence, match)
    for paragraph in document.paragraphs:
        yield from _stages(paragraph)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _direction(sentence: Sentence, match: re.Match[str]) -> Iterator[Alarm]:
    """The word right before "from a to b"."""
    words = list(_WORD.finditer(sentence.text[max(0, match.start() - 40) : match.start()]))
    a, b = _number(match["a"]), _number(match["b"])
    if not words or re.search(r"[.;,]", sentence.text[max(0, match.start() - 40) : match.start()][words[-1].end() :]):
        return
    word = words[-1]
    if (b <= a) if word["up"] else (b >= a):
        if word[0].lower() == "improved":
            return
        yield Alarm(
            kind=KIND, what=f"“{word[0]}” is said of {a} to {b}", one=said(word[0], sentence, match.start()),
            other=said(f"{a} to {b}", sentence, match.end() - 1),
            working=f"{b} {'is not above' if word['up'] else 'is not below'} {a}",
        )  # fmt: skip


def _amount(sentence: Sentence, match: re.Match[str]) -> Iterator[Alarm]:
    by = _BY.search(sentence.text, match.end(), match.end() + 60)
    a, b = _number(match["a"]), _number(match["b"])
    if by is None or not a:
        return
    told, decimals = _number(by["by"]), max(-int(_number(by["by"]).as_tuple().exponent), 0)
    true = Fraction(abs(b - a)) if not by["percent"] or by["points"] else Fraction(100 * abs(b - a)) / Fraction(a)
    points = bool(match["pb"]) and by["percent"]
    if any(
        abs(Fraction(told) - one) <= Fraction(1, 2 * 10**decimals) for one in (true, *((Fraction(abs(b - a)),) if points else ()))
    ):
        return
    yield Alarm(
        kind=KIND, what=f"from {a} to {b} is not a change of {by['by']}{by['percent'] or ''}",
        one=said(f"{by['by']}{by['percent'] or ''}", sentence, by.start("by")),
        other=said(f"{a} to {b}", sentence, match.start()),
        working=f"from {a} to {b} is {half_up(true, decimals + 1)}{'%' if by['percent'] else ''}",
    )  # fmt: skip


def _stages(paragraph: tuple[Sentence, ...]) -> Iterator[Alarm]:
    """A change over all beside its stages in brackets, in the same sentence or the next: it is one of them, or their sum."""
    for sentence, after in pairwise((*paragraph, None)):
        whole = _QUICKER.search(sentence.text) if sentence else None
        if sentence is None or whole is None:
            continue
        pairs = [
            (sign, m) for text in (sentence.text, after.text if after else "") for m in _PAIR.finditer(text)
            if m["unit"].lower() == whole["unit"].lower() for sign in (_number(m["b"]) - _number(m["a"]),)
        ]  # fmt: skip
        changes = [change for change, _ in pairs]
        told = _number(whole["by"])
        if changes and told not in {abs(sum(changes)), *(abs(change) for change in changes)}:
            yield Alarm(
                kind=KIND, what=f"{whole[0]} is neither a stage told nor their sum", one=said(whole[0], sentence, whole.start()),
                other=said(", ".join(f"{m['a']} to {m['b']}" for _, m in pairs), after if after and len(pairs) > 1 else sentence),
                working=f"{' and '.join(str(change) for change in changes)} make {sum(changes)}, not {told}",
            )  # fmt: skip
