"""The results of a report, found by slug and group. What is asked for and is not there is an error, never a blank."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from throughcare.core.contracts import Finding, Measure
from throughcare.core.errors import ThroughcareError
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.calculate import Run, calculate
from throughcare.measures.disclosure import suppress
from throughcare.measures.earlier import Earlier
from throughcare.measures.findings import counted
from throughcare.measures.relations import relations
from throughcare.measures.results import Result
from throughcare.measures.windows import last_day
from throughcare.report.around import Around

ONLY = "*"
# The figures that the report shows divided further, and by what.
DIVIDED = (("cohort.size_initial", "borough"), ("referrals", "month"), ("referrals", "borough"))


class MissingFigure(ThroughcareError):
    """The report asks for a figure or group that no measure gives."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All results of one report, as its audience may see them."""

    pilot: Pilot
    period: Period
    public: bool
    results: tuple[Result, ...]
    measures: Mapping[str, Measure]
    findings: tuple[Finding, ...]
    around: Around = field(default_factory=Around)

    def all_of(self, slug: str) -> tuple[Result, ...]:
        """The undivided results of a figure, in the order of publication."""
        found = tuple(r for r in self.results if r.slug == slug and not r.breakdown)
        if not found:
            raise _missing(slug, "a measure of that slug")
        return found

    def cell(self, slug: str, group: str = "all", *, by: tuple[str, str] | None = None) -> Result:
        """One result. Group "*" is the only group there is; `by` names a breakdown and its value."""
        found = [
            r for r in self.results
            if r.slug == slug and group in (r.group, ONLY) and tuple(r.breakdown.items()) == ((by,) if by else ())
        ]  # fmt: skip
        if len(found) != 1:
            raise _missing(f"{slug} [{group}]" + (f" {by[0]} {by[1]}" if by else ""), f"one result, not {len(found)}")
        return found[0]

    def find(self, slug: str, group: str) -> Result | None:
        """The undivided result of a group, None where the figure has no such group, or no group at all."""
        if slug not in self.measures:
            raise _missing(slug, "a measure of that slug")
        return next((r for r in self.results if (r.slug, r.group) == (slug, group) and not r.breakdown), None)

    def runs(self, service: str) -> bool:
        """Whether the pilot file has the service of that slug."""
        return service in {s.slug for s in self.pilot.services}

    def name(self, service: str) -> str:
        """What the pilot file calls a service that it has."""
        return self.pilot.service(service).name

    def groups(self, slug: str) -> tuple[str, ...]:
        return tuple(r.group for r in self.all_of(slug))


def gather(
    measures: Iterable[Measure], *, pilot: Pilot, period: Period, public: bool, findings: Iterable[Finding],
    around: Around | None = None,
) -> Figures:  # fmt: skip
    """Calculates all figures once, those of `DIVIDED` also divided; for the public, suppressed all together.

    `around`: what is told beside them, as that audience may see it.
    """
    by_slug = {m.slug: m for m in measures}
    told, run = tuple(findings), Run()
    results = [r for m in by_slug.values() for r in calculate(m, pilot=pilot, period=period, run=run)]
    for slug, by in DIVIDED:
        if slug not in by_slug:
            raise _missing(slug, "a measure of that slug")
        divided = calculate(by_slug[slug], pilot=pilot, period=period, by=(by,), run=run)
        results += [r for r in divided if r.breakdown]
    results += counted(told, period=period, as_at=last_day(period))
    figures = Figures(
        pilot=pilot, period=period, public=False, results=tuple(results), measures=by_slug, findings=told,
        around=around or Around(),
    )  # fmt: skip
    return for_the_public(figures) if public else figures


def for_the_public(figures: Figures, *, earlier: Sequence[Earlier] = ()) -> Figures:
    """The same with small numbers withheld, all together, and rounded where the pilot file asks for it. `earlier`: what was
    published before, the newest first."""
    pilot = figures.pilot
    shown = suppress(figures.results, smallest=pilot.smallest_published, relations=relations(pilot), earlier=earlier,
                     rounding=pilot.rounding)  # fmt: skip
    return replace(figures, public=True, results=shown)


def _missing(record: str, expected: str) -> MissingFigure:
    return MissingFigure(
        what="The report cannot show a figure", record=record, expected=expected,
        mend="declare the measure and its group, or take it out of the report",
    )  # fmt: skip
