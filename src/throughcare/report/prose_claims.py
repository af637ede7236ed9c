"""Words of a report's prose that a number must bear out: rose, most, the majority, met its target. Pointed out, never refused.

A number that was typed is a fault; a word that was typed goes stale as surely when the figures change, but may be no claim at
all: "met with", "fell ill", "the most serious". So a word is pointed out only where what stands around it makes it one, and not
where the sentence says what is hoped, asked or would be, nor inside what somebody said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from throughcare.report.markdown import CALL
from throughcare.report.prose_faults import BRACES, EXCUSED, Fault, at, units
from throughcare.report.sentences import ONE

SAID = re.compile(r"“[^”]*”|\"[^\"\n]*\"|‘[^’\n]*’|^>(?! *\[!)[^\n]*", re.MULTILINE)
"""What somebody said, or a term that is spoken of: a quotation, but no box."""
SUPPOSED = re.compile(
    r"\b(?:would|could|might|may|should|can|if|whether|unless|until|aim(?:s|ed)?|hope[sd]?|expect(?:s|ed)?|intend(?:s|ed)?|"
    r"seeks?|sought|wish(?:es|ed)?|plan(?:s|ned)? to|designed to|in order to|asked|asks|meant to|must|shall|wants?|wanted)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n\s*\n")
ARTICLE = re.compile(r"\b(?:the|at|its|their|his|her|our|whose|these|those)\s*$", re.IGNORECASE)
"""Before "most" it makes a superlative."""
HOW = r"(?:sharply|steadily|slightly|slowly|markedly|a little|again|further|much|most)"
ONWARD = (
    rf"(?: {HOW})?(?= (?:from|by|to (?=[^a-z]|about|almost|nearly|under|over)|since|in|over|during|between|after|each|every)\b"
    r"|[.,;])"
)
COUNTED = r"(?:numbers?|shares?|rates?|figures?|referrals|reports|cases|arrests|convictions|proportions?|percentages?|averages?)"
NOUNS = r"(?:people|men|women|children|staff|[a-z]{3,}(?<!s)s)"
SUPERLATIVE = r"(?:\w+(?:ly|ent|ant|ous|ful|ive|able|ible|ary|ic|ed|ing)|likely|often|at risk|in need)"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Words that claim something: how they are found, the form of a place that gives them from the number, and whether the place
    is of two figures.
    """

    words: re.Pattern[str]
    form: str
    two: bool


def _claim(words: str, form: str, *, two: bool = False) -> Claim:
    return Claim(words=re.compile(words, re.IGNORECASE), form=form, two=two)


CLAIMS = (
    _claim(r"\b(?:rose|has risen|have risen)\b(?! (?:to (?:the|their|his|her|its)|up|early|again to)\b)", "rose", two=True),
    _claim(
        r"\b(?:fell|has fallen|have fallen)\b"
        r"(?! (?:ill|asleep|out|apart|behind|through|into|under|within|outside|upon|foul|due|in love|on"
        r"|to (?:the|their|his|her|its))\b)",
        "rose", two=True,
    ),
    _claim(r"\b(?:doubled|trebled|tripled|quadrupled|halved)\b(?! (?:up|back|as)\b)", "rose", two=True),
    _claim(rf"\b(?:went|gone|going) (?:up|down)\b{ONWARD}", "rose", two=True),
    _claim(
        rf"\b(?:increased|decreased|grew|grown|dropped|improved|worsened|climbed|plummeted|soared|dwindled){ONWARD}"
        r"(?! in (?:court|person|custody|prison)\b)", "rose", two=True,
    ),
    _claim(rf"\b{COUNTED} (?:\w+ ){{0,3}}(?:increased|decreased|grew|dropped|improved|worsened|stayed the same)\b", "rose",
           two=True),
    _claim(r"\b(?:numbers?|shares?|rates?|proportions?) (?:\w+ ){0,3}declined\b"
           r"|\bdeclined (?:sharply|steadily|slightly|since)\b", "rose", two=True),
    _claim(r"\b(?:an?|the|sharp|steady|slight|marked|big|large|small) (?:increase|decrease|rise|fall|drop|decline|growth)"
           r" (?:in|of)\b", "rose", two=True),
    _claim(rf"\bmost(?= of (?:the|those|these|them|all|its|their|our)\b| (?!{SUPERLATIVE}\b)(?:\w+ ){{0,2}}?{NOUNS}\b)", "most"),
    _claim(r"\bmostly\b", "most"),
    _claim(r"\b(?:the|a|an?) (?:(?:vast|large|great|overwhelming|small|clear|slim) )?(?:majority|minority)"
           r"(?= of\b| (?:were|was|are|is|had|have|did|do|said|agreed)\b)", "most"),
    _claim(r"\b(?:nearly|almost|virtually) (?:all|none|every|everyone|everybody|nobody)\b|\bhardly any\b|\bthe bulk of\b",
           "fraction"),
    _claim(r"\b(?:met|missed|exceeded|reached|hit|beat|achieved|fell short of)"
           r"(?= (?:(?:the|its|their|this|that|every|each|all|both|our) )?(?:\w+ ){0,2}targets?\b)", "met"),
    _claim(r"\btargets? (?:of \S+ )?(?:was|were|is|are|has been|had been)(?: not| never| all| both)?"
           r" (?:met|missed|exceeded|reached)\b", "met"),
    _claim(r"\b(?:below|above|short of|under|over)(?= (?:the|its|their) target\b)", "met"),
    _claim(r"\b(?:higher|lower) than\b", "higher", two=True),
    _claim(r"\b(?:more|fewer) (?!than\b)(?:[a-z]+ ){1,3}than\b(?! (?:one|once|ever)\b)", "more", two=True),
    _claim(r"\btwice as (?:many|much|likely|high|often)\b", "more", two=True),
    _claim(r"\b(?:more|less) likely (?:to|than)\b", "likely", two=True),
)


def claims(markdown: str) -> tuple[Fault, ...]:
    """Words of the text that claim something of a number, from the first to the last, each with the place that would give it.

    They are no faults: the text stays as it is, and who wrote it says the word from the number or leaves it.
    """
    lines = markdown.split("\n")
    found = {}
    for start, text in units(markdown, lines):
        bare = text
        for covered in (SAID, CALL, BRACES):
            bare = covered.sub(_blank, bare)
        for claim, place in _found(EXCUSED.sub(_blank, bare)):
            line, column = at(text, start, place.start())
            found.setdefault((line, column), _told(claim, place, text, line, column))
    return tuple(found[each] for each in sorted(found))


def _blank(found: re.Match[str]) -> str:
    """As many characters that are no words, lines kept: a place of a figure stays something that a verb may follow."""
    return re.sub(r"[^\n]", "\u00b7", found[0])


def _found(text: str) -> Iterator[tuple[Claim, re.Match[str]]]:
    """Claims in their order of `CLAIMS`; a longer one over the same words comes once. A superlative has its article before it."""
    taken: list[tuple[int, int]] = []
    for claim in CLAIMS:
        for place in claim.words.finditer(text):
            before = text[: place.start()]
            sentence = SENTENCE.split(before)[-1]
            over = any(start < place.end() and place.start() < end for start, end in taken)
            article = claim.form == "most" and ARTICLE.search(before)
            if not over and not article and not SUPPOSED.search(sentence):
                taken.append(place.span())
                yield claim, place


def _told(claim: Claim, place: re.Match[str], text: str, line: int, column: int) -> Fault:
    """With the place that gives the word, from the figures that stand in its sentence, where there are as many as it takes."""
    inside = [b[1] for b in BRACES.finditer(_sentence(text, place)) if (one := ONE.fullmatch(b[1])) and one[3] is None]
    form = claim.form
    if claim.two:
        near = (f"{{{inside[-1]} vs {inside[0]}:{form}}}",) if len(inside) == 2 else ()
        wanted = f"{{slug vs slug:{form}}}"
    else:
        near, wanted = tuple(f"{{{each}:{form}}}" for each in inside[:1]), f"{{slug:{form}}}"
    says = f"a word that claims what a number says; let the number choose it, by {wanted}"
    return Fault(kind="claim", text=text[slice(*place.span())], line=line, column=column, says=says, near=near)


def _sentence(text: str, place: re.Match[str]) -> str:
    start = max((end.end() for end in SENTENCE.finditer(text) if end.end() <= place.start()), default=0)
    end = next((each.start() for each in SENTENCE.finditer(text) if each.start() >= place.end()), len(text))
    return text[start:end]
