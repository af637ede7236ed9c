"""The identifiers of criminal justice in England and Wales: accept what each agency writes, keep it, compare one form.

`parse_…` reads one or raises an `IdentifierError` that tells a wrong form from a wrong check letter from a placeholder;
`make_…` builds valid ones for made-up people.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from throughcare.core.errors import IdentifierError
from throughcare.core.identifiers.asn import ASN, make_asn, parse_asn
from throughcare.core.identifiers.base import Identifier
from throughcare.core.identifiers.check_letters import (
    asn_check_letter,
    cro_check_letter,
    pnc_check_letter,
    small_file_check_letter,
)
from throughcare.core.identifiers.cro import CRO, make_cro, parse_cro
from throughcare.core.identifiers.pnc import PNC, make_pnc, parse_pnc
from throughcare.core.identifiers.references import (
    CRN,
    Postcode,
    PrisonNumber,
    parse_crn,
    parse_postcode,
    parse_prison_number,
)

__all__ = [
    "ASN",
    "CRN",
    "CRO",
    "PARSERS",
    "PNC",
    "Identifier",
    "IdentifierError",
    "IdentifierKind",
    "Postcode",
    "PrisonNumber",
    "asn_check_letter",
    "canonical",
    "cro_check_letter",
    "make_asn",
    "make_cro",
    "make_pnc",
    "parse_asn",
    "parse_crn",
    "parse_cro",
    "parse_pnc",
    "parse_postcode",
    "parse_prison_number",
    "pnc_check_letter",
    "small_file_check_letter",
]

IdentifierKind = Literal["pnc", "cro", "asn", "prison_number", "crn", "postcode"]

PARSERS: Mapping[IdentifierKind, Callable[[str], Identifier]] = {
    "pnc": parse_pnc,
    "cro": parse_cro,
    "asn": parse_asn,
    "prison_number": parse_prison_number,
    "crn": parse_crn,
    "postcode": parse_postcode,
}


def canonical(kind: IdentifierKind, text: str) -> str:
    """The one form in which identifiers of that kind are compared.

    Raises `IdentifierError` where the text is none, and `KeyError` for a kind that is not in `PARSERS`.
    """
    return PARSERS[kind](text).canonical
