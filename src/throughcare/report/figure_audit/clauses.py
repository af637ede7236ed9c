"""Sentences cut into clauses, and what each says of one count: how many, of what, at which stage, of which people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from throughcare.report.figure_audit.document import Sentence
from throughcare.report.figure_audit.numbers import DATE, SPOKEN, Number, numbers
from throughcare.report.figure_audit.words import PLANNED, groups, stage, stems, topic, without_stage

_NUM = rf"(?:\d[\d,]*|(?:only|just|a\s+total\s+of)\s+\d[\d,]*|(?:only\s+)?{SPOKEN})"
_CUT = re.compile(
    rf"[;:—]\s+|,(?!\d)\s*(?:(?:and|but|with|while|whereas)\s+)?|\s+(?:and|while|whereas|but)\s+(?={_NUM}\b)"
    rf"|\s+resulting\s+in\s+|\s+compared\s+(?:to|with)\s+|\s+than\s+", re.I,
)  # fmt: skip
PARTITIVE = re.compile(
    rf"(?:^|[,;:]\s*(?:and\s+)?)of\s+(?:the\s+|these\s+|those\s+|all\s+)?{_NUM}\b|\bout\s+of\s+(?:the\s+|all\s+)?{_NUM}\b"
    rf"|\b(?:of|among|from)\s+(?:(?:the|these|those|all)\s+{_NUM}\b|these|those|whom|which|them)\b", re.I,
)  # fmt: skip
_ALSO = re.compile(
    r"\b(?:also|both|either|each|per|average\w*|mean|median|monthly|weekly|a month|a week|a year|remaining)\b", re.I
)
_SINCE = re.compile(
    r"\b(?:since|between|from|until|to date|as at|over the|in the|during|after|before|by|in|within the)\b[^,;:]*$", re.I
)
# A sentence that opens with where or when ("In January, …") counts a part only; "in total, …" does not.
_WITHIN = re.compile(
    r"^\W*(?:in|at|during|for|within|by|on)\s+(?!total|all\b|addition|sum\b|fact|other words|particular)[^,]{2,60},", re.I
)
_ELLIPTIC = re.compile(rf"^\W*(?:{_NUM})\s+(?:to|in|into|for|from|with)\s", re.I)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A piece of a sentence, with its place in it. `text` leaves out what stands in brackets."""

    sentence: Sentence
    text: str
    start: int


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a clause says of one count. `parted`: it counts a part of a number named before, or more than one number at once.

    `topic` is what the count is about, `noun` the word counted where it follows the number, `own` whether the clause names
    the topic itself, `groups` the people as the clause names them, `period` the two days it lies between.
    """

    number: Number
    clause: Clause
    topic: frozenset[str]
    noun: str
    own: bool
    groups: frozenset[str]
    stage: str
    planned: bool
    parted: bool
    period: tuple[str, ...]


def clauses(sentence: Sentence) -> list[Clause]:
    text = re.sub(r"\([^()]*\)", lambda match: " " * len(match[0]), sentence.text)
    cuts = [(m.start(), m.end()) for m in _CUT.finditer(text)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    return [
        Clause(sentence=sentence, text=text[start:end], start=start)
        for start, end in zip(starts, ends, strict=True) if text[start:end].strip()
    ]  # fmt: skip


def claims(paragraph: tuple[Sentence, ...]) -> Iterator[Claim]:
    """The claims of a paragraph in order; a clause without a topic of its own goes on with the last one."""
    before: frozenset[str] = frozenset()
    for sentence in paragraph:
        parted = bool(_WITHIN.match(sentence.text))
        period = tuple(match[0] for match in DATE.finditer(sentence.text))
        last_stage, last_parted = "", False
        for clause in clauses(sentence):
            parted = parted or bool(PARTITIVE.search(clause.text))
            counts = [number for number in numbers(clause.text) if not number.percent]
            words = stems(_bare(clause.text))
            own = topic(words)
            elliptic = not stage(clause.text) and bool(_ELLIPTIC.match(clause.text))
            at = last_stage if elliptic else stage(clause.text)
            about = own or before
            last_parted = (
                len(counts) > 1 or bool(_ALSO.search(clause.text)) or _in_a_month(clause.text) or (elliptic and last_parted)
            )
            if counts:
                yield Claim(
                    number=counts[0], clause=clause, topic=about, groups=groups(words), stage=at, period=period, own=bool(own),
                    noun=_noun(clause.text[counts[0].end :]),
                    planned=bool(PLANNED.search(clause.text)),
                    parted=parted or last_parted,
                )  # fmt: skip
            if at or counts:
                before, last_stage = about or before, at or last_stage


def _bare(text: str) -> str:
    """The clause without its numbers, stages and when it was."""
    kept = list(text)
    for number in numbers(text):
        kept[number.start : number.end] = " " * (number.end - number.start)
    bare = "".join(kept)
    dated = DATE.search(bare)
    if dated or re.search(r"\bgo(?:ing|ne)?\s+live\b|\blaunch", bare):
        bare = _SINCE.sub(" ", bare)
    return without_stage(DATE.sub(" ", bare))


def _noun(behind: str) -> str:
    """The first word behind a number that says what is counted, "" where there is none before the next stop or preposition."""
    near = re.split(r"[.,;:()]|\b(?:of|in|at|to|for|by|from|with|on|and|or|is|are|was|were|has|have|had)\b", behind, maxsplit=1)[
        0
    ]
    return next(iter(stems(near)), "")


def _in_a_month(text: str) -> bool:
    """Whether the clause speaks of a single month ("22 in September")."""
    match = DATE.search(text) or re.search(
        r"\bin (?:January|February|March|April|June|July|August|September|October|November|December)\b", text
    )
    return bool(match) and not re.search(r"\b(?:since|between|until|to date)\b", text, re.I)
