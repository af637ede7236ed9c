"""Numbers in prose: written in digits or spoken, counts and percentages; dates, ages, spans of time and labels are not counts."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
_MONTH = r"(?:" + "|".join(MONTHS) + r")"
DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>(?:19|20)\d\d))?"
    rf"|(?P<month2>{_MONTH})\s+(?P<year2>(?:19|20)\d\d)\b|(?P<iso>(?:19|20)\d\d-\d\d-\d\d))"
)
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: E501
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: number for number, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_UNIT = "(?:" + "|".join(sorted(_UNITS, key=len, reverse=True)) + ")"
_TEN = "(?:" + "|".join(_TENS) + ")"
_BELOW = rf"(?:{_TEN}(?:[- ](?:{'|'.join(_UNITS[1:10])}))?|{_UNIT})"
SPOKEN = rf"(?:{_BELOW}\s+hundred(?:\s+and\s+{_BELOW})?|{_BELOW})"
_PERCENT = r"(?:\s?%|\s+per\s?cent\b)"
NUMBER = re.compile(
    rf"(?<![\w.,£$€/=+-])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<p1>{_PERCENT})?(?![\w/])"
    rf"|\b(?P<spoken>{SPOKEN})\b(?P<p2>{_PERCENT})?(?!-)", re.I,
)  # fmt: skip
_TIME = r"(?:second|minute|hour|day|week|fortnight|month|quarter|year)s?\b"
# What is written in digits and counts nothing: labels, ranges, ages, ordinals, spans of time, parts of a fraction.
_NOT_COUNTS = re.compile(
    rf"\b(?:tables?|figures?|fig\.?|sections?|chapters?|appendix|annex|pages?|box|notes?|version|wave|phase|stage|"
    rf"paragraphs?|question|level|band|tier|part|step|days?|weeks?|months?|years?)\s+\d+(?:\.\d+)?(?:\s*(?:to|and|,)\s*\d+)*"
    rf"|\b\d+\s?[-–]\s?\d+(?:\s+year\s+olds?)?|\baged?\s+\d+(?:\s+or\s+\w+)?|\b\d+(?:st|nd|rd|th)\b"
    rf"|\b(?:\d+|{SPOKEN})(?:\s+|-)(?:or\s+more\s+|calendar\s+|working\s+|successive\s+|consecutive\s+)?{_TIME}"
    rf"|\b(?:\d+|{SPOKEN})\s+(?:percentage\s+points?|times|years?\s+old|out\s+of)\b"
    rf"|\bout\s+of\s+(?:the\s+)?(?:\d+|{SPOKEN})\b"
    rf"|\b(?:{SPOKEN})[- ](?:thirds?|quarters?|fifths?|sixths?|tenths?|halves)\b"
    rf"|\b(?:no|any|at|another|every|each|as|last|first|next|which)\s+one\b|\bone\s+(?:of\s+the|another|respondent)\b|\bone-"
    rf"|\bn\s?=\s?\d+(?:\s?/\s?\d+)?|\b(?:19|20)\d\d\b(?![,.]\d)|[£$€]\s?[\d.,]+\s?(?:m|bn|k|million|billion|thousand)?\b"
    rf"|\d+(?:\.\d+)?\+", re.I,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number where it stands in its text."""

    value: Decimal
    text: str
    percent: bool
    start: int
    end: int

    @property
    def decimals(self) -> int:
        return -int(self.value.as_tuple().exponent) if "." in self.text else 0


def spoken(text: str) -> int | None:
    """The value of a spoken number below a thousand, None for other words."""
    total = 0
    for word in re.split(r"[-\s]+", text.lower()):
        if word == "hundred":
            total *= 100
        elif word in _SMALL:
            total += _SMALL[word]
        elif word != "and":
            return None
    return total


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[Number, ...]:
    """Counts and percentages in the order in which they stand."""
    taken = [match.span() for match in DATE.finditer(text)]
    percents = [match.span() for match in NUMBER.finditer(text) if match["p1"] or match["p2"]]
    taken += [m.span() for m in _NOT_COUNTS.finditer(text) if not any(a < m.end() and m.start() < b for a, b in percents)]
    found = []
    for match in NUMBER.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        value = Decimal(match["digits"].replace(",", "")) if match["digits"] else Decimal(spoken(match["spoken"]) or 0)
        percent = bool(match["p1"] or match["p2"])
        found.append(Number(value=value, text=match[0].strip(), percent=percent, start=match.start(), end=match.end()))
    return tuple(found)


def count_of(text: str) -> int | None:
    """A whole number in digits or words, None where the text is not one."""
    text = text.strip().replace(",", "")
    return int(text) if text.isdigit() else spoken(text)
