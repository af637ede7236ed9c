"""What the pilot is worth: what each cost-benefit model says, or why nothing is claimed."""

from throughcare.report.content import Block, Bullets, Heading, Paragraph, Section
from throughcare.report.figures import Figures

NOT_PUBLIC = "What the pilot is worth is told to the governance group, with what each model rests on; it is not published here."
NONE = "No cost-benefit model is kept. Savings follow from effects: where no study has determined one, no saving is claimed."


def section(figures: Figures) -> Section:
    blocks: list[Block] = []
    for title, says in figures.around.worth:
        blocks += [Heading(text=title), Bullets(items=tuple(Paragraph(parts=(words,)) for words in says))]
    if not blocks:
        blocks = [Paragraph(parts=(NOT_PUBLIC if figures.public else NONE,))]
    return Section(slug="value", title="Value", blocks=tuple(blocks))
