"""The PDF is tagged as PDF/UA-1 asks: what veraPDF checks of a file, as far as its objects tell it."""

import io
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pypdf
import pytest

from throughcare.report.compose import compose
from throughcare.report.pdf import pdf
from throughcare.report.pictures import drawn


@pytest.fixture(scope="module")
def made(figures) -> bytes:
    report = compose(figures(False))
    return pdf(report, drawn(report))


@pytest.fixture(scope="module")
def opened(made):
    with pikepdf.open(io.BytesIO(made)) as file:
        yield file


def elements(node) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure, in the order of reading."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.fixture(scope="module")
def structure(opened) -> list[pikepdf.Dictionary]:
    return list(elements(opened.Root.StructTreeRoot))


def test_the_file_says_that_it_is_tagged_and_in_which_language(opened):
    assert bool(opened.Root.MarkInfo.Marked)
    assert str(opened.Root.Lang) == "en-GB"
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
    with opened.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert "Gripping the Offender" in told["dc:title"]


def test_headings_are_in_order_and_every_section_has_one(structure, figures):
    levels = [int(str(e.S)[2:]) for e in structure if str(e.S) in ("/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert levels.count(2) == len(compose(figures(False)).sections) + 1  # and Contents


def test_every_drawing_has_words_and_every_table_has_headers(structure, figures):
    names = Counter(str(e.S) for e in structure)
    drawings = [e for e in structure if str(e.S) == "/Figure"]
    assert len(drawings) == 5  # four of the pilot, one of a study
    assert all(len(str(e.get("/Alt", ""))) > 40 for e in drawings)
    tables = [e for e in structure if str(e.S) == "/Table"]
    assert len(tables) > 15
    for table in tables:
        assert any(str(e.S) == "/TH" for e in elements(table))
    assert names["/TD"] > 200
    assert names["/Caption"] >= len(tables)


def test_a_cell_has_its_columns_heading_and_its_rows(structure):
    """By what each says of itself: a cell that named its headings one by one would have no others."""
    for table in [e for e in structure if str(e.S) == "/Table"]:
        head, *rows = [cells_of(e) for e in elements(table) if str(e.S) == "/TR"]
        assert {(str(cell.S), said_of_table(cell)) for cell in head} == {("/TH", "/Column")}
        for first, *others in rows:
            assert (str(first.S), said_of_table(first)) == ("/TH", "/Row")
            assert {(str(cell.S), said_of_table(cell)) for cell in others} <= {("/TD", "")}


def cells_of(row: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    return [e for e in elements(row) if str(e.S) in ("/TH", "/TD")]


def said_of_table(cell: pikepdf.Dictionary) -> str:
    (told,) = [each for each in cell.A if str(each.O) == "/Table"]
    assert "/Headers" not in told
    return str(told.get("/Scope", ""))


def test_every_page_has_its_content_tagged_and_tabs_in_the_order_of_structure(opened):
    for page in opened.pages:
        assert "/StructParents" in page
        assert str(page.get("/Tabs", "/S")) == "/S"


def test_the_same_report_gives_the_same_bytes(made, figures):
    report = compose(figures(False))
    assert pdf(report, drawn(report)) == made


def test_the_pdf_says_what_the_page_says(made):
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages).split())
    for words in ("38% of the reports (86 of 225) came in time", "Somebody was there. That was new.", "not for publication"):
        assert words in text
