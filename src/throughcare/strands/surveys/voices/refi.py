"""Reading a REFI-QDA project (.qdpx, a zip with an XML) or codebook (.qdc), as programs write them.

Standard: REFI-QDA project exchange 1.0 and 1.5, https://www.qdasoftware.org. Programs differ in what it leaves open: braces and
capitals of identifiers, the name of the folder of sources, whether lines of a text end in one character or in two though it is
counted otherwise, and whether a character beyond the basic plane counts once or twice. Where a text can be counted in several
ways, that is taken in which most selections begin and end with whole words; of equals, the standard's.

A file is taken as hostile: what is larger than it should be, names a document type or entities, or points outside itself is
refused; nothing is written to disk.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.parsers import expat

from throughcare.strands.surveys.voices.codes import MOST_ROWS, Coded, CodedQuotation, CodedTheme
from throughcare.strands.surveys.voices.codes import not_readable as _not
from throughcare.strands.surveys.voices.words import LONGEST

MOST_OPENED, MOST_FILES, DEEPEST = 100 * 2**20, 2_000, 100
INTERNAL = "internal://"
ANEW = "export the project again"
FILLER, MARK = "\0", "\ufeff"
BROUGHT = "a selection without a code or words, or of more than {} characters"
WITH_TEXT = ("TextSource", "PDFSource", "AudioSource", "VideoSource")
TEXTS = ("TextSource", "Representation", "Transcript")


def read_codebook(name: str, data: bytes) -> Coded:
    """The codes of a codebook that may be given to a quotation, as themes."""
    codes = _codes(_tree(name, data))
    return Coded(themes=tuple(theme for theme, codable in codes.values() if codable), conversations=(), quotations=())


def read_project(name: str, data: bytes) -> Coded:
    """The sources of text, with what of them is coded. `NotReadable` says what is wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            files = box.infolist()
            if len(files) > MOST_FILES or sum(file.file_size for file in files) > MOST_OPENED:
                most = f"at most {MOST_FILES} files of {MOST_OPENED // 2**20} MB in all"
                raise _not(name, most, "leave recordings out of the export")
            inside = {file.filename.lower().replace("\\", "/"): file for file in files}
            found = [path for path in inside if path.endswith(".qde") and not path.startswith("__macosx/")]
            if not found:
                raise _not(name, "a project.qde inside", "export the project as REFI-QDA (.qdpx)")
            path = min(found, key=lambda each: (each.count("/"), each))
            room = _Room(name=name, box=box, inside=inside, at=path.rpartition("/")[0])
            return _read(_tree(name, room.open(inside[path])), room)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise _not(name, "a zip without a password", ANEW) from error


@dataclass(frozen=True, kw_only=True)
class _Room:
    """The zip, its files by their name in small letters, and the folder in which the project lies."""

    name: str
    box: zipfile.ZipFile
    inside: dict[str, zipfile.ZipInfo]
    at: str

    def open(self, file: zipfile.ZipInfo) -> bytes:
        """The bytes of a file, never more than it says it has: a zip may lie."""
        with self.box.open(file) as opened:
            found = opened.read(file.file_size + 1)
        if len(found) > file.file_size:
            raise _not(self.name, "files of the size that the zip says", ANEW)
        return found

    def text(self, element: ET.Element) -> str | None:
        """The plain text of a source; None where it is not inside. A path to elsewhere is never followed."""
        written = _child(element, "PlainTextContent")
        if written is not None:
            return written.text or ""
        path = _attribute(element, "plainTextPath")
        if not path.startswith(INTERNAL):
            return None
        file = self.inside.get(f"{self.at}/sources/{path.removeprefix(INTERNAL).lower()}".removeprefix("/"))
        if file is None:
            return None
        data = self.open(file)
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        return data.decode("utf-16" if wide else "utf-8", errors="replace")


def _tree(name: str, data: bytes) -> ET.Element:
    """The XML, refused before it is read where it names a document type, which entities need, or is too deep."""
    depth = 0

    def doctype(*_: object) -> None:
        raise _not(name, "XML without a document type or entities", "export the project again with the software itself")

    def begins(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _not(name, f"at most {DEEPEST} levels", ANEW)

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
        raise _not(name, "XML", ANEW) from error


def _tag(element: ET.Element) -> str:
    """The name without its namespace: one of the standard's, or none, as some programs write it."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    return (each for each in element.iter() if _tag(each) == tag)


def _child(element: ET.Element, tag: str) -> ET.Element | None:
    return next((each for each in element if _tag(each) == tag), None)


def _attribute(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.lower() == name.lower()), "")


def _guid(element: ET.Element, name: str = "guid") -> str:
    """An identifier in one form, as the same is written with and without braces, in capitals and small letters."""
    return _attribute(element, name).strip("{}").lower()[:80]


def _codes(project: ET.Element) -> dict[str, tuple[CodedTheme, bool]]:
    """By identifier each code, however deep it stands in groups, and whether it may be given to a quotation."""
    told = {}
    for code in _all(project, "Code"):
        meaning = _child(code, "Description")
        said = (meaning.text or "").strip()[:LONGEST] if meaning is not None else ""
        theme = CodedTheme(source=_guid(code), title=_attribute(code, "name")[:100], meaning=said)
        told[theme.source] = theme, _attribute(code, "isCodable") != "false"
    return told


def _read(project: ET.Element, room: _Room) -> Coded:
    codes = {guid: theme for guid, (theme, _) in _codes(project).items()}
    left: list[str] = []
    conversations: list[str] = []
    found: list[CodedQuotation] = []
    for source in _child(project, "Sources") or ():
        called, reference = _attribute(source, "name") or _guid(source), _guid(source)
        if _tag(source) not in WITH_TEXT:
            left.append(f"{called}: only sources of text are read")
            continue
        told, missed = _quoted(source, room)
        if told is None:
            left.append(f"{called}: its text is not inside the file")
            continue
        left += [f"{called}: {words}" for words in missed]
        conversations.append(reference)
        for theme, words in told:
            if theme not in codes or not words or len(words) > LONGEST:
                left.append(f"{called}: {BROUGHT.format(LONGEST)}")
            else:
                found.append(CodedQuotation(conversation=reference, theme=theme, text=words))
        if len(found) > MOST_ROWS:
            raise _not(room.name, f"at most {MOST_ROWS} quotations", "export fewer sources")
    used = {each.theme for each in found}
    return Coded(themes=tuple(codes[guid] for guid in codes if guid in used), conversations=tuple(conversations),
                 quotations=tuple(found), left=tuple(left))  # fmt: skip


def _quoted(source: ET.Element, room: _Room) -> tuple[list[tuple[str, str]] | None, list[str]]:
    """Code and words of each coded selection ("": the positions are not in the text); and what of the source cannot be read.
    None where no text of it is inside: of a PDF, its representation; of a recording, its transcripts.
    """
    told: list[tuple[str, str]] | None = None
    for part in (each for each in source.iter() if _tag(each) in TEXTS):
        text = room.text(part)
        if text is not None:
            told = (told or []) + _selected(part, text)
    missed = []
    if any(_child(page, "Coding") is not None for page in _all(source, "PDFSelection")):
        missed.append("a selection by its place on a page, of which no words are inside")
    if told is not None and _child(source, "Coding") is not None:
        missed.append("a code given to the whole source")
    return told, missed


def _selected(part: ET.Element, text: str) -> list[tuple[str, str]]:
    """Code and words of the selections of one text, counted as its program counted."""
    points = {_guid(point): _attribute(point, "position") for point in _all(part, "SyncPoint")}
    spans: list[tuple[str, int, int]] = []
    for selection in part:
        if _tag(selection) == "PlainTextSelection":
            ends = [_attribute(selection, name) for name in ("startPosition", "endPosition")]
        elif _tag(selection) == "TranscriptSelection":
            ends = [points.get(_guid(selection, name), "") for name in ("fromSyncPoint", "toSyncPoint")]
        else:
            continue
        start, end = (int(each) if each.isdecimal() else -1 for each in ends)
        spans += [(_guid(reference, "targetGUID"), start, end) for coding in selection if _tag(coding) == "Coding"
                  for reference in _all(coding, "CodeRef")]  # fmt: skip
    counted = _as_counted(text, [(start, end) for _, start, end in spans])
    return [(theme, _words(counted, start, end)) for theme, start, end in spans]


def _words(text: str, start: int, end: int) -> str:
    inside = 0 <= start < end <= len(text)
    return " ".join(text[start:end].replace(FILLER, "").replace(MARK, "").split()) if inside else ""


def _as_counted(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text in the form in which most spans begin and end with whole words; of equals the standard's: code points of the
    file, its byte order mark not counted."""
    plain = text.removeprefix(MARK)
    forms = [plain, plain.replace("\r\n", "\n"), plain.replace("\r\n", "\n").replace("\n", "\r\n")]
    forms += [MARK + form for form in forms] if text.startswith(MARK) else []
    if any(ord(letter) > 0xFFFF for letter in plain):
        forms += ["".join(letter + FILLER * (ord(letter) > 0xFFFF) for letter in form) for form in forms]
    return max(dict.fromkeys(forms), key=lambda form: sum(_whole(form, start, end) for start, end in spans))


def _whole(text: str, start: int, end: int) -> int:
    """How many of the two ends of a span stand between words: 2 is a span of whole words, -2 one that is not in the text."""
    if not 0 <= start < end <= len(text):
        return -2
    begins = not text[start].isspace() and (start == 0 or not (text[start - 1].isalnum() and text[start].isalnum()))
    ends = not text[end - 1].isspace() and (end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()))
    return begins + ends
