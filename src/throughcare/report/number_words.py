"""Words that follow from a number: met or missed, rose or fell, most, almost two thirds. None is typed, so none is left behind.

They follow from figures as these are published: of two that are shown alike neither is higher. Where a figure is not published,
or not known, the words say that it is not told, and never which it would be.
"""

from fractions import Fraction

from throughcare.measures.results import Result

COMPARED = {
    "rose": ("rose", "fell", "stayed the same"),
    "higher": ("higher", "lower", "the same"),
    "more": ("more", "fewer", "as many"),
    "likely": ("more likely", "less likely", "as likely"),
}
"""By form: where the first is above the second, below it, equal."""
MET = ("met", "missed")
MOST = ("all", "most", "half", "a minority", "none")
FRACTIONS = {
    Fraction(1, 10): "a tenth", Fraction(1, 5): "a fifth", Fraction(1, 4): "a quarter", Fraction(1, 3): "a third",
    Fraction(1, 2): "half", Fraction(2, 3): "two thirds", Fraction(3, 4): "three quarters", Fraction(4, 5): "four fifths",
    Fraction(9, 10): "nine tenths",
}  # fmt: skip
NEAR = Fraction(3, 100)
"""Within three points of it below is almost, above it just over."""


def compared(first: Result, second: Result, form: str) -> str:
    """How the first stands to the second."""
    above, below, equal = COMPARED[form]
    if first.value is None or second.value is None:
        return _untold(COMPARED[form], withheld=bool(first.suppressed or second.suppressed))
    one, other = first.shown, second.shown
    assert one is not None and other is not None
    return equal if one == other else above if one > other else below


def following(result: Result, form: str) -> str:
    """The words of one figure: whether it met its target, or of a share how much that is."""
    if form == "met":
        if result.target is None:
            return "not set"
        return _untold(MET, withheld=bool(result.suppressed)) if result.value is None else MET[not result.meets_target]
    if result.value is None:
        return "a share that is not published" if result.suppressed else "an unknown share"
    share = Fraction(result.exact) / 100
    return _most(share) if form == "most" else _fraction(share)


def _most(share: Fraction) -> str:
    every, most, half, few, none = MOST
    if share in (0, 1):
        return every if share else none
    return half if share == Fraction(1, 2) else most if share > Fraction(1, 2) else few


def _fraction(share: Fraction) -> str:
    """The nearest simple fraction where one is near, otherwise the two between which the share lies."""
    if share in (0, 1):
        return "all" if share else "none"
    nearest = min(FRACTIONS, key=lambda each: abs(each - share))
    name = FRACTIONS[nearest]
    if share == nearest:
        return name
    if abs(share - nearest) <= NEAR:
        return f"almost {name}" if share < nearest else f"just over {name}"
    below, above = [f for f in FRACTIONS if f < share], [f for f in FRACTIONS if f > share]
    if not below or not above:
        return "less than a tenth" if not below else "more than nine tenths"
    return f"between {FRACTIONS[below[-1]]} and {FRACTIONS[above[0]]}"


def _untold(words: tuple[str, ...], *, withheld: bool) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last} (which is not {'published' if withheld else 'known'})"
