"""Whom casting chooses from: the lives of a world as they stand on a day, and from when each is in the cohort.

What is asked of a person here follows from the life alone, by the rules that the product counts with; nothing is invented.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from throughcare.core.dates import completed_years, months_after
from throughcare.core.working_days import is_working_day
from throughcare.synthetic.casting_figures import Figures
from throughcare.synthetic.fit_facts import bar
from throughcare.synthetic.fit_scores import records
from throughcare.synthetic.fit_targets import targets
from throughcare.synthetic.lives import CustodySpell, Life, SupervisionSpell
from throughcare.synthetic.lives_places import BOROUGHS
from throughcare.synthetic.lives_spells import borough_on

FIRST, LAST = date(2016, 2, 6), date(2016, 12, 31)
"""The period reported on, both days counted."""

ONE_DAY = timedelta(days=1)
REVIEWS = tuple(months_after(date(2016, 1, 1), month) - ONE_DAY for month in range(13))
"""The last days of the months, from that of the initial cohort on: who is eligible then is or becomes a member."""


class CastingError(Exception):
    """The lives do not hold the people that a published figure asks for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One life as casting sees it. `eligible_at` are the reviews of the cohort at which the person is found eligible."""

    life: Life
    eligible_at: tuple[date, ...]
    custody: tuple[CustodySpell, ...]
    supervision: tuple[SupervisionSpell, ...]

    @property
    def number(self) -> int:
        return self.life.number

    @property
    def joined(self) -> date | None:
        """The first day in the cohort, None: never."""
        return self.eligible_at[0] if self.eligible_at else None

    def member(self, on: date) -> bool:
        """In the cohort: found eligible at the last review on or before the day."""
        reviewed = bisect_right(REVIEWS, on)
        return reviewed > 0 and REVIEWS[reviewed - 1] in self.eligible_at

    def eligible(self, on: date) -> bool:
        """A member, or under supervision already and found eligible at the next review."""
        return self.member(on) or (
            self.under(on) is not None and next((day for day in REVIEWS if day > on), None) in self.eligible_at
        )

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

    def short(self, what: str, wanted: int, found: int) -> None:
        """Refuses where figures are to be met exactly and there are too few; otherwise fewer is enough."""
        if self.figures.exact and found < wanted:
            raise CastingError(f"{what}: {wanted} wanted, {found} found")


def pool(lives: Sequence[Life], *, seed: int, figures: Figures | None = None) -> Pool:
    """The people of a world. Without `figures`, the published ones made as small as the world is."""
    eligible = _eligible(lives)
    initial = sum(REVIEWS[0] in days for days in eligible.values())
    return Pool(
        seed=seed,
        figures=figures or Figures.published().scaled(initial / targets().size("december")),
        people=tuple(
            Person(
                life=life,
                eligible_at=tuple(eligible.get(life.number, ())),
                custody=tuple(s for s in life.custody if s.end is None or s.end > REVIEWS[0]),
                supervision=tuple(s for s in life.supervision if s.end is None or s.end > REVIEWS[0]),
            )
            for life in lives
        ),
    )


def _eligible(lives: Sequence[Life]) -> dict[int, list[date]]:
    """By number the reviews at which a life is found eligible, in order."""
    known = records(lives)
    found: dict[int, list[date]] = {}
    for on in REVIEWS:
        percents = known.percents(on)
        for life in lives:
            if life.arrests and not bar(life, on, percents.get(life.number)):
                found.setdefault(life.number, []).append(on)
    return found


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
