"""A chapter of the package, written out as Markdown and read again, is the same chapter: an analyst begins where we ended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.made_up import measures
from throughcare.report.as_markdown import READ_ANEW, chapter_text
from throughcare.report.chapters import named
from throughcare.report.content import (
    Box,
    Bullets,
    Compared,
    Footnote,
    Heading,
    Link,
    Paragraph,
    Quotation,
    Report,
    Said,
    Section,
    Strong,
)
from throughcare.report.html import page
from throughcare.report.pictures import drawn
from throughcare.report.prose import faults, read_chapter
from throughcare.report.sections import sections


def read(section: Section, figures) -> Section:
    text, shown = chapter_text(section), named(section.blocks)
    assert faults(text, measures(), figures, shown=shown) == (), text
    title, blocks = read_chapter(text, figures, shown=shown)
    return Section(slug=section.slug, title=title, blocks=blocks, new_page=section.new_page)


def shown(section: Section) -> str:
    """As its page shows it: words that stand beside each other are one run of words."""
    report = Report(title="T", subtitle="", public=False, sections=(section,))
    return page(report, drawn(report))


@pytest.mark.parametrize("public", [False, True])
def test_every_chapter_that_follows_from_figures_is_read_as_it_was_written(figures, public):
    gathered = figures(public)
    written = [s for s in sections(gathered) if s.slug not in READ_ANEW]
    assert len(written) > 10
    for section in written:
        assert shown(read(section, gathered)) == shown(section), section.slug


def test_what_is_read_from_the_store_each_time_is_not_written_out(figures):
    """A quotation would outlive its consent, a study's state its day: only tables and charts are placed."""
    told = {s.slug: s for s in sections(figures(False)) if s.slug in READ_ANEW}
    assert {"voices", "impact"} <= set(told)
    for section in told.values():
        assert not any(isinstance(b, Paragraph | Quotation) for b in read(section, figures(False)).blocks)
    assert "{show study-2-1}" in chapter_text(told["impact"]) and "lower" not in chapter_text(told["impact"])


def test_every_kind_of_words(figures):
    gathered = figures(False)
    rate, cases = gathered.cell("psr.within_5_days_rate", "all"), gathered.cell("psr.cases", "total|all")
    chapter = Section(slug="courts", title="At court", blocks=(
        Heading(text="Of 2016 [c] & more"), Heading(text="Below", level=4),
        Paragraph(parts=("1. is no list. ", Said(result=rate, form="counts"), " of 40 *or* ", Said(result=cases), ", ",
                         Compared(result=rate, to=rate, form="rose"), Strong(parts=("strong",)), " ",
                         Link(parts=("there",), address="#courts"), Footnote(parts=("Within 5 days: ", Said(result=rate))))),
        Bullets(items=(Paragraph(parts=("- dash",)), Paragraph(parts=("two thirds of them",)))),
        Bullets(items=(Paragraph(parts=("first",)), Paragraph(parts=("second",))), numbered=True),
        Box(title="Key learning", blocks=(Paragraph(parts=("One {brace}.",)), Bullets(items=(Paragraph(parts=("> a",)),)))),
    ))  # fmt: skip
    assert read(chapter, gathered) == chapter
    assert "{=40}" in chapter_text(chapter) and "{=two thirds}" in chapter_text(chapter)


WORDS = st.text(st.sampled_from("ab 12.5%#>-+*_[]{}<>&\\`()!:^|~£,"), min_size=1, max_size=30).map(lambda t: " ".join(t.split()))


@given(words=WORDS.filter(bool))
def test_no_words_turn_into_marks(words):
    from throughcare.report.markdown import parsed
    from throughcare.report.prose import _Reader

    text = chapter_text(Section(slug="courts", title="T", blocks=(Paragraph(parts=(words,)),)))
    tree, notes = parsed(text)
    first, *rest = tree.children[1:]
    assert (first.type, rest, dict(notes)) == ("paragraph", [], {})
    told = _Reader(None, {}, notes).parts(first.children[0])  # type: ignore[arg-type]
    assert "".join(map(str, told)) == words
