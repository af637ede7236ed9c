"""How each figure is counted, in the words of its own definition."""

from throughcare.core.contracts import Measure
from throughcare.report.content import Item, ItemList, Paragraph, Section
from throughcare.report.figures import Figures


def section(figures: Figures) -> Section:
    """Of a figure whose groups follow from what was told, and of which nothing was, there is none and so no entry."""
    there = {r.slug for r in figures.results}
    told = [measure for slug, measure in figures.measures.items() if slug in there]
    items = tuple(Item(term=m.title, words=Paragraph(parts=(_words(figures, m),))) for m in told)
    intro = Paragraph(parts=(
        "Percentages are rounded half up from the counts, which stand beside them. The same definition gives every page, table, "
        "chart and file. The file figures.csv beside this page has the figures unrounded"
        f"{', averages as shown' if figures.public else ''}; "
        "what a chart divides by month or borough stands in the table under it.",
    ))  # fmt: skip
    return Section(slug="definitions", title="How each figure is counted", blocks=(intro, ItemList(items=items)))


def _words(figures: Figures, measure: Measure) -> str:
    return f"{_sentence(measure.definition)}Figure {measure.slug}, in {measure.unit}; {_cut(figures, measure.slug)}."


def _sentence(definition: str) -> str:
    return f"{definition.rstrip('.')}. " if definition else ""


def _cut(figures: Figures, slug: str) -> str:
    first = figures.all_of(slug)[0]
    return first.period_note or first.note or "over the whole period"
