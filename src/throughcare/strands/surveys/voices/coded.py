"""Reading what coding software writes: CSV, or a REFI-QDA project or codebook (refi.py). A file is taken as hostile."""

import csv
import io

from throughcare.strands.surveys.voices.codes import MOST_ROWS, Coded, CodedQuotation, CodedTheme
from throughcare.strands.surveys.voices.codes import not_readable as _not
from throughcare.strands.surveys.voices.refi import read_codebook, read_project
from throughcare.strands.surveys.voices.words import LONGEST

MOST_BYTES = 20 * 2**20
COLUMNS = ("conversation", "theme", "quotation")


def read_coded(name: str, data: bytes) -> Coded:
    """The file by the end of its name: .csv, .qdpx (a project), .qdc (a codebook: themes alone). `NotReadable`: what is wrong."""
    if len(data) > MOST_BYTES:
        raise _not(name, f"at most {MOST_BYTES // 2**20} MB", "leave recordings out of the export")
    readers = {".qdpx": read_project, ".qdc": read_codebook, ".csv": _csv}
    for end, read in readers.items():
        if name.lower().endswith(end):
            return read(name, data)
    raise _not(name, "a .csv, .qdpx or .qdc file", "export the project as REFI-QDA, or its quotations as CSV")


def _csv(name: str, data: bytes) -> Coded:
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig")), strict=True)
        if not set(COLUMNS) <= set(reader.fieldnames or ()):
            raise _not(name, f"the columns {', '.join(COLUMNS)}", "name them in the first line")
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise _not(name, "CSV in UTF-8", "save it as CSV UTF-8") from error
    if len(rows) > MOST_ROWS:
        raise _not(name, f"at most {MOST_ROWS} rows", "split the file")
    left, found = [], []
    for line, row in enumerate(rows, start=2):
        told = {column: (row[column] or "").strip() for column in COLUMNS}
        if not all(told.values()) or len(told["quotation"]) > LONGEST:
            left.append(f"line {line}: a column is empty, or the quotation has more than {LONGEST} characters")
        else:
            found.append(CodedQuotation(conversation=told["conversation"], theme=told["theme"], text=told["quotation"]))
    themes = dict.fromkeys(each.theme for each in found)
    return Coded(
        themes=tuple(CodedTheme(source=theme, title=theme) for theme in themes), quotations=tuple(found), left=tuple(left),
        conversations=tuple(dict.fromkeys(each.conversation for each in found)),
    )  # fmt: skip
