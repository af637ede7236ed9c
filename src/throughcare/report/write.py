"""Writing the report in its forms: page, PDF, workbook and figures.csv, in a folder that appears whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from django.conf import settings

from throughcare.casework.frames import reading_once
from throughcare.core.contracts import Finding, Measure, Scope
from throughcare.core.pilot import Period, Pilot
from throughcare.core.whole_folder import refuse_other, write_whole
from throughcare.measures.earlier import Earlier
from throughcare.measures.listing import figures_csv
from throughcare.measures.results import Result
from throughcare.measures.windows import last_day
from throughcare.registry import parts
from throughcare.report.around import Around, read_around
from throughcare.report.compose import compose
from throughcare.report.figures import Figures, for_the_public, gather
from throughcare.report.html import page
from throughcare.report.pdf import pdf
from throughcare.report.pictures import drawn
from throughcare.report.provenance import COLUMNS, Provenance, read_provenance
from throughcare.report.sections import NOTHING
from throughcare.report.workbook import workbook

MARK = "figures.csv"
FILES = {
    "index.html": "the report as a page", "report.pdf": "the report to print, tagged", "report.xlsx": "its tables and figures",
    MARK: "every figure with where it comes from",
}  # fmt: skip


def write_report(
    *, pilot: Pilot, period: Period, audience: Literal["governance", "public"], output: Path,
    measures: Iterable[Measure], findings: Iterable[Finding] | None = None, prose: Mapping[str, str] = NOTHING,
    around: Around | None = None, provenance: Provenance | None = None, earlier: Sequence[Earlier] = (),
) -> Path:  # fmt: skip
    """Writes the report of the period for an audience into the folder `output`; gives the path of its page.

    For the public small numbers are suppressed everywhere alike, reckoning with `earlier`, what was published before, the newest
    first. Findings are those of all parts unless given, and what stands around the figures, and where they come from, is read
    from the store. `prose`: by chapter the analyst's own Markdown. The folder is made beside and put in place at the end; an
    earlier report there is replaced, anything else there is refused.
    """
    refuse_other(output, mark=MARK, kind="report")
    known, public = tuple(measures), audience == "public"
    with reading_once():
        found = _findings(pilot, period) if findings is None else findings
        told = read_around(known, pilot=pilot, period=period, public=public) if around is None else around
        counted = gather(known, pilot=pilot, period=period, public=False, findings=found, around=told)
        figures = for_the_public(counted, earlier=earlier) if public else counted
        source = read_provenance(pilot, settings.THROUGHCARE_PILOT) if provenance is None else provenance
    write_whole(output, files(figures, source, prose=prose), mark=MARK, kind="report")
    return output / "index.html"


def files(figures: Figures, provenance: Provenance, *, prose: Mapping[str, str] = NOTHING) -> dict[str, str | bytes]:
    """Every form of the report of these figures, by the name of its file: one tree, each chart drawn once."""
    report = compose(figures, prose)
    drawings = drawn(report)

    def source(r: Result) -> Mapping[str, object]:
        return provenance.of(r, figures.measures.get(r.slug))

    return {
        "index.html": page(report, drawings), "report.pdf": pdf(report, drawings), "report.xlsx": workbook(report, figures),
        MARK: figures_csv(figures.results, more=COLUMNS, of=source),
    }  # fmt: skip


def _findings(pilot: Pilot, period: Period) -> list[Finding]:
    scope = Scope(pilot=pilot, period=period, as_at=last_day(period))
    return parts.findings(scope)
