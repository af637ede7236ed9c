"""From a career in day numbers to the spells of a life: homes, prisons and supervision, laid end to end."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from random import Random

from throughcare.synthetic.lives import AddressSpell, CustodySpell, Sex, SupervisionKind, SupervisionSpell
from throughcare.synthetic.lives_career import YEAR, Obligation, Stay
from throughcare.synthetic.lives_places import (
    ADULT_TRAINING,
    BOROUGHS,
    ELSEWHERE,
    LOCAL_PRISONS,
    OUTWARD,
    YOUNG_TRAINING,
    side,
)

_PRIORITY: tuple[SupervisionKind, ...] = ("custody", "licence", "pss", "suspended", "community")
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"


def addresses(
    rng: Random, *, born: int, stays: Iterable[Stay], roaming: float, until: int, home: tuple[str, str] | None
) -> tuple[AddressSpell, ...]:
    """The main addresses from birth to `until`; nobody moves while in custody. `home` fixes the first one."""
    postcode, borough = home or _first_home(rng)
    held = [(stay.start, stay.end) for stay in stays]
    spells = []
    start = born
    while True:
        gap = rng.expovariate(roaming / YEAR) + 60
        moved = max(start, born + int(17 * YEAR)) + int(gap)
        for begin, end in held:  # in order, so that a sentence that follows a remand is passed over too
            moved = end + 1 if begin <= moved <= end else moved
        if moved > until:
            spells.append(AddressSpell(postcode=postcode, borough=borough, start=_day(start), end=None))
            return tuple(spells)
        spells.append(AddressSpell(postcode=postcode, borough=borough, start=_day(start), end=_day(moved)))
        start, borough = moved, _next_borough(rng, borough)
        postcode = _postcode(rng, borough)


def _first_home(rng: Random) -> tuple[str, str]:
    borough = pick(rng, BOROUGHS) if rng.random() < 0.96 else pick(rng, ELSEWHERE)
    return _postcode(rng, borough), borough


def _next_borough(rng: Random, borough: str) -> str:
    draw = rng.random()
    if borough in BOROUGHS and draw < 0.55:
        return borough
    return pick(rng, ELSEWHERE) if draw > 0.86 else pick(rng, BOROUGHS)


def _postcode(rng: Random, borough: str) -> str:
    return f"{rng.choice(OUTWARD[borough].split())} {rng.randint(1, 9)}{rng.choice(_INWARD)}{rng.choice(_INWARD)}"


def borough_on(spells: tuple[AddressSpell, ...], on: date) -> str:
    """The borough of the main address on a day from birth on."""
    index = bisect_right([spell.start for spell in spells], on) - 1
    return spells[max(index, 0)].borough


def custody(
    rng: Random, *, sex: Sex, born: int, stays: Iterable[Stay], homes: tuple[AddressSpell, ...], until: int
) -> tuple[CustodySpell, ...]:
    """The prisons of each stay. Remand and the first weeks are local; longer sentences bring one transfer."""
    spells: list[CustodySpell] = []
    for stay in stays:
        if stay.start >= stay.end or stay.start > until:
            continue
        moved = stay.end
        if stay.kind == "sentenced" and sex == "M" and stay.end - stay.start > 90:
            moved = stay.start + rng.randint(25, 80)
        age = (stay.start - born) / YEAR
        first = _reception(rng, sex, age, borough_on(homes, _day(stay.start)))
        if spells and spells[-1].end == _day(stay.start):
            first = spells[-1].prison
        spells.append(CustodySpell(prison=first, kind=stay.kind, start=_day(stay.start), end=_ended(moved, until)))
        if stay.end > moved and moved <= until:
            spells.append(
                CustodySpell(prison=_training(rng, age), kind=stay.kind, start=_day(moved), end=_ended(stay.end, until))
            )
    return tuple(spells)


def _reception(rng: Random, sex: Sex, age: float, borough: str) -> str:
    if sex == "F":
        return "Bronzefield"
    if age < 18:
        return "Feltham"
    if age < 21 and rng.random() < 0.75:
        return "Feltham"
    return pick(rng, LOCAL_PRISONS[side(borough)])


def _training(rng: Random, age: float) -> str:
    if age < 17.7:
        return "Feltham"
    return pick(rng, YOUNG_TRAINING if age < 25 else ADULT_TRAINING)


def supervision(
    *, obligations: Iterable[Obligation], homes: tuple[AddressSpell, ...], adult_from: int, until: int
) -> tuple[SupervisionSpell, ...]:
    """One spell at a time, by priority of kind, from the eighteenth birthday on (youths have other services)."""
    live = [(max(each.start, adult_from), each.end, each) for each in obligations]
    live = [(start, end, each) for start, end, each in live if start < end and start <= until]
    days = sorted({day for start, end, _ in live for day in (start, end)})
    runs: list[tuple[Obligation, int, int]] = []
    for start, end in pairwise(days):
        running = [each for begin, stop, each in live if begin <= start < stop]
        if not running or start > until:
            continue
        first = min(running, key=lambda each: (_PRIORITY.index(each.kind), -each.start))
        if runs and runs[-1][2] == start and (runs[-1][0].kind, runs[-1][0].agency) == (first.kind, first.agency):
            runs[-1] = (runs[-1][0], runs[-1][1], end)
        else:
            runs.append((first, start, end))
    return tuple(
        SupervisionSpell(
            agency=each.agency,
            kind=each.kind,
            start=_day(start),
            end=_ended(end, until),
            office_borough=borough_on(homes, _day(start)),
        )
        for each, start, end in runs
    )


def _ended(day: int, until: int) -> date | None:
    return _day(day) if day <= until else None


def _day(day: int) -> date:
    return date.fromordinal(day)


def pick(rng: Random, weights: Mapping[str, float]) -> str:
    """One of the names, by its weight."""
    return rng.choices(list(weights), weights=list(weights.values()))[0]
