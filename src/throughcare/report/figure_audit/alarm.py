"""An alarm: what does not agree with what, where each stands, and how that was worked out."""

from dataclasses import dataclass

from throughcare.report.figure_audit.document import Place, Sentence, Table

AROUND = 70


@dataclass(frozen=True, kw_only=True)
class Said:
    """One of the two sides: its value as written (or as worked out), its place and the words around it."""

    value: str
    place: Place
    words: str


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """`kind` is the check's name; `working` is the arithmetic in words."""

    kind: str
    what: str
    one: Said
    other: Said
    working: str


def said(value: object, sentence: Sentence, at: int | None = None) -> Said:
    """What a sentence says: the words around the place `at` in it, or the whole of it."""
    return Said(value=str(value), place=sentence.place, words=sentence.text if at is None else around(sentence.text, at))


def said_in(value: object, table: Table, row: int, column: int | None = None) -> Said:
    """What a row or a cell of a table says."""
    line = table.rows[row]
    cells = " | ".join(cell.text for cell in line.cells)
    return Said(value=str(value), place=table.at(line, column), words=f"{line.label} | {cells}".strip(" |"))


def around(text: str, at: int) -> str:
    """The words around a place in a text, cut at whole words."""
    start, end = max(0, at - AROUND), min(len(text), at + AROUND)
    if start:
        start = text.find(" ", start) + 1
    if end < len(text):
        end = max(text.rfind(" ", 0, end), at)
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")
