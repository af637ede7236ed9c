"""What came up in interviews and focus groups, by theme, with the quotations that the analyst chose."""

from throughcare.report.content import Block, Heading, Paragraph, Quotation, Section
from throughcare.report.figures import Figures


def section(figures: Figures) -> Section:
    """None where nothing was chosen, or nothing may be shown."""
    blocks: list[Block] = []
    for theme in figures.around.themes:
        blocks.append(Heading(text=theme.title))
        if theme.meaning:
            blocks.append(Paragraph(parts=(theme.meaning,)))
        blocks += [Quotation(text=words, who=who) for words, who in theme.quotations]
    return Section(slug="voices", title="Themes from interviews and focus groups", blocks=tuple(blocks))
