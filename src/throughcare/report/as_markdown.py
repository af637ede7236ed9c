"""A chapter of the package as the Markdown from which `prose` reads the same again: what an analyst begins to write from."""

import re
from collections.abc import Iterable

from throughcare.report.chapters import named
from throughcare.report.content import (
    Block,
    Box,
    Bullets,
    Compared,
    Footnote,
    Heading,
    Inline,
    Link,
    Paragraph,
    Said,
    Section,
    Strong,
)
from throughcare.report.prose_faults import typed
from throughcare.report.sentences import words

SPECIAL = re.compile(r"[\\`*_\[\]<{}&]")
FIRST = re.compile(r"^(\d+)([.)])|^([#>+-])")
READ_ANEW = ("voices", "impact", "value", "findings", "definitions", "not-published")
"""Chapters whose words are read from the store each time (quotations, studies, contradictions): written out they would go stale,
and a quotation would outlive its consent. An analyst who writes one begins with its tables and charts alone."""


def chapter_text(section: Section) -> str:
    """The text. Numbers are places of their figures; one that is no figure stands in `{=5}`."""
    places = {id(block): name for name, block in named(section.blocks).items()}
    blocks = [b for b in section.blocks if id(b) in places] if section.slug in READ_ANEW else list(section.blocks)
    writer = _Writer(places)
    told = [f"# {section.title}", *(writer.block(block) for block in blocks)]
    notes = [f"[^{_letter(number)}]: {text}" for number, text in enumerate(writer.notes, start=1)]
    return "\n\n".join([*told, *notes]) + "\n"


class _Writer:
    """Writes blocks one after the other; footnotes are numbered as they are called."""

    def __init__(self, places: dict[int, str]) -> None:
        self.places, self.notes = places, list[str]()

    def block(self, block: Block) -> str:
        if id(block) in self.places:
            return f"{{show {self.places[id(block)]}}}"
        if isinstance(block, Heading):
            return f"{'#' * (block.level - 1)} {_escaped(block.text)}"
        if isinstance(block, Paragraph):
            return _at_start(self.parts(block.parts))
        if isinstance(block, Bullets):
            return "\n".join(
                f"{f'{number}.' if block.numbered else '-'} {_at_start(self.parts(item.parts))}"
                for number, item in enumerate(block.items, start=1)
            )  # fmt: skip
        if isinstance(block, Box):
            inside = "\n\n".join([f"[!{block.title}]", *(self.block(each) for each in block.blocks)])
            return "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))
        raise AssertionError(f"a chapter of the package has no {type(block).__name__} that is not placed by its name")

    def parts(self, parts: Iterable[Inline]) -> str:
        return "".join(map(self._part, parts))

    def _part(self, part: Inline) -> str:
        match part:
            case str():
                return _words(part)
            case Said() if part.result.breakdown or part.mark:
                return f"{{={words(part)}}}"
            case Said():
                return f"{{{_name(part)}{'' if part.form == 'value' else f':{part.form}'}}}"
            case Compared():
                return f"{{{_name(part)} vs {_name(Said(result=part.to))}:{part.form}}}"
            case Strong():
                return f"**{self.parts(part.parts)}**"
            case Link():
                return f"[{self.parts(part.parts)}]({part.address})"
            case Footnote():
                self.notes.append(self.parts(part.parts))
                return f"[^{_letter(len(self.notes))}]"


def _letter(number: int) -> str:
    """a, b, c …, and after z aa: a figure would be taken for a number that was typed."""
    return chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)


def _name(said: Said | Compared) -> str:
    r = said.result
    return r.slug if r.group == "all" else f"{r.slug}[{r.group}]"


def _words(text: str) -> str:
    """Words with their marks escaped, and each number that is no figure said to be none."""
    told, end = [], 0
    for start, stop in typed(text):
        told += [_escaped(text[end:start]), f"{{={text[start:stop]}}}"]
        end = stop
    return "".join([*told, _escaped(text[end:])])


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", text)


def _at_start(text: str) -> str:
    """What would begin a list, a heading or a quotation is a word."""
    return FIRST.sub(lambda found: f"{{={found[1]}}}{found[2]}" if found[1] else f"\\{found[3]}", text)
