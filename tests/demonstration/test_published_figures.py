"""The demonstration pilot counts to the figures that London published, and to nothing by writing it down, in each form.

`published_figures.csv` beside this file: the 206 figures of the interim evaluation of Gripping the Offender (MOPAC Evidence and
Insight, 2017), with the value that its own counts give where its text contradicts them. "exact" counts must be equal; "rounded"
ones equal as printed; "almost 60" is below 60 and rounds to it.
"""

import csv
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pypdf
import pytest

from tests.demonstration.conftest import PERIOD, run_in

pytestmark = pytest.mark.xdist_group("pilot")
PUBLISHED = list(csv.DictReader((Path(__file__).parent / "published_figures.csv").open(encoding="utf-8")))


Key = tuple[str, str]


class Shown(HTMLParser):
    """What the page shows of each undivided figure, by slug and group, then by form: every text once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[Key, dict[str, set[str]]] = {}
        self._open: tuple[Key, str, str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if "data-figure" in told and "data-by" not in told:
            slug, _, group = str(told["data-figure"]).partition("|")
            self._open = (slug, group), str(told["data-form"]), tag
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open[2]:
            key, form, _ = self._open
            self.found.setdefault(key, {}).setdefault(form, set()).add(self._text)
            self._open = None


@pytest.fixture(scope="module")
def report(pilot_home, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("report") / "governance"
    run_in(pilot_home)("report", *PERIOD, "--audience", "governance", "--output", out)
    return out


@pytest.fixture(scope="module")
def figures(report) -> dict[Key, dict[str, str]]:
    with (report / "figures.csv").open(encoding="utf-8") as file:
        return {(row["id"], row["group"]): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def sheet(report) -> dict[Key, dict[str, object]]:
    """The workbook's sheet of all figures."""
    book = openpyxl.load_workbook(report / "report.xlsx")["All figures"]
    (table,) = book.tables.values()
    head, *rows = [[cell.value for cell in row] for row in book[table.ref]]
    return {(row[0], row[1]): dict(zip(head, row, strict=True)) for row in rows}


def agrees(published: dict[str, str], counted: dict[str, str]) -> bool:
    want, digits = float(published["value"]), len(published["value"].partition(".")[2])
    value = float(counted["value"])
    if published["unit"] == "percent":
        value = 100 * float(counted["numerator"]) / float(counted["denominator"])
    if "almost" in published["source"]:
        return want - 0.5 <= value < want
    if published["statistic"] == "rounded":
        return abs(value - want) <= 0.5 * 10**-digits + 1e-9
    return value == want


def test_every_published_figure_is_counted(figures):
    wrong = []
    for published in PUBLISHED:
        key = published["id"], published["group"]
        if key not in figures or not agrees(published, figures[key]):
            wrong.append((key, published["value"], figures.get(key, {}).get("value", "missing")))
    assert len(PUBLISHED) == 206
    assert wrong == []


def as_printed(published: dict[str, str]) -> float:
    return float(published["value"])


def number(text: str) -> float:
    return float(text.rstrip("%").replace(",", ""))


def test_every_published_figure_stands_in_the_page(report):
    """In its tables or sentences, as printed, and wherever it stands the same; a share's counts give what was printed too."""
    shown = Shown((report / "index.html").read_text(encoding="utf-8")).found
    wrong = []
    for published in PUBLISHED:
        told = shown.get((published["id"], published["group"]), {})
        values = {number(text) for text in told.get("value", set())}
        if values != {as_printed(published)}:
            wrong.append((published["id"], published["group"], published["value"], told))
        for counts in told.get("counts", set()):
            part, _, base = counts.replace(",", "").partition(" of ")
            assert agrees(published, {"value": "0", "numerator": part, "denominator": base}), published
    assert wrong == []


def test_every_published_figure_stands_in_the_workbook_as_a_number(sheet):
    wrong = []
    for published in PUBLISHED:
        row = sheet.get((published["id"], published["group"]), {})
        value = row.get("value")
        if not isinstance(value, int | float) or value != as_printed(published):
            wrong.append((published["id"], published["group"], published["value"], value))
    assert wrong == []


def test_the_sheet_of_figures_is_the_file_of_figures(sheet, figures):
    assert set(sheet) == set(figures)
    for key, row in figures.items():
        for column in ("numerator", "denominator"):
            assert (sheet[key][column] in ("[z]", "[x]", "[c]")) == (row[column] == "") or not row["value"], key


def test_the_pdf_says_what_the_page_says(report):
    """Every sentence of the page that has a figure in it stands in the PDF."""
    page = re.sub(r"<details>.*?</details>", "", (report / "index.html").read_text(encoding="utf-8"), flags=re.DOTALL)
    said = [re.sub(r"<[^>]+>", "", p) for p in re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", page, re.DOTALL) if "data-figure" in p]
    text = "".join(p.extract_text() for p in pypdf.PdfReader(report / "report.pdf").pages)
    squeezed = re.sub(r"\s+", "", re.sub(r"Page \d+ of \d+", "", text))
    missing = [words for words in said if re.sub(r"\s+", "", words)[:120] not in squeezed]
    assert len(said) > 20
    assert len(missing) <= len(said) // 10, missing  # a sentence that a page's end cuts


def test_a_percentage_stands_beside_the_counts_it_follows_from(figures):
    shares = [row for row in figures.values() if row["unit"] == "percent" and row["value"]]
    assert len(shares) > 50
    for row in shares:
        assert float(row["value"]) == pytest.approx(100 * float(row["numerator"]) / float(row["denominator"]))
