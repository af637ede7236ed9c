"""Whom casting chooses from: the lives of a world as they stand on a day, and from when each is in the cohort.

What is asked of a person here follows from the life alone, by the rules that the product counts with; nothing is invented.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from throughcare.core.dates import completed_years
from throughcare.core.working_days import is_working_day
from throughcare.synthetic.casting_figures import Figures
from throughcare.synthetic.fit_facts import LATER, bar
from throughcare.synthetic.fit_scores import records
from throughcare.synthetic.fit_targets import targets
from throughcare.synthetic.lives import CustodySpell, Life, SupervisionSpell
from throughcare.synthetic.lives_places import BOROUGHS
from throughcare.synthetic.lives_spells import borough_on

FIRST, LAST = date(2016, 2, 6), date(2016, 12, 31)
"""The period reported on, both days counted."""

ONE_DAY = timedelta(days=1)


class CastingError(Exception):
    """The lives do not hold the people that a published figure asks for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One life as casting sees it. `joined` is the day from which the person is in the cohort, None: never."""

    life: Life
    joined: date | None
    custody: tuple[CustodySpell, ...]
    supervision: tuple[SupervisionSpell, ...]

    @property
    def number(self) -> int:
        return self.life.number

    def member(self, on: date) -> bool:
        return self.joined is not None and self.joined <= on

    def held(self, on: date) -> CustodySpell | None:
        """The spell in prison that the day falls in."""
        return next((s for s in self.custody if s.start <= on and (s.end is None or on < s.end)), None)

    def under(self, on: date) -> SupervisionSpell | None:
        """The supervision that the day falls in."""
        return next((s for s in self.supervision if s.start <= on and (s.end is None or on < s.end)), None)

    def status(self, on: date) -> str:
        """custody (serving a sentence), licence (post-sentence supervision too) or community; empty where none is clear."""
        held, under = self.held(on), self.under(on)
        if under is None:
            return ""
        if held is not None:
            return "custody" if held.kind == "sentenced" and under.kind == "custody" else ""
        return {"licence": "licence", "pss": "licence", "custody": ""}.get(under.kind, "community")

    def free(self, on: date) -> bool:
        """In the community, supervised or not."""
        return self.held(on) is None

    def age(self, on: date) -> int:
        return completed_years(self.life.date_of_birth, on)

    def home(self, on: date) -> str:
        return borough_on(self.life.addresses, on)

    def resident(self, on: date) -> bool:
        return self.home(on) in BOROUGHS


@dataclass(frozen=True, kw_only=True, slots=True)
class Pool:
    """Everybody of a world, in order of number, with the figures to be met. Every choice draws from a stream of its name."""

    seed: int
    figures: Figures
    people: tuple[Person, ...]

    def random(self, name: str) -> Random:
        return Random(f"{self.seed}:casting:{name}")

    def members(self, on: date) -> Iterator[Person]:
        return (person for person in self.people if person.member(on))

    def person(self, number: int) -> Person:
        return next(person for person in self.people if person.number == number)

    def short(self, what: str, wanted: int, found: int) -> None:
        """Refuses where figures are to be met exactly and there are too few; otherwise fewer is enough."""
        if self.figures.exact and found < wanted:
            raise CastingError(f"{what}: {wanted} wanted, {found} found")


def pool(lives: Sequence[Life], *, seed: int, figures: Figures | None = None) -> Pool:
    """The people of a world. Without `figures`, the published ones made as small as the world is."""
    joined = _joined(lives)
    initial = sum(day == targets().days["december"] for day in joined.values())
    return Pool(
        seed=seed,
        figures=figures or Figures.published().scaled(initial / targets().size("december")),
        people=tuple(
            Person(
                life=life,
                joined=joined.get(life.number),
                custody=tuple(s for s in life.custody if s.end is None or s.end > targets().days["december"]),
                supervision=tuple(s for s in life.supervision if s.end is None or s.end > targets().days["december"]),
            )
            for life in lives
        ),
    )


def _joined(lives: Sequence[Life]) -> dict[int, date]:
    """The first day on which each life is found eligible: the day of the initial cohort, then the first of each month."""
    known = records(lives)
    joined: dict[int, date] = {}
    for on in (targets().days["december"], *LATER):
        percents = known.percents(on)
        for life in lives:
            if life.number not in joined and life.arrests and not bar(life, on, percents.get(life.number)):
                joined[life.number] = on
    return joined


def working_days(start: date, last: date) -> list[date]:
    """The working days from one day to another, both counted."""
    return [day for n in range((last - start).days + 1) if is_working_day(day := start + n * ONE_DAY)]


def after(day: date, days: int) -> date:
    """That many calendar days later, or the next working day where that is none."""
    day += timedelta(days=days)
    while not is_working_day(day):
        day += ONE_DAY
    return day


def before(day: date, days: int) -> date:
    """That many calendar days earlier, or the last working day before where that is none."""
    day -= timedelta(days=days)
    while not is_working_day(day):
        day -= ONE_DAY
    return day
