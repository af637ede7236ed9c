"""Reading what coding software writes: a CSV of quotations, or a REFI-QDA project (.qdpx), which is a zip with an XML.

A file is taken as hostile: what is larger than it should be, names a document type or entities, or points outside itself is
refused; nothing is written to disk. Format: REFI-QDA project exchange 1.0, https://www.qdasoftware.org (sources: plain text).
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.parsers import expat

from throughcare.strands.surveys.voices.errors import NotReadable
from throughcare.strands.surveys.voices.words import LONGEST

MOST_BYTES, MOST_OPENED, MOST_FILES, MOST_ROWS, DEEPEST = 20 * 2**20, 100 * 2**20, 2_000, 20_000, 100
SPACE = "{urn:QDA-XML:project:1.0}"
COLUMNS = ("conversation", "theme", "quotation")
INTERNAL = "internal://"


@dataclass(frozen=True, kw_only=True)
class CodedTheme:
    source: str
    title: str
    meaning: str = ""


@dataclass(frozen=True, kw_only=True)
class CodedQuotation:
    """`conversation` and `theme` are references of the file."""

    conversation: str
    theme: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Coded:
    """What a file holds. conversations: by reference, in their order. left: what was not read, in words, with the place."""

    themes: tuple[CodedTheme, ...]
    conversations: tuple[str, ...]
    quotations: tuple[CodedQuotation, ...]
    left: tuple[str, ...] = ()


def read_coded(name: str, data: bytes) -> Coded:
    """The file by the end of its name: .csv or .qdpx. `NotReadable` says what is wrong."""
    if len(data) > MOST_BYTES:
        raise _not(name, f"at most {MOST_BYTES // 2**20} MB", "leave recordings out of the export")
    if name.lower().endswith(".qdpx"):
        return _project(name, data)
    if name.lower().endswith(".csv"):
        return _csv(name, data)
    raise _not(name, "a .csv or .qdpx file", "export the project as REFI-QDA, or its quotations as CSV")


def _not(record: str, expected: str, mend: str) -> NotReadable:
    return NotReadable(what="The file cannot be read", record=record, expected=expected, mend=mend)


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


def _project(name: str, data: bytes) -> Coded:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            files = box.infolist()
            if len(files) > MOST_FILES or sum(file.file_size for file in files) > MOST_OPENED:
                most = f"at most {MOST_FILES} files of {MOST_OPENED // 2**20} MB in all"
                raise _not(name, most, "leave recordings out of the export")
            inside = {file.filename.lower(): file for file in files}
            project = next((f for path, f in inside.items() if path.endswith(".qde") and "/" not in path), None)
            if project is None:
                raise _not(name, "a project.qde inside", "export the project as REFI-QDA (.qdpx)")
            return _read(name, _tree(name, _open(name, box, project)), box, inside)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise _not(name, "a zip without a password", "export the project again") from error


def _open(name: str, box: zipfile.ZipFile, file: zipfile.ZipInfo) -> bytes:
    """The bytes of a file, never more than it says it has: a zip may lie."""
    with box.open(file) as opened:
        found = opened.read(file.file_size + 1)
    if len(found) > file.file_size:
        raise _not(name, "files of the size that the zip says", "export the project again")
    return found


def _tree(name: str, data: bytes) -> ET.Element:
    """The XML, refused before it is read where it names a document type, which entities need, or is too deep."""
    depth = 0

    def doctype(*_: object) -> None:
        raise _not(name, "XML without a document type or entities", "export the project again with the software itself")

    def begins(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _not(name, f"at most {DEEPEST} levels", "export the project again")

    def ends(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    try:
        parser.Parse(data, True)
        return ET.fromstring(data)
    except (expat.ExpatError, ET.ParseError) as error:
        raise _not(name, "XML", "export the project again") from error


def _read(name: str, project: ET.Element, box: zipfile.ZipFile, inside: dict[str, zipfile.ZipInfo]) -> Coded:
    codes = {
        code.get("guid", ""): CodedTheme(source=code.get("guid", ""), title=code.get("name", "")[:100],
                                         meaning=code.findtext(f"{SPACE}Description", "")[:LONGEST])
        for code in project.iter(f"{SPACE}Code")
    }  # fmt: skip
    sources = project.find(f"{SPACE}Sources")
    left: list[str] = []
    conversations: list[str] = []
    found: list[CodedQuotation] = []
    for source in sources if sources is not None else ():
        called = source.get("name") or source.get("guid", "")
        if source.tag != f"{SPACE}TextSource":
            left.append(f"{called}: only sources of text are read")
            continue
        text = _text(name, source, box, inside)
        if text is None:
            left.append(f"{called}: its text is not inside the file")
            continue
        reference = source.get("guid", "")[:80]
        conversations.append(reference)
        for theme, quoted in _selections(source, text):
            if theme not in codes or not quoted or len(quoted) > LONGEST:
                left.append(f"{called}: a selection without a code or words, or of more than {LONGEST} characters")
            else:
                found.append(CodedQuotation(conversation=reference, theme=theme, text=quoted))
        if len(found) > MOST_ROWS:
            raise _not(name, f"at most {MOST_ROWS} quotations", "export fewer sources")
    used = {each.theme for each in found}
    return Coded(themes=tuple(codes[guid] for guid in codes if guid in used), conversations=tuple(conversations),
                 quotations=tuple(found), left=tuple(left))  # fmt: skip


def _text(name: str, source: ET.Element, box: zipfile.ZipFile, inside: dict[str, zipfile.ZipInfo]) -> str | None:
    """The plain text of a source; None where it is not inside. A path to elsewhere is never followed."""
    written = source.findtext(f"{SPACE}PlainTextContent")
    if written is not None:
        return written
    path = source.get("plainTextPath", "")
    file = inside.get(f"sources/{path.removeprefix(INTERNAL).lower()}") if path.startswith(INTERNAL) else None
    return _open(name, box, file).decode("utf-8-sig", errors="replace") if file else None


def _selections(source: ET.Element, text: str) -> Iterator[tuple[str, str]]:
    """Code and words of each coded selection; words are "" where the positions are not in the text."""
    for selection in source.iter(f"{SPACE}PlainTextSelection"):
        ends = [selection.get(name, "") for name in ("startPosition", "endPosition")]
        start, end = (int(each) if each.isdecimal() else -1 for each in ends)
        quoted = " ".join(text[start:end].split()) if 0 <= start < end <= len(text) else ""
        for reference in selection.iter(f"{SPACE}CodeRef"):
            yield reference.get("targetGUID", ""), quoted
