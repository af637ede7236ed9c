"""How good a linkage is where there is no truth: the sample of pairs that people must judge, and what their answers show.

Pairs are drawn by decision and band of weight, from each stratum as many as help most (Neyman, 1934; Cochran, Sampling
techniques, chapter 5), and the answers are weighted back to all pairs. `NOT_COUNTED` says what no such sample can see.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, inf, sqrt

import numpy as np
import polars as pl
from scipy.stats import norm

from throughcare.core.errors import UserError
from throughcare.linkage import thresholds as t
from throughcare.linkage.people import APART, DECISIONS, JOINED
from throughcare.linkage.quality import CONFIDENCE, wilson
from throughcare.linkage.quality_files import PAIR, CellRefused, StandsTwice, checked, named, require

BANDS = (-6.0, -2.0, t.ASK, t.LEAVE, t.JOIN, 20.0, 30.0)
"""Where one band of weight ends and the next begins; a pair at the edge is in the upper band."""

DOUBT = 0.01
"""Pairs joined, or asked about, are planned for as if at least one in a hundred were not one person: the sample is there to
check the model, so the model's own word, one in many thousands, may not make it small."""

LEAST = 20
"""Pairs judged in every stratum, or all where there are fewer: a stratum never looked at could be all wrong."""

YES, NO, NOT_SURE = ANSWERS = ("yes", "no", "not sure")
NOT_COUNTED = (
    f"Pairs that weigh less than {t.FLOOR:g}, and pairs that agree in nothing by which records are compared, were never kept: "
    "they are not in the recall estimated here, which is recall among the pairs kept. Pairs joined only through other "
    "records and never weighed are not in the precision either."
)


class PlanRefused(UserError):
    """A margin, confidence or size that no sample can have."""


class AnswerUnknown(UserError):
    """An answer that is not yes, no or not sure."""


class OtherPairs(UserError):
    """A judged sample that was not drawn from these pairs, as when records were linked again since."""


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """Pairs of one decision and band of weight. `expected`: the mean chance that they are one person, by their weights;
    `planned`: the chance planned for; `needed`: pairs to judge.
    """

    name: str
    decision: str
    pairs: int
    expected: float
    planned: float
    needed: int


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The answers of one stratum. `unanswered`: drawn, and left empty."""

    name: str
    decision: str
    pairs: int
    yes: int
    no: int
    not_sure: int
    unanswered: int


@dataclass(frozen=True, kw_only=True)
class Figure:
    """An estimate with its interval, from the answers yes and no; None where a stratum has neither, or there is nothing to
    find. `at_least`, `at_most`: what it would be if every "not sure" went against it, or for it.
    """

    value: float | None
    low: float | None
    high: float | None
    at_least: float | None
    at_most: float | None


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """`precision` of the joined pairs; `recall` among the pairs kept, and `recall_answered`, once people have rightly answered
    all possible pairs. `unjudged`: strata without a yes or no. `not_counted`: what the estimate leaves out, in words.
    """

    precision: Figure
    recall: Figure
    recall_answered: Figure
    answered: int
    not_sure: int
    unanswered: int
    unjudged: tuple[str, ...]
    strata: tuple[Judged, ...]
    confidence: float
    not_counted: str


def sample_needed(
    pairs: pl.DataFrame, margin: float = 0.005, confidence: float = CONFIDENCE, *, recall_margin: float = 0.02
) -> tuple[Stratum, ...]:
    """How many pairs of each stratum people would have to judge, to know the precision of the joined pairs to +-`margin` and
    the recall among the pairs kept to +-`recall_margin` with this confidence.

    `pairs`: those of `throughcare link`. Neyman allocation with finite population correction; one stratum alone gives the
    textbook n0 / (1 + (n0 - 1) / N), n0 = z2 p (1 - p) / e2. p is the expected chance of a match 1 / (1 + 2^-weight), at most
    1 - `DOUBT` but for pairs apart; where the decision goes against the weight (joined through a third below `ASK`, or held
    back at `JOIN` and above) p is a half, since the weight says nothing there. At least `LEAST` of each stratum. Refuses
    margins not between 0 and 1. A plan, not a promise: where the weights are wrong, the interval from the answers is wider.
    The margin of recall takes the joined pairs for known, as beside the others they nearly are.
    """
    for name, value in (("margin", margin), ("recall margin", recall_margin), ("confidence", confidence)):
        if not 0 < value < 1:
            raise PlanRefused(what=f"no sample has this {name}", record=str(value), expected="more than 0 and less than 1",
                              mend="write half a percentage point as 0.005, 95% as 0.95")  # fmt: skip
    z = float(norm.ppf((1 + confidence) / 2))
    strata = _strata(_stratified(pairs))
    joined, others = ([s for s in strata if (s.decision == JOINED) == side] for side in (True, False))
    matched, missed = sum(s.pairs for s in joined), sum(s.pairs * s.expected for s in others)
    needed = _allocate(joined, (margin * matched / z) ** 2)
    # d recall / d missed is -matched / (matched + missed)^2, which turns the margin of recall into one of pairs missed.
    needed |= _allocate(others, (recall_margin * (matched + missed) ** 2 / (z * matched)) ** 2 if matched else inf)
    return tuple(replace(s, needed=needed[s.name]) for s in strata)


def draw(pairs: pl.DataFrame, seed: int, sizes: Mapping[str, int]) -> pl.DataFrame:
    """A sample of `sizes` pairs of each stratum by its name, others none: stratum, probability (of being drawn), the ids, weight,
    and `same`, empty, for a person to write yes, no or not sure.

    The same seed draws the same pairs in whatever order they come, and a larger size adds to a smaller one, so that what was
    judged stays of use. In random order, lest the weight lead the eye. Refuses unknown strata, and sizes below 0 or above
    the pairs there are.
    """
    told = _stratified(pairs).sort(PAIR)
    told = told.with_columns(key=pl.Series(np.random.default_rng(seed).random(told.height)))
    there = {s.name: s.pairs for s in _strata(told)}
    for name, size in sizes.items():
        if not 0 <= size <= there.get(name, -1):
            raise PlanRefused(what=f"{size} pairs cannot be drawn", record=name, mend="ask for as many as there are, or fewer",
                              expected="0 to " + ", ".join(f"{n} of {s}" for s, n in there.items()))  # fmt: skip
    asked = pl.DataFrame({"stratum": list(sizes), "size": list(sizes.values())}, schema={"stratum": pl.String, "size": pl.Int64})
    drawn = told.join(asked, on="stratum").with_columns(
        place=pl.col("key").rank("ordinal").over("stratum"), probability=pl.col("size") / pl.len().over("stratum")
    )
    drawn = drawn.filter(pl.col("place") <= pl.col("size")).sort("key")
    return drawn.select("stratum", "probability", *PAIR, "weight", same=pl.lit(None, dtype=pl.String))


def estimate(judged: pl.DataFrame, pairs: pl.DataFrame, *, confidence: float = CONFIDENCE) -> Estimate:
    """Precision and recall from a filled-in sample (see `draw`) of these pairs.

    Each stratum counts for as many pairs as it has. Rows left empty, and "not sure", are taken to be as the others of their
    stratum; what all "not sure" could change is said beside. Intervals are Wilson's on the effective size of the stratified
    sample, its variance worked out from (yes + 1/2) / (n + 1), so that a sample without an error is not taken for certainty.
    Refuses other answers, pairs judged twice, and samples that are not of these pairs and strata.
    """
    told = _stratified(pairs)
    answers = _answers(judged, told)
    strata = tuple(_judged(stratum, answers) for stratum in _strata(told))
    joined, possible, apart = ([s for s in strata if s.decision == decision] for decision in DECISIONS)
    return Estimate(
        precision=_precision(joined, confidence), recall=_recall(joined, [*possible, *apart], confidence),
        recall_answered=_recall([*joined, *possible], apart, confidence), answered=sum(s.yes + s.no for s in strata),
        not_sure=sum(s.not_sure for s in strata), unanswered=sum(s.unanswered for s in strata),
        unjudged=tuple(s.name for s in strata if s.yes + s.no == 0), strata=strata, confidence=confidence,
        not_counted=NOT_COUNTED,
    )  # fmt: skip


def never_weighed(people: pl.DataFrame, pairs: pl.DataFrame) -> int:
    """Joined pairs that are not in the pairs file: joined through other records alone, and so in no sample."""
    sizes = people.group_by("person_id").agg(n=pl.len().cast(pl.Int64))
    every = sizes.select((pl.col("n") * (pl.col("n") - 1) // 2).sum()).item()
    return int(every - pairs.filter(pl.col("decision") == JOINED).height)


def _stratified(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `stratum`; ids as text, weight as a number."""
    told = checked(pairs, "pairs", of=PAIR).with_columns(number=pl.col("weight").cast(pl.Float64, strict=False))
    wrong = told.filter(pl.col("number").is_null() | ~pl.col("number").is_finite() | ~pl.col("decision").is_in(DECISIONS))
    if wrong.height:
        raise CellRefused(
            what=f"{wrong.height} pairs have no weight or no decision", record=named(wrong, [*PAIR, "weight", "decision"]),
            expected=f"a number, and one of {', '.join(DECISIONS)}", mend="take the pairs file as it was written",
        )  # fmt: skip
    names = [f"below {BANDS[0]:g}", *(f"{a:g} to {b:g}" for a, b in pairwise(BANDS)), f"{BANDS[-1]:g} and over"]
    band = pl.Series(names).gather(np.searchsorted(BANDS, told["number"].to_numpy(), side="right"))
    return told.with_columns(stratum=pl.col("decision") + " " + band, weight=pl.col("number")).drop("number")


def _strata(told: pl.DataFrame) -> list[Stratum]:
    """The strata that have pairs, by decision and weight; nothing needed yet."""
    chance = 1 / (1 + 2 ** -pl.col("weight").clip(-100, 100))
    rows = told.group_by("decision", "stratum").agg(pl.len(), pl.col("weight").min(), expected=chance.mean())
    rows = rows.sort(pl.col("decision").cast(pl.Enum(DECISIONS)), "weight")
    return [
        Stratum(name=name, decision=decision, pairs=number, expected=chance, planned=_planned(decision, weight, chance), needed=0)
        for decision, name, number, weight, chance in rows.iter_rows()
    ]


def _planned(decision: str, lightest: float, expected: float) -> float:
    if (lightest < t.ASK) if decision == JOINED else (lightest >= t.JOIN):
        return 0.5
    return expected if decision == APART else min(expected, 1 - DOUBT)


def _allocate(strata: Sequence[Stratum], variance: float) -> dict[str, int]:
    """Pairs to judge in each stratum, so that the estimated number of matches in all has this variance at most.

    A stratum that would need more than it has is judged whole, and the rest worked out again (Cochran, section 5.8).
    """
    spread = {s.name: sqrt(s.planned * (1 - s.planned) * s.pairs / (s.pairs - 1)) if s.pairs > 1 else 0.0 for s in strata}
    size = {s.name: s.pairs for s in strata}
    needed: dict[str, int] = {}
    left = list(size)
    while left:
        total = sum(size[n] * spread[n] for n in left)
        number = total**2 / (variance + sum(size[n] * spread[n] ** 2 for n in left)) if total else 0.0
        wanted = {n: number * size[n] * spread[n] / total if total else 0.0 for n in left}
        whole = [n for n in left if wanted[n] >= size[n]]
        if not whole:
            return needed | {n: min(size[n], max(LEAST, ceil(wanted[n] - 1e-9))) for n in left}
        needed |= {n: size[n] for n in whole}
        left = [n for n in left if n not in whole]
    return needed


def _answers(judged: pl.DataFrame, told: pl.DataFrame) -> Counter[tuple[str, str]]:
    """How often each stratum has each answer ("" where none yet); refuses as `estimate` says."""
    require(judged, (*PAIR, "stratum", "same"), "the judged sample")
    given = judged.select(pl.col(*PAIR, "stratum", "same").cast(pl.String))
    given = given.with_columns(answer=pl.col("same").fill_null("").str.strip_chars().str.to_lowercase())
    unknown = given.filter(~pl.col("answer").is_in(["", *ANSWERS]))
    if unknown.height:
        raise AnswerUnknown(
            what=f"{unknown.height} answers are not known words", record=named(unknown, [*PAIR, "same"]),
            expected=f"{', '.join(ANSWERS)}, or nothing yet, in the column same", mend="write one of these words",
        )  # fmt: skip
    twice = given.filter(pl.struct(PAIR).is_duplicated()).unique(PAIR, maintain_order=True)
    if twice.height:
        raise StandsTwice(
            what=f"{twice.height} pairs are judged twice", record=named(twice, PAIR), expected="one row for each pair",
            mend="keep the row with the answer that holds",
        )  # fmt: skip
    other = given.join(told, on=[*PAIR, "stratum"], how="anti")
    if other.height:
        raise OtherPairs(
            what=f"{other.height} judged pairs are not among these pairs, or in another stratum now",
            record=named(other, [*PAIR, "stratum"]), expected="the pairs that the sample was drawn from",
            mend="give the people and pairs of that linkage, or draw a new sample",
        )  # fmt: skip
    return Counter(given.select("stratum", "answer").iter_rows())


def _judged(stratum: Stratum, answers: Counter[tuple[str, str]]) -> Judged:
    yes, no, not_sure, unanswered = (answers[stratum.name, answer] for answer in (*ANSWERS, ""))
    return Judged(
        name=stratum.name, decision=stratum.decision, pairs=stratum.pairs, yes=yes, no=no, not_sure=not_sure,
        unanswered=unanswered,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Matches:
    """Estimated matches of some strata: as answered, and smoothed with its variance."""

    value: float
    smoothed: float
    variance: float


def _matches(strata: Iterable[Judged], not_sure: str = "") -> _Matches | None:
    """None where a stratum has no answer. `not_sure`: the answer that it is taken for, if any."""
    value = smoothed = variance = 0.0
    for s in strata:
        yes = s.yes + (s.not_sure if not_sure == YES else 0)
        number = s.yes + s.no + (s.not_sure if not_sure else 0)
        if number == 0:
            return None
        share = (yes + 0.5) / (number + 1)
        value += s.pairs * yes / number
        smoothed += s.pairs * share
        variance += s.pairs**2 * (1 - number / s.pairs) * share * (1 - share) / number
    return _Matches(value=value, smoothed=smoothed, variance=variance)


def _precision(joined: Sequence[Judged], confidence: float) -> Figure:
    number = sum(s.pairs for s in joined)
    told, worst, best = _matches(joined), _matches(joined, NO), _matches(joined, YES)
    values = [m.value / number if m and number else None for m in (told, worst, best)]
    smoothed, variance = (told.smoothed / number, told.variance / number**2) if told and number else (0.0, 0.0)
    return _figure(values, smoothed, variance, confidence)


def _recall(found: Sequence[Judged], missed: Sequence[Judged], confidence: float) -> Figure:
    """Matches among `found` of those among both; the variance of the ratio by the delta method."""
    taken_for = ("", ""), (NO, YES), (YES, NO)
    sides = [(_matches(found, one), _matches(missed, other)) for one, other in taken_for]
    values = [a.value / (a.value + b.value) if a and b and a.value + b.value else None for a, b in sides]
    one, two = sides[0]
    if one is None or two is None or one.smoothed + two.smoothed == 0:
        return _figure([None, *values[1:]], 0.0, 0.0, confidence)
    whole = one.smoothed + two.smoothed
    variance = (two.smoothed**2 * one.variance + one.smoothed**2 * two.variance) / whole**4
    return _figure(values, one.smoothed / whole, variance, confidence)


def _figure(values: Sequence[float | None], smoothed: float, variance: float, confidence: float) -> Figure:
    value, at_least, at_most = values
    low = high = value
    if value is not None and variance > 0:
        low, high = wilson(value, smoothed * (1 - smoothed) / variance, confidence)
    return Figure(value=value, low=low, high=high, at_least=at_least, at_most=at_most)
