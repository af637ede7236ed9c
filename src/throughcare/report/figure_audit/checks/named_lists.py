"""A list that counts a thing ("… the following home visits: first (11), second (9) …") against that thing counted elsewhere."""

import re
from collections.abc import Iterator

from throughcare.report.figure_audit.alarm import Alarm, said
from throughcare.report.figure_audit.document import Document, Sentence
from throughcare.report.figure_audit.numbers import SPOKEN, count_of
from throughcare.report.figure_audit.words import PLANNED, stem

KIND = "two values"
_NAMED = re.compile(r"(?P<name>[A-Za-z’-]+\s+[A-Za-z’-]+):\s*(?P<list>[^:]+)$")
_COUNTED = re.compile(rf"\b(?P<count>\d[\d,]*|{SPOKEN})\s+(?P<first>[A-Za-z’-]+)\s+(?P<last>[A-Za-z’-]+)", re.I)
_ITEM = re.compile(r"[^(),;]+\((\d[\d,]*)\)")


def check(document: Document) -> Iterator[Alarm]:
    listed: dict[tuple[str, str], tuple[Sentence, re.Match[str], list[int]]] = {}
    for sentence in document.sentences:
        match = _NAMED.search(sentence.text)
        counts = [int(one.replace(",", "")) for one in _ITEM.findall(match["list"])] if match else []
        if match and len(counts) >= 3:
            first, last = match["name"].split()
            listed.setdefault((stem(first), stem(last)), (sentence, match, counts))
    for sentence in document.sentences if listed else ():
        for found in _COUNTED.finditer(sentence.text):
            one = listed.get((stem(found["first"]), stem(found["last"])))
            if one is not None and not PLANNED.search(sentence.text):
                yield from _judged(sentence, found, *one)


def _judged(
    sentence: Sentence, found: re.Match[str], listed: Sentence, match: re.Match[str], counts: list[int]
) -> Iterator[Alarm]:
    count = count_of(found["count"])
    if count is not None and count != sum(counts):
        yield Alarm(
            kind=KIND, what=f"{count} and {sum(counts)} for one thing: {match['name']}", one=said(count, sentence, found.start()),
            other=said(sum(counts), listed, match.start()),
            working=f"the list adds to {' + '.join(map(str, counts))} = {sum(counts)}",
        )  # fmt: skip
