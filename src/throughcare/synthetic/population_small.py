"""The small world: a few dozen lives with everything in it, for tests and for looking at."""

from datetime import date

from throughcare.core.dates import completed_years
from throughcare.synthetic.lives import Life
from throughcare.synthetic.lives_build import make_life
from throughcare.synthetic.lives_places import ELSEWHERE
from throughcare.synthetic.lives_spells import borough_on
from throughcare.synthetic.lives_traits import FIRST_NUMBER, YOUNG_PERSISTENT

LOOKED_AT = date(2015, 12, 31)


def assortment(*, seed: int, people: int, until: date) -> tuple[Life, ...]:
    """`people` lives, taken in turn from each kind of person found among about four times as many.

    Kinds are sex and what the person was doing on the last day of 2015: in custody, on remand only, on licence, on an
    order, not supervised, living elsewhere, under 18.
    """
    numbers = [*YOUNG_PERSISTENT[:2], *range(FIRST_NUMBER, FIRST_NUMBER + 20 + 3 * people)]
    waiting: dict[tuple[str, str], list[Life]] = {}
    for number in numbers:
        life = make_life(seed=seed, number=number, until=until)
        if life.arrests:
            waiting.setdefault((life.sex, situation(life, LOOKED_AT)), []).append(life)
    chosen: list[Life] = []
    while len(chosen) < people and any(waiting.values()):
        for kind in sorted(waiting):
            if waiting[kind] and len(chosen) < people:
                chosen.append(waiting[kind].pop(0))
    return tuple(sorted(chosen, key=lambda life: life.number))


def situation(life: Life, on: date) -> str:
    """What the person was doing on a day, in one word."""
    if completed_years(life.date_of_birth, on) < 18:
        return "young"
    held = [spell.kind for spell in life.custody if spell.start <= on and (spell.end is None or on < spell.end)]
    under = [spell.kind for spell in life.supervision if spell.start <= on and (spell.end is None or on < spell.end)]
    if not under:
        return "remand" if held else "free"
    return "elsewhere" if borough_on(life.addresses, on) in ELSEWHERE else under[0]
