"""Lives many candidates and keeps, of each, its class and the facts that the choice adds up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from throughcare.synthetic.fit_facts import LATER, bar, history, percents, standing, unclear
from throughcare.synthetic.fit_targets import Class, Targets
from throughcare.synthetic.lives import Life
from throughcare.synthetic.lives_build import make_life

BATCH = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """One candidate eligible on a reference day. `facts` has those of each day on which it is eligible."""

    number: int
    facts: dict[str, float]


@dataclass(kw_only=True, slots=True)
class Candidates:
    """Who may be chosen: by class, and by what kept the others out."""

    classes: dict[Class, list[Candidate]] = field(default_factory=lambda: {"both": [], "july_only": [], "december_only": []})
    others: dict[str, list[int]] = field(default_factory=dict)


def candidates(*, seed: int, numbers: Iterable[int], targets: Targets, until: date) -> Candidates:
    """Every candidate's life, judged on both reference days; lives themselves are not kept."""
    found = Candidates()
    for some in _batches(numbers):
        lives = [life for number in some if (life := make_life(seed=seed, number=number, until=until)).arrests]
        _judge(lives, targets, found)
    return found


def _batches(numbers: Iterable[int]) -> Iterator[tuple[int, ...]]:
    waiting = iter(numbers)
    while some := tuple(islice(waiting, BATCH)):
        yield some


def _judge(lives: list[Life], targets: Targets, found: Candidates) -> None:
    july, december = targets.days["july"], targets.days["december"]
    in_july, in_december = percents(lives, july), percents(lives, december)
    outside: list[tuple[Life, str]] = []
    for life, first, second in zip(lives, in_july, in_december, strict=True):
        kept_out = bar(life, july, first), bar(life, december, second)
        if all(kept_out):
            outside.append((life, kept_out[1]))
            continue
        if unclear(life, july) or unclear(life, december):
            continue
        facts = {} if kept_out[0] else history(life, july)
        if not kept_out[1]:
            percent = second or 0
            if not targets.extremes["percent_lowest"] <= percent <= targets.extremes["percent_highest"]:
                continue
            facts |= standing(life, december, percent)
        which: Class = "december_only" if kept_out[0] else "july_only" if kept_out[1] else "both"
        found.classes[which].append(Candidate(number=life.number, facts=facts))
    _set_aside(outside, found, max(targets.others.values()))


def _set_aside(outside: list[tuple[Life, str]], found: Candidates, enough: int) -> None:
    """People eligible on neither day, as many of each kind as could be wanted; first those who join in 2016."""
    joiners = found.others.setdefault("later_joiner", [])
    joining = _eligible_later([life for life, _ in outside]) if len(joiners) < enough else set()
    for life, reason in outside:
        kind = found.others.setdefault("later_joiner" if life.number in joining else reason, [])
        if len(kind) < enough:
            kind.append(life.number)


def _eligible_later(lives: list[Life]) -> set[int]:
    """Who would be found eligible on one of the later days."""
    joining = set()
    for on in LATER:
        waiting = [life for life in lives if life.number not in joining]
        for life, percent in zip(waiting, percents(waiting, on), strict=True):
            if not bar(life, on, percent):
                joining.add(life.number)
    return joining
