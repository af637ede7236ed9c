"""Prose in Markdown with figures by name, read into blocks of the content tree.

CommonMark without pictures, code and raw HTML, and with places for figures as `sentences` has them. Further:

    # Title                          the title of the chapter, in the first line alone; ## and ### are headings inside it
    {if mentoring} Words             a paragraph, heading or item left out where the pilot lacks that service, or the measure
    {show table-1}                   a table or chart of the chapter, in a paragraph of its own
    > Words / > — Who                a quotation, and as whom it is quoted
    > [!Key learning] / > - Words    a box with that title
    Words[^a] / [^a]: Words          a footnote, its words in one line
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from markdown_it.tree import SyntaxTreeNode as Node

from throughcare.core.errors import UserError
from throughcare.report.content import (
    Block,
    Box,
    Bullets,
    Footnote,
    Heading,
    Inline,
    Link,
    Paragraph,
    Quotation,
    Strong,
)
from throughcare.report.figures import Figures
from throughcare.report.markdown import BOX, CONDITION, SHOW, holds, parsed
from throughcare.report.prose_faults import Fault, faults
from throughcare.report.sentences import figure, plain

__all__ = ["Fault", "FaultyProse", "faults", "read_chapter", "read_prose"]
NOTHING: Mapping[str, Block] = MappingProxyType({})
_WHO = re.compile(r"(?:—|–|--)\s*(.+)")


class FaultyProse(UserError):
    """Prose that names what there is not, or has what a report cannot have; `faults`: by chapter what is wrong, and where."""

    def __init__(self, found: Mapping[str, tuple[Fault, ...]]) -> None:
        self.faults = found
        told = [f"{name} {fault.words}".strip() for name, faulty in found.items() for fault in faulty]
        super().__init__(
            what="The prose cannot be read", record=", ".join(found) or "the text", expected="figures by their names",
            mend="correct it:\n" + "\n".join(told),
        )  # fmt: skip


def read_prose(markdown: str, figures: Figures, *, shown: Mapping[str, Block] = NOTHING, name: str = "") -> tuple[Block, ...]:
    """The blocks of the text with its figures; `shown`: tables and charts that it may place.

    Refuses with `FaultyProse` what `faults` finds, but for numbers that were typed: an editor points these out.
    """
    return read_chapter(markdown, figures, shown=shown, name=name)[1]


def read_chapter(
    markdown: str, figures: Figures, *, shown: Mapping[str, Block] = NOTHING, name: str = "", ours: bool = False
) -> tuple[str, tuple[Block, ...]]:
    """The title ("" where the text has none) and the blocks under it.

    `ours`: a chapter of the package, whose conditions may name what another pilot has and this one does not.
    """
    found = faults(markdown, figures.measures.values(), figures, shown=shown)
    wrong = tuple(f for f in found if f.kind != "typed" and not (ours and CONDITION.fullmatch(f.text)))
    if wrong:
        raise FaultyProse({name: wrong})
    tree, notes = parsed(markdown)
    reader = _Reader(figures, shown, notes)
    title = ""
    blocks: list[Block] = []
    for node in tree.children:
        if node.type == "heading" and node.tag == "h1":
            title = reader.text(node)
        else:
            blocks += reader.blocks(node)
    return title, tuple(blocks)


class _Reader:
    """Turns the nodes of a text into blocks; what a condition leaves out gives none."""

    def __init__(self, figures: Figures, shown: Mapping[str, Block], notes: Mapping[str, Node]) -> None:
        self.figures, self.shown, self.notes = figures, shown, notes

    def blocks(self, node: Node) -> Iterator[Block]:
        if node.type == "heading":
            if self._stays(node.children[0]):
                yield Heading(text=self.text(node), level=3 if node.tag == "h2" else 4)
        elif node.type == "paragraph":
            yield from self._paragraph(node.children[0])
        elif node.type in ("bullet_list", "ordered_list"):
            kept = [item.children[0].children[0] for item in node.children]
            items = tuple(Paragraph(parts=self.parts(each)) for each in kept if self._stays(each))
            if items:
                yield Bullets(items=items, numbered=node.type == "ordered_list")
        elif node.type == "blockquote":
            yield from self._quoted(node)

    def _paragraph(self, inline: Node) -> Iterator[Block]:
        if not self._stays(inline):
            return
        shows = SHOW.fullmatch(inline.content.strip())
        if shows:
            yield self.shown[shows[1]]
        elif parts := self.parts(inline):
            yield Paragraph(parts=parts)

    def _quoted(self, node: Node) -> Iterator[Block]:
        """A box under its title in brackets, or a quotation with who said it in the last line."""
        first = node.children[0]
        box = BOX.match(first.children[0].content) if first.type == "paragraph" else None
        if box:
            inside = [block for child in node.children for block in self.blocks(child)]
            kept = tuple(b for b in inside if isinstance(b, Paragraph | Bullets))
            if kept:
                yield Box(title=box[1].strip(), blocks=kept)
            return
        *said, last = [plain(self.parts(child.children[0])) for child in node.children if child.type == "paragraph"]
        lines, who = [*said, last], ""
        if told := _WHO.search(last):
            lines, who = [*said, last[: told.start()].strip()], told[1].strip()
        yield Quotation(text=" ".join(line for line in lines if line), who=who)

    def _stays(self, inline: Node) -> bool:
        return all(holds(self.figures, name) for name in CONDITION.findall(inline.content))

    def text(self, node: Node) -> str:
        return plain(self.parts(node.children[0]))

    def parts(self, inline: Node) -> tuple[Inline, ...]:
        """Neighbouring words put together; the space left by a condition or a box's title taken off."""
        found: list[Inline] = []
        for part in self._each(inline.children):
            if isinstance(part, str) and found and isinstance(found[-1], str):
                found[-1] += part
            elif part:
                found.append(part)
        if found and isinstance(found[0], str):
            found[0] = found[0].lstrip()
        return tuple(part for part in found if part != "")

    def _each(self, nodes: Iterable[Node]) -> Iterator[Inline]:
        for node in nodes:
            if node.type in ("text", "code_inline"):
                yield node.content
            elif node.type in ("softbreak", "hardbreak"):
                yield " "
            elif node.type == "place":
                yield figure(self.figures, node.content)
            elif node.type == "footnote":
                yield Footnote(parts=self.parts(self.notes[node.content]))
            elif node.type in ("strong", "em"):
                yield Strong(parts=self.parts(node))
            elif node.type == "link":
                yield Link(parts=self.parts(node), address=str(node.attrs["href"]))
