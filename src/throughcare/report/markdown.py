"""The Markdown of a report's prose: CommonMark with places in braces and footnotes, and what its conditions hold on."""

import re
from collections.abc import Mapping
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode as Node

from throughcare.report.figures import Figures

CONDITION = re.compile(r"(?<!\\)\{if ([a-z0-9_.]+)\}")
SHOW = re.compile(r"\{show ([a-z0-9-]+)\}")
BOX = re.compile(r"\[!([^\]\n]+)\]")
NOTE = re.compile(r"^\[\^([\w-]+)\]:[ \t]+(.+)$", re.MULTILINE)
CALL = re.compile(r"\[\^([\w-]+)\](?!:)")
NOT_READ = ("image", "html_inline", "html_block", "code", "fence", "lheading", "reference", "autolink")


@cache
def reader() -> MarkdownIt:
    made = MarkdownIt("commonmark").disable(list(NOT_READ))
    made.inline.ruler.before("link", "place", _place)
    made.inline.ruler.before("link", "footnote", _footnote)
    made.inline.ruler.before("link", "box", _box)
    return made


def tokens(markdown: str) -> list[Token]:
    """The tokens of the text without its footnotes, whose lines stay empty, so that every line keeps its number."""
    return reader().parse(NOTE.sub("", markdown))


def parsed(markdown: str) -> tuple[Node, Mapping[str, Node]]:
    """The tree of the text, and the words of its footnotes by their names."""
    notes = {found[1]: Node(reader().parseInline(found[2])).children[0] for found in NOTE.finditer(markdown)}
    return Node(tokens(markdown)), notes


def holds(figures: Figures, name: str) -> bool:
    """Whether the pilot has the service of that slug, or the report the measure."""
    return figures.runs(name) or name in figures.measures


def _place(state: StateInline, silent: bool) -> bool:
    """`{...}` in one line: a place, a condition (which says nothing), or a number that is no figure."""
    end = state.src.find("}", state.pos)
    if state.src[state.pos] != "{" or end < 0 or "\n" in state.src[state.pos : end]:
        return False
    inside = state.src[state.pos + 1 : end]
    if not silent and not CONDITION.fullmatch(f"{{{inside}}}"):
        state.push("place", "", 0).content = inside
    state.pos = end + 1
    return True


def _footnote(state: StateInline, silent: bool) -> bool:
    found = CALL.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("footnote", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _box(state: StateInline, silent: bool) -> bool:
    """The title of a box says nothing where it stands; only at the beginning of a paragraph."""
    found = BOX.match(state.src, state.pos) if state.pos == 0 else None
    if found is None:
        return False
    state.pos = found.end()
    return True
