"""Parts named in a sentence against their whole.

"Of the 37 …, 12 did. The remaining … (n=19), (n=9) or (n=1)"; "88 visits: 78 in A and 10 in B"; "the cohort: 67% by A and
33% by B". Parts are added only where the words say that they are all: "remaining", "the rest", or a colon before them;
never after "including" or "such as", nor where one may be in several.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from throughcare.report.figure_audit.alarm import Alarm, said
from throughcare.report.figure_audit.document import Document, Sentence
from throughcare.report.figure_audit.numbers import SPOKEN, Number, count_of, numbers

KIND = "parts of a whole"
WHOLE = re.compile(rf"^\W*(?:out\s+)?of\s+(?:the|these|those|all)?\s*(?P<whole>\d[\d,]*|{SPOKEN})\b", re.I)
_REST = re.compile(r"\b(?:the\s+)?(?:remaining|rest|remainder|others)\b", re.I)
_N = re.compile(r"\(n\s*=\s*(\d[\d,]*)\)", re.I)
_SOME = re.compile(
    r"\b(?:includ\w+|such as|for example|e\.g|among (?:others|them)|more than one|also|both|mainly|mostly)\b", re.I
)
_PART = re.compile(
    rf"^\s*(?:and\s+)?(?:(?P<digits>\d[\d,]*)(?P<percent>\s?%|\s+per\s?cent)?|(?P<spoken>{SPOKEN}))\s+"
    rf"(?:(?:in|from|at|to|for|by|with|on|under)\s|(?:were|was|are|is|had|have)\s|[a-z]+(?:ed|en|ing)\s)", re.I,
)  # fmt: skip


def check(document: Document) -> Iterator[Alarm]:
    for paragraph in document.paragraphs:
        for number, sentence in enumerate(paragraph):
            yield from _after_colon(sentence)
            after = paragraph[number + 1] if number + 1 < len(paragraph) else None
            yield from _with_rest(sentence, after)


def _with_rest(sentence: Sentence, after: Sentence | None) -> Iterator[Alarm]:
    """ "Of the N …, a …; the remaining … b, c and d", in one sentence or two."""
    opening = WHOLE.match(sentence.text)
    whole = count_of(opening["whole"]) if opening else None
    if opening is None or not whole or _SOME.search(sentence.text[opening.end() :]):
        return
    rest = _REST.search(sentence.text)
    first_part = sentence.text[opening.end() : rest.start() if rest else None]
    told = sentence.text[rest.end() :] if rest else after.text if after and _REST.search(after.text[:40]) else ""
    first = _counts(first_part)
    others = [int(one.replace(",", "")) for one in _N.findall(told)] or _counts(told)
    if not first or not others or _SOME.search(told):
        return
    parts = [*first, *others]
    if sum(parts) != whole:
        yield Alarm(
            kind=KIND, what=f"the parts of {whole} add to {sum(parts)}", one=said(whole, sentence, opening.start("whole")),
            other=said(" + ".join(map(str, parts)), sentence if rest or after is None else after),
            working=f"{' + '.join(map(str, parts))} = {sum(parts)}, not {whole}",
        )  # fmt: skip


def _counts(text: str) -> list[int]:
    return [int(one.value) for one in numbers(text) if not one.percent and one.value == int(one.value)]


def _after_colon(sentence: Sentence) -> Iterator[Alarm]:
    head, colon, tail = sentence.text.partition(":")
    if not colon or _SOME.search(sentence.text):
        return
    parts = [_PART.match(piece) for piece in re.split(r",\s*(?:and\s+)?|\s+and\s+(?=[\w])|;\s*(?:and\s+)?", tail.split(" (")[0])]
    found = [part for part in parts if part]
    if len(found) < 2 or len(found) != len(parts):
        return
    if all(part["percent"] for part in found):
        yield from _shares(sentence, found)
    elif not any(part["percent"] for part in found) and (whole := _last_count(head)):
        counts = [count_of(part["digits"] or part["spoken"]) or 0 for part in found]
        if sum(counts) != whole.value:
            yield Alarm(
                kind=KIND, what=f"the parts of {whole.text} add to {sum(counts)}", one=said(whole.text, sentence, whole.start),
                other=said(" + ".join(map(str, counts)), sentence, len(head) + 1),
                working=f"{' + '.join(map(str, counts))} = {sum(counts)}, not {whole.value}",
            )  # fmt: skip


def _last_count(head: str) -> Number | None:
    counts = [one for one in numbers(head) if not one.percent]
    return counts[0] if len(counts) == 1 else None


def _shares(sentence: Sentence, found: list[re.Match[str]]) -> Iterator[Alarm]:
    values = [Decimal(part["digits"].replace(",", "")) for part in found]
    if abs(sum(values) - 100) > Decimal(len(values)) / 2:
        yield Alarm(
            kind=KIND, what=f"the shares add to {sum(values)}%", one=said(f"{sum(values)}%", sentence),
            other=said("100%", sentence), working=f"{' + '.join(map(str, values))} = {sum(values)}",
        )  # fmt: skip
