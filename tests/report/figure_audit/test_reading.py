"""Every format is read to the same sentences and tables; what cannot be read is refused with the way to mend it."""

import io

import docx
import pytest
import typst
from markdown_it import MarkdownIt

from tests.report.figure_audit.audited import sides
from throughcare.core.errors import UserError
from throughcare.report.figure_audit.audit import audit
from throughcare.report.figure_audit.reading import read
from throughcare.report.figure_audit.reading.plain import document, read_plain

TEXT = "# Findings\n\nOf those asked, 41% (n=11/28) said yes. They stayed, e.g. in flats.\n\n"
TABLE = [["Town", "Referred", "Accepted"], ["York", "40", "30"], ["Leeds", "20", "18"], ["Total", "60", "49"]]
FOUND = [("percentage", "41%", "11 of 28"), ("total", "49", "48")]


def markdown() -> str:
    head, *rows = (" | ".join(row) for row in TABLE)
    return TEXT + "Table 1. Debt advice\n\n" + "\n".join(f"| {line} |" for line in (head, "--- | --- | ---", *rows))


def word() -> bytes:
    made = docx.Document()
    made.add_heading("Findings")
    made.add_paragraph(TEXT.splitlines()[2])
    made.add_paragraph("Table 1. Debt advice")
    table = made.add_table(rows=len(TABLE), cols=3)
    for row, line in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pdf(pages: list[str]) -> bytes:
    body = '#set document(title: "x")\n' + "\n#pagebreak()\n".join(pages)
    return typst.compile(body.encode(), format="pdf")


def html() -> str:
    body = MarkdownIt().enable("table").render(markdown())
    return f"<!doctype html><html><head><style>p {{}}</style></head><body><nav>1 of 3</nav>{body}</body></html>"


@pytest.mark.parametrize(("name", "content"), [("a.md", markdown()), ("a.html", html()), ("a.docx", word())])
def test_a_format_is_read_with_its_section_and_its_table(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    read_document = read(path)
    assert [s.text for s in read_document.sentences][:2] == [
        "Of those asked, 41% (n=11/28) said yes.",
        "They stayed, e.g. in flats.",
    ]
    assert read_document.sentences[0].place.section == "Findings"
    assert sides(audit(read_document)) == FOUND


def test_a_pdf_is_read_page_by_page(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([TEXT.splitlines()[2], "Later 12/37 (31%) did."]))
    assert sides(audit(read(path))) == [FOUND[0], ("percentage", "31%", "12 of 37")]
    assert [alarm.one.place.page for alarm in audit(read(path))] == [1, 2]


def test_a_table_as_csv(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in TABLE))
    (alarm,) = audit(read(path))
    assert (alarm.kind, alarm.one.place.line) == ("total", 4)


UNREAD = [
    ("a.odt", b"x", "one of .csv"), ("a.pdf", b"not a pdf", "the format that its name says"), ("a.docx", b"PK", "save it again"),
    ("a.txt", b"  \n", "OCR"), ("a.csv", b"", "OCR"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "mend"), UNREAD)
def test_what_cannot_be_read_is_refused_by_name_with_the_way_to_mend_it(tmp_path, name, content, mend):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError) as refused:
        read(tmp_path / name)
    assert name in str(refused.value) and mend in str(refused.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match="check the path"):
        read(tmp_path / "none.pdf")


SPACED = (
    "Services \n\nBetween May and June the team saw many people in the town, and all of those who came in the first weeks of \n\n"
    "the pilot were asked what they thought of the advice,1 which was then in its second year and had grown.2 Eighty-\n\n"
    "two percent were pleased and would come again if they had to, which is what the team had hoped for when it \n\n"
    + " " * 50 + "\n1 Advice was free. \n2 By a half. \n began. It went on in the same rooms. \n"
)  # fmt: skip


def test_text_from_a_pdf_is_put_together_across_lines_notes_and_pages():
    """Blank lines between all lines, a word parted at its hyphen, marks of notes at words, notes in the midst of a sentence."""
    told = [s.text for s in read_plain(SPACED.encode(), "a.txt").sentences]
    assert told[0].endswith("in its second year and had grown.")
    assert told[1].startswith("Eighty-two percent were pleased") and told[1].endswith("had hoped for when it began.")
    assert told[2:] == ["It went on in the same rooms.", "Advice was free.", "By a half."]


def test_running_heads_and_page_numbers_are_no_text():
    pages = [f"Annual report\nOn page {n} the team saw many\n{n}" for n in range(1, 5)]
    told = " ".join(s.text for s in document(pages, name="a", paged=True).sentences)
    assert "Annual report" not in told and "many 2" not in told


def test_the_heads_of_a_table_in_text_are_told_apart():
    """Columns of several words are put together by what the text has only together."""
    text = (
        "Work went on in Leeds, East Fife and West Fife. Most was in East Fife, some in West Fife.\n\n"
        "Table 2. Visits by area\n\nLeeds East\nFife\nWest\nFife Total\nVisits asked for 7 14 16 37\nVisits made 6 14 16 36\n"
    )
    (table,) = read_plain(text.encode(), "a.txt").tables
    assert (table.name, table.title, table.columns) == ("Table 2", "Visits by area", ("Leeds", "East Fife", "West Fife", "Total"))
    assert [row.label for row in table.rows] == ["Visits asked for", "Visits made"]
