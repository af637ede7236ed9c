"""Writing the report: index.html and figures.csv in a folder that appears whole or not at all."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from throughcare.casework.frames import reading_once
from throughcare.core.contracts import Finding, Measure, Scope
from throughcare.core.pilot import Period, Pilot
from throughcare.core.whole_folder import refuse_other, write_whole
from throughcare.measures.listing import figures_csv
from throughcare.measures.windows import last_day
from throughcare.registry import parts
from throughcare.report.compose import compose
from throughcare.report.figures import gather
from throughcare.report.html import page

MARK = "figures.csv"


def write_report(
    *, pilot: Pilot, period: Period, audience: Literal["governance", "public"], output: Path,
    measures: Iterable[Measure], findings: Iterable[Finding] | None = None,
) -> Path:  # fmt: skip
    """Writes the report of the period for an audience into the folder `output`; gives the path of its page.

    For the public small numbers are suppressed everywhere alike. Findings are those of all parts unless given. The folder
    is made beside and put in place at the end; an earlier report there is replaced, anything else there is refused.
    """
    refuse_other(output, mark=MARK, kind="report")
    with reading_once():
        found = _findings(pilot, period) if findings is None else findings
        figures = gather(measures, pilot=pilot, period=period, public=audience == "public", findings=found)
    files = {"index.html": page(compose(figures)), MARK: figures_csv(figures.results)}
    write_whole(output, files, mark=MARK, kind="report")
    return output / "index.html"


def _findings(pilot: Pilot, period: Period) -> list[Finding]:
    scope = Scope(pilot=pilot, period=period, as_at=last_day(period))
    return parts.findings(scope)
