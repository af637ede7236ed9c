"""The board: for each service its figures over a period, undivided, by month and by borough. From the calculator alone.

The governance audience sees them as they are, as in its report. Any other sees its own undivided, with small numbers withheld,
all its figures together: divided, nearly all would be.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property

from throughcare.casework.frames import held, nothing_collected, reading_once
from throughcare.core.contracts import Measure
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.calculate import Run
from throughcare.measures.disclosure import suppress
from throughcare.measures.own import Own, calculate_own
from throughcare.measures.relations import relations
from throughcare.measures.results import Result

COHORT = ("cohort.size", "cohort.joined", "cohort.left")
STEPS = ("service.eligible", "referrals", "service.accepted", "service.accessing", "service.completed", "service.not_completed")
WITHOUT_REFERRAL = ("service.eligible", "service.accessing")
BY = ("month", "borough", "provider")
TOTALS = ("all", "total", "total|all")
MOST_GROUPS = 4
"""A figure with more groups and no total is shown group by group on its own page alone."""


@dataclass(frozen=True, kw_only=True)
class View:
    """Of which rows a reader may see figures (None: all), and whether as the governance audience does."""

    own: Own | None
    governance: bool


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measure: its results, undivided first. On a service's board only the groups that are the service's."""

    measure: Measure
    results: tuple[Result, ...]

    @property
    def whole(self) -> tuple[Result, ...]:
        return tuple(r for r in self.results if not r.breakdown)

    @property
    def shown(self) -> tuple[Result, ...]:
        """What stands for the figure in a list: its total, or its groups where they are few."""
        total = tuple(r for r in self.whole if r.group in TOTALS)
        return total[-1:] or (self.whole if len(self.whole) <= MOST_GROUPS else ())

    def divided(self, by: str, group: str) -> tuple[Result, ...]:
        return tuple(r for r in self.results if r.group == group and tuple(r.breakdown) == (by,))

    def labels(self, by: str) -> tuple[str, ...]:
        """The months or boroughs for which there is a result, in their order."""
        return tuple(dict.fromkeys(r.breakdown[by] for r in self.results if tuple(r.breakdown) == (by,)))


@dataclass(frozen=True, kw_only=True)
class Section:
    """A service, or the cohort, with its figures. `life`: the part of the period in which it ran; None for the whole."""

    slug: str
    title: str
    figures: tuple[Figure, ...]
    life: Period | None = None

    def labels(self, by: str) -> tuple[str, ...]:
        """The columns of the table divided so: of months, all that any figure has, in order."""
        found = dict.fromkeys(label for figure in self.figures for label in figure.labels(by))
        return tuple(sorted(found)) if by == "month" else tuple(found)


@dataclass(frozen=True, kw_only=True)
class Board:
    """All sections that have a figure for the reader."""

    sections: tuple[Section, ...]

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """Every result once, as they stand on the board."""
        return tuple({r.key: r for section in self.sections for figure in section.figures for r in figure.results}.values())

    @cached_property
    def with_target(self) -> tuple[Result, ...]:
        """Undivided results held against a target of which it is known how they stand."""
        return tuple(r for r in self.results if not r.breakdown and r.meets_target is not None)

    @cached_property
    def under_target(self) -> tuple[Result, ...]:
        return tuple(r for r in self.with_target if not r.meets_target)


def board(
    measures: Iterable[Measure], *, pilot: Pilot, period: Period, view: View, services: Collection[str], cohort: bool
) -> Board:
    """The figures of these services, and of the cohort where wanted, as the reader may see them."""
    by_slug = {measure.slug: measure for measure in measures}

    @cache
    def made(slug: str) -> Figure:
        return figure(by_slug[slug], pilot=pilot, period=period, view=view, run=held(Run))

    def of(slugs: Iterable[str], group: str = "") -> tuple[Figure, ...]:
        found = (made(slug) for slug in slugs if slug in by_slug)
        kept = (replace(f, results=tuple(r for r in f.results if not group or r.group == group)) for f in found)
        return tuple(f for f in kept if f.results)

    with reading_once(), nothing_collected():
        sections = [Section(slug="cohort", title="The cohort", figures=of(COHORT))] * cohort
        for service in (each for each in pilot.services if each.slug in services):
            steps = STEPS if service.by_referral else WITHOUT_REFERRAL
            theirs = [slug for slug, m in by_slug.items() if m.service == service.slug and not slug.startswith("service.")]
            told = (*of(steps, service.name), *of(theirs))
            life = period.cut(service.start, service.end)
            sections.append(Section(slug=service.slug, title=service.name, figures=told, life=life))
    found = Board(sections=tuple(section for section in sections if section.figures))
    return found if view.governance else _withheld(found, pilot)


def figure(measure: Measure, *, pilot: Pilot, period: Period, view: View, run: Run) -> Figure:
    """A measure with all its groups, undivided and, for governance, by what of `BY` its rows have. Nothing is withheld yet."""
    by = BY if view.governance else ()
    results = calculate_own(measure, view.own, pilot=pilot, period=period, by=by, apart=True, run=run)
    return Figure(measure=measure, results=results)


def _withheld(told: Board, pilot: Pilot) -> Board:
    """The same board with its small numbers withheld, protected together."""
    safe = suppress(told.results, smallest=pilot.smallest_published, relations=relations(pilot))
    by_key = {r.key: r for r in safe}
    return Board(sections=tuple(
        replace(section, figures=tuple(replace(f, results=tuple(by_key[r.key] for r in f.results)) for f in section.figures))
        for section in told.sections
    ))  # fmt: skip
