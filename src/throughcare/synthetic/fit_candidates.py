"""Lives many candidates and keeps, of each, its class and the facts that the choice adds up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from throughcare.synthetic.fit_facts import LATER, bar, history, standing, unclear
from throughcare.synthetic.fit_scores import Records, records
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
    known = records(lives)
    in_july, in_december = known.percents(july), known.percents(december)
    outside: list[tuple[Life, str]] = []
    for life in lives:
        if unclear(life, july) or unclear(life, december):
            continue
        percent = in_december.get(life.number)
        kept_out = bar(life, july, in_july.get(life.number)), bar(life, december, percent)
        if all(kept_out):
            outside.append((life, kept_out[1]))
            continue
        facts = {} if kept_out[0] else history(life, july)
        if not kept_out[1] and percent is not None:
            if not targets.extremes["percent_lowest"] <= percent <= targets.extremes["percent_highest"]:
                continue
            facts |= standing(life, december, percent)
        which: Class = "december_only" if kept_out[0] else "july_only" if kept_out[1] else "both"
        found.classes[which].append(Candidate(number=life.number, facts=facts))
    _set_aside(outside, known, found, max(targets.others.values()))


def _set_aside(outside: list[tuple[Life, str]], known: Records, found: Candidates, enough: int) -> None:
    """People eligible on neither day, as many of each kind as could be wanted; first those who join in 2016."""
    joiners = found.others.setdefault("later_joiner", [])
    joining = _eligible_later([life for life, _ in outside], known) if len(joiners) < enough else set()
    for life, reason in outside:
        kind = found.others.setdefault("later_joiner" if life.number in joining else reason, [])
        if len(kind) < enough:
            kind.append(life.number)


def _eligible_later(lives: list[Life], known: Records) -> set[int]:
    """Who would be found eligible on one of the later days."""
    joining: set[int] = set()
    for on in LATER:
        percents = known.percents(on)
        joining |= {life.number for life in lives if not bar(life, on, percents.get(life.number))}
    return joining
