"""HTML: paragraphs, list items, headings and tables; what is not shown (scripts, styles, navigation) is passed over."""

from collections.abc import Iterator
from typing import Any

import lxml.html

from throughcare.report.figure_audit.document import Document, Place, Sentence, Table
from throughcare.report.figure_audit.reading.cells import table
from throughcare.report.figure_audit.reading.prose import even, sentences
from throughcare.report.figure_audit.reading.text_tables import CAPTION

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PROSE = ("p", "li", "dd", "blockquote", "figcaption", "td", "th")
_PASSED = ("script", "style", "nav", "header", "footer", "template", "svg", "noscript", "head")
_BLOCKS = {*_HEADINGS, *_PROSE, "ul", "ol", "div", "table", "dl", "section"}


def read_html(content: bytes, name: str) -> Document:
    """A page in the encoding that it declares; UTF-8 where it declares none."""
    parser = lxml.html.HTMLParser(encoding=None if b"charset" in content[:2048] else "utf-8")
    return of_tree(lxml.html.document_fromstring(content, parser=parser), name)


def of_tree(tree: Any, name: str) -> Document:
    """Walks the page once."""
    said: list[Sentence] = []
    tables: list[Table] = []
    section, caption, paragraph = "", "", 0
    for element in _shown(tree):
        if element.tag in _HEADINGS:
            section = _text(element)
        elif element.tag == "table":
            place = Place(section=section, line=element.sourceline or 0)
            if (made := _table(element, place, caption)) is not None:
                tables.append(made)
            caption = ""
        elif text := _text(element, own=True):
            caption = text if CAPTION.match(text) else ""
            paragraph += 1
            place = Place(section=section, line=element.sourceline or 0)
            said += sentences(text, paragraph=paragraph, place=place)
    return Document(name=name, sentences=tuple(said), tables=tuple(tables))


def _shown(tree: Any) -> Iterator[Any]:
    """Headings, paragraphs and tables in order, none within a table or within what is passed over."""
    stack = [tree]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _PASSED:
            continue
        leaf = element.tag == "div" and not any(child.tag in _BLOCKS for child in element)
        if leaf or element.tag == "table" or element.tag in _HEADINGS or element.tag in _PROSE:
            yield element
        if element.tag != "table":
            stack.extend(reversed(element))


def _text(element: Any, *, own: bool = False) -> str:
    """The words of an element; its own alone leaves out the blocks within it, which come by themselves."""
    if not own:
        return " ".join(even(element.text_content()).split())
    parts = [element.text or ""]
    for child in element:
        inner = isinstance(child.tag, str) and child.tag not in _BLOCKS and child.tag not in _PASSED
        parts += [child.text_content() if inner else " ", child.tail or ""]
    return " ".join(even("".join(parts)).split())


def _table(element: Any, place: Place, before: str) -> Table | None:
    """A table under its own caption or, failing that, the paragraph "Table N …" right before it."""
    caption = next((_text(one) for one in element.iter("caption")), before)
    rows = [[_text(one) for one in row if one.tag in ("td", "th")] for row in element.iter("tr")]
    return table([row for row in rows if row], caption=caption, place=place)
