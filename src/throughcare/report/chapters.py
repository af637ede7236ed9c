"""The chapters that stand as Markdown in `chapters/`, and the names of tables and charts by which prose places them."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from throughcare.report.content import Block, Chart, Drawing, ItemList, Section, Table
from throughcare.report.figures import Figures
from throughcare.report.prose import NOTHING, FaultyProse, faults, read_chapter

FOLDER = Path(__file__).parent / "chapters"


def chapter(slug: str, figures: Figures, *, shown: Mapping[str, Block] = NOTHING) -> Section:
    """The section of that name from its Markdown; empty where all of it is of services that the pilot does not have."""
    text = (FOLDER / f"{slug}.md").read_text(encoding="utf-8")
    title, blocks = read_chapter(text, figures, shown=shown, name=f"{slug}.md", ours=True)
    return Section(slug=slug, title=title, blocks=blocks)


def rewritten(made: Mapping[str, Section], figures: Figures, prose: Mapping[str, str]) -> dict[str, Section]:
    """The sections in the analyst's own words, by slug, with their tables and charts where these place them.

    Refuses all faults of all of them at once, numbers that were typed too.
    """
    shown = {slug: named(made[slug].blocks) for slug in prose}
    found = {f"{slug}.md": faults(text, figures.measures.values(), figures, shown=shown[slug]) for slug, text in prose.items()}
    if wrong := {name: told for name, told in found.items() if told}:
        raise FaultyProse(wrong)
    return {slug: _rewritten(made[slug], *read_chapter(text, figures, shown=shown[slug])) for slug, text in prose.items()}


def _rewritten(section: Section, title: str, blocks: tuple[Block, ...]) -> Section:
    return Section(slug=section.slug, title=title or section.title, blocks=blocks)


def named(blocks: Iterable[Block]) -> dict[str, Block]:
    """Tables, charts and lists by name: "table-1" of "Table 1. ...", a chart's slug, else the caption in small letters."""
    found: dict[str, Block] = {}
    for block in blocks:
        if isinstance(block, Chart | Drawing):
            found[block.slug] = block
        elif isinstance(block, Table):
            number = re.match(r"Table \d+", block.caption)
            found[_slug(number[0] if number else block.caption)] = block
        elif isinstance(block, ItemList):
            found[f"list-{1 + sum(name.startswith('list-') for name in found)}"] = block
    return found


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
