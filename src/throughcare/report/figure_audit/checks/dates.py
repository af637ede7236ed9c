"""The beginning of one thing on two dates: "rolled out from 13 March", "this element goes live on 1 March".

What begins is named by the words before the verb. Where those only point back ("this element", "it"), it is what the
heading and the sentence before speak of, and all words of the other must be among them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from throughcare.report.figure_audit.alarm import Alarm, said
from throughcare.report.figure_audit.document import Document, Sentence
from throughcare.report.figure_audit.numbers import DATE, MONTHS
from throughcare.report.figure_audit.words import sharing, stems, topic, written

KIND = "two dates"
_BEGINS = re.compile(
    r"\b(?:go(?:es|ing)?\s+live|went\s+live|gone\s+live|(?:was|were|be|been|is|are)?\s*(?:rolled\s+out|launched|introduced)|"
    r"start(?:s|ed)?|began|begins?|commence[sd]?|opened|opens)\b", re.I,
)  # fmt: skip
_POINTS = re.compile(
    r"^\W*(?:this|these|it|they|the)?\s*(?:it|they|this|aspect|element|service|strand|pathway|programme|scheme|pilot|offer|project)?\W*"
    r"(?:is|are|was|were|has|have|will)\b|^\W*(?:it|they|this)\b", re.I,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """`day` is (year, month, day), a part that is not told is 0. `pointed`: the topic was taken from around the sentence."""

    topic: frozenset[str]
    day: tuple[int, int, int]
    pointed: bool
    text: str
    sentence: Sentence
    at: int


def check(document: Document) -> Iterator[Alarm]:
    found = [one for sentence, before in document.in_pairs() for one in _beginnings(sentence, before)]
    for one, other in sharing(found, lambda beginning: beginning.topic):
        if _same(one, other) and _differ(one.day, other.day):
            named = written(one.sentence.text, min(one.topic, other.topic, key=len))
            yield Alarm(
                kind=KIND, what=f"{named} begins on {one.text} and on {other.text}",
                one=said(one.text, one.sentence, one.at), other=said(other.text, other.sentence, other.at),
                working="one thing begins once",
            )  # fmt: skip


def _beginnings(sentence: Sentence, before: Sentence | None) -> Iterator[Beginning]:
    """The date behind a verb of beginning, within the same clause."""
    for verb in _BEGINS.finditer(sentence.text):
        date = DATE.search(sentence.text, verb.end(), verb.end() + 60)
        if date is None or re.search(r"[.;:,]|\b(?:until|by|before|and)\b", sentence.text[verb.end() : date.start()]):
            continue
        if re.search(r"\bsince\b[^,]*$", sentence.text[: verb.start()], re.I) and "," in sentence.text[date.end() :]:
            about = sentence.text[date.end() :].partition(",")[2].split(" has ")[0].split(" have ")[0]
            subject = re.sub(r".*\bsince\b", "", sentence.text[: verb.start()], flags=re.I)
            about = subject if topic(stems(subject)) else about
        else:
            about = re.split(r"[.;:,]|\s+and\s+(?:the\s+)?(?=[a-z ]+$)", sentence.text[: verb.start()])[-1]
        yield from _beginning(sentence, before, about, date)


def _beginning(sentence: Sentence, before: Sentence | None, about: str, date: re.Match[str]) -> Iterator[Beginning]:
    own = topic(stems(re.sub(r"\b(?:due|scheduled|planned|projected|expected|set)\b", " ", about)))
    pointed = not own or (bool(_POINTS.search(about)) and len(own) < 2)
    words = own
    if pointed:
        words = topic(stems(f"{sentence.place.section} {before.text if before else ''}")) | own
    if words:
        yield Beginning(topic=words, day=_day(date), pointed=pointed, text=date[0], sentence=sentence, at=date.start())


def _day(date: re.Match[str]) -> tuple[int, int, int]:
    if date["iso"]:
        year, month, day = date["iso"].split("-")
        return int(year), int(month), int(day)
    months = [month.lower() for month in MONTHS]
    return (
        int(date["year"] or date["year2"] or 0),
        months.index((date["month"] or date["month2"]).lower()) + 1,
        int(date["day"] or 0),
    )


def _same(one: Beginning, other: Beginning) -> bool:
    if one.pointed and other.pointed:
        return (
            one.sentence.place.section == other.sentence.place.section
            and bool(one.sentence.place.section)
            and one.topic == other.topic
        )
    less, more = (
        (other, one) if one.pointed else (one, other) if other.pointed else sorted((one, other), key=lambda b: len(b.topic))
    )
    return (len(less.topic) >= 2 and less.topic <= more.topic) or less.topic == more.topic


def _differ(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether the parts that both tell differ."""
    return any(a and b and a != b for a, b in zip(one, other, strict=True))
