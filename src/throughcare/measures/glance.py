"""The board at a glance: a line a service with its target and its trend, the way through it, its boroughs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from throughcare.measures.board import STEPS, Board, Figure, Section
from throughcare.measures.results import Result
from throughcare.measures.run_charts import RunChart, run_chart

WAY = {
    "service.eligible": "eligible", "referrals": "referred", "service.accepted": "accepted", "service.accessing": "taking part",
    "service.completed": "completed",
}  # fmt: skip
"""The steps on the way through a service, by the measure that counts them."""


@dataclass(frozen=True, eq=False)
class Line:
    """One figure of a section: undivided, and its months. It is made once for each board."""

    section: Section
    figure: Figure
    result: Result

    @cached_property
    def chart(self) -> RunChart:
        return run_chart(self.figure.divided("month", self.result.group), self.section.life)

    @property
    def boroughs(self) -> tuple[Result, ...]:
        """The results by borough, the highest first; what has no value comes last."""
        return by_value(self.figure.divided("borough", self.result.group))


@dataclass(frozen=True, eq=False)
class Glance:
    """The lines of a board, a section's together. What is worked out of it is kept with it."""

    board: Board
    kept: dict[str, tuple[Line, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def lines(self) -> tuple[tuple[Section, tuple[Line, ...]], ...]:
        return tuple((section, lines) for section in self.board.sections if (lines := headlines(section)))

    def lines_of(self, section: Section) -> tuple[Line, ...]:
        """Every figure of one of its sections that has months, as a line."""
        if section.slug not in self.kept:
            found = (Line(section=section, figure=f, result=r) for f in section.figures for r in f.shown)
            self.kept[section.slug] = tuple(line for line in found if line.chart.points)
        return self.kept[section.slug]

    @property
    def all_lines(self) -> tuple[Line, ...]:
        return tuple(line for _, lines in self.lines for line in lines)


def headlines(section: Section) -> tuple[Line, ...]:
    """What stands for a section: its figures with a target; else how many are referred, the first with months, the first."""
    shown = [(figure, r) for figure in section.figures for r in figure.shown]
    found = [(f, r) for f, r in shown if r.target is not None]
    for wanted in (
        lambda f, r: f.measure.slug == "referrals", lambda f, r: bool(f.divided("month", r.group)), lambda f, r: True,
    ):  # fmt: skip
        found = found or [(f, r) for f, r in shown if wanted(f, r)][:1]
    return tuple(Line(section=section, figure=f, result=r) for f, r in found)


def way(section: Section) -> tuple[tuple[str, Result], ...]:
    """The steps through the service that the reader's rows tell, in their order, with what each is called."""
    by_slug = {f.measure.slug: f.shown[0] for f in section.figures if f.measure.slug in WAY and f.shown}
    return tuple((WAY[slug], by_slug[slug]) for slug in STEPS if slug in by_slug)


def by_value(results: Sequence[Result]) -> tuple[Result, ...]:
    """The highest first; what is withheld or has no value last."""
    return tuple(sorted(results, key=lambda r: (r.value is None, -(r.value or 0))))
