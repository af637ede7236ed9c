"""The chapters of a draft as an analyst sees them: which there are, the report's own words, what is wrong in a text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from throughcare.report.as_markdown import chapter_text
from throughcare.report.chapters import FOLDER, named
from throughcare.report.compose import compose
from throughcare.report.content import Section
from throughcare.report.html import page
from throughcare.report.pictures import drawn
from throughcare.report.prose_faults import Fault, faults
from throughcare.report.publication.cut import Cut, figures_of
from throughcare.report.sections import sections


@dataclass(frozen=True, kw_only=True)
class Own:
    """One chapter: its title, the words it begins with, the names of the tables and charts that may be placed in it."""

    slug: str
    title: str
    text: str
    shown: tuple[str, ...]


def chapters_of(cut: Cut) -> tuple[Own, ...]:
    """The chapters of the report of this cut, in their order."""
    return tuple(_own(section) for section in sections(figures_of(cut)))


def _own(section: Section) -> Own:
    file = FOLDER / f"{section.slug}.md"
    text = file.read_text(encoding="utf-8") if file.is_file() else chapter_text(section)
    return Own(slug=section.slug, title=section.title, text=text, shown=tuple(named(section.blocks)))


def faults_of(cut: Cut, slug: str, text: str) -> tuple[Fault, ...]:
    """What is wrong in the text of a chapter, by line; of a chapter that this report does not have, nothing can be told."""
    figures = figures_of(cut)
    section = next((each for each in sections(figures) if each.slug == slug), None)
    shown = named(section.blocks) if section else {}
    return faults(text, figures.measures.values(), figures, shown=shown)


def preview(cut: Cut, prose: Mapping[str, str], *, only: str = "") -> str:
    """The report as its page will be, or one chapter of it. Refuses prose with faults, as `sections` does."""
    report = compose(figures_of(cut), prose)
    kept = tuple(section for section in report.sections if not only or section.slug == only)
    told = replace(report, sections=kept)
    return page(told, drawn(told))
