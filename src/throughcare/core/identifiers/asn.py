"""The arrest summons number (ASN), of one arrest or summons: `1101ZD0100000410836V`.

Year, force, unit and system (two characters each), a serial of eleven digits, a check letter. Whether the organisation
unit exists is not checked here. Source: Ministry of Justice, bichard7-next-core (Asn, which calls the serial the
sequence; isAsnValid, isAsnFormatValid, isDummyAsn).
"""

import re
from dataclasses import dataclass

from throughcare.core.identifiers.base import Identifier, placeholder, wrong_check_letter, wrong_form
from throughcare.core.identifiers.check_letters import asn_check_letter

NAME = "arrest summons number"
EXPECTED = "20 characters (21 with a top-level code), or slashes, as 1101ZD0100000410836V or 11/01ZD/01/410836V"
_COMPACT = re.compile(r"([0-9]{2})[A-Z0-9]?([A-Z0-9]{6})([0-9]{11})([A-Z])")
_SHORT = re.compile(r"([0-9]{2})([A-Z0-9]{6})([0-9]{1,9})([A-Z])")
_WITH_SLASHES = re.compile(r"([0-9]{2})/[A-Z0-9]?([A-Z0-9]{4}/[A-Z0-9]{2})/([0-9]{1,11})([A-Z])")

_DUMMY = re.compile(
    "|".join(
        [
            r"[0-9]{4}NRPR[0-9A-Z]{12}",
            r"(?:0800[NP]P01|[0-9]{2}12LN00|[0-9]{2}00NP00|[0-9]{2}6300[0-9]{2})[0-9]{11}[A-HJ-NP-RT-Z]",
            r"[0-9]{2}(?:06SS|00XX|50(?:11|12|21|41|42|43|OF|SJ))..[0-9]{11}[A-HJ-NP-RT-Z]",
        ]
    )
)


@dataclass(frozen=True, kw_only=True)
class ASN(Identifier):
    """An arrest summons number whose check letter holds. Canonical: the 20 characters without slashes, in upper case,
    and without the top-level code, which the police computer does not show either.
    """

    @property
    def display(self) -> str:
        """As the police computer writes it, 11/01ZD/01/410836V: slashes, and no leading zeros in the serial."""
        whole = self.canonical
        return f"{whole[:2]}/{whole[2:6]}/{whole[6:8]}/{int(whole[8:19])}{whole[19]}"


def parse_asn(text: str) -> ASN:
    """Reads an ASN of 20 or 21 characters, with slashes, or short (the serial without its leading zeros).

    A short form without slashes may have nine digits of serial at most: of 19 characters it cannot be told whether a
    leading zero was left out or another character was lost, so 19 is refused, as 22 is. Refuses a wrong form, a wrong
    letter, and the dummy numbers that stand for "no ASN", whether or not their letter holds.
    """
    upper = text.strip().upper()
    found = _COMPACT.fullmatch(upper) or _SHORT.fullmatch(upper) or _WITH_SLASHES.fullmatch(upper)
    year, parts, serial, letter = found.groups() if found else ("", "", "", "")
    codes = parts.replace("/", "")
    canonical = f"{year}{codes}{serial:0>11}{letter}" if found else upper.replace("/", "")
    if _DUMMY.fullmatch(canonical):
        raise placeholder(NAME, text, "a dummy number that means there was none")
    if found is None:
        raise wrong_form(NAME, text, EXPECTED)
    should_be = asn_check_letter(int(year), force=codes[:2], system=codes[4:6], serial=int(serial))
    if letter != should_be:
        raise wrong_check_letter(NAME, text, should_be)
    return ASN(canonical=canonical, given=text, check_letter=letter)


def make_asn(*, year: int, force: str, unit: str, system: str, serial: int) -> str:
    """The valid ASN, in canonical form, for made-up people. The year has two digits or four; force, unit and system two
    characters each. Refuses what `parse_asn` refuses.
    """
    letter = asn_check_letter(year, force, system, serial)
    return parse_asn(f"{year % 100:02d}{force}{unit}{system}{serial:011d}{letter}").canonical
