"""The PNC ID, a person's number on the Police National Computer: `1979/0163001B`.

Source: Ministry of Justice, hmpps-person-record (PNCIdentifier), prisoner-search (CanonicalPnc).
"""

import re
from dataclasses import dataclass

from throughcare.core.identifiers.base import Identifier, placeholder, wrong_check_letter, wrong_form
from throughcare.core.identifiers.check_letters import pnc_check_letter

# A two-digit year from here to 99 is of the 1900s, below it of the 2000s.
CENTURY_PIVOT = 39

# Typed to get past a required field. Source: hmpps-person-match-score, standardisation_functions.py.
JUNK = frozenset({"1933/0993399H", "2033/0993399H", "2003/0993399B", "1999/0339933H", "2003/0993399H"})

NAME = "PNC ID"
EXPECTED = "a year of 2 or 4 digits, a serial of up to 7, and a letter, as 1979/0163001B or 79/163001B"
_WITH_SLASH = re.compile(r"([0-9]{2}|[0-9]{4})/([0-9]{1,7})([A-Z])")
_LONG = re.compile(r"([0-9]{4})([0-9]{7})([A-Z])")
_SHORT = re.compile(r"([0-9]{2})([0-9]{1,7})([A-Z])")


@dataclass(frozen=True, kw_only=True)
class PNC(Identifier):
    """A PNC ID whose check letter holds. Canonical: year in four digits, serial padded to seven, upper case."""

    @property
    def year(self) -> int:
        return int(self.canonical[:4])

    @property
    def serial(self) -> int:
        return int(self.canonical[5:12])


def parse_pnc(text: str) -> PNC:
    """Reads a PNC ID, long (1979/0163001B) or short (79/163001B), with or without the slash, in either case.

    Where the ecosystem disagrees with itself, this decides:

    - Where there is a slash, it parts the year from the serial, so 1989/4444J is 1989/0004444J (person-record drops the
      slash first and takes the year for 19). Without one, eleven digits are a long form; up to nine a short form; ten
      could be either and are refused.
    - The century of a two-digit year is fixed, 39 to 99 in the 1900s and 00 to 38 in the 2000s (as prisoner-search),
      not moving with today's date (as person-record): the same text must give the same canonical form every year.
    - Upper case and padded (as person-record) is canonical; what was given is kept beside it.
    - The check letter is enforced (as person-record alone does).

    Refuses a wrong form, a wrong letter, a year outside 1900 to 2099, and the five known junk PNC IDs.
    """
    upper = text.strip().upper()
    found = _WITH_SLASH.fullmatch(upper) or _LONG.fullmatch(upper) or _SHORT.fullmatch(upper)
    if found is None:
        raise wrong_form(NAME, text, EXPECTED)
    year, serial, letter = _full_year(found[1]), int(found[2]), found[3]
    if not 1900 <= year <= 2099:
        raise wrong_form(NAME, text, "a year from 1900 to 2099, as 1979/0163001B")
    canonical = f"{year}/{serial:07d}{letter}"
    if canonical in JUNK:
        raise placeholder(NAME, text, "one of five known to be typed where the number was not known")
    should_be = pnc_check_letter(year, serial)
    if letter != should_be:
        raise wrong_check_letter(NAME, text, should_be)
    return PNC(canonical=canonical, given=text, check_letter=letter)


def make_pnc(year: int, serial: int) -> str:
    """The valid PNC ID, in canonical form, of a full year and a serial, for made-up people. Refuses the junk ones."""
    return parse_pnc(f"{year}/{serial:07d}{pnc_check_letter(year, serial)}").canonical


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= CENTURY_PIVOT else 2000)
