"""Finds the people of the demonstration pilot among simulated lives, so that its published figures come out exactly.

The scheme: live many candidates, judge each by the join rule on both reference days, keep those eligible on either, fix
one person for each published extreme, and swap within classes until every total is as published (`fit_choice`). No life
is altered to fit; the low candidate numbers are of kinds made extreme on purpose (`lives_traits`).
"""

from dataclasses import dataclass

from throughcare.synthetic.fit_candidates import Candidates, candidates
from throughcare.synthetic.fit_choice import choose
from throughcare.synthetic.fit_targets import Class, Targets, targets
from throughcare.synthetic.lives import UNTIL
from throughcare.synthetic.lives_traits import FIRST_NUMBER, OLDEST, YOUNG_PERSISTENT

CANDIDATES = 16_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """The candidate numbers of one pilot: those eligible by class, the others by what keeps them out in December."""

    seed: int
    classes: dict[Class, tuple[int, ...]]
    others: dict[str, tuple[int, ...]]

    def numbers(self) -> tuple[int, ...]:
        """Everybody, in order."""
        groups = (*self.classes.values(), *self.others.values())
        return tuple(sorted(number for group in groups for number in group))


def search(seed: int, candidates: int = CANDIDATES, *, wanted: Targets | None = None) -> Selection:
    """A selection found afresh among that many candidates and the purposely extreme ones; the same for the same seed.

    Raises `FitError` where the candidates do not reach every published figure.
    """
    wanted = wanted or targets()
    found = live(seed, candidates, wanted)
    classes = choose(found=found, targets=wanted, seed=seed)
    return Selection(seed=seed, classes=classes, others=_others(found, wanted))


def live(seed: int, size: int, wanted: Targets) -> Candidates:
    """The candidates of a search: both extreme kinds and `size` of the mixture."""
    numbers = (*YOUNG_PERSISTENT, *OLDEST, *range(FIRST_NUMBER, FIRST_NUMBER + size))
    return candidates(seed=seed, numbers=numbers, targets=wanted, until=UNTIL)


def _others(found: Candidates, wanted: Targets) -> dict[str, tuple[int, ...]]:
    return {kind: tuple(sorted(found.others.get(kind, [])[:size])) for kind, size in wanted.others.items()}
