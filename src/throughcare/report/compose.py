"""The whole report as a content tree."""

from throughcare.measures.windows import last_day, said
from throughcare.report.content import Report
from throughcare.report.figures import Figures
from throughcare.report.sections import sections


def compose(figures: Figures) -> Report:
    """The report of these figures for their audience."""
    audience = "for the public" if figures.public else "for the governance group, not for publication"
    return Report(
        title=f"{figures.pilot.name}: how the pilot is doing",
        subtitle=f"{said(figures.period.start)} to {said(last_day(figures.period))}, {audience}",
        public=figures.public,
        sections=sections(figures),
    )
