"""Prose as it is read: signs made even, marks of footnotes taken out, paragraphs cut into sentences."""

import re

from throughcare.report.figure_audit.document import Place, Sentence

_SIGNS = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u00ad": "",
                        "‘": "’", "\u200b": "", "ﬁ": "fi", "ﬂ": "fl"})  # fmt: skip
_BULLET = re.compile(r"^\s*(?:[-–•‣◦▪●o*]\s+|[\ue000-\uf8ff]\s*)(?=\S)")
_MARK_AT_WORD = re.compile(r"(?<=[a-z’”)])\d{1,2}(?=[\s;:,.)]|$)")
_MARK_AT_STOP = re.compile(r"(?<=[A-Za-z)”’\"][.,;:?!])\d{1,2}(?=\s|$)")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|vs|etc|approx|no|nos|cf|al|Dr|Mr|Mrs|Ms|St|fig|p|pp|incl|inc|est|ca|(?:Table|Figure|Chart)\s[A-Z]?\d+)\.$",
    re.I,
)
_END = re.compile(r"[.!?][’”\")\]]*\s+(?=[A-Z“‘’\"'(\[]|\d)")


def even(text: str) -> str:
    """Spaces and hyphens in one form, so that one pattern reads them all."""
    return text.translate(_SIGNS)


def bullet(text: str) -> str | None:
    """The text of a list item without its mark, None where it is not one."""
    return _BULLET.sub("", text, count=1) if _BULLET.match(text) else None


def without_marks(text: str) -> str:
    """Without the numbers of footnotes that a text extracted from a PDF runs on to words ("Court10", "needs.4")."""
    return _MARK_AT_STOP.sub("", _MARK_AT_WORD.sub("", text))


def sentences(text: str, *, paragraph: int, place: Place) -> list[Sentence]:
    """The sentences of one paragraph. A full stop within an abbreviation or a number ends none."""
    text = " ".join(text.split())
    found, start = [], 0
    for match in _END.finditer(text):
        if not _ABBREVIATION.search(text[start : match.start() + 1]):
            found.append(text[start : match.end()].strip())
            start = match.end()
    found.append(text[start:].strip())
    return [Sentence(text=one, paragraph=paragraph, place=place) for one in found if one]
