"""How well the score has held: what was expected beside what came, of everybody and by group, in numbers and in words.

Two measures of the same rows are laid beside each other, cell by cell; nothing is counted anew. A group holds where the 95%
interval of what came covers what was expected. Of fewer than `FEW` nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, get_args

from throughcare.casework.cohort.calibration import BANDS, CALIBRATION
from throughcare.casework.people.queries import NOT_KNOWN
from throughcare.core.dates import AgeBand
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.calculate import Run
from throughcare.measures.intervals import wilson
from throughcare.measures.own import Own, calculate_own
from throughcare.measures.results import Result

FEW = 10
WAYS = {"sex": "Sex", "age_band": "Age on that day", "ethnicity": "Ethnicity", "borough": "Borough", "agency": "Agency"}
MEASURES = {measure.slug: measure for measure in CALIBRATION}
BY_AGE = get_args(AgeBand)
SEXES = {"M": "men", "F": "women"}
Verdict = Literal["holds", "more", "fewer", "few", "none"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One group: how many, the percent expected and that came, its 95% interval, the difference in points with its interval.

    Numbers are None where they are `few` or `none`. `verdict`: more or fewer came than the score has it, or it holds.
    """

    way: str
    label: str
    people: int | None
    expected: float | None = None
    came: int | None = None
    observed: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: Verdict

    @property
    def difference(self) -> tuple[float, float, float] | None:
        """Points by which more came than expected, and the interval of that."""
        if self.expected is None or self.observed is None or self.low is None or self.high is None:
            return None
        return self.observed - self.expected, self.low - self.expected, self.high - self.expected


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Of one length of follow-up: everybody, then each way of dividing them. `not_known`: left out as it is too early."""

    years: int
    whole: Line
    lines: tuple[Line, ...]
    not_known: int
    without_score: int

    def of(self, way: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.way == way)

    @property
    def away(self) -> tuple[Line, ...]:
        """The groups for which it does not hold."""
        return tuple(line for line in self.lines if line.verdict in ("more", "fewer"))

    @property
    def words(self) -> str:
        """What is found, in a sentence or two."""
        return _words(self)


def calibration(years: int, *, pilot: Pilot, period: Period, own: Own | None = None) -> Calibration:
    """How the score of one or two years held for those with an index in the period: of all, or of one's own."""
    wanted = [MEASURES[f"score.{name}"] for name in (f"expected_{years}y", f"observed_{years}y", f"not_known_{years}y", "none")]
    found: dict[tuple[str, str, str, str], Result] = {}
    run = Run()
    for measure, way in product(wanted, WAYS):
        for r in calculate_own(measure, own, pilot=pilot, period=period, by=(way,), run=run):
            found[(r.slug, r.group, *next(iter(r.breakdown.items()), ("", "")))] = r
    expected, observed = f"score.expected_{years}y", f"score.observed_{years}y"

    def line(way: str, label: str, group: str, cell: tuple[str, str]) -> Line:
        return _line(way, label, found[(expected, group, *cell)], found[(observed, group, *cell)])

    bands = [line("band", f"a score of {band}", band, ("", "")) for band in BANDS]
    groups = [
        line(way, SEXES.get(label, label) if way == "sex" else label, "all", (way, label))
        for slug, group, way, label in found if slug == expected and group == "all" and way
    ]  # fmt: skip
    groups.sort(key=lambda group: BY_AGE.index(group.label) if group.label in BY_AGE else 0)
    return Calibration(
        years=years, whole=line("", "everybody", "all", ("", "")), lines=(*groups, *bands),
        not_known=_count(found, f"score.not_known_{years}y"), without_score=_count(found, "score.none"),
    )  # fmt: skip


def _count(found: dict[tuple[str, str, str, str], Result], slug: str) -> int:
    return int(found[(slug, "all", "", "")].value or 0)


def _line(way: str, label: str, expected: Result, observed: Result) -> Line:
    base = observed.denominator or 0
    if base < FEW or expected.value is None or observed.value is None:
        return Line(way=way, label=label, people=base or None, verdict="few" if base else "none")
    came = int(observed.numerator or 0)
    low, high = wilson(came, base)
    verdict: Verdict = "more" if expected.value < low else "fewer" if expected.value > high else "holds"
    return Line(
        way=way, label=label, people=base, expected=expected.value, came=came, observed=observed.value, low=low, high=high,
        verdict=verdict,
    )  # fmt: skip


def _words(told: Calibration) -> str:
    over = {1: "one year", 2: "two years"}[told.years]
    if told.whole.verdict in ("few", "none"):
        return f"Too few have been followed for {over} and six months to say whether the score held."
    whole = {
        "holds": "Of everybody, as many were proven to have offended again as the score has it.",
        "more": "Of everybody, more were proven to have offended again than the score has it.",
        "fewer": "Of everybody, fewer were proven to have offended again than the score has it.",
    }[told.whole.verdict]
    said = [
        f"{words} {_listed(found)}"
        for verdict, words in (("more", "more did among"), ("fewer", "fewer did among"), ("holds", "it held among"))
        if (found := [line for line in told.lines if line.verdict == verdict])
    ]
    groups = "; ".join(said)
    return f"{whole} By group, {groups}." if groups else whole


AGES = {"18-25": "those of 18 to 25", "26-34": "those of 26 to 34", "35 and over": "those of 35 and over"}


def _listed(lines: Sequence[Line]) -> str:
    names = [_named(line) for line in lines]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _named(line: Line) -> str:
    """A group as a sentence has it."""
    if line.way == "age_band":
        return AGES.get(line.label, f"those whose age is {line.label}")
    of = {"ethnicity": "those whose ethnicity is", "borough": "those living in", "agency": "those managed by"}.get(line.way)
    if of is None:
        return line.label
    return f"those whose {WAYS[line.way].lower()} is not known" if line.label == NOT_KNOWN else f"{of} {line.label}"
