"""A spoken share (half, almost two thirds, the majority) against the counts or the percentage right behind it.

Said plainly, a share may be 3 points off; "about" 5; "almost" is at most 5 points below, never above; "over" is above.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from throughcare.report.figure_audit.alarm import Alarm, said
from throughcare.report.figure_audit.document import Document, Sentence
from throughcare.report.figure_audit.numbers import SPOKEN, count_of

KIND = "spoken share"
_SHARES = {
    "half": Fraction(1, 2), "third": Fraction(1, 3), "quarter": Fraction(1, 4), "fifth": Fraction(1, 5), "sixth": Fraction(1, 6),
    "tenth": Fraction(1, 10),
}  # fmt: skip
_MANNERS = {
    "under": r"(?:(?:less|fewer|lower)\s+than|under|below)", "almost": r"(?:almost|nearly|just\s+under|close\s+to|not\s+quite)",
    "over": r"(?:(?:more|greater|higher)\s+than|(?:just\s+)?over|above|at\s+least)",
    "about": r"(?:about|around|roughly|approximately|some)",
}  # fmt: skip
_HOW = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _MANNERS.items())
_COUNT = rf"(?:\d[\d,]*|{SPOKEN})"
_TOLD = (
    rf"\((?:n\s*=\s*)?(?:(?P<part>{_COUNT})\s*(?:/|(?:out\s+)?of)\s*(?:the\s+)?(?P<whole>{_COUNT})\)"
    rf"|(?P<percent>\d+(?:\.\d+)?)\s?(?:%|per\s?cent)[\s;,)](?:\s*n\s*=\s*(?P<part2>\d+)\s*/\s*(?P<whole2>\d+)\))?)"
)
_SHARE = re.compile(
    rf"\b(?:(?:{_HOW})\s+)?(?:(?P<many>a|one|two|three|four|five|nine)[\s-]+)?(?P<name>half|thirds?|quarters?|fifths?|sixths?|tenths?)"
    rf"(?:\s+(?:of\s+)?[^().,;:\d]{{0,60}}?)?\s*{_TOLD}", re.I,
)  # fmt: skip
_MOST = re.compile(
    rf"\b(?P<word>(?:the|a)\s+majority|most(?!\s+\w+ly\b)|a\s+minority)\s+(?:of\s+)?[^().,;:\d]{{0,60}}?\s*{_TOLD}", re.I
)
_POINT = Fraction(1, 100)


def check(document: Document) -> Iterator[Alarm]:
    for sentence in document.sentences:
        for match in _SHARE.finditer(sentence.text):
            yield from _share(sentence, match)
        for match in _MOST.finditer(sentence.text):
            told = _told(match)
            minority = "minority" in match["word"].lower()
            if told and (told[1] >= Fraction(1, 2) if minority else told[1] <= Fraction(1, 2)):
                yield _alarm(sentence, match, match["word"], told, "is over half" if not minority else "is under half")


def _share(sentence: Sentence, match: re.Match[str]) -> Iterator[Alarm]:
    told = _told(match)
    many = count_of((match["many"] or "one").replace("a", "one") if match["many"] in ("a", "A") else match["many"] or "one") or 1
    share = many * _SHARES[match["name"].lower().rstrip("s") if match["name"].lower() != "half" else "half"]
    if told is None or share > 1:
        return
    manner = next((name for name in _MANNERS if match[name]), "")
    low, high = {
        "almost": (share - 5 * _POINT, share), "over": (share, Fraction(1)), "under": (Fraction(0), share),
        "about": (share - 5 * _POINT, share + 5 * _POINT), "": (share - 3 * _POINT, share + 3 * _POINT),
    }[manner]  # fmt: skip
    strict = told[1] == share and manner in ("over", "under", "almost") and match["over"] != "at least"
    if not low <= told[1] <= high or strict:
        words = sentence.text[match.start() : match.end("name")]
        yield _alarm(sentence, match, words, told, f"is taken as {_percent(low)} to {_percent(high)}")


def _told(match: re.Match[str]) -> tuple[str, Fraction] | None:
    part, whole = match["part"] or match["part2"], match["whole"] or match["whole2"]
    if part and whole:
        a, b = count_of(part), count_of(whole)
        return (f"{a} of {b}", Fraction(a, b)) if a is not None and b else None
    return (f"{match['percent']}%", Fraction(match["percent"]) / 100) if match["percent"] else None


def _alarm(sentence: Sentence, match: re.Match[str], words: str, told: tuple[str, Fraction], taken: str) -> Alarm:
    return Alarm(
        kind=KIND, what=f"“{words.strip()}” is said of {told[0]}", one=said(words.strip(), sentence, match.start()),
        other=said(told[0], sentence, match.end() - 1), working=f"{told[0]} is {_percent(told[1])}; “{words.strip()}” {taken}",
    )  # fmt: skip


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.1f}%"
