"""A mean that arithmetic cannot give: of whole things over so many months, of a total told beside it, or of another thing."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from throughcare.core.rounding import half_up
from throughcare.report.figure_audit.alarm import Alarm, said
from throughcare.report.figure_audit.document import Document, Sentence
from throughcare.report.figure_audit.numbers import SPOKEN, count_of
from throughcare.report.figure_audit.words import STEMMED_PEOPLE, stem

KIND = "mean"
_UNIT = r"(?P<unit{0}>day|week|month|quarter|year)s?"
_MEAN = r"\b(?:an?\s+)?(?:average|mean)\s+of\s+(?:about\s+|around\s+)?(?P<mean>\d[\d,]*(?:\.\d+)?)"
_OVER = re.compile(
    rf"{_MEAN}\s+(?:[a-z-]+\s+)?(?:per|an?|each|every)\s+{_UNIT.format(1)}\s+(?:over|in|across|during|for)\s+(?:the\s+)?"
    rf"(?:previous\s+|last\s+|past\s+|first\s+|preceding\s+)?(?P<many>\d+|{SPOKEN})[\s-]+{_UNIT.format(2)}\b", re.I,
)  # fmt: skip
_TOTAL = re.compile(
    rf"\b(?P<total>\d[\d,]*|{SPOKEN})\s+(?P<what>[A-Za-z-]+)\b[^.;]*?\b(?:by|for|among|across|over|in|from|to)\s+(?:the\s+|an?\s+)?"
    rf"(?P<many>\d[\d,]*|{SPOKEN})\s+[^.;]*?{_MEAN}\s+(?P<each>[A-Za-z-]+)(?:\s+[a-z-]+)?\s+(?:each|per|an?|every)\b", re.I,
)  # fmt: skip
_PARTIAL = re.compile(
    r"\b(?:pounds|miles|kilometres|hours|minutes|days|weeks|months|years|cost|spent|score|age|aged|points)\b", re.I
)


def check(document: Document) -> Iterator[Alarm]:
    for sentence in document.sentences:
        for match in _OVER.finditer(sentence.text):
            yield from _whole(sentence, match)
        for match in _TOTAL.finditer(sentence.text):
            yield from _from_total(sentence, match)


def gives(mean: Decimal, total: int, many: int) -> bool:
    """Whether `total` over `many` rounds to `mean`, half either way."""
    decimals = max(-int(mean.as_tuple().exponent), 0)
    return abs(Fraction(mean) - Fraction(total, many)) <= Fraction(1, 2 * 10**decimals)


def _whole(sentence: Sentence, match: re.Match[str]) -> Iterator[Alarm]:
    mean, many = Decimal(match["mean"].replace(",", "")), count_of(match["many"])
    if not many or match["unit1"].lower() != match["unit2"].lower() or _PARTIAL.search(sentence.text[: match.start()][-40:]):
        return
    near = int(mean * many)
    if any(gives(mean, total, many) for total in (near - 1, near, near + 1, near + 2)):
        return
    decimals = max(-int(mean.as_tuple().exponent), 0)
    nearest = " and ".join(f"{total} over {many} is {half_up(Fraction(total, many), decimals)}" for total in (near, near + 1))
    yield Alarm(
        kind=KIND, what=f"no whole number over {many} {match['unit2']}s has the mean {mean}",
        one=said(mean, sentence, match.start("mean")), other=said(f"{many} {match['unit2']}s", sentence, match.start("many")),
        working=nearest,
    )  # fmt: skip


def _from_total(sentence: Sentence, match: re.Match[str]) -> Iterator[Alarm]:
    total, many, mean = count_of(match["total"]), count_of(match["many"]), Decimal(match["mean"].replace(",", ""))
    if not total or not many or many >= total:
        return
    one, other = said(total, sentence, match.start("total")), said(mean, sentence, match.start("mean"))
    worked = f"{total} by {many} is {half_up(Fraction(total, many), 2)}"
    counted, averaged = stem(match["what"]), stem(match["each"])
    if not gives(mean, total, many):
        if counted == averaged:
            yield Alarm(
                kind=KIND, what=f"the mean {mean} does not follow from {total} over {many}", one=one, other=other, working=worked
            )
    elif (
        counted != averaged
        and not {counted, averaged} & STEMMED_PEOPLE
        and averaged not in sentence.text[: match.start("mean")].lower()
    ):
        yield Alarm(
            kind=KIND, what=f"the total is of {match['what']}, its mean of {match['each']}", one=one, other=other,
            working=f"{worked}, the mean told, so that both are of one thing, named by two words",
        )  # fmt: skip
