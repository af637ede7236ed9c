"""Prison number, CRN and postcode: a form, and no check letter. And the six kinds by name."""

import pytest

from throughcare.core.errors import IdentifierError, PlaceholderError, WrongFormError
from throughcare.core.identifiers import (
    PARSERS,
    Identifier,
    IdentifierKind,
    canonical,
    parse_crn,
    parse_postcode,
    parse_prison_number,
)


@pytest.mark.parametrize(("text", "read"), [("A1234BC", "A1234BC"), ("a1234bc", "A1234BC"), (" A1234BC ", "A1234BC")])
def test_prison_number(text: str, read: str) -> None:
    number = parse_prison_number(text)
    assert (number.canonical, number.given, number.check_letter) == (read, text, None)


@pytest.mark.parametrize("text", ["", "AA1234A", "A1234B", "A12345BC", "1234ABC", "A1234BCD"])
def test_no_prison_number(text: str) -> None:
    with pytest.raises(WrongFormError, match="a letter, four digits and two letters, as A1234BC"):
        parse_prison_number(text)


@pytest.mark.parametrize(("text", "read"), [("X320741", "X320741"), ("x320741", "X320741")])
def test_crn(text: str, read: str) -> None:
    assert parse_crn(text).canonical == read


@pytest.mark.parametrize("text", ["", "A1234567", "X32074", "320741X", "XX20741"])
def test_no_crn(text: str) -> None:
    """A1234567 passes where the pattern has no end."""
    with pytest.raises(WrongFormError, match="a letter and six digits, as X320741"):
        parse_crn(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("E8 1EA", "E8 1EA"),
        ("e81ea", "E8 1EA"),
        ("E8  1EA", "E8 1EA"),
        ("N1 9GU", "N1 9GU"),
        ("SW1A 1AA", "SW1A 1AA"),
        ("EC1V9LT", "EC1V 9LT"),
        ("GIR 0AA", "GIR 0AA"),
        ("gir0aa", "GIR 0AA"),
    ],
)
def test_postcode(text: str, read: str) -> None:
    postcode = parse_postcode(text)
    assert (postcode.canonical, postcode.given) == (read, text)


@pytest.mark.parametrize("text", ["", "E8", "E8 1E", "8E 1EA", "EI8 1EA", "GIR 0AB", "no fixed abode"])
def test_no_postcode(text: str) -> None:
    with pytest.raises(WrongFormError, match="a full postcode, as E8 1EA"):
        parse_postcode(text)


@pytest.mark.parametrize("text", ["NF1 1NF", "NF1 1FA", "nf11nf"])
def test_placeholder_postcodes_of_prisons(text: str) -> None:
    with pytest.raises(PlaceholderError, match="written for people in prison"):
        parse_postcode(text)


@pytest.mark.parametrize(
    ("kind", "text", "read"),
    [
        ("pnc", "79/163001b", "1979/0163001B"),
        ("cro", "65656/91H", "065656/91H"),
        ("asn", "11/01ZD/01/410836V", "1101ZD0100000410836V"),
        ("prison_number", "a1234bc", "A1234BC"),
        ("crn", "x320741", "X320741"),
        ("postcode", "e81ea", "E8 1EA"),
    ],
)
def test_canonical_of_each_kind(kind: IdentifierKind, text: str, read: str) -> None:
    assert canonical(kind, text) == read
    assert canonical(kind, read) == read
    with pytest.raises(IdentifierError):
        canonical(kind, "nonsense")


def test_there_are_six_kinds() -> None:
    assert set(PARSERS) == {"pnc", "cro", "asn", "prison_number", "crn", "postcode"}
    with pytest.raises(KeyError):
        canonical("nino", "QQ123456B")  # type: ignore[arg-type]


def test_the_same_text_of_another_kind_is_another_identifier() -> None:
    number, crn = Identifier(canonical="X320741", given="X320741"), parse_crn("X320741")
    assert len({number, crn}) == 2
