"""Markdown: made to HTML, and read as that."""

import lxml.html
from markdown_it import MarkdownIt

from throughcare.report.figure_audit.document import Document
from throughcare.report.figure_audit.reading.html import of_tree


def read_markdown(content: bytes, name: str) -> Document:
    """CommonMark with tables, in UTF-8. Lines are those of the page made from it, so they are not told."""
    made = MarkdownIt("commonmark").enable("table").render(content.decode("utf-8-sig"))
    tree = lxml.html.document_fromstring(f"<html><body>{made}</body></html>" if made.strip() else "<html><body></body></html>")
    for element in tree.iter():
        element.sourceline = 0
    return of_tree(tree, name)
