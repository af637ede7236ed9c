"""The Word document of a content tree, opened again: headings, repeated header rows, alternative text, language, title."""

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn

from throughcare.core.pilot import Period
from throughcare.measures.results import Result
from throughcare.report.content import (
    Bar,
    Box,
    Bullets,
    Chart,
    Footnote,
    Heading,
    Item,
    ItemList,
    Link,
    Paragraph,
    Quotation,
    Report,
    Row,
    Said,
    Section,
    Strong,
    Table,
)
from throughcare.report.docx import docx

PERIOD = Period(start=date(2016, 2, 6), end=date(2017, 1, 1))
RATE = Result(
    slug="psr.within_5_days_rate", group="all", title="Within 5 days", value=100 * 86 / 225, numerator=86, denominator=225,
    cases=225, unit="percent", statistic="share", digits=0, period=PERIOD, as_at=date(2016, 12, 31), period_note="", note="",
    target=90,
)  # fmt: skip
TABLE = Table(
    caption="Figures against target", first="Figure", columns=("Value", "Target", "Note"),
    rows=(Row(heading="Within 5 days", cells=(Said(result=RATE, mark="[p]"), Said(result=RATE, form="target"), "late")),
          Row(heading="All", cells=(Said(result=RATE), "", ""), total=True)),
    note="[p]: provisional.", caveats=("The post was vacant",),
)  # fmt: skip
CHART = Chart(
    slug="bars", caption="Delivered", says="Thames 86, Highbury Corner 86.", category="court", unit="percent",
    bars=tuple(Bar(category=c, series="", result=RATE) for c in ("Thames", "Highbury Corner")),
)  # fmt: skip
TREE = Report(
    title="Small pilot: governance pack", subtitle="6 February to 31 December 2016", public=False,
    sections=(
        Section(slug="one", title="Exceptions", blocks=(
            Paragraph(parts=(
                "Delivered ", Said(result=RATE), Footnote(parts=("Of the plea.",)), ", ", Strong(parts=("late",)), ".",
            )),
            Heading(text="Why"), Bullets(items=(Paragraph(parts=("a vacancy",)),)), Quotation(text="It was quick", who="officer"),
            Box(title="Key learning", blocks=(Paragraph(parts=("Fill posts.",)),)),
            ItemList(items=(Item(term="Courts", words=Paragraph(parts=("Ask.",)), details=("a", "b")),), details_title="To know"),
            Paragraph(parts=("See ", Link(parts=("the site",), address="https://throughcare.example/"), ".")),
        )),
        Section(slug="two", title="Courts", blocks=(TABLE, CHART), new_page=True),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def made():
    return Document(io.BytesIO(docx(TREE)))


def test_title_language_and_paper(made):
    assert (made.core_properties.title, made.core_properties.language) == (TREE.title, "en-GB")
    languages = {lang.get(qn("w:val")) for lang in made.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    page = made.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)


def test_headings_are_headings_and_the_strand_begins_a_page(made):
    headings = [(p.style.name, p.text) for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [("Heading 1", "Exceptions"), ("Heading 2", "Why"), ("Heading 1", "Courts"), ("Heading 1", "Notes")]
    begins = {p.text: p.paragraph_format.page_break_before for p in made.paragraphs if p.style.name == "Heading 1"}
    assert (begins["Courts"], begins["Exceptions"]) == (True, False)


def test_the_words_are_those_of_the_tree(made):
    text = [p.text for p in made.paragraphs]
    assert "Delivered 38%1, late." in text
    assert "1. Of the plea." in text
    assert "\u201cIt was quick\u201d officer" in text
    assert text[text.index("Courts") : text.index("Courts") + 3] == ["Courts", "Ask.", "To know: a, b"]
    link = next(p for p in made.paragraphs if p.text.startswith("See "))
    assert [h.address for h in link.hyperlinks] == ["https://throughcare.example/"]


def test_a_table_has_caption_header_row_and_marks(made):
    table, data = made.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [["Figure", "Value", "Target", "Note"], ["Within 5 days", "38% [p]", "90%", "late"], ["All", "38%", "", ""]]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None, "repeated on each page"
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == TABLE.caption
    captions = [p.text for p in made.paragraphs if p.style.name == "Caption"]
    assert captions == [TABLE.caption, CHART.caption, "Data of delivered"]
    assert {"[p]: provisional.", "The post was vacant"} <= {p.text for p in made.paragraphs}
    assert data.rows[1].cells[1].text == "38%", "a chart has its data"


def test_a_picture_says_what_it_shows(made):
    (picture,) = made.inline_shapes
    assert (picture._inline.docPr.get("descr"), picture._inline.docPr.get("title")) == (CHART.says, CHART.caption)
    assert picture.width.cm <= 17.01


def test_what_is_withheld_is_no_zero():
    hidden = replace(RATE, value=None, numerator=None, denominator=None, cases=0, suppressed="fewer than 5")
    table = replace(TABLE, rows=(Row(heading="Within 5 days", cells=(Said(result=hidden), "", "")),))
    tree = replace(TREE, sections=(Section(slug="one", title="One", blocks=(table,)),))
    found = Document(io.BytesIO(docx(tree)))
    assert found.tables[0].rows[1].cells[1].text == "[c]"
    assert any("not published" in p.text for p in found.paragraphs)
