"""Whom the last weeks, January and February 2017, are about, and which days they have.

The first casting ends with 2016, and its figures are published: nothing here is dated earlier than the first working day
of 2017, and every choice draws from streams of its own.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import polars as pl

from throughcare.synthetic.casting_people import ONE_DAY, Person, after, pool, working_days
from throughcare.synthetic.fit_facts import bar
from throughcare.synthetic.fit_scores import records
from throughcare.synthetic.lives import DEMONSTRATION_DAY, Life

START = date(2017, 1, 3)
"""The first working day of 2017."""

REVIEW = date(2017, 1, 31)
"""The last day on which co-ordinators decided: who was eligible then is a member on the day of the demonstration."""

YESTERDAY = DEMONSTRATION_DAY - ONE_DAY
DAYS = working_days(START, YESTERDAY)
"""The working days of the last weeks; `DAYS[-1]` is yesterday."""


def ago(days: int) -> date:
    """The working day so many before the day of the demonstration: 1 is yesterday. None is before the last weeks."""
    return DAYS[max(0, len(DAYS) - days)]


def later(day: date, days: int) -> date:
    """So many calendar days later, on a working day; yesterday at the latest."""
    return min(after(day, days), YESTERDAY)


@dataclass(frozen=True, kw_only=True, slots=True)
class Weeks:
    """The people of a world as the last weeks see them. `members`: in the cohort from the last review of 2016 to the day."""

    seed: int
    people: tuple[Person, ...]
    members: tuple[Person, ...]
    casting: Mapping[str, pl.DataFrame]

    def random(self, name: str) -> Random:
        return Random(f"{self.seed}:last weeks:{name}")

    def shuffled(self, rng: Random, fits: Callable[[Person], bool], *, without: Collection[int] = ()) -> list[Person]:
        """The members whom this fits, in an order by chance."""
        found = [person for person in self.members if person.number not in without and fits(person)]
        rng.shuffle(found)
        return found


def weeks(lives: Iterable[Life], *, seed: int, casting: Mapping[str, pl.DataFrame]) -> Weeks:
    """`casting` is the first one, with which nothing here may clash."""
    lives = tuple(lives)
    everybody = pool(lives, seed=seed).people
    percents = records(lives).percents(REVIEW)
    members = [
        p
        for p in everybody
        if p.member(date(2016, 12, 31)) and not bar(p.life, REVIEW, percents.get(p.number)) and p.under(YESTERDAY)
    ]
    return Weeks(seed=seed, people=everybody, members=tuple(members), casting=casting)


def release_planned(person: Person) -> date | None:
    """The planned release of somebody who is serving a sentence now, after today; None where none is known."""
    held = person.held(YESTERDAY)
    if held is None or held.kind != "sentenced":
        return None
    planned = [s.sentence.release_planned_on for s in person.life.sanctions if s.sentence and s.sentence.release_planned_on]
    return planned[-1] if planned and planned[-1] > DEMONSTRATION_DAY else None


def leaves_within(person: Person, days: int) -> bool:
    """Serving a sentence, with the release planned within so many days from today."""
    on = release_planned(person)
    return on is not None and on <= DEMONSTRATION_DAY + timedelta(days=days)
