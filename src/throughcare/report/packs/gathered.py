"""What a pack is made from: the board of its days, each headline's months, what is to be known of figures, owners' reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from throughcare.casework.frames import reading_once
from throughcare.casework.reasons.models import Reason
from throughcare.casework.reasons.queries import WHOLE, Key, Seen, latest_of_each, stands
from throughcare.core.contracts import Measure
from throughcare.core.dates import months_after
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.board import Board, Section, View, board
from throughcare.measures.calculate import Run, calculate
from throughcare.measures.caveats import Caveat, caveats
from throughcare.measures.disclosure import counts
from throughcare.measures.glance import Line, headlines
from throughcare.measures.groups import NoSuchBreakdown
from throughcare.measures.results import Result
from throughcare.measures.run_charts import RunChart, run_chart
from throughcare.measures.windows import last_day
from throughcare.report.content import Said
from throughcare.report.sentences import cell

GOVERNANCE = View(own=None, governance=True)


@dataclass(frozen=True, kw_only=True)
class Headline:
    """A figure that stands for its strand: over the period, and by month since the pilot began. `reason`: the owner's last."""

    line: Line
    chart: RunChart
    caveats: tuple[Caveat, ...]
    reason: Reason | None
    reason_stands: bool

    @property
    def result(self) -> Result:
        return self.line.result

    @property
    def provisional(self) -> bool:
        return any(caveat.kind == "provisional" for caveat in self.caveats)

    @property
    def is_exception(self) -> bool:
        """Under its target, moved by more than chance gives, or not whole yet."""
        return self.result.meets_target is False or self.chart.moved or self.provisional


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """All of it, read at once."""

    pilot: Pilot
    period: Period
    board: Board
    headlines: tuple[Headline, ...]
    provisional: frozenset[str]
    known: Mapping[str, tuple[Caveat, ...]]
    reasons: Mapping[str, Mapping[Key, Reason]] = field(default_factory=dict)

    def reasons_of(self, section: Section) -> tuple[tuple[Result, Reason], ...]:
        """The reasons that stand of a service's figures: of all of it first, then of its boroughs and providers."""
        found = {}
        for result in (r for figure in section.figures for r in figure.results):
            reason = self.reasons.get(urlencode(sorted(result.breakdown.items())), {}).get((result.slug, result.group))
            if reason is not None and stands(reason, _seen(result, self.period)):
                found[result.key] = (result, reason)
        return tuple(sorted(found.values(), key=lambda pair: (len(pair[0].breakdown), *pair[0].breakdown.values())))

    def is_small(self, result: Result) -> bool:
        """Whether it counts, or leaves out, fewer than may be published; 0 is not small."""
        few_a_month = result.statistic == "monthly" and 0 < (result.value or 0) < self.pilot.smallest_published
        return few_a_month or any(0 < number < self.pilot.smallest_published for number in counts(result))


def gather(measures: tuple[Measure, ...], *, pilot: Pilot, period: Period) -> Gathered:
    """Reads the store once for a pack of the period."""
    with reading_once():
        found = board(
            measures, pilot=pilot, period=period, view=GOVERNANCE, services=[s.slug for s in pilot.services], cohort=True
        )
        shown = {f.measure.slug: f.measure for section in found.sections for f in section.figures}
        known = {slug: caveats(measure, pilot=pilot, period=period) for slug, measure in shown.items()}
        reasons = latest_of_each()
        told = _headlines(found, pilot, period, known, reasons.get(WHOLE, {}))
    late = frozenset(slug for slug, some in known.items() if any(caveat.kind == "provisional" for caveat in some))
    return Gathered(
        pilot=pilot, period=period, board=found, headlines=told, provisional=late, known=known, reasons=reasons
    )


def _headlines(
    found: Board, pilot: Pilot, period: Period, known: Mapping[str, tuple[Caveat, ...]], reasons: Mapping[Key, Reason]
) -> tuple[Headline, ...]:
    run = Run()
    made = []
    for line in (line for section in found.sections for line in headlines(section)):
        slug, group = line.result.slug, line.result.group
        reason = reasons.get((slug, group))
        months = _by_month(line, pilot, _life(line, pilot, period), run)
        made.append(Headline(
            line=line, chart=run_chart(months), caveats=known[slug], reason=reason,
            reason_stands=reason is not None and stands(reason, _seen(line.result, period)),
        ))  # fmt: skip
    return tuple(made)


def _life(line: Line, pilot: Pilot, period: Period) -> Period:
    """The days from which its months are told: of a service since it began, of the cohort since the first were chosen. Before,
    nothing could be counted, and months of nothing would make all that follows news.
    """
    began = {service.slug: service.start for service in pilot.services}.get(line.section.slug)
    first = pilot.reference_days.get("initial_cohort") if line.section.slug == "cohort" else began
    return Period(start=min(max(pilot.life.start, first or pilot.life.start), period.start), end=period.end)


def _by_month(line: Line, pilot: Pilot, life: Period, run: Run) -> tuple[Result, ...]:
    """The figure's months; none where its rows have no day."""
    try:
        found = calculate(line.figure.measure, pilot=pilot, period=life, by=("month",), run=run)
    except NoSuchBreakdown:
        return ()
    return tuple(r for r in found if r.group == line.result.group and tuple(r.breakdown) == ("month",))


def _seen(result: Result, period: Period) -> Seen:
    """The figure as its owner saw it on the dashboard: of whole months."""
    since, until = whole_months(period)
    return Seen(since=since, until=until, figure=cell(Said(result=result)), whole=True, post=None)


def whole_months(period: Period) -> tuple[date, date]:
    """The months that the period begins and ends in, [first day, first day after]."""
    return period.start.replace(day=1), months_after(last_day(period).replace(day=1), 1)
