"""The agencies' numbers for a synthetic person: right check letters, and no two people with the same one.

Serials come from the candidate number by multiplication with a number prime to the range, so that they look unordered,
need no register of what was given, and cannot collide for numbers below the range.
"""

from throughcare.core.identifiers import asn_check_letter, make_cro, make_pnc

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY"


def crn(seed: int, number: int) -> str:
    """A case reference: a letter and six digits, unique for numbers under a million."""
    return f"{'EFX'[seed % 3]}{_serial(seed, number, 1_000_000, 387_421):06d}"


def pnc(seed: int, number: int, year: int) -> str:
    """A police number of the year of the first arrest."""
    return make_pnc(year, _serial(seed, number, 1_000_000, 704_969) + 1)


def cro(seed: int, number: int, year: int) -> str:
    """A criminal record office number of the year of the first arrest; never the placeholder 000000."""
    return make_cro(year, 1 + _serial(seed, number, 999_983, 52_361))


def prison_number(seed: int, number: int) -> str:
    """A letter, four digits, two letters: unique for numbers under two million."""
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
