"""The agencies' numbers for a synthetic person: right check letters, and no two people with the same one.

Serials come from the candidate number by multiplication with a number prime to the range, so that they look unordered,
need no register of what was given, and cannot collide for numbers below the range.
"""

from throughcare.core.identifiers import asn_check_letter, make_cro, make_pnc

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY"


def crn(seed: int, number: int) -> str:
    """A case reference: a letter and six digits, unique for numbers below 22 million."""
    letter, digits = divmod(_serial(seed, number, 1_000_000 * len(_LETTERS), 5_387_421), 1_000_000)
    return f"{_LETTERS[letter]}{digits:06d}"


def pnc(seed: int, number: int, year: int) -> str:
    """A police number of the year of the first arrest; the serial is unique for numbers below ten million."""
    return make_pnc(year, 1 + _serial(seed, number, 9_999_991, 704_969))


def cro(seed: int, number: int, year: int) -> str:
    """A criminal record office number of the year of the first arrest; never the placeholder 000000.

    The serial has six digits only: unique for numbers below 999,983, and beyond them within each year's share.
    """
    return make_cro(year, 1 + _serial(seed, number, 999_983, 52_361))


def prison_number(seed: int, number: int) -> str:
    """A letter, four digits, two letters: unique for numbers below 4.8 million."""
    serial = _serial(seed, number, 10_000 * len(_LETTERS) ** 2, 1_299_709)
    letters, digits = divmod(serial, 10_000)
    return f"A{digits:04d}{_LETTERS[letters // len(_LETTERS)]}{_LETTERS[letters % len(_LETTERS)]}"


def asn(number: int, year: int, order: int) -> str:
    """An arrest summons number of the Metropolitan Police; `order` is which of the person's arrests it was (below 1,000).

    Written here and not by `make_asn`, whose checks would take half of the time of a life of fifty arrests.
    """
    sequence = number * 1_000 + order
    return f"{year % 100:02d}01YE01{sequence:011d}{asn_check_letter(year, '01', '01', sequence)}"


def _serial(seed: int, number: int, modulus: int, factor: int) -> int:
    return (number * factor + seed * 7_919) % modulus
