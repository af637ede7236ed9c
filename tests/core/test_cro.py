"""The CRO number. Examples from the Ministry of Justice's own tests of hmpps-person-record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.errors import PlaceholderError, WrongCheckLetterError, WrongFormError
from throughcare.core.identifiers import cro_check_letter, make_cro, parse_cro, small_file_check_letter


@pytest.mark.parametrize(
    ("given_text", "canonical", "small_file"),
    [
        ("65656/91H", "065656/91H", False),
        ("065656/91H", "065656/91H", False),
        ("065656/91h", "065656/91H", False),
        ("29906/12J", "029906/12J", False),
        ("SF83/50058Z", "SF83/50058Z", True),
        ("sf83/50058z", "SF83/50058Z", True),
        ("SF05/482703J", "SF05/482703J", True),
    ],
)
def test_read(given_text: str, canonical: str, small_file: bool) -> None:
    cro = parse_cro(given_text)
    assert (cro.canonical, cro.given, cro.small_file) == (canonical, given_text, small_file)
    assert cro.check_letter == canonical[-1]


@pytest.mark.parametrize("text", ["85227/65G", "SF80/655108T", "123456/99X", "123456/00A", "SF68/945674U"])
def test_wrong_check_letter(text: str) -> None:
    with pytest.raises(WrongCheckLetterError, match="The check letter of the CRO number is wrong"):
        parse_cro(text)


@pytest.mark.parametrize(
    "text", ["", "1234567/91H", "65656-91H", "65656/1991H", "65656/91", "SF1983/50058Z", "79163001B"]
)
def test_wrong_form(text: str) -> None:
    with pytest.raises(WrongFormError, match="This is no CRO number"):
        parse_cro(text)


@pytest.mark.parametrize("text", ["000000/00Z", "0/00Z", "000000/00z"])
def test_the_placeholder_is_refused_though_its_letter_holds(text: str) -> None:
    assert cro_check_letter(0, 0) == "Z"
    with pytest.raises(PlaceholderError, match="The CRO number is a placeholder"):
        parse_cro(text)


def test_a_small_file_serial_is_not_padded() -> None:
    """Padding changes the number that the letter is taken from."""
    assert small_file_check_letter(83, "50058") == "Z"
    assert small_file_check_letter(83, "050058") != "Z"
    with pytest.raises(WrongCheckLetterError):
        parse_cro("SF83/050058Z")


@given(st.integers(0, 99), st.integers(1, 999_999), st.booleans())
def test_made_ones_are_valid(year: int, serial: int, small_file: bool) -> None:
    made = make_cro(1900 + year, serial, small_file=small_file)
    assert made == make_cro(year, serial, small_file=small_file)
    cro = parse_cro(made)
    assert (cro.canonical, cro.small_file) == (made, small_file)
