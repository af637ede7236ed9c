"""A pair in words: what was compared, how far it agrees, what each says, and what they say together.

Weights are base-2 logarithms; added, they multiply the odds. `Part.start` and `Part.end` are the running sum, from which a
waterfall is drawn: the first part is what is known before anything is compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2

from throughcare.linkage import thresholds as t
from throughcare.linkage.comparisons import BY_SLUG
from throughcare.linkage.guards import BY_SLUG as GUARDS

BEFORE = "before"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One comparison of a pair. `says`: how strongly it speaks for or against one person, in words."""

    slug: str
    title: str
    words: str
    says: str
    weight: float
    start: float
    end: float


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """`parts` in the order of the comparisons; `total` their sum; `sentence` what it comes to; `guard` why a score alone may
    not decide, "" where it may.
    """

    parts: tuple[Part, ...]
    total: float
    sentence: str
    guard: str


def explain(levels: Mapping[str, tuple[str, float]], *, prior: float, guard: str = "") -> Explanation:
    """Explains a pair by its levels: comparison, (level, weight), those with something to compare. `prior`: the chance that two
    records taken at random are one person.
    """
    begin = log2(prior / (1 - prior))
    rare = f"of all pairs of records, one in {round(1 / prior):,} is of one person"
    parts = [Part(slug=BEFORE, title="Before comparing", words=rare, says=_says(begin), weight=begin, start=0.0, end=begin)]
    for slug, comparison in BY_SLUG.items():
        if slug in levels:
            level, weight = levels[slug]
            start = parts[-1].end
            parts.append(Part(slug=slug, title=comparison.title, words=comparison.level(level).words, says=_says(weight),
                              weight=weight, start=start, end=start + weight))  # fmt: skip
    total = parts[-1].end
    return Explanation(parts=tuple(parts), total=total, sentence=odds(total), guard=GUARDS[guard].words if guard else "")


def odds(weight: float) -> str:
    """What a weight comes to, as a sentence for a reader who is no statistician."""
    if abs(weight) < 1:
        return "It is about as likely that they are one person as that they are two."
    who = "one person" if weight > 0 else "two people"
    return f"The odds are {_number(2 ** min(abs(weight), 40))} to one that they are {who}."


def _number(number: float) -> str:
    """Two digits that count, in words from a million on."""
    if number >= 1e9:
        return "more than a thousand million"
    if number >= 1e6:
        return f"about {number / 1e6:.0f} million"
    digits = max(0, len(str(int(number))) - 2)
    return f"about {round(number, -digits):,.0f}"


def _says(weight: float) -> str:
    """How far one comparison speaks, in one of seven words."""
    side = "for" if weight > 0 else "against"
    for least, words in ((12, "very strongly"), (6, "strongly"), (3, "clearly"), (1, "a little")):
        if abs(weight) >= least:
            return f"{words} {side} one person"
    return "says nearly nothing"


def decision(weight: float, guard: str = "") -> str:
    """What the linkage does with a pair by itself."""
    if guard:
        return f"A score alone does not join them: {GUARDS[guard].words}."
    if weight >= t.JOIN:
        return "This is enough to join them."
    return "This is enough to ask somebody." if weight >= t.ASK else "This is too little to ask."
