"""An overlap above one of the parts that it is of: "64 to Arts, 36 to Crafts. 40 were referred to both Arts and Crafts"."""

import re
from collections.abc import Iterator

from throughcare.report.figure_audit.alarm import Alarm, said
from throughcare.report.figure_audit.checks.parts import WHOLE
from throughcare.report.figure_audit.document import Document, Sentence
from throughcare.report.figure_audit.numbers import SPOKEN, count_of

KIND = "overlap"
_NAME = r"(?-i:[A-Z][\w’&-]*(?:\s+(?:of\s+|the\s+)?[A-Z][\w’&-]*)*)"
_TO = re.compile(
    rf"(?<![\d,.])\b(?P<count>\d[\d,]*|{SPOKEN})\s+(?:[a-z’-]+\s+){{0,5}}?(?:to|in|on|by|from|used|attended|joined|had)\s+(?:the\s+)?"
    rf"(?P<name>{_NAME})", re.I,
)  # fmt: skip
_BOTH = re.compile(
    rf"(?P<count>\d[\d,]*|{SPOKEN})\s+(?:[a-z’-]+\s+){{0,6}}?(?P<both>both\s+)?(?:the\s+)?"
    rf"(?P<names>{_NAME}(?:,\s+(?:the\s+)?{_NAME})*,?\s+and\s+(?:the\s+)?{_NAME})", re.I,
)  # fmt: skip


def check(document: Document) -> Iterator[Alarm]:
    for paragraph in document.paragraphs:
        whole: tuple[int, Sentence] | None = None
        parts: dict[str, tuple[int, Sentence, int]] = {}
        for sentence in paragraph:
            opening = WHOLE.match(sentence.text)
            if opening:
                whole, parts = (count_of(opening["whole"]) or 0, sentence), {}
            for match in _BOTH.finditer(sentence.text) if parts else ():
                yield from _judged(sentence, match, parts)
            if whole and opening:
                for match in _TO.finditer(sentence.text, opening.end()):
                    parts.setdefault(match["name"], (count_of(match["count"]) or 0, sentence, match.start()))


def _judged(sentence: Sentence, match: re.Match[str], parts: dict[str, tuple[int, Sentence, int]]) -> Iterator[Alarm]:
    """Each part that the overlap is above: the smallest is told."""
    names = [name.strip() for name in re.split(r",\s+(?:and\s+)?(?:the\s+)?|\s+and\s+(?:the\s+)?", match["names"])]
    known = [(parts[name], name) for name in names if name in parts]
    count = count_of(match["count"]) or 0
    if len(names) < 2 or not known:
        return
    (least, where, at), name = min(known, key=lambda one: one[0][0])
    if count > least:
        yield Alarm(
            kind=KIND, what=f"{count} in {' and '.join(names)} is above the {least} in {name}",
            one=said(count, sentence, match.start()), other=said(least, where, at),
            working=f"those in all of {', '.join(names)} are among the {least} in {name}, and {count} > {least}",
        )  # fmt: skip
