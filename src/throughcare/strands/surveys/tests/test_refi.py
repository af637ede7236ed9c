"""REFI-QDA as programs write it: each differs in what the standard leaves open. The files are made here, in each one's manner."""

import io
import zipfile

import pytest

from throughcare.strands.surveys.voices.coded import read_coded

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
SPACE = 'xmlns="urn:QDA-XML:project:1.0"'
TEXT = "Q: How is it?\nA: We ring each other now.\nQ: And the panel?\nA: It helps – a café\u2019s worth of time.\n"
QUOTES = ["We ring each other now.", "a café’s worth of time"]
A, B, T = "3F2504E0-4F89-11D3-9A0C-0305E82C3301", "3F2504E0-4F89-11D3-9A0C-0305E82C3302", "6B29FC40-CA47-1067-B31D-00DD010662DA"


def spans(text: str, quotes: list[str] = QUOTES) -> list[tuple[int, int]]:
    """Where the quotes stand, as a program counts that counts in `text`."""
    return [(at := text.index(quote), at + len(quote)) for quote in quotes]


def selections(found: list[tuple[int, int]], codes: list[str]) -> str:
    return "".join(
        f'<PlainTextSelection guid="s{n}" name="…" startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="g{n}" creatingUser="u"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
        for n, ((start, end), code) in enumerate(zip(found, codes, strict=True))
    )  # fmt: skip


CODES = (f'<CodeBook><Codes><Code guid="{A}" name="Working together" isCodable="false" color="#ff0000">'
         f'<Code guid="{B}" name="Ringing" isCodable="true"/></Code></Codes></CodeBook>')  # fmt: skip
ROUND = ('<Users><User guid="u" name="Coder"/></Users>',
         '<Cases><Case guid="k" name="One"><SourceRef targetGUID="x"/></Case></Cases>',
         '<Notes><Note guid="n"><PlainTextContent>memo</PlainTextContent><PlainTextSelection guid="z" startPosition="0" '
         'endPosition="4"><Coding guid="y"><CodeRef targetGUID="q"/></Coding></PlainTextSelection></Note></Notes>'
         '<Sets><Set guid="o" name="Group"><MemberSource targetGUID="x"/></Set></Sets>')  # fmt: skip


def project(sources: str, *, codes: str = CODES, space: str = SPACE) -> str:
    users, cases, notes = ROUND
    return f'{HEAD}<Project name="p" origin="any" {space}>{users}{codes}{cases}<Sources>{sources}</Sources>{notes}</Project>'


def source(found: list[tuple[int, int]], *, path: str = f"internal://{T}.txt", tag: str = "TextSource", more: str = "") -> str:
    return f'<{tag} guid="{T}" name="Interview" plainTextPath="{path}" {more}>{selections(found, [A, B])}</{tag}>'


def packed(xml: str | bytes, files: dict[str, bytes], *, named: str = "project.qde") -> bytes:
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as box:
        for path, data in {named: xml, **files}.items():
            box.writestr(path, data)
    return told.getvalue()


CRLF = TEXT.replace("\n", "\r\n")
UTF, WITH_MARK = TEXT.encode(), b"\xef\xbb\xbf" + TEXT.encode()
FACES = "A \U0001f642 then: We ring each other now. \U0001f642\U0001f642 And a café’s worth of time, \U0001f642.\n"
UNITS = [(len(FACES[:start].encode("utf-16-le")) // 2, len(FACES[:end].encode("utf-16-le")) // 2) for start, end in spans(FACES)]
PDF = (f'<PDFSource guid="{T}" name="Interview" path="internal://{T}.pdf"><PDFSelection guid="p" page="1" firstX="1" firstY="1" '
       f'secondX="9" secondY="9"><Coding guid="c"><CodeRef targetGUID="{A}"/></Coding></PDFSelection>'
       f'{source(spans(TEXT), tag="Representation")}</PDFSource>')  # fmt: skip
(P1, P2), (P3, P4) = spans(TEXT)
POINTS = "".join(f'<SyncPoint guid="p{n}" timeStamp="{n}000" position="{at}"/>' for n, at in enumerate((P1, P2, P3, P4)))
HEARD = "".join(
    f'<TranscriptSelection guid="h{n}" fromSyncPoint="{{P{2 * n}}}" toSyncPoint="P{2 * n + 1}"><Coding guid="g"><CodeRef '
    f'targetGUID="{code}"/></Coding></TranscriptSelection>' for n, code in enumerate((A, B)))  # fmt: skip
SPOKEN = (f'<AudioSource guid="{T}" name="Interview" path="internal://{T}.m4a"><Transcript guid="t" plainTextPath="internal://{T}.txt">'
          f'{POINTS}{HEARD}</Transcript></AudioSource>')  # fmt: skip
PREFIXED = (project(source(spans(TEXT))).replace("<", "<q:").replace("<q:/", "</q:").replace("<q:?", "<?")
            .replace(SPACE, 'xmlns:q="urn:QDA-XML:project:1.0"'))  # fmt: skip

# how it is written; the project; the text beside it, by its path
WRITTEN = {
    "plainly": (project(source(spans(TEXT))), {f"Sources/{T}.txt": UTF}),
    "with a byte order mark on text and XML": (
        b"\xef\xbb\xbf" + project(source(spans(TEXT))).encode(), {f"Sources/{T}.txt": WITH_MARK}),
    "the mark counted": (project(source(spans("\ufeff" + TEXT))), {f"Sources/{T}.txt": WITH_MARK}),
    "lines of two characters, counted as two": (project(source(spans(CRLF))), {f"Sources/{T}.txt": CRLF.encode()}),
    "lines of two characters, counted as one": (project(source(spans(TEXT))), {f"Sources/{T}.txt": CRLF.encode("utf-8-sig")}),
    "lines of one character, counted as two": (project(source(spans(CRLF))), {f"Sources/{T}.txt": UTF}),
    "text in UTF-16": (project(source(spans(TEXT))), {f"Sources/{T}.txt": TEXT.encode("utf-16")}),
    "faces, counted by code points": (project(source(spans(FACES))), {f"Sources/{T}.txt": FACES.encode()}),
    "faces, counted by units of UTF-16": (project(source(UNITS)), {f"Sources/{T}.txt": FACES.encode()}),
    "a formatted text beside it": (
        project(source(spans(TEXT), more=f'richTextPath="internal://{T}.docx"')),
        {f"sources/{T}.TXT": UTF, f"sources/{T}.docx": b"PK"}),
    "a PDF with its text": (project(PDF), {f"Sources/{T}.txt": UTF, f"Sources/{T}.pdf": b"%PDF"}),
    "a recording with its transcript": (project(SPOKEN), {f"Sources/{T}.txt": UTF}),
    "text in the XML": (project(source(spans(TEXT), path="").replace(
        '" >', f'"><PlainTextContent>{TEXT}</PlainTextContent>', 1)), {}),
    "identifiers in braces and small letters": (
        project(source(spans(TEXT)).replace(f'"{A}"', f'"{{{A.lower()}}}"')), {f"Sources/{T}.txt": UTF}),
    "without a namespace": (project(source(spans(TEXT)), space=""), {f"Sources/{T}.txt": UTF}),
    "with a prefix": (PREFIXED, {f"Sources/{T}.txt": UTF}),
    "version 1.5, with its schema named": (
        project(source(spans(TEXT)), space=SPACE + ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
                '"urn:QDA-XML:project:1.0 http://schema.qdasoftware.org/versions/Project/v1.5/Project.xsd"'),
        {f"Sources/{T}.txt": UTF}),
    "paths with backslashes": (project(source(spans(TEXT))), {f"Sources\\{T}.txt": UTF}),
}  # fmt: skip


@pytest.mark.parametrize("how", WRITTEN)
def test_the_same_words_come_out_however_it_is_written(how):
    xml, files = WRITTEN[how]
    found = read_coded("p.qdpx", packed(xml, files))
    assert [quotation.text for quotation in found.quotations] == QUOTES
    assert [theme.title for theme in found.themes] == ["Working together", "Ringing"]
    assert found.conversations == (T.lower(),)


def test_a_folder_around_the_project_as_some_systems_pack_it():
    files = {f"Study/Sources/{T}.txt": UTF, "__MACOSX/._project.qde": b"x"}
    data = packed(project(source(spans(TEXT))), files, named="Study/p.qde")
    assert [quotation.text for quotation in read_coded("p.qdpx", data).quotations] == QUOTES


def test_what_is_not_read_is_said():
    whole = source(spans(TEXT)).replace("</TextSource>", f'<Coding guid="w"><CodeRef targetGUID="{A}"/></Coding></TextSource>')
    pictured = '<PictureSource guid="i" name="Photo" path="internal://i.png"/>'
    spoken = '<AudioSource guid="a" name="Recording" path="internal://a.m4a"/>'
    told = read_coded("p.qdpx", packed(project(whole + pictured + spoken + PDF), {f"Sources/{T}.txt": UTF})).left
    assert told == (
        "Interview: a code given to the whole source", "Photo: only sources of text are read",
        "Recording: its text is not inside the file",
        "Interview: a selection by its place on a page, of which no words are inside",
    )  # fmt: skip


def test_a_codebook_gives_its_themes_and_no_group():
    text = (f'{HEAD}<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="any"><Codes>'
            f'<Code guid="{A}" name="Group" isCodable="false">'
            f'<Code guid="{B}" name="Ringing" isCodable="true"><Description>By telephone.</Description></Code></Code></Codes>'
            '<Sets><Set guid="o" name="Set"><MemberCode guid="x"/></Set></Sets></CodeBook>')  # fmt: skip
    found = read_coded("codes.QDC", text.encode("utf-8-sig"))
    assert [(theme.title, theme.meaning) for theme in found.themes] == [("Ringing", "By telephone.")]
    assert (found.conversations, found.quotations) == ((), ())
