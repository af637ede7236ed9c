"""What does not fit together in the data, and how to mend it. Records are named to the governance group only."""

from throughcare.core.contracts import Finding
from throughcare.report.content import Item, ItemList, Paragraph, Said, Section
from throughcare.report.figures import Figures


def section(figures: Figures) -> Section:
    if not figures.findings:
        words = Paragraph(parts=("No contradiction was found in the data of the period.",))
        return Section(slug="data-quality", title="Quality of the data", blocks=(words,))
    intro = Paragraph(parts=("The figures count the data as they were given. These do not fit together:",))
    items = tuple(_item(figures, f) for f in figures.findings)
    return Section(
        slug="data-quality", title="Quality of the data", blocks=(intro, ItemList(items=items, details_title="Records concerned"))
    )


def _item(figures: Figures, finding: Finding) -> Item:
    count = Said(result=figures.cell(f"finding.{finding.slug}", finding.group))
    mend = f"{finding.mend[:1].upper()}{finding.mend[1:].rstrip('.')}."
    return Item(
        term=f"{finding.title} ({finding.group})",
        words=Paragraph(parts=("Records: ", count, f". {mend}")),
        details=() if figures.public else finding.records,
    )
