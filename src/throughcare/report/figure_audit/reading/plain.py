"""Plain text, mostly as it comes out of a PDF: lines put together to paragraphs, headings, footnotes, tables."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from throughcare.report.figure_audit.document import Document, Place, Sentence, Table
from throughcare.report.figure_audit.reading.lines import Line
from throughcare.report.figure_audit.reading.prose import bullet, even, sentences, without_marks
from throughcare.report.figure_audit.reading.text_tables import CAPTION, cut_tables

_FOOTNOTES = 20  # a line of so many spaces sets footnotes off from the text above them
_FOOTNOTE = re.compile(r"^\d{1,2}\s+[A-Z]")
_ENDS = re.compile(r"[.!?:;,]['’”\")\]]*$")
HEADING = 70


@dataclass
class Read:
    """What has been read so far."""

    sentences: list[Sentence] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    section: str = ""
    paragraph: int = 0

    def add(self, text: str, line: Line) -> None:
        self.paragraph += 1
        place = Place(section=self.section, page=line.page, line=line.number)
        self.sentences += sentences(without_marks(text), paragraph=self.paragraph, place=place)


def read_plain(content: bytes, name: str) -> Document:
    """Text in UTF-8 or, failing that, Windows-1252. A form feed begins a page."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    return document(text.split("\f"), name=name, paged="\f" in text)


def document(pages: Sequence[str], *, name: str, paged: bool) -> Document:
    """Pages of text, each a string of lines; with `paged`, places tell the page."""
    read = Read()
    lines = list(_lines(pages, paged))
    for block in _joined(_blocks(cut_tables(lines, section_of=_headed))):
        if isinstance(block, Table):
            read.tables.append(block)
        else:
            _take(block, read)
    return Document(name=name, sentences=tuple(read.sentences), tables=tuple(read.tables))


def _lines(pages: Sequence[str], paged: bool) -> Iterator[Line]:
    number = 0
    running = _running(pages)
    for page, text in enumerate(pages, 1):
        raw = ["" if _edge(line) in running else line for line in even(text).splitlines()]
        yield from _of_page(raw, number, page if paged else 0, begins=page > 1)
        number += len(raw)


def _running(pages: Sequence[str]) -> set[str]:
    """First and last lines that three pages or more share, but for their number: running heads and page numbers."""
    edges: Counter[str] = Counter()
    for text in pages:
        worded = [line for line in even(text).splitlines() if line.strip()]
        edges.update({_edge(line) for line in (*worded[:1], *worded[-1:])})
    return {edge for edge, times in edges.items() if times >= 3}


def _edge(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _of_page(raw: Sequence[str], before: int, page: int, *, begins: bool) -> Iterator[Line]:
    """Lines with words. In a text with a blank between all its lines, a line of spaces, two blanks or another spacing (a
    box beside the text) part paragraphs; in others each blank line does."""
    spaced = _double_spaced(raw)
    blanks, breaks, note, wide, close = 0, True, False, False, False
    for at, line in enumerate(raw):
        if not line.strip():
            blanks += 1
            wide = len(line) >= _FOOTNOTES
            note, breaks = note or wide, breaks or bool(line) or not spaced or blanks > 1
            continue
        indented = line[0] == " " and line[1:2] != " " and not bullet(line)
        if begins or indented or (note and blanks and not wide and not _FOOTNOTE.match(line)):
            note, breaks = False, True
        closer = at + 1 < len(raw) and bool(raw[at + 1].strip())
        boxed = spaced and blanks > 0 and (closer or close) and not note
        yield Line(
            text=line.strip(), number=before + at + 1, page=page, note=note, begins_page=begins,
            breaks=breaks or boxed or bullet(line) is not None or bool(CAPTION.match(line.strip()))
            or (note and bool(_FOOTNOTE.match(line))),
        )  # fmt: skip
        close, blanks, breaks, begins = blanks == 0, 0, False, False


def _double_spaced(lines: Sequence[str]) -> bool:
    worded = [number for number, line in enumerate(lines) if line.strip()]
    followed = sum(1 for number in worded[:-1] if not lines[number + 1])
    return len(worded) > 1 and followed > len(worded) * 0.4


def _blocks(lines: Iterable[Line | Table]) -> Iterator[list[Line] | Table]:
    block: list[Line] = []
    for line in lines:
        if isinstance(line, Table) or (line.breaks and block):
            if block:
                yield block
            block = []
        if isinstance(line, Table):
            yield line
        else:
            block.append(line)
    if block:
        yield block


def _joined(blocks: Iterable[list[Line] | Table]) -> Iterator[list[Line] | Table]:
    """Paragraphs that a page's end had cut, put together: the text breaks off, and goes on in small letters or on a new page."""
    waiting: list[Line] | None = None
    beside: list[list[Line] | Table] = []
    for block in blocks:
        if waiting is not None and not isinstance(block, Table) and _goes_on(block, after_notes=bool(beside)):
            waiting = waiting + block
            continue
        if waiting is not None and not isinstance(block, Table) and block[0].note:
            beside.append(block)
            continue
        if waiting is not None:
            yield waiting
            yield from beside
            waiting, beside = None, []
        if isinstance(block, Table) or block[0].note or _whole(block):
            yield block
        else:
            waiting = block
    if waiting is not None:
        yield waiting
    yield from beside


def _whole(block: list[Line]) -> bool:
    """Whether nothing of it can follow: a heading, a caption, a text that ends with a stop."""
    alone = len(block) == 1 and _heading(block[0].text)
    return alone or bool(CAPTION.match(block[0].text)) or bool(_ENDS.search(block[-1].text))


def _goes_on(block: list[Line], *, after_notes: bool) -> bool:
    first = block[0]
    if first.note or bullet(first.text) is not None or CAPTION.match(first.text):
        return False
    return first.text[:1].islower() or ((first.begins_page or after_notes) and not _headed(block))


def _take(block: list[Line], read: Read) -> None:
    """One paragraph: its headings first, then its text."""
    while block and (head := _headed(block)):
        read.section = head
        block = block[1:]
    if block:
        text = _run_on(line.text for line in block)
        if block[0].note:
            text = re.sub(r"^\d{1,2}\s+", "", text)
        item = bullet(text)
        read.add(text if item is None else item, block[0])


def _headed(block: Sequence[Line]) -> str:
    """The heading that a paragraph begins with, "" for none: a short first line that ends without a stop."""
    first = block[0]
    if (
        first.note
        or CAPTION.match(first.text)
        or not _heading(first.text)
        or (len(block) > 1 and not block[1].text[:1].isupper())
    ):
        return ""
    if len(block) > 1 and len(first.text) > 0.75 * max(len(line.text) for line in block[1:]):
        return ""
    return without_marks(first.text)


def _heading(text: str) -> bool:
    plain = re.sub(r"^\d+(\.\d+)*\.?\s+", "", text)
    return bool(plain) and len(text) <= HEADING and plain[0].isupper() and not _ENDS.search(text) and bullet(text) is None


def _run_on(lines: Iterable[str]) -> str:
    """Lines as one text; a word parted at a line's end is put together with its hyphen ("Eighty-" "two")."""
    text = ""
    for line in lines:
        text += line if not text or (text.endswith("-") and text[-2:-1].isalnum()) else f" {line}"
    return text
