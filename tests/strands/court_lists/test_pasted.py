"""Lists as people paste and type them, and what is read of each line."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.strands.courts.lists.pasted import read_pasted

WHO = {"surname": "BRELLAN", "forenames": "Tavik Oren"}
BORN = WHO | {"date_of_birth": date(1991, 3, 14)}
LINES = [
    ("BRELLAN, Tavik Oren", WHO),
    ("BRELLAN, Tavik Oren\t14/03/1991", BORN),
    ("BRELLAN, Tavik Oren; 14/03/1991", BORN),
    ("BRELLAN, Tavik Oren, 14/03/1991", BORN),
    ('"BRELLAN, Tavik Oren",14/03/1991', BORN),
    ("BRELLAN, Tavik Oren     14 March 1991", BORN),
    ("12. BRELLAN, Tavik Oren | 1991-03-14", BORN),
    ("Tavik Oren BRELLAN;14-03-1991", BORN),
    ("Tavik Oren Brellan;14.3.1991", BORN | {"surname": "Brellan"}),
    ("10:30\t2\tBRELLAN, Tavik Oren\t14/03/1991\tTheft from shop", BORN | {"at": time(10, 30), "courtroom": "2",
                                                                         "offence": "Theft from shop"}),
    ("Court 2; 2.15pm; BRELLAN, Tavik Oren; in custody; 03900", WHO | {"courtroom": "Court 2", "at": time(14, 15),
                                                                       "bail": "custody", "offence_code": "03900"}),
    ("O'BRELLAN-SHAW, Tavik; X100001; 2009/0001234K", {"surname": "O'BRELLAN-SHAW", "forenames": "Tavik", "crn": "X100001",
                                                      "pnc": "2009/0001234K"}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "told"), LINES, ids=[line for line, _ in LINES])
def test_a_line_by_its_form(line, told):
    found = read_pasted(line)
    assert [each.told for each in found.read] == [told]
    assert found.unread == ()


WITH_HEADINGS = [
    ("Name\tDOB\tTime\nBRELLAN, Tavik Oren\t14/03/1991\t10:30", BORN | {"at": time(10, 30)}),
    ("Surname,Forenames,Date of birth\nBRELLAN,Tavik Oren,14/03/1991", BORN),
    ("Time; Name; Offence; Plea\n; BRELLAN, Tavik Oren; Theft; guilty", WHO | {"offence": "Theft", "plea": "guilty"}),
    ("Name,DOB\nBRELLAN, Tavik Oren,14/03/1991", BORN),
]


@pytest.mark.parametrize(("text", "told"), WITH_HEADINGS, ids=[text.splitlines()[0] for text, _ in WITH_HEADINGS])
def test_lines_under_headings(text, told):
    found = read_pasted(text)
    assert ([each.told for each in found.read], found.unread) == ([told], ())


UNREAD = [
    ("14/03/1991; 10:30", "no name was found"), ("??? 41 ???", "no name was found"),
    ("Name;DOB\nBRELLAN, Tavik;31/02/1991", "no date of birth"), ("Name;Time\nBRELLAN, Tavik;noon", "no time of day"),
    ("Name;DOB\nBRELLAN, Tavik;14/03/1991;x;y", "it has 4 parts"), (f"{'B' * 120}, Tavik", "longer than 100 letters"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), UNREAD, ids=[why for _, why in UNREAD])
def test_a_line_that_cannot_be_read_is_given_back_with_the_reason(text, why):
    found = read_pasted(text)
    (line,) = found.unread
    assert (found.read, line.text) == ((), text.splitlines()[-1]) and why in line.why


@given(st.text(alphabet=st.sampled_from("Ab, ;\t|\"/10:.-\n'é"), max_size=120))
def test_no_line_is_lost_whatever_is_pasted(text):
    found = read_pasted(text)
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    assert sorted(each.line for each in (*found.read, *found.unread)) == lines
