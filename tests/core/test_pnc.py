"""The PNC ID. Examples from the Ministry of Justice's own tests of hmpps-person-record, and where services differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.errors import PlaceholderError, WrongCheckLetterError, WrongFormError
from throughcare.core.identifiers import make_pnc, parse_pnc, pnc_check_letter
from throughcare.core.identifiers.pnc import JUNK

VALID = [
    ("81/34U", "1981/0000034U"),
    ("02/73319Z", "2002/0073319Z"),
    ("00/223R", "2000/0000223R"),
    ("79/163001B", "1979/0163001B"),
    ("0273319Z", "2002/0073319Z"),
    ("79163001B", "1979/0163001B"),
    ("20020073319Z", "2002/0073319Z"),
    ("19790163001B", "1979/0163001B"),
    ("2002/0073319Z", "2002/0073319Z"),
    ("1979/0163001B", "1979/0163001B"),
    ("67/9893091D", "1967/9893091D"),
    ("033Y", "2003/0000003Y"),
    ("2012/0443841T", "2012/0443841T"),
    ("12/394773H", "2012/0394773H"),
    ("1989/0004444J", "1989/0004444J"),
]


@pytest.mark.parametrize(("given_text", "canonical"), VALID)
def test_read(given_text: str, canonical: str) -> None:
    pnc = parse_pnc(given_text)
    assert pnc.canonical == str(pnc) == canonical
    assert pnc.given == given_text
    assert pnc.check_letter == canonical[-1]


def test_year_and_serial() -> None:
    pnc = parse_pnc("79/163001B")
    assert (pnc.year, pnc.serial) == (1979, 163001)


WRONG_FORM = [
    "", "TOTALLYINVALID", "1X23/1234567A", "1923[1234567A", "1923/1Z34567A", "1923/1234567AA",
    "01", "012", "0123", "01234", "012345", "0123567", "012345678", "0123456789", "01234567890", "01234567890123",
    # Those that neither search service converts:
    "203/1234567A", "203/1234567", "2013", "john smith", "16/11/2018", "111111/11A", "SF68/945674U", "2010/BBBBBBBA",
    "2003/012345678A",
    "1802/0000001A",  # no such year
    "1234567890A",  # ten digits: a long year with six, or a short one with eight
    "١٩٧٩/0163001B",  # digits of another script
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG_FORM)
def test_wrong_form(text: str) -> None:
    with pytest.raises(WrongFormError, match="This is no PNC ID"):
        parse_pnc(text)


@pytest.mark.parametrize(
    ("text", "should_be"),
    [
        ("20030011985Z", "X"),
        ("20120052494O", "Q"),
        ("20230583843N", "L"),
        ("2001/0171310S", "W"),
        # Samples in other services' tests that look right and are not:
        ("2018/0123456X", "P"),
        ("2015/0123456X", "U"),
        ("2001/0141640Y", "W"),
        ("2000/1234567A", "V"),
        ("89/4444S", "J"),
        ("1234567A", "E"),  # 12/34567 without its slash, which the search services leave as it is
    ],
)
def test_wrong_check_letter(text: str, should_be: str) -> None:
    with pytest.raises(WrongCheckLetterError, match="The check letter of the PNC ID is wrong") as caught:
        parse_pnc(text)
    assert caught.value.should_be == should_be
    assert f"expected check letter {should_be}" in str(caught.value)


def test_an_i_o_or_s_is_said_to_be_no_check_letter() -> None:
    with pytest.raises(WrongCheckLetterError, match="I, O and S are never check letters"):
        parse_pnc("2001/0171310S")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("19790163001B", "79/163001B", True),
        ("79/163001B", "1979/0163001B", True),
        ("1979/0163001B", make_pnc(1980, 163001), False),
    ],
)
def test_equal_in_the_canonical_form(one: str, other: str, same: bool) -> None:
    assert (parse_pnc(one) == parse_pnc(other)) is same
    assert (len({parse_pnc(one), parse_pnc(other)}) == 1) is same


@pytest.mark.parametrize("text", ["1989/4444J", "1989/0004444J", "89/4444J", "89/0004444J"])
def test_the_slash_parts_year_and_serial(text: str) -> None:
    """person-record drops the slash, takes the year of 1989/4444J for 19 and refuses a valid number."""
    assert parse_pnc(text).canonical == "1989/0004444J"


@pytest.mark.parametrize(
    ("year", "century"),
    [("00", "20"), ("26", "20"), ("27", "20"), ("38", "20"), ("39", "19"), ("67", "19"), ("99", "19")],
)
def test_the_century_is_fixed(year: str, century: str) -> None:
    """As prisoner-search; person-record's moves with today, and would read 27 to 38 as of the 1900s for now."""
    letter = pnc_check_letter(int(year), 1234)
    assert parse_pnc(f"{year}/1234{letter}").canonical == f"{century}{year}/0001234{letter}"


@pytest.mark.parametrize("text", ["79/163001b", "1979/0163001b", " 1979/0163001B\n"])
def test_case_and_space_around_do_not_matter(text: str) -> None:
    pnc = parse_pnc(text)
    assert pnc.canonical == "1979/0163001B"
    assert pnc.given == text


@pytest.mark.parametrize("text", [*sorted(JUNK), "20030993399h", "99/339933H"])
def test_known_junk(text: str) -> None:
    with pytest.raises(PlaceholderError, match="The PNC ID is a placeholder"):
        parse_pnc(text)


@given(st.integers(1900, 2099), st.integers(1, 9_000_000))
def test_made_ones_are_valid_in_every_way_of_writing(year: int, serial: int) -> None:
    made = make_pnc(year, serial)
    letter = made[-1]
    assert made == f"{year}/{serial:07d}{letter}"
    writings = [made, made.replace("/", ""), f"{year}/{serial}{letter}", made.lower()]
    if 1939 <= year <= 2038:
        writings += [f"{made[2:4]}/{serial}{letter}", f"{made[2:4]}{serial:07d}{letter}"]
    assert {parse_pnc(each).canonical for each in writings} == {made}


@given(st.integers(1939, 2038), st.integers(1, 9_000_000), st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(year: int, serial: int, place: int, more: int) -> None:
    made = make_pnc(year, serial)
    digit = (int(made[5 + place]) + more) % 10
    with pytest.raises(WrongCheckLetterError):
        parse_pnc(f"{made[: 5 + place]}{digit}{made[6 + place :]}")
