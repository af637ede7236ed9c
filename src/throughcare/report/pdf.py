"""The content tree as a tagged PDF (PDF/UA-1), set by Typst: headings, table headers, charts with their text, footnotes.

The same tree gives the same bytes: no time of making is in it.
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import typst

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
    Item,
    ItemList,
    Link,
    Paragraph,
    Quotation,
    Report,
    Row,
    RunPicture,
    Said,
    Strong,
    Table,
)
from throughcare.report.html import data_of, key
from throughcare.report.sentences import cell, words

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
Told = dict[str, Any]


def pdf(report: Report, drawings: Mapping[str, str]) -> bytes:
    """The PDF; `drawings`: of each chart by its slug the SVG. All words go to Typst as data: none is taken for mark-up."""
    told = {
        "title": report.title, "subtitle": report.subtitle, "sections": [
            {"title": s.title, "new_page": s.new_page, "blocks": [_block(block, drawings) for block in s.blocks]}
            for s in report.sections],
    }  # fmt: skip
    made = typst.compile(
        _template(), sys_inputs={"report": json.dumps(told, ensure_ascii=False)}, format="pdf", pdf_standards="ua-1"
    )
    return _rows_headed(bytes(made))


def _rows_headed(made: bytes) -> bytes:
    """The same PDF, in which the first cell of a table's row is the row's heading: Typst marks those above columns alone.

    A heading says whether it is of a column or a row; the cells beside and below it name none by themselves, as they would else
    name the column's alone.
    """
    with pikepdf.open(io.BytesIO(made)) as file:
        for table in _elements(file.Root.StructTreeRoot, pikepdf.Name.Table):
            for row in _elements(table, pikepdf.Name.TR):
                cells = list(_elements(row, pikepdf.Name.TH, pikepdf.Name.TD))
                for each in cells:
                    if "/Headers" in (told := _of_table(each)):
                        del told["/Headers"]
                if pikepdf.Name.TH not in [each.S for each in cells]:
                    cells[0].S = pikepdf.Name.TH
                    _of_table(cells[0]).Scope = pikepdf.Name.Row
        file.save(whole := io.BytesIO(), deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return whole.getvalue()


def _elements(node: Any, *kinds: pikepdf.Name) -> Iterator[Any]:
    """The elements of these kinds below the node of the structure; what is in one of them is not looked into."""
    kids = node.get("/K", ())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if kid.S in kinds:
                yield kid
            else:
                yield from _elements(kid, *kinds)


def _of_table(told: Any) -> Any:
    """What a cell says of its place in the table, among what it says of its looks."""
    return next(each for each in told.A if str(each.O) == "/Table")


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _block(block: Block, drawings: Mapping[str, str]) -> Told:
    match block:
        case Paragraph():
            return {"kind": "words", "parts": _inline(block.parts)}
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Bullets():
            return {"kind": "list", "items": [_inline(item.parts) for item in block.items], "numbered": block.numbered}
        case Quotation():
            return {"kind": "quotation", "text": block.text, "who": block.who}
        case Box():
            return {"kind": "box", "title": block.title, "blocks": [_block(each, drawings) for each in block.blocks]}
        case Table():
            return _table(block)
        case Chart() | RunPicture() | Drawing():
            return {"kind": "chart", "caption": block.caption, "says": block.says, "drawing": drawings[block.slug],
                    "data": _table(data_of(block)), "caveats": block.caveats}  # fmt: skip
        case ItemList():
            return {"kind": "items", "items": [_item(item, block.details_title) for item in block.items]}


def _table(table: Table) -> Told:
    notes = [words for words in (table.note, key(table)) if words]
    return {
        "kind": "table", "caption": table.caption, "head": [table.first, *table.columns],
        "rows": [_row(row) for row in table.rows], "notes": notes, "caveats": table.caveats,
    }  # fmt: skip


def _row(row: Row) -> Told:
    return {"cells": [row.heading, *map(cell, row.cells)], "total": row.total}


def _item(item: Item, details_title: str) -> Told:
    details = f"{details_title}: {', '.join(item.details)}." if item.details else ""
    return {"term": item.term, "parts": _inline(item.words.parts), "details": details}


def _inline(parts: Iterable[Inline]) -> list[Told]:
    return [_part(part) for part in parts]


def _part(part: Inline) -> Told:
    match part:
        case str():
            return {"kind": "text", "text": part}
        case Said() | Compared():
            return {"kind": "text", "text": words(part)}
        case Strong():
            return {"kind": "strong", "parts": _inline(part.parts)}
        case Link():
            return {"kind": "link", "parts": _inline(part.parts), "address": part.address}
        case Footnote():
            return {"kind": "note", "parts": _inline(part.parts)}
