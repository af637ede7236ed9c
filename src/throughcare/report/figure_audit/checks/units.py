"""One number said once of people and once of cases: who was counted, when one person can have two cases?"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from throughcare.report.figure_audit.alarm import Alarm, Said, said, said_in
from throughcare.report.figure_audit.checks.totals import TOTAL, total_at
from throughcare.report.figure_audit.document import Document
from throughcare.report.figure_audit.numbers import numbers
from throughcare.report.figure_audit.words import PEOPLE, stem, stems

KIND = "people or cases"
SMALLEST = 20  # below, two things have the same number by chance
_CASES = frozenset(("case", "fil", "record", "episod"))
_PERSONS = frozenset(stem(word) for word in PEOPLE) - _CASES


@dataclass(frozen=True, kw_only=True)
class Unit:
    people: bool
    words: frozenset[str]
    said: Said
    name: str


def check(document: Document) -> Iterator[Alarm]:
    told: dict[int, list[Unit]] = defaultdict(list)
    for value, unit in (*_of_prose(document), *_of_tables(document)):
        told[value].append(unit)
    for value, together in told.items():
        pairs = ((a, b) for a in together for b in together if a.people and not b.people and len(a.words & b.words) >= 2)
        if (pair := next(pairs, None)) is not None:
            one, other = pair
            yield Alarm(
                kind=KIND, what=f"{value} are {one.name} in one place and {other.name} in another",
                one=one.said, other=other.said,
                working="one person may have several cases, so that the two are not one count",
            )  # fmt: skip


def _of_prose(document: Document) -> Iterator[tuple[int, Unit]]:
    for sentence in document.sentences:
        for number in numbers(sentence.text):
            if number.percent or number.value < SMALLEST or number.decimals:
                continue
            behind = re.split(r"[.,;:(]", sentence.text[number.end :])[0]
            after = stems(behind)[:6]
            noun = next((word for word in after[:2] if word in _PERSONS or word in _CASES), "")
            if noun:
                words = frozenset(stems(re.split(r"\bof the\b|\bbased\b", behind)[0])[:6]) | frozenset(
                    re.findall(r"\b(?:to|in|on)\b", "")
                )
                yield int(number.value), Unit(
                    people=noun in _PERSONS, words=words - {noun}, name=f"{noun}s",
                    said=said(number.text, sentence, number.start),
                )  # fmt: skip


def _of_tables(document: Document) -> Iterator[tuple[int, Unit]]:
    for table in document.tables:
        total = total_at(table.columns)
        at = (
            [total]
            if total is not None
            else [c for c, group in enumerate(table.groups) if TOTAL.match(group) and TOTAL.match(table.columns[c])]
        )
        for number, row in enumerate(table.rows):
            words = stems(row.label)
            noun = next((word for word in words if word in _PERSONS or word in _CASES), "")
            for column in at:
                value = row.cells[column].value if column is not None else None
                if noun and value is not None and value >= SMALLEST and not row.cells[column or 0].percent:
                    unit = Unit(
                        people=noun in _PERSONS,
                        words=frozenset(words) - {noun},
                        said=said_in(value, table, number, column),
                        name=f"{noun}s",
                    )
                    yield int(value), unit
