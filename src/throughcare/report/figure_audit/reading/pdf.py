"""PDF: the text of each page, read as plain text. A page that is a picture has none."""

import io

from pypdf import PdfReader

from throughcare.report.figure_audit.document import Document
from throughcare.report.figure_audit.reading.plain import document


def read_pdf(content: bytes, name: str) -> Document:
    """All pages in order; refuses (by the errors of pypdf) what is encrypted with a password or broken."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return document(pages, name=name, paged=True)
