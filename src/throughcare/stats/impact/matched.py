"""The difference between matched people, plain or adjusted by regression, with an error clustered by set.

Where one person stands in for several treated, their outcome comes several times: the error is then clustered by set and by
person. statsmodels does the regression. Figures: MatchIt's 894.37 (705.2) on LaLonde's data, tests/stats/test_lalonde.py.
"""

import numpy as np

from throughcare.stats.arrays import Floats, Ints
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.impact.matches import Matches, matches_of
from throughcare.stats.mistakes import NoOverlap


def matched_difference(
    outcome: Floats, matches: Matches, *, adjust: Floats | None = None, people: Ints | None = None, name: str = ""
) -> Estimate:
    """Mean of the treated less mean of their matches. Pairs in which either outcome is not known (nan) are left out.

    `adjust`: covariates by row of the sample, for the regression; `people`: who a row is, where one person has several rows.
    """
    from statsmodels.regression.linear_model import WLS

    known = with_outcome(matches, outcome)
    sets = known.sets
    if len(sets) < 2:
        raise NoOverlap(
            what="Too few pairs are left to compare", record=f"{name or 'outcome'}, {len(sets)} pairs", expected="at least two",
            mend="widen the caliper or the comparison pool, or find the missing outcomes",
        )  # fmt: skip
    rows = np.concatenate([sets, known.compared])
    weight = np.concatenate([np.ones(len(sets)), known.weight])
    treated = np.concatenate([np.ones(len(sets)), np.zeros(len(known.compared))])
    design = np.column_stack([np.ones(len(rows)), treated])
    if adjust is not None:
        design = np.column_stack([design, _telling(adjust[rows] - adjust[sets].mean(axis=0))])
    model = WLS(outcome[rows], design, weights=weight)
    groups = _groups(np.concatenate([sets, known.treated]), rows if people is None else people[rows])
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)
    mean = float(np.average(outcome[known.compared], weights=known.weight))
    difference = float(fitted.params[1])
    compared = mean if adjust is None else float(outcome[sets].mean()) - difference
    return Estimate(
        outcome=name, method="matched" if adjust is None else "matched and adjusted", estimate=difference,
        standard_error=float(fitted.bse[1]), treated_value=float(outcome[sets].mean()), compared_value=compared,
        treated=len(sets), compared=len(known.used), df=float(len(sets) - 1),
    )  # fmt: skip


def with_outcome(matches: Matches, outcome: Floats) -> Matches:
    """The pairs of which both outcomes are known; weights are shared anew among what is left."""
    there = ~np.isnan(outcome[matches.treated]) & ~np.isnan(outcome[matches.compared])
    if there.all():
        return matches
    triples = zip(matches.treated[there], matches.compared[there], matches.weight[there], strict=True)
    return matches_of([(int(one), int(other), float(weight)) for one, other, weight in triples])


def _groups(sets: Ints, people: Ints) -> Ints:
    """Clusters for the error: the set alone, or set and person where a person comes more than once."""
    one = np.unique(sets, return_inverse=True)[1]
    if len(np.unique(people)) == len(people):
        return np.asarray(one)
    return np.column_stack([one, np.unique(people, return_inverse=True)[1]])


def _telling(x: Floats) -> Floats:
    """Without the columns that are constant among the matched or a sum of others: the regression could not part them."""
    from scipy.linalg import qr

    spread = x.std(axis=0)
    x = x[:, spread > 0] / spread[spread > 0]
    if not x.shape[1]:
        return x
    _, r, order = qr(x - x.mean(axis=0), mode="economic", pivoting=True)
    strength = np.abs(np.diag(r))
    return np.asarray(x[:, np.sort(order[: int((strength > 1e-9 * strength[0]).sum())])])
