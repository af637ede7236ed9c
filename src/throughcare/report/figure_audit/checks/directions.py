"""Words of direction against each other, against a row of numbers by time, and against the two numbers compared.

"Steadily" asks that each number be above the one before. Two claims of one thing over the last months contradict when one
says that it rose and the other that it fell or stayed the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from throughcare.report.figure_audit.alarm import Alarm, said, said_in
from throughcare.report.figure_audit.document import Document, Row, Sentence, Table
from throughcare.report.figure_audit.numbers import MONTHS
from throughcare.report.figure_audit.words import sharing, stems, topic

KIND = "direction"
_WORDS = {
    "rose": r"increas(?:ed|ing)|rose|risen|rising|grew|grown|growing|climbed|gone up|went up",
    "fell": r"decreas(?:ed|ing)|fell|fallen|falling|dropped|declin(?:ed|ing)|gone down|went down",
    "stayed": r"been maintained|remained (?:stable|steady|constant|level|flat|unchanged|the same)|stable|unchanged|levelled off|"
    r"stayed the same",
}
_WORD = re.compile("|".join(rf"\b(?P<{name}>{words})\b" for name, words in _WORDS.items()), re.I)
_STEADILY = re.compile(
    r"\b(?:steadily|consistently|continuously|continually|every (?:month|quarter|year)|each (?:month|quarter|year))\b", re.I
)
_LATELY = re.compile(
    r"\bover the (?:last|past|recent) (?:\w+ )?(?:weeks|months|quarters|years)\b|\b(?:in recent|recent) (?:weeks|months|years)\b",
    re.I,
)
_LIKELY = re.compile(
    r"\b(?P<word>more|less) likely\b[^.;]*?\((?P<a>\d+(?:\.\d+)?)\s?%\s*"
    r"(?:vs\.?|versus|compared (?:to|with)|against)\s*(?P<b>\d+(?:\.\d+)?)\s?%",
    re.I,
)
_TIME = re.compile(
    rf"\b(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*\b|\bQ[1-4]\b|\b(?:19|20)\d\d\b|\b(?:month|quarter|year|week) \d+",
    re.I,
)
_COUNT_WORDS = frozenset(("number", "rate", "volum", "level", "slow", "begin", "enhanc"))


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What a sentence says of a direction. `lately`: of the last months."""

    way: str
    topic: frozenset[str]
    steadily: bool
    lately: bool
    sentence: Sentence
    at: int


def check(document: Document) -> Iterator[Alarm]:
    moves = [move for sentence in document.sentences for move in _moves(sentence)]
    for one, other in sharing([move for move in moves if move.lately], lambda move: move.topic):
        if one.way != other.way and _same(one, other):
            yield Alarm(
                kind=KIND, what=f"“{_word(one)}” and “{_word(other)}” are said of one thing",
                one=said(_word(one), one.sentence, one.at),
                other=said(_word(other), other.sentence, other.at),
                working="both speak of the last months; what rose did not stay as it was, nor fall",
            )  # fmt: skip
    for table in document.tables:
        if len(table.columns) >= 3 and all(_TIME.search(head) for head in table.columns):
            for number, row in enumerate(table.rows):
                yield from _in_row(table, number, row, moves)
    for sentence in document.sentences:
        for match in _LIKELY.finditer(sentence.text):
            yield from _likely(sentence, match)


def _moves(sentence: Sentence) -> Iterator[Moved]:
    """The direction of a sentence that has one, and says nothing of "from a to b"."""
    found = list(_WORD.finditer(sentence.text))
    if len(found) != 1 or re.search(r"\b(?:not|never|would|could|should|will|to increase|if)\b", sentence.text, re.I):
        return
    match = found[0]
    words = stems(sentence.text[: match.start()])
    about = topic(words) - _COUNT_WORDS
    if about:
        yield Moved(
            way=str(match.lastgroup), topic=about, steadily=bool(_STEADILY.search(sentence.text)),
            lately=bool(_LATELY.search(sentence.text[match.start() :])), sentence=sentence, at=match.start(),
        )  # fmt: skip


def _word(move: Moved) -> str:
    match = _WORD.search(move.sentence.text)
    return match[0] if match else move.way


def _same(one: Moved, other: Moved) -> bool:
    """Whether the fewer words are all among the others'."""
    less, more = sorted((one.topic, other.topic), key=len)
    return less <= more


def _in_row(table: Table, number: int, row: Row, moves: Sequence[Moved]) -> Iterator[Alarm]:
    values = [cell.value for cell in row.cells if cell.value is not None]
    about = topic(stems(f"{row.label} {table.title}"))
    if len(values) != len(table.columns):
        return
    for move in moves:
        if len(move.topic & about) and move.topic <= about | topic(stems(table.place.section)) and not _fits(move, values):
            yield Alarm(
                kind=KIND, what=f"“{_word(move)}” is said of {', '.join(map(str, values))}",
                one=said(_word(move), move.sentence, move.at),
                other=said_in(", ".join(map(str, values)), table, number), working=f"from {values[0]} to {values[-1]}",
            )  # fmt: skip


def _fits(move: Moved, values: Sequence[Decimal]) -> bool:
    steps = [b - a for a, b in pairwise(values)]
    if move.way == "stayed":
        return abs(values[-1] - values[0]) * 5 <= max(values)
    sign = 1 if move.way == "rose" else -1
    return all(sign * step > 0 for step in steps) if move.steadily else sign * (values[-1] - values[0]) > 0


def _likely(sentence: Sentence, match: re.Match[str]) -> Iterator[Alarm]:
    a, b = Decimal(match["a"]), Decimal(match["b"])
    if (a > b) != (match["word"].lower() == "more") or a == b:
        yield Alarm(
            kind=KIND, what=f"“{match['word']} likely” is said of {a}% against {b}%",
            one=said(f"{match['word']} likely", sentence, match.start()),
            other=said(f"{a}% against {b}%", sentence, match.start("a")),
            working=f"{a} {'<' if a < b else '>' if a > b else '='} {b}",
        )  # fmt: skip
