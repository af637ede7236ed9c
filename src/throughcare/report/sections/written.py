"""Chapters of words alone, from their Markdown."""

from dataclasses import dataclass

from throughcare.report.chapters import chapter
from throughcare.report.content import Section
from throughcare.report.figures import Figures


@dataclass(frozen=True)
class Written:
    slug: str

    def section(self, figures: Figures) -> Section:
        return chapter(self.slug, figures)


methodology, key_learning, discussion = Written("methodology"), Written("key-learning"), Written("discussion")
