"""The arrest summons number. Examples from the Ministry of Justice's own tests of bichard7-next-core."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.errors import PlaceholderError, WrongCheckLetterError, WrongFormError
from throughcare.core.identifiers import asn_check_letter, make_asn, parse_asn


@pytest.mark.parametrize(
    ("given_text", "canonical", "display"),
    [
        ("2005FF0500000000555P", "2005FF0500000000555P", "20/05FF/05/555P"),
        ("9700000000000123456K", "9700000000000123456K", "97/0000/00/123456K"),
        ("22FD112200001234560X", "22FD112200001234560X", "22/FD11/22/1234560X"),
        ("221FD112200001234560X", "22FD112200001234560X", "22/FD11/22/1234560X"),  # with a top-level code
        ("22/1FD11/22/1234560X", "22FD112200001234560X", "22/FD11/22/1234560X"),
        ("1101ZD0100000410836V", "1101ZD0100000410836V", "11/01ZD/01/410836V"),
        ("11/01ZD/01/00000410836V", "1101ZD0100000410836V", "11/01ZD/01/410836V"),
        ("11/01ZD/01/410836V", "1101ZD0100000410836V", "11/01ZD/01/410836V"),
        ("1101ZD01410836V", "1101ZD0100000410836V", "11/01ZD/01/410836V"),
        ("1101zd01410836v", "1101ZD0100000410836V", "11/01ZD/01/410836V"),
        ("1101ZD0100000448754K", "1101ZD0100000448754K", "11/01ZD/01/448754K"),
        ("0700000000000002536Y", "0700000000000002536Y", "07/0000/00/2536Y"),
    ],
)
def test_read(given_text: str, canonical: str, display: str) -> None:
    asn = parse_asn(given_text)
    assert (asn.canonical, asn.display, asn.given) == (canonical, display, given_text)
    assert asn.check_letter == canonical[-1]


@pytest.mark.parametrize(
    ("text", "should_be"),
    [("2202XC0200000000021D", "R"), ("1101ZD0100000448754J", "K"), ("1101ZD01410811A", "T")],
)
def test_wrong_check_letter(text: str, should_be: str) -> None:
    with pytest.raises(WrongCheckLetterError) as caught:
        parse_asn(text)
    assert caught.value.should_be == should_be


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1101ZD010000410836V",  # 19 characters: a zero left out, or another character lost
        "110101ZD0100000410836V",  # 22
        "1101ZD01000004108366",  # no letter
        "XX01ZD0100000410836V",  # no year
        "11/01ZD01/00000410836V",  # a slash missing
        "1101ZD-0100000410836V",
    ],
)
def test_wrong_form(text: str) -> None:
    with pytest.raises(WrongFormError, match="This is no arrest summons number"):
        parse_asn(text)


@pytest.mark.parametrize(
    "text",
    [
        "0800NP0100000000001H",
        "0800PP0100000000001H",
        "1234NRPRAB12CD34EF56",
        "1612LN0000000000042A",
        "1600NP0000000000042A",
        "1663000100000000042A",
        "1606SSAB00000000042A",
        "1600XXAB00000000042A",
        "165011AB00000000042A",
        "1650OFAB00000000042A",
        "1650SJAB00000000042A",
        "16/50SJ/AB/42A",
    ],
)
def test_dummies_mean_no_asn(text: str) -> None:
    with pytest.raises(PlaceholderError, match="a dummy number that means there was none"):
        parse_asn(text)


def test_a_number_like_a_dummy_is_none() -> None:
    """50 followed by 13 is a real unit; only some of that force stand for none."""
    assert parse_asn(make_asn(year=16, force="50", unit="13", system="AB", serial=42)).canonical.startswith("165013AB")


@pytest.mark.parametrize(
    ("force", "system", "letter"),
    [
        ("02", "02", "R"),
        ("XC", "02", asn_check_letter(22, "", "02", 21)),
        ("02", "XC", asn_check_letter(22, "02", "", 21)),
    ],
)
def test_only_force_and_system_of_digits_count(force: str, system: str, letter: str) -> None:
    assert asn_check_letter(22, force, system, 21) == letter


@given(
    st.sampled_from(["01", "FD", "4A"]), st.sampled_from(["ZD", "11"]), st.integers(0, 99), st.integers(1, 10**11 - 1)
)
def test_made_ones_are_valid(force: str, unit: str, year: int, serial: int) -> None:
    made = make_asn(year=2000 + year, force=force, unit=unit, system="01", serial=serial)
    assert len(made) == 20
    asn = parse_asn(made)
    assert asn.canonical == made
    assert parse_asn(asn.display) == asn
