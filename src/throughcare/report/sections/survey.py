"""What staff and providers said."""

from throughcare.report.blocks import said, shares
from throughcare.report.chapters import chapter, named
from throughcare.report.content import Row, Section, Table
from throughcare.report.figures import Figures

TABLE_4 = "survey.table4."
QUESTIONS = "survey."
OTHERS = ("survey.table4.", "survey.answers.", "survey.n")


def section(figures: Figures) -> Section:
    tables = [slug for slug in figures.measures if slug.startswith(TABLE_4)]
    positive = [slug for slug in figures.measures if slug.startswith(QUESTIONS) and not slug.startswith(OTHERS)]
    if not tables or not positive:
        return Section(slug="process", title="What staff and providers said", blocks=())
    groups = figures.groups(tables[0])
    rows = tuple(
        Row(heading=_question(figures, slug), cells=(*said(figures.cell(slug, g) for g in groups),
                                                     *said([figures.cell(slug, groups[0])], "denominator")))
        for slug in tables
    )  # fmt: skip
    shown = (
        Table(caption="Table 4. Partnership working", first="Question", columns=(*(g.capitalize() for g in groups), "Answers"),
              rows=rows, note="Rows may not add to 100 after rounding."),
        shares(figures, "Share of those who answered who agree, or found it useful", "Question",
               [(figures.measures[slug].title, slug, "all") for slug in positive]),
    )  # fmt: skip
    return chapter("process", figures, shown=named(shown))


def _question(figures: Figures, slug: str) -> str:
    return figures.measures[slug].title.removeprefix("Answers: ")
