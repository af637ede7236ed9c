"""The content tree as a Word document: headings, tables whose header rows are repeated, charts with their text; in English."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import vl_convert
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from throughcare.report.content import (
    Block,
    Box,
    Bullets,
    Chart,
    Compared,
    Drawing,
    Footnote,
    Heading,
    Inline,
    ItemList,
    Link,
    Paragraph,
    Picture,
    Quotation,
    Report,
    RunPicture,
    Said,
    Strong,
    Table,
)
from throughcare.report.html import data_of, key
from throughcare.report.pictures import drawn
from throughcare.report.sentences import cell, words

LANGUAGE, FONT = "en-GB", "Arial"
INK, QUIET = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x48, 0x49, 0x49)
WIDTH = Cm(17)
SHARP = 2
"""How many points of a picture one of its drawing's points is."""


def docx(report: Report, drawings: Mapping[str, str] | None = None) -> bytes:
    """The document, whole. `drawings`: of each chart by its slug the SVG; drawn here where they are not given."""
    made = _Made(document=Document(), drawings=drawn(report) if drawings is None else drawings)
    made.begin(report)
    for section in report.sections:
        heading = made.document.add_heading(section.title, level=1)
        heading.paragraph_format.page_break_before = section.new_page
        for block in section.blocks:
            made.add(block)
    made.end()
    out = io.BytesIO()
    made.document.save(out)
    return out.getvalue()


@dataclass(kw_only=True)
class _Made:
    """A document on its way. python-docx writes no footnotes: they are numbered in the text and stand at its end."""

    document: Any
    drawings: Mapping[str, str]
    notes: list[Footnote] = field(default_factory=list)

    def begin(self, report: Report) -> None:
        document, properties = self.document, self.document.core_properties
        properties.title, properties.subject, properties.language = report.title, report.subtitle, LANGUAGE
        properties.author, properties.comments = "Throughcare", ""
        page = document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
        _styled(document)
        document.add_paragraph(report.title, style="Title")
        document.add_paragraph(report.subtitle, style="Subtitle")
        foot = page.footer.paragraphs[0]
        foot.add_run(f"{report.title}: {report.subtitle}. Page ")
        _field(foot, "PAGE")

    def add(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._parts(self.document.add_paragraph(), block.parts)
            case Heading():
                self.document.add_heading(block.text, level=block.level - 1)
            case Bullets():
                for item in block.items:
                    style = "List Number" if block.numbered else "List Bullet"
                    self._parts(self.document.add_paragraph(style=style), item.parts)
            case Quotation():
                self.document.add_paragraph(f"\u201c{block.text}\u201d {block.who}", style="Quote")
            case Box():
                self._box(block)
            case Table():
                self._table(block)
            case Chart() | RunPicture() | Drawing():
                self._chart(block)
            case ItemList():
                self._items(block)

    def end(self) -> None:
        if self.notes:
            self.document.add_heading("Notes", level=1)
        for number, note in enumerate(self.notes, start=1):
            paragraph = self.document.add_paragraph(f"{number}. ")
            self._parts(paragraph, note.parts)

    def _parts(self, paragraph: Any, parts: Iterable[Inline], *, bold: bool = False) -> None:
        for part in parts:
            match part:
                case str():
                    paragraph.add_run(part).bold = bold or None
                case Said() | Compared():
                    paragraph.add_run(words(part)).bold = bold or None
                case Strong():
                    self._parts(paragraph, part.parts, bold=True)
                case Link():
                    self._link(paragraph, part)
                case Footnote():
                    self.notes.append(part)
                    paragraph.add_run(str(len(self.notes))).font.superscript = True

    def _link(self, paragraph: Any, link: Link) -> None:
        """An address is linked; what leads to a place within the page is words here."""
        before = len(paragraph.runs)
        self._parts(paragraph, link.parts)
        if link.address.startswith("#"):
            return
        element = OxmlElement("w:hyperlink")
        element.set(qn("r:id"), paragraph.part.relate_to(link.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        for run in paragraph.runs[before:]:
            run.font.underline, run.font.color.rgb = True, RGBColor(0x1D, 0x70, 0xB8)
            element.append(run._r)
        paragraph._p.append(element)

    def _box(self, box: Box) -> None:
        """Set apart by a line at its left."""
        before = len(self.document.paragraphs)
        self.document.add_paragraph().add_run(box.title).bold = True
        for block in box.blocks:
            self.add(block)
        for paragraph in self.document.paragraphs[before:]:
            _line_at_left(paragraph)

    def _table(self, table: Table) -> None:
        caption = self.document.add_paragraph(table.caption, style="Caption")
        caption.paragraph_format.keep_with_next = True
        head = (table.first, *table.columns)
        made = self.document.add_table(rows=1, cols=len(head), style="Table Grid")
        _describe(made, table.caption)
        _cells(made.rows[0], head, bold=True, numbers=_numbers(table))
        _mark_row(made.rows[0], "w:tblHeader")
        for row in table.rows:
            added = made.add_row()
            _cells(added, (row.heading, *map(cell, row.cells)), bold=row.total, numbers=_numbers(table))
        for row in made.rows:
            _mark_row(row, "w:cantSplit")
        for note in (table.note, key(table), *table.caveats):
            if note:
                self._small(note)

    def _chart(self, chart: Picture) -> None:
        self.document.add_paragraph(chart.caption, style="Caption").paragraph_format.keep_with_next = True
        png = vl_convert.svg_to_png(self.drawings[chart.slug], scale=SHARP)
        picture = self.document.add_picture(io.BytesIO(png))
        if picture.width > WIDTH:
            picture.height, picture.width = int(picture.height * WIDTH / picture.width), WIDTH
        told = picture._inline.docPr
        told.set("descr", chart.says)
        told.set("title", chart.caption)
        for caveat in chart.caveats:
            self._small(caveat)
        self._table(data_of(chart))

    def _items(self, listed: ItemList) -> None:
        for item in listed.items:
            paragraph = self.document.add_paragraph()
            paragraph.add_run(item.term).bold = True
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_after = Pt(0)
            self._parts(self.document.add_paragraph(), item.words.parts)
            if item.details:
                self._small(f"{listed.details_title}: {', '.join(item.details)}")

    def _small(self, text: str) -> None:
        run = self.document.add_paragraph().add_run(text)
        run.font.size, run.font.color.rgb = Pt(9), QUIET


def _styled(document: Any) -> None:
    """One plain font, black, in British English, whatever the template has."""
    sizes = {"Normal": 11, "Title": 24, "Subtitle": 13, "Heading 1": 17, "Heading 2": 14, "Heading 3": 12, "Caption": 11}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for each in list(fonts.attrib):
            if each.endswith("Theme"):
                del fonts.attrib[each]
        for each in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(each), FONT)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    defaults.append(language)


def _numbers(table: Table) -> tuple[bool, ...]:
    """Which columns are of figures, and so stand to the right."""
    return tuple(any(isinstance(row.cells[i], Said) for row in table.rows) for i in range(len(table.columns)))


def _cells(row: Any, texts: Iterable[str], *, bold: bool, numbers: tuple[bool, ...]) -> None:
    for place, (slot, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = slot.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(9), bold or None
        if place and numbers[place - 1]:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _describe(table: Any, caption: str) -> None:
    """What the table is, for who cannot see it, and that its first row and column are headings."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    for name, on in (("firstRow", "1"), ("firstColumn", "1"), ("lastRow", "0"), ("lastColumn", "0"), ("noVBand", "1")):
        look.set(qn(f"w:{name}"), on)
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), caption)
    properties.append(told)


def _field(paragraph: Any, name: str) -> None:
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), name)
    paragraph._p.append(element)


def _line_at_left(paragraph: Any) -> None:
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", "1D70B8")):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    paragraph._p.get_or_add_pPr().append(borders)
