"""Reads `targets.toml`: which figures the pilot must show, and how large each class of people is."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

Day = Literal["july", "december"]
Class = Literal["both", "july_only", "december_only"]

MEMBERS: dict[Class, tuple[Day, ...]] = {
    "both": ("july", "december"),
    "july_only": ("july",),
    "december_only": ("december",),
}
"""On which reference days the people of a class are eligible."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One mean or share over the people eligible on a day. `slug` is empty for what was chosen and not published."""

    slug: str
    day: Day
    fact: str
    value: float
    tolerance: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Targets:
    """The whole file. `extremes` are of the December cohort; `others` are people eligible on neither day."""

    days: dict[Day, date]
    classes: dict[Class, int]
    extremes: dict[str, int]
    others: dict[str, int]
    figures: tuple[Figure, ...]
    chosen: tuple[Figure, ...]

    def size(self, day: Day) -> int:
        """How many people are eligible on a reference day."""
        return sum(size for each, size in self.classes.items() if day in MEMBERS[each])


@cache
def targets() -> Targets:
    """The targets of the pilot; unknown keys in a figure raise `TypeError`."""
    read = tomllib.loads(files(__package__).joinpath("targets.toml").read_text(encoding="utf-8"))
    return Targets(
        days=read["days"],
        classes=read["classes"],
        extremes=read["extremes"],
        others=read["others"],
        figures=tuple(Figure(**figure) for figure in read["figures"]),
        chosen=tuple(Figure(slug="", **figure) for figure in read["chosen"]),
    )
