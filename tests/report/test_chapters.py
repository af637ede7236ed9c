"""The chapters of the whole report: words that follow from figures, themes, studies; and an analyst's own in their place."""

from dataclasses import replace

import pytest

from tests.report.made_up import measures
from tests.report.reading import Page
from throughcare.report.around import Around
from throughcare.report.chapters import FOLDER
from throughcare.report.compose import compose
from throughcare.report.content import Box, Quotation
from throughcare.report.html import page
from throughcare.report.own_prose import NoProse, read_folder
from throughcare.report.pictures import drawn
from throughcare.report.prose import FaultyProse, faults
from throughcare.report.sections import NoSuchChapter, sections

INTERIM = (
    "summary", "pilot", "cohort", "history", "methodology", "services", "courts", "prison", "young-men", "contact", "budgets",
    "mental-health", "employment", "policing", "overlap", "key-learning", "process", "voices", "impact", "value", "discussion",
)  # fmt: skip


def test_the_report_has_every_chapter_of_the_interim_report(figures):
    assert [s.slug for s in sections(figures(False))][: len(INTERIM)] == list(INTERIM)


@pytest.mark.parametrize("chapter", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_no_number_is_typed_in_a_chapter_and_every_name_is_known(figures, chapter):
    assert faults(chapter.read_text(encoding="utf-8"), measures(), figures(False)) == ()


def test_words_follow_from_the_figures(figures):
    gathered = figures(False)
    (box,) = [b for s in sections(gathered) if s.slug == "key-learning" for b in s.blocks if isinstance(b, Box)]
    assert box.title == "Key learning"
    said = Page(page(report := compose(gathered), drawn(report))).paragraphs
    assert any("the target of 90% is missed" in words and "were more likely to be sentenced" in words for words in said)
    assert any("Referrals to mentoring rose: " in words or "Referrals to mentoring fell: " in words for words in said)


def test_a_footnote_is_called_and_stands_below(written):
    read = Page(written("governance").page)
    assert {"id": "note-1"} in read.all("li")
    assert [a["href"] for a in read.all("a") if a.get("id") == "from-note-1"] == ["#note-1"]


def test_a_figure_of_the_page_says_which_it_is(written):
    told = [a for _, a, _ in Page(written("governance").page).elements if "data-figure" in a]
    assert {"data-figure": "psr.within_5_days_rate|all", "data-form": "counts"} in told
    assert any(a["data-figure"] == "psr.delivered|total|18-25" for a in told)
    assert any(a.get("data-by") == "borough=Camden" for a in told)


def test_a_caveat_stands_under_the_tables_that_have_its_figure_and_under_no_other(written):
    text = written("governance").page
    sections = {part.partition('"')[0] for part in text.split('<section id="')[1:] if "Highbury Corner was vacant" in part}
    assert sections == {"summary", "courts"}  # the headline figures, and Table 1
    table, _, rest = text.partition("Table 1. Reports to the courts</caption>")[2].partition("</table>")
    assert "Cases that came to attention" in table
    assert "was vacant" in rest.partition("<p>")[0]


def test_quotations_stand_under_their_theme_with_who_said_them(figures):
    (voices,) = [s for s in sections(figures(False)) if s.slug == "voices"]
    assert voices.blocks[-1] == Quotation(text="Somebody was there. That was new.", who="Somebody whom the pilot serves")
    nothing = replace(figures(False), around=Around())
    assert "voices" not in {s.slug for s in sections(nothing)}


def test_a_study_that_is_not_ready_tells_why_and_no_effect(written):
    said = Page(written("governance").page).paragraphs
    assert any(words.startswith("No effect is told: the study is not ready, because of follow-up.") for words in said)
    assert any("0 of 41 have been followed" in words for words in said)
    assert any("days to sentence: lower" in words for words in said)


def test_what_a_study_found_has_its_estimates_and_its_chart_with_the_numbers(written):
    page = Page(written("governance").page)
    assert page.row("Custody") == ["25.0%", "37.5%", "-12.5", "-20.0 to -5.0", "lower"]
    assert page.row("Days to sentence") == ["9.50", "12.25", "-2.75", "-4.00 to 1.00", "not determined"]
    assert page.row("2016-05", cells=3) == ["8.00", "10.00", "-3.50"]
    assert page.row("2016-04", cells=3) == ["9.50", "10.00", "none"]
    assert written("governance").page.count('aria-labelledby="study-2-1-title study-2-1-desc"') == 1
    assert "<desc id=\"study-2-1-desc\">The treated fell.</desc>" in written("governance").page


def test_of_a_study_the_public_is_told_the_direction_alone(written):
    page = Page(written("public").page)
    assert "Custody" not in {row[0] for row in page.rows if row} and "The treated fell" not in written("public").page
    assert any("the direction alone is told" in words for words in page.paragraphs)


def test_without_a_study_nothing_is_read_as_an_effect(figures):
    nothing = compose(replace(figures(False), around=Around()))
    (impact,) = [s for s in nothing.sections if s.slug == "impact"]
    assert "No study is registered" in str(impact.blocks)
    (value,) = [s for s in nothing.sections if s.slug == "value"]
    assert "no saving is claimed" in str(value.blocks)


def test_the_analysts_own_chapter_takes_the_place_of_ours(figures):
    own = {"courts": "# At court\n\n{psr.delivered[total|all]} reports.\n\n{show table-1}\n\n{show sentences}\n"}
    made = {s.slug: s for s in compose(figures(False), own).sections}
    assert made["courts"].title == "At court"
    assert len(made["courts"].blocks) == 3
    assert made["summary"].title == "Summary"


def test_faults_of_all_chapters_are_told_at_once_with_their_places(figures):
    own = {"courts": "Of {psr.delivred}", "cohort": "There are 1,363 people"}
    with pytest.raises(FaultyProse) as refused:
        compose(figures(False), own)
    assert "courts.md line 1, column 4: {psr.delivred}: there is no such figure; perhaps {psr.delivered}" in str(refused.value)
    assert "cohort.md line 1, column 11: 1,363: a number that was typed" in str(refused.value)


def test_a_chapter_that_the_report_has_not_is_refused(figures):
    with pytest.raises(NoSuchChapter, match=r"cuorts\.md.*courts"):
        compose(figures(False), {"cuorts": "Words"})


def test_a_folder_of_chapters(tmp_path):
    with pytest.raises(NoProse):
        read_folder(tmp_path)
    (tmp_path / "courts.md").write_text("Words", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("Words", encoding="utf-8")
    assert read_folder(tmp_path) == {"courts": "Words"}
    (tmp_path / "cohort.md").write_bytes(b"\xff\xfe")
    with pytest.raises(NoProse, match="UTF-8"):
        read_folder(tmp_path)
