"""Reading a report of any of the formats to one `Document`."""

from collections.abc import Callable
from pathlib import Path

from throughcare.core.errors import UserError
from throughcare.report.figure_audit.document import Document
from throughcare.report.figure_audit.reading.html import read_html
from throughcare.report.figure_audit.reading.markdown import read_markdown
from throughcare.report.figure_audit.reading.pdf import read_pdf
from throughcare.report.figure_audit.reading.plain import read_plain
from throughcare.report.figure_audit.reading.table_csv import read_csv
from throughcare.report.figure_audit.reading.word import read_word


class NotReadable(UserError):
    """The document cannot be read: there is none, its format is not known, or it is not what its name says."""


READERS: dict[str, Callable[[bytes, str], Document]] = {
    ".txt": read_plain, ".text": read_plain, ".pdf": read_pdf, ".html": read_html, ".htm": read_html,
    ".md": read_markdown, ".markdown": read_markdown, ".docx": read_word, ".csv": read_csv,
}  # fmt: skip


def read(path: Path) -> Document:
    """The document in the file, told by the end of its name. Refuses what cannot be read, or has no word in it."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise NotReadable(
            what=f"the format {path.suffix or 'without an ending'} cannot be read", record=str(path),
            expected=f"one of {', '.join(sorted(READERS))}", mend="save the report in one of these formats",
        )  # fmt: skip
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unread(path, error.strerror or "it cannot be opened", "a file that can be opened", "check the path") from error
    try:
        document = reader(content, path.name)
    except Exception as error:  # each format has errors of its own
        raise _unread(
            path, f"it is no whole {path.suffix} file ({type(error).__name__})", "a file of the format that its name says",
            "open it in its own program and save it again",
        ) from error  # fmt: skip
    if not (document.sentences or document.tables or document.figures):
        raise _unread(
            path, "no text is in it", "text (not pictures of pages)", "make it from its source, or read it by OCR first"
        )
    return document


def _unread(path: Path, what: str, expected: str, mend: str) -> NotReadable:
    return NotReadable(what=f"the document cannot be read: {what}", record=str(path), expected=expected, mend=mend)
