"""The CRO number, of the Criminal Records Office: `065656/91H`, or in the small file `SF83/50058Z`.

Source: Ministry of Justice, hmpps-person-record (CROIdentifier).
"""

import re
from dataclasses import dataclass

from throughcare.core.identifiers.base import Identifier, placeholder, wrong_check_letter, wrong_form
from throughcare.core.identifiers.check_letters import cro_check_letter, small_file_check_letter

PLACEHOLDER = "000000/00Z"

NAME = "CRO number"
EXPECTED = "a serial of up to 6 digits, a slash, a year of 2 and a letter, as 065656/91H (small file: SF83/50058Z)"
_STANDARD = re.compile(r"([0-9]{1,6})/([0-9]{2})([A-Z])")
_SMALL_FILE = re.compile(r"SF([0-9]{2})/([0-9]{1,6})([A-Z])")


@dataclass(frozen=True, kw_only=True)
class CRO(Identifier):
    """A CRO number whose check letter holds. Canonical: upper case, the serial padded to six in the standard form and
    left as given in the small file, where padding would change the letter. The year keeps its two digits.
    """

    @property
    def small_file(self) -> bool:
        return self.canonical.startswith("SF")


def parse_cro(text: str) -> CRO:
    """Reads a CRO number of either form, in either case. Refuses a wrong form, a wrong letter and 000000/00Z, which is
    a placeholder although its letter holds.
    """
    upper = text.strip().upper()
    if found := _STANDARD.fullmatch(upper):
        serial, year, letter = found.groups()
        should_be = cro_check_letter(int(year), int(serial))
        canonical = f"{serial:0>6}/{year}{letter}"
    elif found := _SMALL_FILE.fullmatch(upper):
        year, serial, letter = found.groups()
        should_be = small_file_check_letter(int(year), serial)
        canonical = upper
    else:
        raise wrong_form(NAME, text, EXPECTED)
    if canonical == PLACEHOLDER:
        raise placeholder(NAME, text, "all zeros is written where there is none")
    if letter != should_be:
        raise wrong_check_letter(NAME, text, should_be)
    return CRO(canonical=canonical, given=text, check_letter=letter)


def make_cro(year: int, serial: int, *, small_file: bool = False) -> str:
    """The valid CRO number, in canonical form, of a year (two digits or four) and a serial; for made-up people."""
    short_year = f"{year % 100:02d}"
    if small_file:
        return parse_cro(f"SF{short_year}/{serial}{small_file_check_letter(year, str(serial))}").canonical
    return parse_cro(f"{serial:06d}/{short_year}{cro_check_letter(year, serial)}").canonical
