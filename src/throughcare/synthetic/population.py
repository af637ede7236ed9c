"""The synthetic populations: who lives in each demonstration world.

`pilot` is the fitted London pilot, `small` a handful of everything, `hostile` ordinary lives with the family pairs
that linkage most easily confuses. The same scenario, seed and size always give the same people.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from throughcare.synthetic.lives import (
    AddressSpell,
    ArrestEvent,
    CustodySpell,
    Life,
    Offence,
    Sanction,
    SentenceGiven,
    SupervisionSpell,
)

__all__ = [
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
Pair = tuple[int, int, Literal["twin", "parent"]]

UNTIL = date(2017, 2, 28)
"""The last day known in every world: the day before tagging begins."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Population:
    """The lives of one world, in order of number. A pair ("parent") names the parent first."""

    seed: int
    scenario: Scenario
    until: date
    lives: tuple[Life, ...]
    pairs: tuple[Pair, ...] = ()


def population(*, scenario: Scenario, seed: int, people: int | None = None) -> Population:
    """The population of a scenario; `people` is refused for `pilot`, whose size the pilot itself fixed."""
    raise NotImplementedError
