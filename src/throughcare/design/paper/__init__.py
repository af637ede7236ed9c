"""A document for a person to hold: one tree of words, given as page, tagged PDF and text, in three forms.

Plain; easy read (each sentence a line of its own, larger, wide apart); large print (18 point). Nothing is fetched, and no form
has words that another has not.
"""

import json
import re
from dataclasses import asdict, dataclass, replace
from functools import cache
from html import escape
from pathlib import Path
from textwrap import fill
from typing import Any, Literal

import typst

HERE = Path(__file__).parent
FORMS = {"plain": "Plain letter", "easy": "Easy read", "large": "Large print"}
KINDS = Literal["heading", "words", "list", "facts", "table", "drawing"]
LINE = 76
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")


@dataclass(frozen=True, kw_only=True)
class Block:
    """A heading or a paragraph (`text`), a list (`items`), facts, each a name and what it is, a table (`items` its head, `rows`;
    `text` its caption), or a drawing (SVG) with `text` in its place for who cannot see it.
    """

    kind: KINDS
    text: str = ""
    items: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    drawing: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The document: who it is for, the day in words, the title, and what it says, from top to bottom.

    `foot`: what stands at the foot of each page beside its number, so that a page by itself is known; "": neither. `head`: what
    stands at the head of each page; "": nothing.
    """

    title: str
    to: str
    day: str
    blocks: tuple[Block, ...]
    foot: str = ""
    head: str = ""

    @property
    def sentences(self) -> list[str]:
        """Every sentence that it says, headings left out."""
        told = [
            text for b in self.blocks for text in ([b.text] if b.kind == "words" else b.items if b.kind == "list" else ())
        ]  # fmt: skip
        return [sentence for text in told for sentence in sentences(text)]

    @property
    def said(self) -> list[str]:
        """All that it says, facts and headings too, a block or item each."""
        return [
            said for b in self.blocks
            for said in (*([b.text] if b.text else []), *b.items, *(f"{n}: {s}" for n, s in b.facts), *map(", ".join, b.rows))
        ]


def heading(text: str) -> Block:
    return Block(kind="heading", text=text)


def words(text: str) -> Block:
    return Block(kind="words", text=text)


def items(*told: str) -> Block:
    return Block(kind="list", items=told)


def facts(*told: tuple[str, str]) -> Block:
    return Block(kind="facts", facts=told)


def table(caption: str, head: tuple[str, ...], *rows: tuple[str, ...]) -> Block:
    return Block(kind="table", text=caption, items=head, rows=rows)


def drawing(svg: str, *, says: str) -> Block:
    """`says`: what it shows, in words; it stands below it too."""
    return Block(kind="drawing", text=says, drawing=svg)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, in their order."""
    return [sentence for sentence in _SENTENCE.split(text.strip()) if sentence]


def kept(paper: Paper) -> str:
    """The paper as it is kept, so that it can be shown again as it was."""
    return json.dumps(asdict(paper), ensure_ascii=False)


def shown_again(text: str) -> Paper:
    """The paper that was kept."""
    told: dict[str, Any] = json.loads(text)
    blocks = tuple(
        Block(kind=b["kind"], text=b["text"], items=tuple(b["items"]), facts=tuple((name, said) for name, said in b["facts"]),
              rows=tuple(map(tuple, b.get("rows", ()))), drawing=b.get("drawing", ""))
        for b in told["blocks"]
    )  # fmt: skip
    return Paper(title=told["title"], to=told["to"], day=told["day"], blocks=blocks, foot=told.get("foot", ""),
                 head=told.get("head", ""))  # fmt: skip


def in_form(paper: Paper, form: str) -> Paper:
    """As it is set: in easy read each sentence stands on a line of its own. Refuses a form that there is not."""
    if form not in FORMS:
        raise ValueError(f"no such form of a paper: {form}")
    if form != "easy":
        return paper
    blocks = tuple(line for b in paper.blocks for line in _lines(b))
    return replace(paper, blocks=blocks)


def _lines(block: Block) -> tuple[Block, ...]:
    if block.kind == "words":
        return tuple(words(sentence) for sentence in sentences(block.text))
    return (items(*(sentence for item in block.items for sentence in sentences(item))),) if block.kind == "list" else (block,)


def as_text(paper: Paper, form: str = "plain") -> str:
    """The document as plain text."""
    told = in_form(paper, form)
    lines = [told.day, "", told.to, "", told.title, "=" * min(len(told.title), LINE), ""]
    for block in told.blocks:
        if block.kind == "heading":
            lines += [block.text, "-" * min(len(block.text), LINE)]
        elif block.kind == "words":
            lines += [fill(block.text, LINE), ""]
        elif block.kind == "list":
            lines += [*(fill(item, LINE, initial_indent="* ", subsequent_indent="  ") for item in block.items), ""]
        elif block.kind == "table":
            lines += [block.text, *("; ".join(row) for row in (block.items, *block.rows)), ""]
        elif block.kind == "drawing":
            lines += [fill(block.text, LINE), ""]
        else:
            lines += [*(fill(f"{name}: {said}", LINE, subsequent_indent="    ") for name, said in block.facts), ""]
    return "\n".join(lines).rstrip() + "\n"


def as_html(paper: Paper, form: str = "plain") -> str:
    """The words as an article of a page. What was typed is escaped."""
    told = in_form(paper, form)
    body = "".join(_HTML[block.kind](block) for block in told.blocks)
    return (
        f'<article class="tc-paper tc-paper--{form}" lang="en-GB"><p>{escape(told.day)}</p><p>{escape(told.to)}</p>'
        f"<h2>{escape(told.title)}</h2>{body}</article>"
    )


_HTML: dict[str, Any] = {
    "heading": lambda b: f"<h3>{escape(b.text)}</h3>",
    "words": lambda b: f"<p>{escape(b.text)}</p>",
    "list": lambda b: "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in b.items) + "</ul>",
    "table": lambda b: _table(b),
    "drawing": lambda b: f"<figure>{b.drawing}<figcaption>{escape(b.text)}</figcaption></figure>",
    "facts": lambda b: "<dl>" + "".join(f"<div><dt>{escape(n)}</dt><dd>{escape(s)}</dd></div>" for n, s in b.facts) + "</dl>",
}


def _table(block: Block) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in block.items)
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
    return f"<table><caption>{escape(block.text)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def as_page(paper: Paper, form: str = "plain") -> str:
    """The document as a page by itself, to be kept or sent: its style in it, nothing fetched."""
    style = (HERE / "paper.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(paper.title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head>'
        f"<body><main>{as_html(paper, form)}</main></body></html>\n"
    )


def as_pdf(paper: Paper, form: str = "plain") -> bytes:
    """The document as a tagged PDF (PDF/UA-1). The same words give the same bytes: no time of making is in it."""
    return bytes(_set(paper, form, format="pdf", pdf_standards="ua-1"))


def pages(paper: Paper, form: str = "plain") -> int:
    """How many pages of A4 it takes."""
    made = _set(paper, form, format="svg")
    return len(made) if isinstance(made, list) else 1


def _set(paper: Paper, form: str, **options: Any) -> Any:
    told = json.dumps({"form": form, **asdict(in_form(paper, form))}, ensure_ascii=False)
    return typst.compile(_template(), sys_inputs={"paper": told}, **options)


@cache
def _template() -> bytes:
    return (HERE / "paper.typ").read_bytes()
