"""Outcome scales as they are published: how answers add up, what a score is called, where the cut-off is, which answer is a risk.

The items stand here by a word or two, so that the numbers on the person's own form can be typed; the form itself is the
publisher's. A score is what somebody said on a day: it is no diagnosis.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

OFTEN = ("Not at all", "Several days", "More than half the days", "Nearly every day")
LATELY = ("Not at all", "Only occasionally", "Sometimes", "Often", "Most or all of the time")


@dataclass(frozen=True, kw_only=True)
class Scale:
    """One scale. `items`: what each is about, in the form's order. `answers`: the words of 0, 1, 2 and so on.

    turned: items (from 1) that are counted the other way round. risk: the item (from 1) of which any answer above 0 is a risk;
    0: it has none. most_missing: with so many left out there is still a score. bands: from which score on it is called what.
    cut_off: from it on the score is in the clinical range. reliable: so much change is more than chance. tenths: shown with a
    decimal where items were left out; else to the nearest whole number, halves up.
    """

    slug: str
    name: str
    items: tuple[str, ...]
    answers: tuple[str, ...]
    bands: tuple[tuple[int, str], ...]
    cut_off: int
    reliable: int
    most_missing: int
    turned: frozenset[int] = frozenset()
    risk: int = 0
    tenths: bool = False
    source: str

    @property
    def highest(self) -> int:
        return len(self.items) * (len(self.answers) - 1)


CORE_10 = Scale(
    slug="core_10", name="CORE-10", answers=LATELY, turned=frozenset({2, 3}), risk=6, most_missing=1, tenths=True,
    items=("Tense or anxious", "Somebody to turn to", "Able to cope", "Talking is too much", "Panic or terror",
           "Made plans to end my life", "Sleep", "Despairing or hopeless", "Unhappy", "Unwanted images or memories"),
    bands=((0, "healthy"), (6, "low level"), (11, "mild"), (15, "moderate"), (20, "moderate to severe"), (25, "severe")),
    cut_off=11, reliable=6,
    source="Barkham and others 2013, Counselling and Psychotherapy Research 13(1): 3-13; CORE System Trust on clinical scores",
)  # fmt: skip
"""Ten items of 0 to 4, the second and third turned round; the clinical score is ten times the mean, 0 to 40. With one item left
out it is the mean of the nine; with more there is none (CORE System Trust). Cut-off 11, of general distress (the paper has
another, of 13, for depression alone); reliable change 6."""

PHQ_9 = Scale(
    slug="phq_9", name="PHQ-9", answers=OFTEN, risk=9, most_missing=2,
    items=("Interest or pleasure", "Down or hopeless", "Sleep", "Tired", "Appetite", "Bad about yourself", "Concentrating",
           "Slow or restless", "Better off dead or hurting yourself"),
    bands=((0, "minimal"), (5, "mild"), (10, "moderate"), (15, "moderately severe"), (20, "severe")), cut_off=10, reliable=6,
    source="Kroenke, Spitzer and Williams 2001, Journal of General Internal Medicine 16(9): 606-613; reliable change as in NHS "
    "Talking Therapies",
)  # fmt: skip
"""Nine items of 0 to 3, together 0 to 27. Cut-off 10. The paper has no rule for items left out: up to two are taken as the mean
of the others, and the sum rounded [decided]; with more there is no score."""

GAD_7 = Scale(
    slug="gad_7", name="GAD-7", answers=OFTEN, most_missing=2,
    items=("Nervous or on edge", "Cannot stop worrying", "Worrying too much", "Cannot relax", "Restless", "Irritable", "Afraid"),
    bands=((0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe")), cut_off=8, reliable=4,
    source="Spitzer, Kroenke, Williams and Löwe 2006, Archives of Internal Medicine 166(10): 1092-1097; cut-off and reliable "
    "change as in NHS Talking Therapies",
)  # fmt: skip
"""Seven items of 0 to 3, together 0 to 21. The paper's bands; the cut-off of 8 for any anxiety disorder is that of NHS services
(the paper gives 10 for generalised anxiety alone). Items left out as in the PHQ-9 [decided]. It has no item of risk."""

SCALES: Mapping[str, Scale] = {scale.slug: scale for scale in (CORE_10, PHQ_9, GAD_7)}


@dataclass(frozen=True, kw_only=True)
class Scored:
    """What answers come to. total: exact; None where too many were left out. band: "" then. clinical: at the cut-off or above.

    risk: whether the answer to the item of risk is above 0; None where it was left out, which is not the same as 0; False for a
    scale without one.
    """

    total: Fraction | None
    band: str
    clinical: bool
    risk: bool | None
    missing: int

    @property
    def shown(self) -> str:
        """As it is written: 14, or 15.6 where it is no whole number."""
        if self.total is None:
            return "No score"
        return str(self.total.numerator) if self.total.denominator == 1 else f"{float(self.total):.1f}"


def score(scale: Scale, answers: Sequence[int | None]) -> Scored:
    """The score of the answers in the form's order; None is an item left out. Refused, with ValueError: another number of
    answers than of items, an answer that the form does not have.
    """
    top = len(scale.answers) - 1
    if len(answers) != len(scale.items) or any(each is not None and not 0 <= each <= top for each in answers):
        raise ValueError(f"{scale.name} has {len(scale.items)} answers of 0 to {top}")
    given = [top - each if place in scale.turned else each for place, each in enumerate(answers, start=1) if each is not None]
    missing = len(answers) - len(given)
    risk = None if scale.risk and answers[scale.risk - 1] is None else bool(scale.risk and answers[scale.risk - 1])
    if missing > scale.most_missing:
        return Scored(total=None, band="", clinical=False, risk=risk, missing=missing)
    total = Fraction(sum(given) * len(answers), len(given))
    if not scale.tenths:
        total = Fraction((2 * total + 1) // 2)
    return Scored(total=total, band=band(scale, total), clinical=total >= scale.cut_off, risk=risk, missing=missing)


def band(scale: Scale, total: Fraction | int) -> str:
    """What a score is called: the last band that begins at or below it."""
    return [words for low, words in scale.bands if low <= total][-1]


def change(scale: Scale, first: Scored, last: Scored) -> str:
    """How the later score stands to the earlier: "better" or "worse" by at least the reliable change, else "no reliable change".

    "" where either has no score. Lower is better on every scale here.
    """
    if first.total is None or last.total is None:
        return ""
    moved = last.total - first.total
    if abs(moved) < scale.reliable:
        return "no reliable change"
    return "better" if moved < 0 else "worse"
