"""The synthetic populations: who lives in each demonstration world.

`pilot` is the fitted London pilot, `small` a handful of everything, `hostile` ordinary lives with the family pairs
that linkage most easily confuses. The same scenario, seed and size always give the same people.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from throughcare.core.errors import UserError
from throughcare.synthetic.fit_selection import PILOT_SEED, pilot_numbers
from throughcare.synthetic.lives import (
    UNTIL,
    AddressSpell,
    ArrestEvent,
    CustodySpell,
    Life,
    Offence,
    Sanction,
    SentenceGiven,
    SupervisionSpell,
)
from throughcare.synthetic.lives_build import make_life
from throughcare.synthetic.population_families import Pair, families
from throughcare.synthetic.population_small import assortment

__all__ = [
    "PILOT_SEED",
    "UNTIL",
    "AddressSpell",
    "ArrestEvent",
    "CustodySpell",
    "Life",
    "Offence",
    "Population",
    "Sanction",
    "Scenario",
    "SentenceGiven",
    "SupervisionSpell",
    "population",
]

Scenario = Literal["pilot", "small", "hostile"]


class PopulationError(UserError):
    """A population was asked for that no scenario gives."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Population:
    """The lives of one world, in order of number. A pair ("parent") names the parent first."""

    seed: int
    scenario: Scenario
    until: date
    lives: tuple[Life, ...]
    pairs: tuple[Pair, ...] = ()


def population(*, scenario: Scenario, seed: int, people: int | None = None) -> Population:
    """The population of a scenario; `people` is refused for `pilot`, whose size the pilot itself fixed.

    `pilot` with another seed than the shipped one searches for a selection afresh, which takes about a minute.
    Without `people`, `small` has 60 and `hostile` 1,000. Fewer than 1 is refused.
    """
    if people is not None and (people < 1 or scenario == "pilot"):
        raise PopulationError(
            what="The population cannot be made",
            record=f"scenario {scenario}, people {people}",
            expected="a whole number of 1 or more, and none at all for the pilot, whose size is fixed",
            mend="leave people out, or choose the scenario small or hostile",
        )
    pairs: tuple[Pair, ...] = ()
    if scenario == "pilot":
        lives = tuple(make_life(seed=seed, number=number, until=UNTIL) for number in pilot_numbers(seed))
    elif scenario == "small":
        lives = assortment(seed=seed, people=people or 60, until=UNTIL)
    else:
        lives, pairs = families(seed=seed, people=people or 1_000, until=UNTIL)
    return Population(seed=seed, scenario=scenario, until=UNTIL, lives=lives, pairs=pairs)
