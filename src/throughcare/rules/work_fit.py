"""Whether a job fits a person: where, how many hours, at what time of day, which licence, and what conditions bar.

Reads nothing. Who looks is told what stands in the way, and of a condition never more than `told` of it says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from throughcare.core.times import time_in_words

MINUTES_OF_A_DAY = 24 * 60
ASK_THE_MANAGER = "a condition: ask their manager"


@dataclass(frozen=True, kw_only=True)
class Hours:
    """A part of every day, [start, end) on a London clock. It goes past midnight where it ends before it starts.

    Of one that ends when it starts nobody can say whether it is all of the day or none: it is not given.
    """

    start: time
    end: time

    @property
    def words(self) -> str:
        return f"{time_in_words(self.start)} to {time_in_words(self.end)}"

    def overlaps(self, other: "Hours") -> bool:
        """Whether they share a minute. One that ends as the other starts does not meet it."""
        return any(a < d and c < b for a, b in self._parts() for c, d in other._parts())

    def holds(self, other: "Hours") -> bool:
        """Whether all of the other is in it."""
        return not Hours(start=self.end, end=self.start).overlaps(other)

    def _parts(self) -> tuple[tuple[int, int], ...]:
        start, end = (at.hour * 60 + at.minute for at in (self.start, self.end))
        return ((start, end),) if start < end else ((start, MINUTES_OF_A_DAY), (0, end))


def hours_between(start: time | None, end: time | None) -> Hours | None:
    """The hours from one time to another; None where either is not known."""
    return Hours(start=start, end=end) if start is not None and end is not None else None


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What bars somebody from some work. `hours`: at these hours of every day. `involves`: work of these kinds. `borough`: work
    there. `told`: what whoever finds work may read of it, "" where no more than that there is one.
    """

    told: str = ""
    hours: Hours | None = None
    involves: frozenset[str] = frozenset()
    borough: str = ""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job: None and "" are not known. `licences`: each is needed. `disclosure`: the employer asks about convictions."""

    borough: str = ""
    hours_a_week: int | None = None
    hours: Hours | None = None
    licences: frozenset[str] = frozenset()
    involves: frozenset[str] = frozenset()
    disclosure: bool = False


@dataclass(frozen=True, kw_only=True)
class Seeker:
    """What somebody looks for, and what is known of them. `boroughs` none: nobody asked. `agreed`: to telling of convictions."""

    boroughs: frozenset[str] = frozenset()
    most_hours: int | None = None
    free: Hours | None = None
    licences: frozenset[str] = frozenset()
    conditions: tuple[Condition, ...] = ()
    agreed: bool = False
    inside: bool = False
    kept_away: bool = False


@dataclass(frozen=True, kw_only=True)
class Fit:
    """`cannot`: what stands in the way, a few words each. `ask`: what is not known, or has to be asked first."""

    cannot: tuple[str, ...]
    ask: tuple[str, ...]


def clashes(hours: Hours | None, conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """The conditions whose hours meet these; none where the hours are not known."""
    return tuple(c for c in conditions if hours and c.hours and c.hours.overlaps(hours))


def bars(job: Job, condition: Condition) -> bool:
    """Whether a condition bars the job: by its hours, by what the work is, or by where."""
    at_hours = bool(clashes(job.hours, [condition]))
    return at_hours or bool(condition.involves & job.involves) or bool(condition.borough and condition.borough == job.borough)


def fit(job: Job, seeker: Seeker, *, licence_words: Iterable[tuple[str, str]] = ()) -> Fit:
    """What stands in the way of the job, each once, and what is to be asked. Nothing known of a job's side bars nobody.

    `licence_words`: by licence, its words.
    """
    called = dict(licence_words)
    cannot = ["in custody"] if seeker.inside else []
    if seeker.boroughs and job.borough and job.borough not in seeker.boroughs:
        cannot.append(f"does not look for work in {job.borough}")
    if seeker.most_hours is not None and job.hours_a_week is not None and job.hours_a_week > seeker.most_hours:
        cannot.append(f"can work {seeker.most_hours} hours a week at most")
    if seeker.free and job.hours and not seeker.free.holds(job.hours):
        cannot.append(f"can work from {seeker.free.words} only")
    cannot += [f"has no {called.get(each, each)}" for each in sorted(job.licences - seeker.licences)]
    cannot += [c.told or ASK_THE_MANAGER for c in seeker.conditions if bars(job, c)]
    if seeker.kept_away:
        cannot.append(ASK_THE_MANAGER)
    ask = [] if seeker.boroughs else ["where they look for work"]
    if job.hours is None and any(c.hours for c in seeker.conditions):
        ask.append("the hours of the job")
    if job.disclosure and not seeker.agreed:
        ask.append("whether the employer may be told of convictions")
    return Fit(cannot=tuple(dict.fromkeys(cannot)), ask=tuple(ask))
