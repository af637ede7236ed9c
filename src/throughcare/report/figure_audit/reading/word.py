"""Word (docx): paragraphs, headings and tables in their order; text in pictures and boxes is not read."""

import io

import docx
from docx.table import Table as DocxTable

from throughcare.report.figure_audit.document import Document, Place, Sentence, Table
from throughcare.report.figure_audit.reading.cells import table
from throughcare.report.figure_audit.reading.prose import even, sentences
from throughcare.report.figure_audit.reading.text_tables import CAPTION


def read_word(content: bytes, name: str) -> Document:
    """A table's caption is the paragraph "Table N …" right before it."""
    said: list[Sentence] = []
    tables: list[Table] = []
    section, caption, paragraph = "", "", 0
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        place = Place(section=section)
        if isinstance(block, DocxTable):
            rows = [[cell.text for cell in row.cells] for row in block.rows]
            if (made := table(rows, caption=caption, place=place)) is not None:
                tables.append(made)
            caption = ""
            continue
        text = even(block.text).strip()
        style = (block.style.name if block.style is not None else "") or ""
        if style.startswith(("Heading", "Title")):
            section = text
        elif style == "Caption" or CAPTION.match(text):
            caption = text
        elif text:
            paragraph += 1
            said += sentences(text, paragraph=paragraph, place=place)
    return Document(name=name, sentences=tuple(said), tables=tuple(tables))
