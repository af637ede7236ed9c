"""Conversations and quotations: consent, what may tell who is meant, and files of coding software, also hostile ones."""

import io
import zipfile
from datetime import date

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.strands.surveys.telling import telling
from throughcare.strands.surveys.voices import actions, coded, queries, refi
from throughcare.strands.surveys.voices.coded import read_coded
from throughcare.strands.surveys.voices.errors import NotQuotable, NotReadable
from throughcare.strands.surveys.voices.words import ANALYSIS, PARTICIPANT, QUOTING, WITHDRAWN, why_not
from throughcare.strands.surveys.voices_models import Conversation, Quotation, Theme

DAY = date(2017, 3, 1)

# words, and what is pointed out in them
TELLING = [
    ("We meet more often now.", {}),
    ("Ansel Inscope never rang back.", {"names": ("Ansel Inscope",)}),
    ("Mrs Quill helped.", {"names": ("Mrs Quill",)}),
    ("My mentor Corin came every week.", {"names": ("Corin",)}),
    ("In Hackney it is better.", {"places": ("Hackney",)}),
    ("He stays off Mare Street.", {"places": ("Mare Street",)}),
    ("They moved me to E8 4QN.", {"places": ("E8 4QN",)}),
    ("It was on 3 March.", {"days": ("3 March",)}),
    ("It was 3/3/2017.", {"days": ("3/3/2017",)}),
    ("About X770001 I know nothing.", {"numbers": ("X770001",)}),
    ("I was done for robbery.", {"crimes": ("robbery",)}),
    ("London CRC and the Osmani Trust work well together.", {}),
]


@pytest.mark.parametrize(("text", "found"), TELLING)
def test_what_may_tell_is_pointed_out(text, found):
    assert telling(text, current_pilot(), participant=True) == found


def test_crimes_are_pointed_out_of_participants_alone():
    assert telling("We talk of burglary in training.", current_pilot()) == {}


# consent, organisation, looked at, may tell, and whether it is shown
SHOWN = [
    (QUOTING, "CRC", False, False, True), (QUOTING, "CRC", False, True, False), (QUOTING, "CRC", True, True, True),
    (QUOTING, PARTICIPANT, False, False, True), (QUOTING, PARTICIPANT, True, True, False),
    (ANALYSIS, "CRC", True, False, False), (WITHDRAWN, "CRC", True, False, False), (WITHDRAWN, PARTICIPANT, True, False, False),
]  # fmt: skip


@pytest.mark.parametrize(("covers", "organisation", "looked", "may_tell", "shown"), SHOWN)
def test_a_quotation_is_shown_with_consent_and_where_it_tells_nobody(covers, organisation, looked, may_tell, shown):
    found = {"names": ("A B",)} if may_tell else {}
    assert (why_not(covers=covers, organisation=organisation, looked=looked, telling=found) == "") is shown


def held(organisation: str = "CRC", covers: str = QUOTING) -> Conversation:
    return actions.converse(by="analyst", kind="interview", on=DAY, organisation=organisation, told=1, covers=covers, day=DAY)


@pytest.mark.django_db
def test_withdrawn_consent_takes_words_out_of_all_that_is_shown_and_given_again_they_are_back():
    conversation, theme = held(), actions.put_theme(by="analyst", title="Trust", meaning="")
    said = actions.quote(by="analyst", conversation=conversation, theme=theme, text="They come back.", looked=False)
    actions.choose(by="analyst", quotation=said, for_report=True)
    assert [len(quoted) for _, quoted in queries.by_theme(shown_alone=True)] == [1]
    actions.consent(by="analyst", conversation=conversation, covers=WITHDRAWN, on=DAY)
    assert [len(quoted) for _, quoted in queries.by_theme(shown_alone=True)] == [0]
    assert [each.why for each in queries.quoted()] == ["consent is withdrawn"]
    with pytest.raises(NotQuotable):
        actions.quote(by="analyst", conversation=conversation, theme=theme, text="More.", looked=True)
    actions.consent(by="analyst", conversation=conversation, covers=QUOTING, on=DAY)
    assert [len(quoted) for _, quoted in queries.by_theme(shown_alone=True)] == [1]


# of whom, the words, looked at, and whether they are kept
QUOTED = [
    ("CRC", "Ansel Inscope never rang.", False, False), ("CRC", "Ansel Inscope never rang.", True, True),
    ("CRC", "[A colleague] never rang.", False, True), (PARTICIPANT, "My mentor Corin came.", True, False),
    (PARTICIPANT, "I was done for robbery.", True, False), (PARTICIPANT, "[My mentor] came.", False, True),
    (PARTICIPANT, "On a Monday, then, it was Corin.", True, False), ("CRC", "On a Monday, then, it was Corin.", False, True),
    ("CRC", "  ", True, False),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("organisation", "text", "looked", "kept"), QUOTED)
def test_words_that_may_tell_are_looked_at_or_put_right(organisation, text, looked, kept):
    conversation, theme = held(organisation), actions.put_theme(by="analyst", title="Trust", meaning="")
    if kept:
        assert actions.quote(by="analyst", conversation=conversation, theme=theme, text=text, looked=looked).pk
        return
    with pytest.raises(NotQuotable):
        actions.quote(by="analyst", conversation=conversation, theme=theme, text=text, looked=looked)
    assert not Quotation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("organisation", ["participant", " Participants "])
def test_a_participant_is_one_however_it_is_written(organisation):
    assert held(organisation).organisation == PARTICIPANT


@pytest.mark.django_db
def test_the_consent_kept_last_counts_whatever_day_it_is_of():
    conversation = held(covers=QUOTING)
    actions.consent(by="analyst", conversation=conversation, covers=QUOTING, on=date(2019, 3, 1))  # a slip of the year
    actions.consent(by="analyst", conversation=conversation, covers=WITHDRAWN, on=DAY)
    assert queries.covers_of(conversation) == WITHDRAWN


@pytest.mark.django_db
def test_a_conversation_keeps_no_person_and_no_number():
    with pytest.raises(UserError):
        held("CRC X770001")
    fields = {f.name for f in Conversation._meta.get_fields() if f.concrete}
    assert fields == {"id", "kind", "on", "organisation", "told", "source"}


TEXT = "We ring each other now. Referrals come back sooner.\nThe panel helps."
PROJECT = """<?xml version="1.0" encoding="utf-8"?>{doctype}
<Project xmlns="urn:QDA-XML:project:1.0" name="p"><CodeBook><Codes>
<Code guid="c1" name="Working together" isCodable="true"><Description>Sharing.</Description>
<Code guid="c2" name="Panels" isCodable="true"/></Code><Code guid="c3" name="Never used" isCodable="true"/></Codes></CodeBook>
<Sources><TextSource guid="t1" name="One" plainTextPath="{path}">{inside}
<PlainTextSelection guid="s1" startPosition="0" endPosition="23">
<Coding guid="g1"><CodeRef targetGUID="c1"/></Coding></PlainTextSelection>
<PlainTextSelection guid="s2" startPosition="52" endPosition="68"><Coding guid="g2"><CodeRef targetGUID="c2"/></Coding>
<Coding guid="g3"><CodeRef targetGUID="c1"/></Coding></PlainTextSelection>
<PlainTextSelection guid="s3" startPosition="5" endPosition="900">
<Coding guid="g4"><CodeRef targetGUID="c1"/></Coding></PlainTextSelection>
</TextSource><PictureSource guid="p1" name="Photo" path="internal://p1.png"/></Sources></Project>"""


def qdpx(xml: str = "", *, files: dict[str, str] | None = None) -> bytes:
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("project.qde", xml or PROJECT.format(doctype="", path="internal://t1.txt", inside=""))
        for path, text in ({"sources/t1.txt": TEXT} if files is None else files).items():
            box.writestr(path, text)
    return told.getvalue()


def test_a_project_is_read_with_its_codes_and_words():
    found = read_coded("study.qdpx", qdpx())
    themes = [(t.source, t.title, t.meaning) for t in found.themes]
    assert themes == [("c1", "Working together", "Sharing."), ("c2", "Panels", "")]
    assert [(q.theme, q.text) for q in found.quotations] == [
        ("c1", "We ring each other now."), ("c2", "The panel helps."), ("c1", "The panel helps."),
    ]  # fmt: skip
    assert found.conversations == ("t1",)
    assert [words.split(":")[0] for words in found.left] == ["One", "Photo"]


def test_text_may_stand_in_the_xml_or_in_a_folder_with_a_capital():
    inside = PROJECT.format(doctype="", path="", inside=f"<PlainTextContent>{TEXT}</PlainTextContent>")
    for data in (qdpx(inside, files={}), qdpx(files={"Sources/T1.txt": "\ufeff" + TEXT})):
        assert len(read_coded("a.QDPX", data).quotations) == 3


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
DEEP = '<Project xmlns="urn:QDA-XML:project:1.0">' + "<a>" * 200 + "</a>" * 200 + "</Project>"
HOSTILE = [
    ("p.qdpx", b"no zip", "a zip without a password"),
    ("p.qdpx", qdpx(PROJECT.format(doctype=BOMB, path="", inside="")), "without a document type"),
    ("p.qdpx", qdpx(PROJECT.format(doctype=OUTSIDE, path="", inside="&a;")), "without a document type"),
    ("p.qdpx", qdpx("<Project"), "expected XML"),
    ("p.qdpx", qdpx(DEEP), "levels"),
    ("p.docx", b"", "a .csv, .qdpx or .qdc file"),
    ("p.csv", b"theme\nx\n", "the columns"),
    ("p.csv", b"\xff\xfe\x00", "CSV in UTF-8"),
]


WHAT = ("no zip", "a bomb of entities", "an entity from outside", "broken off", "too deep", "another form", "other columns", "16")


@pytest.mark.parametrize(("name", "data", "says"), HOSTILE, ids=WHAT)  # a zip holds the time at which it was made
def test_a_hostile_file_is_refused(name, data, says):
    with pytest.raises(NotReadable, match=says):
        read_coded(name, data)


ELSEWHERE = ["../../../etc/hostname", "file:///etc/hostname", "absolute://etc/hostname", "internal://../project.qde"]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_a_path_to_elsewhere_is_not_followed(path):
    found = read_coded("p.qdpx", qdpx(PROJECT.format(doctype="", path=path, inside="")))
    assert (found.quotations, found.left[0]) == ((), "One: its text is not inside the file")


def test_what_is_too_large_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(refi, "MOST_OPENED", 1000)
    with pytest.raises(NotReadable, match="files of"):
        read_coded("p.qdpx", qdpx(files={"sources/t1.txt": "a" * 2000}))
    monkeypatch.setattr(coded, "MOST_BYTES", 10)
    with pytest.raises(NotReadable, match="MB"):
        read_coded("p.qdpx", qdpx())


@pytest.mark.django_db
def test_a_file_is_taken_in_once_and_what_may_tell_is_not_shown():
    file = b"conversation,theme,quotation\nA1,Trust,They come back.\nA1,Trust,Ansel Inscope rang.\nA2,Trust,\n"
    told = {"kind": "interview", "on": DAY, "organisation": "CRC", "covers": QUOTING, "day": DAY}
    found = read_coded("a.csv", file)
    assert found.left == ("line 4: a column is empty, or the quotation has more than 2000 characters",)
    assert actions.take_in(by="analyst", coded=found, **told) == (1, 2)
    assert actions.take_in(by="analyst", coded=found, **told) == (0, 0)
    assert (Theme.objects.count(), Conversation.objects.count()) == (1, 1)
    assert [[q.quotation.text for q in quoted] for _, quoted in queries.by_theme(shown_alone=True)] == [["They come back."]]
    (waiting,) = [each for each in queries.quoted() if each.why]
    actions.mend(by="analyst", quotation=waiting.quotation, text="[A colleague] rang.", looked=False)
    assert not [each for each in queries.quoted() if each.why]
