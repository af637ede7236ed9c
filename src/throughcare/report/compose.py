"""The whole report as a content tree."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from throughcare.measures.windows import last_day, said
from throughcare.report.content import Block, Chart, Report, Said, Section, Table
from throughcare.report.figures import Figures
from throughcare.report.sections import NOTHING, sections


def compose(figures: Figures, prose: Mapping[str, str] = NOTHING) -> Report:
    """The report of these figures for their audience; `prose`: by slug the analyst's own Markdown in place of a chapter's."""
    audience = "for the public" if figures.public else "for the governance group, not for publication"
    return Report(
        title=f"{figures.pilot.name}: how the pilot is doing",
        subtitle=f"{said(figures.period.start)} to {said(last_day(figures.period))}, {audience}",
        public=figures.public,
        sections=tuple(_with_caveats(section, figures) for section in sections(figures, prose)),
    )


def _with_caveats(section: Section, figures: Figures) -> Section:
    return replace(section, blocks=tuple(_noted(block, figures) for block in section.blocks))


def _noted(block: Block, figures: Figures) -> Block:
    """What is to be known beside the figures of a table or chart, each thing once."""
    if not isinstance(block, Table | Chart):
        return block
    told = (words for slug in dict.fromkeys(_slugs(block)) for words in figures.around.caveats.get(slug, ()))
    return replace(block, caveats=tuple(dict.fromkeys(told)))


def _slugs(block: Table | Chart) -> Iterable[str]:
    if isinstance(block, Chart):
        return (bar.result.slug for bar in block.bars)
    return (cell.result.slug for row in block.rows for cell in row.cells if isinstance(cell, Said))
