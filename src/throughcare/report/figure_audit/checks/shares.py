"""One share with two values: "67% managed by A" and "managed by A (73%)", said of the same words.

Compared are the words right beside the percentage: those after it, up to the clause's end, or those before it where it
stands in brackets. Targets, plans and a share "of" something narrower are not.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from throughcare.report.figure_audit.alarm import Alarm, said
from throughcare.report.figure_audit.document import Document, Sentence
from throughcare.report.figure_audit.words import PLANNED, STEMMED_PEOPLE, stems, written

KIND = "two values"
_PERCENT = r"(?P<percent>\d+(?:\.\d+)?)\s?(?:%|per\s?cent\b)"
_BEHIND = re.compile(rf"(?P<words>[^().,;:]+?)\s*\({_PERCENT}\)", re.I)
_AHEAD = re.compile(rf"(?<!\()\b{_PERCENT}\s+(?P<words>[^().,;:%\d]+(?:\d+(?!\d*%)[^().,;:%\d]*)*)", re.I)
_STOP = re.compile(r"\b(?:and|but|while|whereas|than|compared|versus|vs)\b", re.I)
_UNLIKE = re.compile(
    r"\b(?:of (?:those|these|whom|which|the \d)|most|least|same|increase\w*|decrease\w*|reduction|points?|more likely)\b", re.I
)


@dataclass(frozen=True, kw_only=True)
class Share:
    value: Decimal
    words: frozenset[str]
    sentence: Sentence
    at: int


def check(document: Document) -> Iterator[Alarm]:
    told: dict[frozenset[str], list[Share]] = defaultdict(list)
    for sentence in document.sentences:
        for share in _shares(sentence):
            told[share.words].append(share)
    for together in told.values():
        first = together[0]
        other = next((share for share in together[1:] if not _agree(first.value, share.value)), None)
        if other is not None:
            yield Alarm(
                kind=KIND, what=f"{first.value}% and {other.value}% for one thing: {written(first.sentence.text, first.words)}",
                one=said(f"{first.value}%", first.sentence, first.at), other=said(f"{other.value}%", other.sentence, other.at),
                working=f"the same words stand beside both; {first.value}% is not {other.value}%",
            )  # fmt: skip


def _shares(sentence: Sentence) -> Iterator[Share]:
    for pattern in (_BEHIND, _AHEAD):
        for match in pattern.finditer(sentence.text):
            words = match["words"]
            words = _STOP.split(words)[-1 if pattern is _BEHIND else 0]
            about = frozenset(stems(words)) - STEMMED_PEOPLE
            if (
                len(about) >= 2
                and not PLANNED.search(_clause(sentence.text, match))
                and not _UNLIKE.search(sentence.text[: match.end()][-120:])
            ):
                yield Share(value=Decimal(match["percent"]), words=about, sentence=sentence, at=match.start("percent"))


def _clause(text: str, match: re.Match[str]) -> str:
    """The words from the last stop before a match to its end."""
    before = max(text.rfind(stop, 0, match.start()) for stop in ".;:,")
    return text[before + 1 : match.end()]


def _agree(one: Decimal, other: Decimal) -> bool:
    """Whether both could be one share, written with more or fewer decimals."""
    decimals = min(-int(one.as_tuple().exponent), -int(other.as_tuple().exponent))
    return (
        abs(one - other) <= Decimal(1) / 2 / 10**decimals
        if one.as_tuple() != other.as_tuple() and _finer(one, other)
        else one == other
    )


def _finer(one: Decimal, other: Decimal) -> bool:
    return one.as_tuple().exponent != other.as_tuple().exponent
