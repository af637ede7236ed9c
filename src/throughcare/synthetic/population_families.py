"""The hostile world: ordinary lives, with the twins and namesake parents that linkage most easily takes for one person."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Literal

from throughcare.synthetic.lives import Life
from throughcare.synthetic.lives_build import Kin, make_life
from throughcare.synthetic.lives_traits import FIRST_NUMBER

Pair = tuple[int, int, Literal["twin", "parent"]]


def families(*, seed: int, people: int, until: date) -> tuple[tuple[Life, ...], tuple[Pair, ...]]:
    """`people` lives, about one in ten of them in a pair: half of the pairs twins, half a parent with a child's name.

    Twins share surname, birth date and first home, and have forenames and numbers of their own. A parent shares the whole
    name, the sex and the first home. Pairs are told apart by nothing but what a real register would have.
    """
    rng = Random(f"{seed}:families")
    lives: list[Life] = []
    pairs: list[Pair] = []
    for life in _alone(seed, until):
        if len(lives) >= people:
            break
        lives.append(life)
        if len(lives) < people and rng.random() < 0.055:
            relative, kind = _relative(rng, seed, life, FIRST_NUMBER + people + len(pairs), until)
            lives.append(relative)
            pairs.append((relative.number, life.number, "parent") if kind == "parent" else (life.number, relative.number, kind))
    return tuple(sorted(lives, key=lambda life: life.number)), tuple(pairs)


def _alone(seed: int, until: date) -> Iterator[Life]:
    number = FIRST_NUMBER
    while True:
        yield make_life(seed=seed, number=number, until=until)
        number += 1


def _relative(rng: Random, seed: int, life: Life, number: int, until: date) -> tuple[Life, Literal["twin", "parent"]]:
    """A twin, or a parent of 18 to 34 at the birth; nobody is made older than 80."""
    first = life.addresses[0]
    home = (first.postcode, first.borough)
    years = rng.randint(18, 34)
    if rng.random() < 0.5 or life.date_of_birth.year - years < until.year - 80:
        kin = Kin(surname=life.surname, forenames=None, sex=None, born=life.date_of_birth, home=home)
        return make_life(seed=seed, number=number, until=until, kin=kin), "twin"
    born = date(life.date_of_birth.year - years, rng.randint(1, 12), rng.randint(1, 28))
    kin = Kin(surname=life.surname, forenames=life.forenames, sex=life.sex, born=born, home=home)
    return make_life(seed=seed, number=number, until=until, kin=kin), "parent"
