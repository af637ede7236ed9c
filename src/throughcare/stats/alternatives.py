"""The protocol's question asked in other ways, so that nobody need wonder what another caliper would have given."""

from typing import Any

import polars as pl

from throughcare.stats.arrays import Flags, Floats, Ints
from throughcare.stats.checks.balance import balance
from throughcare.stats.checks.specifications import Specification, specification_table
from throughcare.stats.comparison import compare, in_words
from throughcare.stats.covariates import Covariates
from throughcare.stats.logistic import Score
from throughcare.stats.mistakes import NoOverlap
from throughcare.stats.protocol import Match

NO_WEIGHTS = "Weights do not keep people to those who had waited as long"


def others(match: Match) -> list[Match]:
    """The protocol's own first, then the usual others, each once."""
    pairs: list[dict[str, Any]] = [
        {}, {"caliper": 0.2}, {"caliper": 0.1}, {"caliper": 0.2, "caliper_on": "logit"},
        {"caliper": 0.2, "caliper_on": "logit", "replacement": True}, {"caliper": 0.2, "caliper_on": "logit", "ratio": 3},
    ]  # fmt: skip
    known: dict[str, Any] = {name: getattr(match, name) for name in ("covariates", "categorical", "missing")}
    tried = [
        match, match.model_copy(update={"adjust": not match.adjust}),
        *(Match(method="nearest", **known, exact=match.exact, **each) for each in pairs),
        Match(method="entropy", **known), Match(method="inverse_probability", **known),
    ]  # fmt: skip
    return list({in_words(each): each for each in reversed(tried)}.values())[::-1]


def alternatives(
    match: Match, known: Covariates, score: Score, treated: Flags, strata: Ints | None, outcome: Floats, persons: Ints | None
) -> pl.DataFrame:
    """Estimate, interval and balance of each; one that cannot be made says why. `persons`: who a row is, where one has several,
    each compared at a wait of its own; then there are no weights."""
    told = []
    for each in others(match):
        words, stated = in_words(each), each == match
        if persons is not None and each.method != "nearest":
            told.append(Specification(words=words, estimate=None, max_abs_smd=None, stated=stated, says=NO_WEIGHTS))
            continue
        try:
            found = compare(each, known, score, treated, strata)
            adjust = known.x[:, known.fitted] if each.adjust else None
            estimate = found.difference(outcome, name="", adjust=adjust, people=persons)
        except NoOverlap as error:
            told.append(Specification(words=words, estimate=None, max_abs_smd=None, stated=stated, says=error.what))
            continue
        smd = balance(known, treated, found.weights).max_abs_smd
        told.append(Specification(words=words, estimate=estimate, max_abs_smd=smd, stated=stated))
    return specification_table(told)
