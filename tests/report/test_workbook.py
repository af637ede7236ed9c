"""The workbook: one table a sheet, numbers as numbers, shorthand explained, and it opens elsewhere without loss."""

import io
import shutil
import subprocess

import openpyxl
import pytest

from throughcare.report.workbook import ALL, NONE, SHORTHAND

OFFICE = shutil.which("localc")  # with the spreadsheet in it: the office alone opens none


@pytest.fixture(scope="module", params=["governance", "public"])
def books(request, written):
    path = written(request.param).folder / "report.xlsx"
    return path, openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def table_of(sheet) -> list[list[object]]:
    """The one table of a sheet, its head first."""
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def test_cover_contents_and_notes_come_first_and_each_sheet_has_one_table(books):
    _, book = books
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    tables = {f"Table {n}" for n in range(1, 5)} | {f"Figure {n}" for n in ("1", "2", "3", "3 b")}
    assert tables | {ALL} <= set(book.sheetnames)
    assert [row[0] for row in table_of(book["Contents"])[1:]] == book.sheetnames[3:]
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert len(sheet.tables) == 1
        assert str(sheet["A1"].value)
        head, *rows = table_of(sheet)
        assert len({str(h).lower() for h in head}) == len(head)
        assert rows
        assert all(value not in (None, "") for row in (head, *rows) for value in row), name


def test_numbers_are_numbers(written):
    book = openpyxl.load_workbook(written("governance").folder / "report.xlsx")
    rows = {str(row[0]): row[1:] for row in table_of(book["Table 1"])}
    assert rows["Reports delivered"] == [12, 48, 12, 36, 24, 84]
    head, *rows = table_of(book["Headline figures, with their"])
    assert head == ["Figure", "Value", "Counts: number", "Counts: out of", "Target", "State"]
    told = {row[0]: row[1:] for row in rows}
    assert told["Reports delivered in time (%)"] == [38, 86, 225, 90, "not met"]
    assert told["Appointments a week after release"] == [1.18, NONE, NONE, 1, "met"]
    head, *rows = table_of(book["Table 4"])
    assert head[1:6] == [f"{a} (%)" for a in ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")]
    assert rows[0][1:] == [9.4, 15.6, 9.4, 43.8, 21.9, 32]


def test_shorthand_is_explained_where_it_stands_and_in_the_notes(books):
    _, book = books
    notes = " ".join(str(row[1]) for row in table_of(book["Notes"]))
    cover = " ".join(str(cell.value) for row in book["Cover"].iter_rows() for cell in row)
    for mark, meaning in SHORTHAND.items():
        assert f"{mark}: {meaning}" in notes
        assert f"{mark} means: {meaning}" in cover
    for sheet in book.worksheets[3:]:
        above = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=12) for cell in row)
        for row in table_of(sheet)[1:]:
            for value in row:
                if value in SHORTHAND:
                    assert f"{value}: {SHORTHAND[value]}" in above, (sheet.title, value)


def test_notes_are_called_from_the_titles_that_they_belong_to(written):
    book = openpyxl.load_workbook(written("governance").folder / "report.xlsx")
    notes = {row[0]: row[1] for row in table_of(book["Notes"])[1:]}
    title = str(book["Table 1"]["A1"].value)
    (number,) = [n for n, words in notes.items() if "Highbury Corner was vacant" in words]
    assert f"[note {number}]" in title
    assert "[note" not in str(book["Figure 1"]["A1"].value)


def test_withheld_figures_are_withheld_here_too(written):
    book = openpyxl.load_workbook(written("public").folder / "report.xlsx")
    head, *rows = table_of(book[ALL])
    told = {(row[0], row[1]): dict(zip(head, row, strict=True)) for row in rows}
    for key, figure in written("public").figures.items():
        assert (told[key]["value"] == "[c]") == bool(figure["suppressed"]), key
    assert "[c]" not in {row[3] for row in table_of(openpyxl.load_workbook(written("governance").folder / "report.xlsx")[ALL])}


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_writes_it_back_without_loss(books, tmp_path):
    path, book = books
    command = [str(OFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx", "--outdir",
               str(tmp_path / "out"), str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    again = openpyxl.load_workbook(tmp_path / "out" / path.name)
    assert again.sheetnames == book.sheetnames
    for sheet in book.worksheets:
        size = {"max_row": sheet.max_row, "max_col": sheet.max_column}
        theirs, ours = ([[cell.value for cell in row] for row in s.iter_rows(**size)] for s in (again[sheet.title], sheet))
        assert theirs == ours, sheet.title
