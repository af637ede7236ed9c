"""The people compared, as a protocol's [match] asks: pairs or weights, and the difference that they give for an outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from throughcare.stats.arrays import Flags, Floats, Ints
from throughcare.stats.checks.calipers import within_caliper
from throughcare.stats.checks.finding import Finding
from throughcare.stats.covariates import Covariates
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.impact.matched import matched_difference
from throughcare.stats.impact.matches import Matches
from throughcare.stats.impact.nearest import Search, caliper_width, nearest
from throughcare.stats.impact.weighted import Weights, entropy, inverse_probability, weighted_difference
from throughcare.stats.logistic import Score
from throughcare.stats.mistakes import NoOverlap
from throughcare.stats.protocol import Match
from throughcare.stats.sample import column


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """`weights` by row; one of `matches` and `tilted` is there. `caliper`: that every pair was looked at."""

    treated: Flags
    weights: Floats
    matches: Matches | None
    tilted: Weights | None
    caliper: Finding | None
    method: str

    @property
    def counts(self) -> tuple[int, int, int]:
        """Pairs, treated in them, compared in them (with weights: no pairs, and everybody)."""
        if self.matches is None:
            return 0, int(self.treated.sum()), int((~self.treated).sum())
        return len(self.matches.treated), len(self.matches.sets), len(self.matches.used)

    def difference(
        self, outcome: Floats, *, name: str, adjust: Floats | None = None, people: Ints | None = None
    ) -> Estimate:
        """The treated less those compared with them. `adjust`: covariates for a regression as well."""
        if self.matches is not None:
            return matched_difference(outcome, self.matches, adjust=adjust, people=people, name=name)
        assert self.tilted is not None
        return weighted_difference(outcome, self.tilted, adjust=adjust, method=self.method, name=name)

    def pair_differences(self, outcome: Floats) -> Floats | None:
        """Each treated person's outcome less the mean of their matches'; None where there are no pairs."""
        if self.matches is None:
            return None
        each = self.matches.weight * outcome[self.matches.compared]
        told = outcome - np.bincount(self.matches.treated, weights=each, minlength=len(outcome))
        mine = told[self.matches.sets]
        return np.asarray(mine[~np.isnan(mine)])


def compare(match: Match, known: Covariates, score: Score, treated: Flags, strata: Ints | None = None) -> Comparison:
    """Finds the compared. Raises where a pair is beyond its caliper (the program's fault); refuses where nobody finds anybody."""
    if match.method != "nearest":
        tilted = entropy(known, treated) if match.method == "entropy" else inverse_probability(known, treated, score)
        words = {"entropy": "entropy balancing", "inverse_probability": "inverse probability"}[match.method]
        return Comparison(treated=treated, weights=tilted.value, matches=None, tilted=tilted, caliper=None, method=words)
    scores = score.value if match.caliper_on == "score" else score.logit
    width = caliper_width(scores, match.caliper)
    search = Search(ratio=match.ratio, replacement=match.replacement, order=match.order, caliper=width, ties=match.ties)
    found = nearest(scores, treated, search, strata)
    if len(found.sets) < 2:
        raise NoOverlap(
            what="Hardly anybody treated finds somebody to be compared with",
            record=f"[match], {len(found.sets)} of {treated.sum()}",
            expected="people alike on both sides", mend="widen the caliper, or the comparison pool",
        )  # fmt: skip
    caliper = within_caliper(found, scores, width, strata)
    weights = found.weights(len(treated))
    return Comparison(treated=treated, weights=weights, matches=found, tilted=None, caliper=caliper, method="nearest neighbour")


def strata_of(frame: pl.DataFrame, exact: Sequence[str]) -> Ints | None:
    """A number for each combination of the columns; None where none is named."""
    if not exact:
        return None
    for name in exact:
        column(frame, name)
    told = frame.select(pl.struct(pl.col(list(exact)).cast(pl.String)).rank("dense").cast(pl.Int64)).to_series()
    return told.to_numpy()


def in_words(match: Match) -> str:
    """The specification in a sentence's part, for tables."""
    if match.method != "nearest":
        told = {"entropy": "entropy balancing", "inverse_probability": "inverse probability weighting"}[match.method]
    else:
        told = f"nearest neighbour on the {match.caliper_on}, 1:{match.ratio}, "
        told += "with replacement" if match.replacement else f"without replacement, {match.order} first"
        told += ", no caliper" if match.caliper is None else f", caliper {match.caliper:g} SD of the {match.caliper_on}"
        told += f", exact on {', '.join(match.exact)}" if match.exact else ""
    return f"{told}, adjusted" if match.adjust else told
