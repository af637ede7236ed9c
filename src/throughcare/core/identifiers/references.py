"""Identifiers that have a form and no check letter: prison number, case reference number (CRN), postcode.

Sources: Ministry of Justice, accredited-programmes-manage-and-deliver-api, education-and-work-plan-api,
hmpps-person-match.
"""

import re
from dataclasses import dataclass

from throughcare.core.identifiers.base import Identifier, placeholder, wrong_form

# Written for people in prison in place of an address. Source: hmpps-person-match.
PLACEHOLDER_POSTCODES = frozenset({"NF1 1NF", "NF1 1FA"})

_PRISON_NUMBER = re.compile(r"[A-Z][0-9]{4}[A-Z]{2}")
_CRN = re.compile(r"[A-Z][0-9]{6}")
_POSTCODE = re.compile(r"([A-Z][A-HJ-Y]?[0-9][A-Z0-9]?)([0-9][A-Z]{2})|(GIR)(0AA)")


@dataclass(frozen=True, kw_only=True)
class PrisonNumber(Identifier):
    """A prison (NOMS) number. Canonical: upper case, as A1234BC."""


@dataclass(frozen=True, kw_only=True)
class CRN(Identifier):
    """A case reference number of probation's NDelius. Canonical: upper case, as X320741."""


@dataclass(frozen=True, kw_only=True)
class Postcode(Identifier):
    """A full postcode, by its form: whether it is in use is not checked. Canonical: upper case, one space."""


def parse_prison_number(text: str) -> PrisonNumber:
    """Reads a letter, four digits and two letters, in either case. Refuses letters the wrong way round (AA1234A)."""
    upper = text.strip().upper()
    if not _PRISON_NUMBER.fullmatch(upper):
        raise wrong_form("prison number", text, "a letter, four digits and two letters, as A1234BC")
    return PrisonNumber(canonical=upper, given=text)


def parse_crn(text: str) -> CRN:
    """Reads a letter and six digits, in either case. Refuses a seventh digit."""
    upper = text.strip().upper()
    if not _CRN.fullmatch(upper):
        raise wrong_form("CRN", text, "a letter and six digits, as X320741")
    return CRN(canonical=upper, given=text)


def parse_postcode(text: str) -> Postcode:
    """Reads a full postcode, in either case, spaced anyhow. Refuses the placeholders NF1 1NF and NF1 1FA."""
    found = _POSTCODE.fullmatch("".join(text.split()).upper())
    if found is None:
        raise wrong_form("postcode", text, "a full postcode, as E8 1EA")
    canonical = f"{found[1] or found[3]} {found[2] or found[4]}"
    if canonical in PLACEHOLDER_POSTCODES:
        raise placeholder("postcode", text, "written for people in prison")
    return Postcode(canonical=canonical, given=text)
