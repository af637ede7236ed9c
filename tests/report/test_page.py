"""The page: its figures are those of the calculator, and everybody can read it."""

import re
from itertools import pairwise

import pytest

from tests.report.reading import Page


@pytest.fixture(params=["governance", "public"])
def page(request, written) -> Page:
    return Page(written(request.param).page)


def test_prose_tables_and_file_give_the_same_figures(written):
    report = written("governance")
    page = Page(report.page)
    assert page.row("Reports delivered in time") == ["38%", "86 of 225", "90%", "not met"]
    assert page.row("Appointments a week after release") == ["1.18", "–", "1", "met"]
    assert any("38% of the reports (86 of 225) came in time, against a target of 90%" in p for p in page.paragraphs)
    assert any("The initial cohort (reference day 31 December 2015) is 1,363 people" in p for p in page.paragraphs)
    row = report.figures["psr.within_5_days_rate", "all"]
    assert (row["numerator"], row["denominator"], row["value"]) == ("86", "225", "38.222222222")


def test_tables_have_the_rows_and_columns_of_the_published_ones(written):
    page = Page(written("governance").page)
    assert page.row("Hackney", cells=3) == ["16", "16", "110"]
    assert page.row("Osmani Trust") == ["38", "30", "21", "0"]
    assert page.row("Title of survey.table4.partners_new") == ["9.4%", "15.6%", "9.4%", "43.8%", "21.9%", "32"]


def test_time_to_report_stands_in_calendar_and_in_working_days(written):
    page = Page(written("governance").page)
    assert page.row("Median, calendar days") == ["14.0", "2.0", "8.0"]
    assert page.row("Median, working days") == ["10.0", "2.0", "6.0"]
    assert page.row("Mean, calendar days") == ["16.0", "4.0", "10.0"]
    assert page.row("Of the reports asked for") == ["37%", "86 of 234"]
    assert page.row("Learned too late") == ["80"]


def test_services_from_eligible_to_completed_with_a_blank_for_a_step_that_a_service_lacks(written):
    page = Page(written("governance").page)
    assert page.row("Mentoring", cells=6) == ["349", "98", "86", "49", "4", "9"]
    assert page.row("Court reports", cells=6) == ["1,140", "", "", "", "", ""]
    assert page.row("Is in custody") == ["32"]
    # 98 referred, 86 accepted; of 4 who completed the public is not told
    assert Page(written("public").page).row("Mentoring", cells=6) == ["349", "98", "86", "49", "[c]", "9"]


@pytest.mark.parametrize(("audience", "charts"), [("governance", 5), ("public", 4)])
def test_the_charts_are_drawn_named_and_given_as_tables(written, audience, charts):
    page = Page(written(audience).page)
    drawings = page.all("svg")
    assert len(drawings) == charts  # a study's chart is not for the public
    names = {a["id"] for tag, a, _ in page.elements if tag in ("title", "desc") and "id" in a}
    for drawing in drawings:
        assert drawing["role"] == "img"
        assert set(drawing["aria-labelledby"].split()) <= names
    assert len([a for tag, a, above in page.elements if tag == "table" and "details" in above]) == len(drawings)


def test_identifiers_are_unique_and_every_reference_has_its_target(page):
    ids = [a["id"] for _, a, _ in page.elements if "id" in a]
    assert sorted(ids) == sorted(set(ids))
    links = [a["href"][1:] for a in page.all("a")]
    named = [name for _, a, _ in page.elements for key in ("aria-labelledby",) if key in a for name in a[key].split()]
    assert set(links) | set(named) <= set(ids)


def test_the_page_can_be_found_through_without_seeing_it(page):
    assert page.all("html") == [{"lang": "en-GB"}]
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert len(page.all(landmark)) == 1, landmark
    first_link = page.all("a")[0]
    assert (first_link["class"], first_link["href"]) == ("skip", "#main")
    headings = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_every_table_has_a_caption_and_headings_with_their_scope(page):
    tables = page.all("table")
    assert len(page.all("caption")) == len(tables)
    assert {a["scope"] for a in page.all("th")} == {"col", "row"}
    boxes = [a for a in page.all("div") if a.get("class") == "scroll"]
    assert all(a["tabindex"] == "0" and a["role"] == "region" and a["aria-label"] for a in boxes)


def test_nothing_is_fetched_and_nothing_runs(written):
    text = written("public").page
    assert "<script" not in text
    assert "@import" not in text
    assert "@font-face" not in text
    fetched = re.findall(r"""(?:src|href)=["'](?!#)([^"']*)""", text) + re.findall(r"url\((?!#)[^)]*\)", text)
    assert fetched == []


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("on", "colour", "at_least"),
    [("white", "--ink", 4.5), ("white", "--soft", 4.5), ("white", "--link", 4.5), ("pale", "--ink", 4.5), ("focus", "--ink", 4.5),
     ("white", "bar", 3.0)],
)  # fmt: skip
def test_text_and_bars_stand_out_from_what_is_behind(written, on, colour, at_least):
    named = dict(re.findall(r"(--[a-z]+): (#[0-9a-f]{6})", written("public").page))
    named["bar"] = "#1d70b8"
    behind = {"white": "#ffffff", "pale": named["--pale"], "focus": named["--focus"]}[on]
    assert "#1d70b8" in written("public").page
    lighter, darker = sorted((luminance(behind), luminance(named[colour])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= at_least
