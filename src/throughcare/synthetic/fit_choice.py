"""Chooses people of each class so that the totals come out: swaps within a class that lessen a weighted squared error.

The error of a total is its distance from the target in tolerances. A swap takes one person out at random and puts in
whoever of the same class leaves the least error; when nothing lessens it for long, a few swaps are made at random, without
which the search stalls just short. Members of the `fixed` extremes are never taken out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from throughcare.core.errors import ThroughcareError
from throughcare.synthetic.fit_candidates import Candidate, Candidates
from throughcare.synthetic.fit_targets import MEMBERS, Class, Figure, Targets
from throughcare.synthetic.lives_traits import FIRST_NUMBER

Numbers = NDArray[np.float64]
CLASSES: tuple[Class, ...] = ("both", "july_only", "december_only")
STUCK_AFTER = 400
SHAKES = 6
GIVE_UP_AFTER = 30_000


class FitError(ThroughcareError):
    """The candidates cannot make up the pilot: too few of a class, no extreme, or totals out of reach."""

    def __init__(self, *, record: str, expected: str) -> None:
        super().__init__(what="The pilot was not fitted", record=record, expected=expected, mend="live more candidates")


@dataclass(slots=True)
class _Pool:
    """The candidates of one class: `values` has a row for each and a column for each total, in tolerances."""

    numbers: list[int]
    values: Numbers
    inside: NDArray[np.bool_]
    fixed: NDArray[np.bool_]


def choose(*, found: Candidates, targets: Targets, seed: int) -> dict[Class, tuple[int, ...]]:
    """The numbers chosen, by class. Raises `FitError` where every published figure cannot be met."""
    rng = np.random.default_rng(seed)
    figures = (*targets.figures, *targets.chosen)
    fixed = _extremes(found, targets)
    pools = {each: _pool(rng, found.classes[each], each, figures, targets, fixed) for each in CLASSES}
    goal = np.array([figure.value / figure.tolerance for figure in figures])
    error = sum((pool.values[pool.inside].sum(axis=0) for pool in pools.values()), -goal)
    published = len(targets.figures)
    _swap(rng, pools, error, published)
    return {
        each: tuple(sorted(number for number, kept in zip(pool.numbers, pool.inside, strict=True) if kept))
        for each, pool in pools.items()
    }


def _pool(
    rng: np.random.Generator,
    people: list[Candidate],
    which: Class,
    figures: tuple[Figure, ...],
    targets: Targets,
    fixed: frozenset[int],
) -> _Pool:
    """The pool with as many inside as the class has, the fixed ones among them.

    Of the candidates made extreme on purpose only the fixed ones may be in it.
    """
    people = [person for person in people if person.number >= FIRST_NUMBER or person.number in fixed]
    wanted = targets.classes[which]
    if len(people) < wanted:
        raise FitError(record=f"class {which}", expected=f"{wanted} candidates or more and not {len(people)}")
    days = MEMBERS[which]
    values = np.array(
        [
            [
                person.facts[figure.fact] / figure.tolerance / targets.size(figure.day) if figure.day in days else 0.0
                for figure in figures
            ]
            for person in people
        ]
    )
    pinned = np.array([person.number in fixed for person in people])
    inside = pinned.copy()
    free = rng.permutation(np.flatnonzero(~pinned))
    inside[free[: wanted - int(pinned.sum())]] = True
    return _Pool([person.number for person in people], values, inside, pinned)


def _swap(rng: np.random.Generator, pools: dict[Class, _Pool], error: Numbers, published: int) -> None:
    """Swaps until the published totals are within half of their tolerances and the chosen ones within theirs."""
    weights = np.ones(len(error))
    weights[published:] = 0.25
    shares = np.array([pool.inside.sum() for pool in pools.values()], dtype=float)
    idle = 0
    for _ in range(GIVE_UP_AFTER):
        if np.abs(error[:published]).max() < 0.5 and np.abs(error[published:]).max(initial=0.0) < 1.0:
            return
        pool = pools[CLASSES[rng.choice(len(CLASSES), p=shares / shares.sum())]]
        out = rng.choice(np.flatnonzero(pool.inside & ~pool.fixed))
        waiting = np.flatnonzero(~pool.inside)
        if idle >= STUCK_AFTER:
            into = rng.choice(waiting)
        else:
            after = error - pool.values[out] + pool.values[waiting]
            costs = (after**2) @ weights
            best = int(costs.argmin())
            if costs[best] >= float((error**2) @ weights):
                idle += 1
                continue
            into = waiting[best]
        idle = idle + 1 if STUCK_AFTER <= idle < STUCK_AFTER + SHAKES else 0
        error += pool.values[into] - pool.values[out]
        pool.inside[out], pool.inside[into] = False, True
    if np.abs(error[:published]).max() >= 1.0:
        raise FitError(record="the choice", expected="every published figure within its tolerance")


def _extremes(found: Candidates, targets: Targets) -> frozenset[int]:
    """One person of the December cohort for each extreme: the first found."""
    people = [*found.classes["both"], *found.classes["december_only"]]
    fixed = set()
    for extreme, value in targets.extremes.items():
        fact = "percent" if extreme.startswith("percent") else "age"
        first = next((person.number for person in people if person.facts[fact] == value), None)
        if first is None:
            raise FitError(record=extreme, expected=f"somebody with {value}")
        fixed.add(first)
    return frozenset(fixed)
